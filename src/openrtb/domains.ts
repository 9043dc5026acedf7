/** Labels between dots. Letters of every script may stand in them; what belongs to the address of a page may not. */
const DOMAIN_NAME = /^(?!-)[^\s./:@?#\\]+(?<!-)(?:\.(?!-)[^\s./:@?#\\]+(?<!-))*$/;
const SCHEME = /^[a-z]+:\/\//;
const BEHIND_THE_NAME = /[/:?#].*$/s;

export function isDomainName(name: string): boolean {
  return DOMAIN_NAME.test(name);
}

/** Lists of publishers hold addresses, and names that end in a dot: what they mean is the domain. In lower case. */
export function plainDomain(entry: string): string {
  return entry.trim().toLowerCase().replace(SCHEME, '').replace(BEHIND_THE_NAME, '').replace(/\.$/, '');
}
