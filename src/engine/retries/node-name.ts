import type { KeyHolder } from './claim.js';

/** The name under which a node takes keys that has no log: fresh once another node has fenced it. */
export class NodeName implements KeyHolder {
  readonly #newName: () => string;
  #node: string;

  constructor(first: string, newName: () => string) {
    this.#node = first;
    this.#newName = newName;
  }

  get node(): string {
    return this.#node;
  }

  settle(): Promise<boolean> {
    return Promise.resolve(true);
  }

  renew(fenced: string): Promise<void> {
    if (this.#node === fenced) this.#node = this.#newName();
    return Promise.resolve();
  }
}
