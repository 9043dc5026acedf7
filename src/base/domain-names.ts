/**
 * True when `name` is one of `parents` or a subdomain of one: shop.example.com lies within example.com,
 * badexample.com does not. All of it in lower case; a look-up for each label, however many parents there are.
 */
export function isWithinDomains(name: string, parents: ReadonlySet<string>): boolean {
  for (let from = 0; ;) {
    if (parents.has(name.slice(from))) return true;
    const dot = name.indexOf('.', from);
    if (dot === -1) return false;
    from = dot + 1;
  }
}
