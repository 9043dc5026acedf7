import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Cluster, Redis } from 'ioredis';

export class RedisClient {
  readonly #r: Redis | Cluster;
  constructor(r: Redis | Cluster) {
    this.#r = r;
  }
  async run(
    name: string,
    keys: readonly string[],
    args: readonly (string | number | Buffer)[],
  ): Promise<unknown> {
    const lua = readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
    const sha = createHash('sha1').update(lua).digest('hex');
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await this.#r.callBuffer('EVALSHA', [sha, ...rest]);
    } catch (error) {
      if (!String(error).includes('NOSCRIPT')) throw error;
      return this.#r.callBuffer('EVAL', [lua, ...rest]);
    }
  }
  async getBuffer(key: string): Promise<Buffer | undefined> {
    return (await this.#r.getBuffer(key)) ?? undefined;
  }
  async setFor(key: string, ms: number): Promise<void> {
    await this.#r.set(key, '1', 'PX', ms);
  }
  async exists(key: string): Promise<boolean> {
    return (await this.#r.exists(key)) === 1;
  }
  flush() {
    return this.#r instanceof Cluster
      ? Promise.all(this.#r.nodes('master').map((n) => n.flushall()))
      : this.#r.flushall();
  }
  quit() {
    return this.#r.quit();
  }
}
