import type { Draft, Publications, PublishResult } from '../engine/ledger-port.js';
import { CATALOGUE_NAMES_MAX, type Publication } from '../schema/catalogue.js';
import type { RedisClient } from './client.js';
import { CATALOGUE_KEYS } from './keys.js';
import { listIn, numberIn, textIn, textsIn } from './replies.js';

/** How often a node looks for what others have published: all have it within a second. */
const LOOK_MS = 300;

/** Every version of every policy and profile, for all nodes. */
export class RedisPublications implements Publications {
  readonly #client: RedisClient;
  readonly #bytesMax: number;

  constructor(client: RedisClient, bytesMax: number) {
    this.#client = client;
    this.#bytesMax = bytesMax;
  }

  async publish(draft: Draft, expected: number | undefined): Promise<PublishResult> {
    const { kind, name, document } = draft;
    const opened = `${JSON.stringify({ kind, name, document }).slice(0, -1)},"version":`;
    const args = [
      `${kind} ${name}`,
      document,
      expected ?? '',
      opened,
      '}',
      this.#bytesMax,
      CATALOGUE_NAMES_MAX,
    ];
    const [code, version] = listIn(await this.#client.run('publish', CATALOGUE_KEYS, args));
    switch (textIn(code)) {
      case 'new':
        return { version: numberIn(version), isNew: true };
      case 'known':
        return { version: numberIn(version), isNew: false };
      case 'stale':
        return { stale: { newest: numberIn(version) } };
      default:
        return { full: true };
    }
  }

  async readPublications(after: number): Promise<readonly Publication[]> {
    const texts = textsIn(await this.#client.keyed('LRANGE', CATALOGUE_KEYS[0], after, -1));
    return texts.map((text) => JSON.parse(text) as Publication);
  }

  /** Looks again and again: a message that another node sends could be lost. */
  onPublished(listener: () => void): () => void {
    const timer = setInterval(listener, LOOK_MS);
    timer.unref();
    return () => {
      clearInterval(timer);
    };
  }
}
