import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRecordId } from '../../src/base/ids.js';
import type { Receipt } from '../../src/schema/receipt.js';
import type { ConsistencyAnswer, LogList } from '../../src/schema/trail-answers.js';
import { checkConsistency } from '../../src/trail/consistency.js';
import { verifyReceipt } from '../../src/verify/verify-receipt.js';
import {
  type BuiltServer,
  expectQuietLog,
  serveThisTest,
  startBuiltServer,
} from '../support/built-server.js';
import { expectRefusal } from '../support/envelope.js';
import { bytesOf, goodRound } from '../support/rounds.js';

interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const NO_KEYS: ReadonlySet<string> = new Set();

let shared: BuiltServer;

beforeAll(async () => {
  shared = await startBuiltServer();
});

afterAll(async () => {
  await shared.stop();
  expectQuietLog(shared.written);
});

describe('a receipt', () => {
  test('by the id of a record and by that of a round is the same, and verifies', async () => {
    const { post, get } = callsTo(shared);
    const ids = [await post('again'), await post('other'), await post('again'), await post('again')];
    const byRecord = receiptIn(await get(`/v1/receipts/${ids[3]!}`));
    const { round, ...byRound } = receiptIn(await get('/v1/receipts/again'));
    expect(byRound).toEqual(byRecord);
    expect(verifyReceipt(JSON.stringify(byRecord), NO_KEYS)).toMatchObject({ id: ids[3] });
    const others = [ids[2], ids[0]].map((id) => ({ id, compared: true }));
    expect(round).toEqual({ id: 'again', compared: true, others });
    expect(JSON.parse(byRecord.record!)).toMatchObject({ id: 'again', outcome: 'cleared' });
  });

  test('lists no more records of a round than it looks at, and says that there are more', async () => {
    const { post, get } = callsTo(shared);
    for (let at = 0; at < 34; at++) await post('often');
    const { round } = receiptIn(await get('/v1/receipts/often'));
    expect(round).toMatchObject({ hasMore: true });
    expect(round!.others).toHaveLength(31);
  });

  test('where only hashes are kept has no record, and says that the round was not compared', async () => {
    const { post, get } = await serving({ PARLEY_RETENTION: 'digest' });
    const [older, id] = [await post('hashed'), await post('hashed')];
    const receipt = receiptIn(await get('/v1/receipts/hashed'));
    expect(receipt).not.toHaveProperty('record');
    expect(receipt.round).toEqual({
      id: 'hashed',
      compared: false,
      others: [{ id: older, compared: false }],
    });
    const checked = verifyReceipt(JSON.stringify(receipt), NO_KEYS);
    expect(checked).toEqual({ id, publicKey: receipt.publicKey, checked: undefined });
  });

  test('of a round that bears the id of a record is asked for with `by`', async () => {
    const { post, get } = callsTo(shared);
    const first = await post('usual');
    const second = await post(first);
    expect(receiptIn(await get(`/v1/receipts/${first}`)).id).toBe(first);
    expect(receiptIn(await get(`/v1/receipts/${first}?by=record`)).id).toBe(first);
    const byRound = receiptIn(await get(`/v1/receipts/${first}?by=round`));
    expect(byRound).toMatchObject({ id: second, round: { id: first, compared: true, others: [] } });
  });

  test.each(['a/b', '%', '?', '#', '~', '"', '%2F'.repeat(42), 'x'.repeat(128)])(
    'of a round called %s is found',
    async (id) => {
      const { post, get } = callsTo(shared);
      const record = await post(id);
      expect(receiptIn(await get(`/v1/receipts/${encodeURIComponent(id)}`)).id).toBe(record);
    },
  );

  test('that there is not is refused', async () => {
    const { post, get } = callsTo(shared);
    const { node } = parseRecordId(await post('r1'))!;
    for (const id of ['r2', `${node}-90000-0`, `${node}-1-1`, 'n0123456789abcdef-0-0', 'r1?by=record'])
      expectRefusal(await get(`/v1/receipts/${id}`), { code: 'NOT_FOUND' });
    expectRefusal(await get('/v1/receipts/r1?by=lot'), { code: 'MALFORMED_HTTP' });
  });

  test('of a trimmed record is refused with 410 and the header that is left', async () => {
    const { post, get } = await serving({ PARLEY_TRAIL_BYTES_MAX: '1048576' });
    const first = await post('first');
    let answer = await get(`/v1/receipts/${first}`);
    for (let at = 0; answer.status === 200 && at < 400; at++) {
      await post('filling', 200);
      answer = await get(`/v1/receipts/${first}`);
    }
    expectRefusal(answer, { code: 'TRIMMED' });
    const { message } = JSON.parse(answer.body) as { readonly message: string };
    expect(message).toContain(`"kind":"block","node":"${parseRecordId(first)!.node}","number":1,`);
    expectRefusal(await get('/v1/receipts/first'), { code: 'NOT_FOUND' });
    expectRefusal(await get(`/v1/receipts/${first.replace(/\d$/, '1')}`), { code: 'NOT_FOUND' });
    expect(verifyReceipt((await get('/v1/receipts/filling')).body, NO_KEYS)).toHaveProperty('checked');
  });
});

