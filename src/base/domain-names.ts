/** True when `name` is `parent` or a subdomain of it: shop.example.com lies within example.com, badexample.com does not. */
export function isWithinDomain(name: string, parent: string): boolean {
  const child = name.toLowerCase();
  const root = parent.toLowerCase();
  return child === root || child.endsWith(`.${root}`);
}
