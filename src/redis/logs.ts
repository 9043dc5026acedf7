import { invariant } from '../base/assert.js';
import type { RecordAddress } from '../base/ids.js';
import type { AppendResult, KeptBlock, LogState, Logs, StoredBlock } from '../engine/ledger-port.js';
import { type KeptRetention, recordAt, RETENTIONS } from '../trail/retention.js';
import type { RedisClient } from './client.js';
import { FENCED, WRITER } from './epochs.js';
import { answerKey, logHeadKey, logKeys, NODES_KEYS } from './keys.js';
import { entriesIn, listIn, numberIn, textIn, textsIn } from './replies.js';

/** How much of each log Redis keeps, and how long a replica may take. */
export interface RedisLogBounds {
  readonly trailBytesMax: number;
  /** Most logs: the oldest ones go, whole. */
  readonly logsMax: number;
  /** Undefined: an append stands when the master has it. */
  readonly replicatedMsMax: number | undefined;
}

/** Most bytes of bodies that one answer carries: whoever reads on asks again. */
const READ_BYTES_MAX = 4 * 1_048_576;
const PAGE = 200;

/** The logs of all nodes. Each has its keys in one slot, and one append is one script. */
export class RedisLogs implements Logs {
  readonly #client: RedisClient;
  readonly #bounds: RedisLogBounds;
  readonly #registered = new Set<string>();

  constructor(client: RedisClient, bounds: RedisLogBounds) {
    this.#client = client;
    this.#bounds = bounds;
  }