describe('the trail', () => {
  test('is listed, and read block by block to its end', async () => {
    const { post, get } = await serving();
    for (const id of ['r1', 'r2', 'r3']) await post(id);
    const { nodes } = JSON.parse((await get('/v1/trail/nodes')).body) as LogList;
    expect(nodes).toEqual([
      {
        node: nodes[0]!.node,
        size: 4,
        firstKept: 1,
        isFenced: false,
        publicKey: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ]);
    const records = async (query: string) => {
      const { headers, body } = await get(`/v1/trail/records?node=${nodes[0]!.node}${query}`);
      expect(headers['content-type']).toBe('application/x-ndjson');
      return body.split('\n').slice(0, -1);
    };
    const all = await records('');
    expect(all.map((line) => (JSON.parse(line) as { readonly number: number }).number)).toEqual([0, 1, 2, 3]);
    expect(await records('&from=1&limit=2')).toEqual(all.slice(1, 3));
    expect(await records('&from=3&limit=1000')).toEqual(all.slice(3));
    expect(await records('&from=4')).toEqual([]);
    expect(await records('&from=400')).toEqual([]);
  });

  test('has a checkpoint that later ones are consistent with', async () => {
    const { post, get } = await serving();
    await post('r1');
    const earlier = await get('/v1/trail/checkpoint');
    expect(earlier.headers['content-type']).toBe('text/plain; charset=utf-8');
    for (const id of ['r2', 'r3', 'r4']) await post(id);
    const { node, from, to, proof } = JSON.parse(
      (await get('/v1/trail/consistency?from=2')).body,
    ) as ConsistencyAnswer;
    expect(from).toEqual({ size: 2, checkpoint: earlier.body });
    expect(to).toEqual({ size: 5, checkpoint: (await get(`/v1/trail/checkpoint?node=${node}`)).body });
    const claim = { from: 2, to: 5, fromRoot: rootIn(from.checkpoint), toRoot: rootIn(to.checkpoint) };
    expect(
      checkConsistency(
        claim,
        proof.map((hash) => Buffer.from(hash, 'hex')),
      ),
    ).toBe(true);
    const short = JSON.parse((await get('/v1/trail/consistency?from=1&to=1')).body) as ConsistencyAnswer;
    expect(short).toMatchObject({ from: { size: 1 }, to: { size: 1 }, proof: [] });
  });

  test.each([
    ['/v1/trail/records', 'MALFORMED_HTTP'],
    ['/v1/trail/records?node=n0123456789abcdef', 'NOT_FOUND'],
    ['/v1/trail/records?node=n0123456789abcdef&limit=1001', 'MALFORMED_HTTP'],
    ['/v1/trail/records?node=n0123456789abcdef&from=-1', 'MALFORMED_HTTP'],
    ['/v1/trail/checkpoint?node=n0123456789abcdef', 'NOT_FOUND'],
    ['/v1/trail/consistency', 'MALFORMED_HTTP'],
    ['/v1/trail/consistency?from=0', 'MALFORMED_HTTP'],
    ['/v1/trail/consistency?from=100000', 'NOT_FOUND'],
    ['/v1/trail/consistency?from=1&to=100000', 'NOT_FOUND'],
    ['/v1/trail/consistency?from=1&node=n0123456789abcdef', 'NOT_FOUND'],
    ['/v1/trail/nodes?limit=0', 'MALFORMED_HTTP'],
  ] as const)('%s is refused with %s', async (path, code) => {
    const { get } = callsTo(shared);
    expectRefusal(await get(path), { code });
  });

  test('of a node that keeps no records is empty', async () => {
    const { get } = await serving({ PARLEY_RETENTION: 'off' });
    expect(JSON.parse((await get('/v1/trail/nodes')).body)).toEqual({ nodes: [] });
    expectRefusal(await get('/v1/trail/checkpoint'), { code: 'NOT_FOUND' });
    expectRefusal(await get('/v1/receipts/r1'), { code: 'NOT_FOUND' });
  });
});

/** An engine of its own for the test. */
async function serving(environment: Readonly<Record<string, string>> = {}) {
  return callsTo(await serveThisTest(environment));
}

function callsTo({ address }: Pick<BuiltServer, 'address'>) {
  /** Clears a round of this id and answers the id of its record. */
  const post = async (id: string, bids = 1): Promise<string> => {
    const many = Array.from({ length: bids }, (_, at) => ({
      id: `b${at}`,
      seat: 's',
      lot: 'homepage',
      price: 1,
    }));
    const body = new Uint8Array(bytesOf(goodRound({ id, bids: many })));
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${address}/v1/rounds`, { method: 'POST', headers, body });
    return answer.headers.get('parley-record') ?? '';
  };
  const get = async (path: string): Promise<Told> => {
    const { status, headers, text } = await fetch(`${address}${path}`).then(async (answer) => ({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      text: await answer.text(),
    }));
    return { status, headers, body: text };
  };
  return { post, get };
}

function receiptIn({ status, body }: Told): Receipt {
  expect(status, body).toBe(200);
  return JSON.parse(body) as Receipt;
}

function rootIn(checkpoint: string): Buffer {
  return Buffer.from(checkpoint.split('\n')[2]!, 'base64');
}
