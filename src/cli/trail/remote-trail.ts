import { type AskEngine, engineRefusal } from '../ask-engine.js';
import { UsageError } from '../terminal.js';
import { type LogExtent, lineFeedsIn, type LogsSource } from './logs-source.js';

const BLOCKS_PER_PAGE = 1000;

/** The trail of a running engine, over its HTTP interface. It is not trusted to be well-formed: `verify` judges it. */
export function remoteTrail(address: string, askEngine: AskEngine): LogsSource {
  if (!URL.canParse(address) || !/^https?:/.test(address))
    throw new UsageError(
      `--from must be the address of an engine, such as http://127.0.0.1:8080, not ${address}.`,
    );
  const ask = (path: string, query: Readonly<Record<string, string>>) =>
    askFor(askEngine, address, path, query);
  return {
    logs: async () => {
      const logs: LogExtent[] = [];
      for (let after: string | undefined = ''; after !== undefined;) {
        const page = readPage(await (await ask('/v1/trail/nodes', { after })).text());
        logs.push(...page.nodes);
        after = page.next;
      }
      return logs;
    },
    lines: ({ node, size }) => readLog(ask, node, size),
    close: () => Promise.resolve(),
  };
}

type Ask = (path: string, query: Readonly<Record<string, string>>) => Promise<Response>;

async function* readLog(ask: Ask, node: string, size: number): AsyncGenerator<Buffer> {
  for (let next = 0; next < size;) {
    const limit = Math.min(BLOCKS_PER_PAGE, size - next);
    const { body } = await ask('/v1/trail/records', { node, from: String(next), limit: String(limit) });
    const begun = next;
    for await (const piece of piecesOf(body)) {
      next += lineFeedsIn(piece);
      yield piece;
    }
    if (next === begun) throw new UsageError(`The engine gives no block ${next} of ${node}.`);
  }
}

/** @throws UsageError when the engine breaks off. */
export async function* piecesOf(body: Response['body']): AsyncGenerator<Buffer> {
  try {
    for await (const piece of body ?? []) yield Buffer.from(piece);
  } catch (error) {
    throw new UsageError(`The engine broke off in the middle of an answer: ${(error as Error).message}`);
  }
}

async function askFor(
  askEngine: AskEngine,
  address: string,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<Response> {
  const url = new URL(path, address);
  url.search = new URLSearchParams(query).toString();
  const response = await askEngine(url.href);
  if (response.ok) return response;
  throw await engineRefusal(response);
}

function readPage(text: string): { readonly nodes: readonly LogExtent[]; readonly next?: string } {
  try {
    return JSON.parse(text) as { readonly nodes: readonly LogExtent[]; readonly next?: string };
  } catch {
    throw new UsageError('What answers at this address is no engine.');
  }
}
