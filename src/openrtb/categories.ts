const CONTENT_TAXONOMY_1 = 1;
const SUBCATEGORY = '-';

export interface CategoryList {
  readonly covers: (category: string) => boolean;
  readonly taxonomy: number;
}

/** In Content Taxonomy 1.0 a parent covers its children (IAB25 covers IAB25-3); elsewhere ids have to be equal. */
export function categoryList(
  categories: readonly string[] | null | undefined,
  cattax: number | null | undefined,
): CategoryList | undefined {
  if (categories == null || categories.length === 0) return undefined;
  const taxonomy = taxonomyOf(cattax);
  const listed = new Set(categories);
  if (taxonomy !== CONTENT_TAXONOMY_1) return { taxonomy, covers: (category) => listed.has(category) };
  return { taxonomy, covers: (category) => listed.has(category) || listed.has(parentOf(category)) };
}

export function taxonomyOf(cattax: number | null | undefined): number {
  return cattax ?? CONTENT_TAXONOMY_1;
}

/** The taxonomy has two levels. */
function parentOf(category: string): string {
  return category.split(SUBCATEGORY, 1)[0]!;
}
