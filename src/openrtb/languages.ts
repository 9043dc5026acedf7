/** A creative without words fits everywhere. */
const WITHOUT_WORDS = 'xx';
const SUBTAG = '-';

export type AdmitsLanguage = (language: string | undefined) => boolean;

/** A listed language covers its regional forms: `en` covers `en-GB`. Undefined when every language may come. */
export function languageList(...lists: (readonly string[] | null | undefined)[]): AdmitsLanguage | undefined {
  const listed = lists.flatMap((list) => list ?? []).map(plain);
  if (listed.length === 0) return undefined;
  return (said) => {
    if (said === undefined || said === '') return true;
    const language = plain(said);
    return language === WITHOUT_WORDS || listed.some((range) => isWithin(language, range));
  };
}

function isWithin(language: string, range: string): boolean {
  return language === range || language.startsWith(range + SUBTAG);
}

/** Case means nothing, and some write `en_GB`. */
function plain(language: string): string {
  return language.toLowerCase().replaceAll('_', SUBTAG);
}