  async append(block: StoredBlock, expected: string | undefined): Promise<AppendResult> {
    if (!this.#registered.has(block.node)) await this.#register(block.node);
    const { replicatedMsMax } = this.#bounds;
    const write = () => this.#write(block, expected);
    if (replicatedMsMax === undefined) return write();
    return this.#client.replicated(logHeadKey(block.node), replicatedMsMax, write);
  }

  async readBlock(node: string, number: number): Promise<KeptBlock | undefined> {
    const [block] = await this.readBlocks(node, number, 1);
    return block?.number === number ? block : undefined;
  }

  async readBlocks(node: string, from: number, limit: number): Promise<readonly KeptBlock[]> {
    const birth = from === 0 && limit > 0 ? await this.#readBirth(node) : undefined;
    if (from === 0 && birth === undefined) return [];
    const rest = limit - (birth === undefined ? 0 : 1);
    const others = rest > 0 ? await this.#readPage(node, Math.max(1, from), rest) : [];
    return birth === undefined ? others : [birth, ...others];
  }

  async readRecord({ node, block, index }: RecordAddress): Promise<Buffer | undefined> {
    const stored = await this.readBlock(node, block);
    return stored?.body === undefined ? undefined : recordAt(stored.body, index, stored.retention);
  }

  async readHeaders(node: string, from: number, limit: number): Promise<readonly string[]> {
    const entries = await this.#range(logKeys(node).headers, from, limit);
    const run = entries.filter(({ number }, index) => number === from + index);
    return run.map(({ fields }) => fields.get('header')!.toString());
  }

  async readHead(node: string): Promise<LogState | undefined> {
    const names = ['size', 'checkpoint', 'firstKept', 'epoch'];
    const [size, checkpoint, firstKept, epoch] = listIn(
      await this.#client.keyed('HMGET', logHeadKey(node), ...names),
    );
    if (size === null || size === undefined) return undefined;
    return {
      size: Number(textIn(size)),
      checkpoint: textIn(checkpoint),
      firstKept: Number(textIn(firstKept)),
      isFenced: Number(textIn(epoch)) >= FENCED,
    };
  }

  async listNodes(after: string, limit: number): Promise<readonly string[]> {
    const from = after === '' ? '-' : `(${after}`;
    return textsIn(await this.#client.keyed('ZRANGE', NODES_KEYS[0], from, '+', 'BYLEX', 'LIMIT', 0, limit));
  }

  async findRecords(roundKey: Buffer, limit: number): Promise<readonly RecordAddress[]> {
    const found: { readonly address: RecordAddress; readonly atMs: number }[] = [];
    for (let nodes = await this.listNodes('', PAGE); nodes.length > 0;) {
      for (const node of nodes) found.push(...(await this.#findIn(node, roundKey)));
      nodes = await this.listNodes(nodes.at(-1)!, PAGE);
    }
    found.sort((a, b) => b.atMs - a.atMs);
    return found.slice(0, limit).map(({ address }) => address);
  }

  async fence(node: string): Promise<void> {
    await this.#client.run('fence-log', [logHeadKey(node)], [FENCED]);
  }

  async #write(block: StoredBlock, expected = ''): Promise<AppendResult> {
    const { node, number, header, checkpoint, retention, body, roundKeys, answers = [] } = block;
    const { head, bodies, headers } = logKeys(node);
    const keys = [head, bodies, headers, ...answers.map(({ key }) => answerKey(node, key))];
    const told = answers.flatMap(({ bytes, keptMs }) => [bytes, keptMs]);
    const content = [number, header, checkpoint, retention, body, roundKeys];
    const args = [WRITER, expected, ...content, this.#bounds.trailBytesMax, ...told];
    const [code, stored] = listIn(await this.#client.run('append-block', keys, args));
    switch (textIn(code)) {
      case 'appended':
        return { appended: true };
      case 'fenced':
        return { appended: false, fenced: true };
      default:
        return { appended: false, stored: textIn(stored) === '' ? undefined : textIn(stored) };
    }
  }

  /** Before its first block, so that no log is hidden. */
  async #register(node: string): Promise<void> {
    const surplus = textsIn(await this.#client.run('register-log', NODES_KEYS, [node, this.#bounds.logsMax]));
    for (const old of surplus) {
      for (const key of Object.values(logKeys(old)) as string[]) await this.#client.keyed('UNLINK', key);
      await this.#client.run('forget-log', NODES_KEYS, [old]);
    }
    this.#registered.add(node);
    this.#client.watch(logHeadKey(node));
  }

  async #readBirth(node: string): Promise<KeptBlock | undefined> {
    const names = ['birthHeader', 'birthCheckpoint', 'birthRetention', 'birthBody', 'birthKeys'];
    const [header, checkpoint, retention, body, roundKeys] = listIn(
      await this.#client.keyed('HMGET', logHeadKey(node), ...names),
    );
    if (!Buffer.isBuffer(header) || !Buffer.isBuffer(body) || !Buffer.isBuffer(roundKeys)) return undefined;
    return {
      node,
      number: 0,
      header: header.toString(),
      checkpoint: textIn(checkpoint),
      retention: retentionIn(textIn(retention)),
      body,
      roundKeys,
    };
  }

  /** As many blocks as their bodies fit into memory, at least one. */
  async #readPage(node: string, from: number, limit: number): Promise<readonly KeptBlock[]> {
    const { headers, bodies } = logKeys(node);
    const entries = await this.#range(headers, from, Math.min(limit, PAGE));
    const sizes = entries.map(({ fields }) => Number(fields.get('bytes')!.toString()));
    const count = Math.max(1, countWithin(sizes, READ_BYTES_MAX));
    const kept = new Map(
      (await this.#range(bodies, from, count)).map(({ number, fields }) => [number, fields]),
    );
    return entries
      .slice(0, count)
      .map(({ number, fields }) => blockOf(node, number, fields, kept.get(number)));
  }

  async #range(key: string, from: number, limit: number) {
    if (limit <= 0) return [];
    const reply = await this.#client.keyed('XRANGE', key, `${from + 1}-0`, '+', 'COUNT', limit);
    return entriesIn(reply).map(({ id, fields }) => ({ number: numberOf(id), fields }));
  }

  async #findIn(node: string, roundKey: Buffer) {
    const { headers } = logKeys(node);
    const firstKept = (await this.readHead(node))?.firstKept ?? 0;
    const found: { readonly address: RecordAddress; readonly atMs: number }[] = [];
    for (let from = '+'; from !== '';) {
      const [next, told] = listIn(
        await this.#client.run('find-records', [headers], [from, PAGE, roundKey, firstKept]),
      );
      const row = listIn(told);
      for (let at = 0; at < row.length; at += 3) {
        const address = { node, block: numberIn(row[at]), index: numberIn(row[at + 1]) };
        found.push({ address, atMs: instantOf(textIn(row[at + 2])) });
      }
      from = textIn(next);
    }
    return found;
  }
}

function blockOf(
  node: string,
  number: number,
  fields: ReadonlyMap<string, Buffer>,
  kept: ReadonlyMap<string, Buffer> | undefined,
): KeptBlock {
  const [header, checkpoint] = [fields.get('header')!.toString(), fields.get('checkpoint')!.toString()];
  if (kept === undefined) return { node, number, header, checkpoint, body: undefined };
  const roundKeys = fields.get('keys')!;
  return {
    node,
    number,
    header,
    checkpoint,
    retention: retentionIn(kept.get('retention')!.toString()),
    body: kept.get('body')!,
    roundKeys,
  };
}

function retentionIn(text: string): KeptRetention {
  const retention = RETENTIONS.find((name) => name === text);
  invariant(retention !== undefined && retention !== 'off', 'a stored block has a retention');
  return retention;
}

/** How many of the first sizes stay within the bound. */
function countWithin(sizes: readonly number[], bound: number): number {
  let total = 0;
  const beyond = sizes.findIndex((size) => (total += size) > bound);
  return beyond === -1 ? sizes.length : beyond;
}

function numberOf(id: string): number {
  return Number(id.split('-')[0]) - 1;
}

function instantOf(header: string): number {
  return (JSON.parse(header) as { readonly at?: number }).at ?? 0;
}
