export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

const HEAD_END = '\r\n\r\n';

/** A whole request; a body brings its length along unless the headers say how it is sent. */
export function requestBytes({ method = 'POST', path = '/v1/rounds', headers, body }: Asking): Buffer {
  const given = { 'content-type': 'application/json', ...headers };
  const length =
    body === undefined || 'transfer-encoding' in given ? {} : { 'content-length': byteLength(body) };
  const lines = Object.entries({ host: 'parley', ...length, ...given })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body ?? '')]);
}

/** The answer at the beginning of what was received and how many bytes it took; undefined while some are missing. */
export function readAnswer(
  received: Buffer,
  isHead: boolean,
): { readonly answer: Answer; readonly length: number } | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const [statusLine = '', ...lines] = received.toString('latin1', 0, headEnd).split('\r\n');
  const headers = Object.fromEntries(lines.map(splitHeader));
  const bodyStart = headEnd + HEAD_END.length;
  const body = isHead ? { text: '', length: 0 } : bodyOf(headers, received.subarray(bodyStart));
  if (body === undefined) return undefined;
  const answer = { status: Number(statusLine.split(' ')[1]), headers, body: body.text };
  return { answer, length: bodyStart + body.length };
}

interface Body {
  readonly text: string;
  /** How many bytes of the connection it took. */
  readonly length: number;
}

/** The body at the beginning of what was received; undefined while some of it is missing. */
function bodyOf(headers: Answer['headers'], received: Buffer): Body | undefined {
  if (headers['transfer-encoding'] === 'chunked') return chunkedBody(received);
  const length = Number(headers['content-length'] ?? 0);
  return received.length < length ? undefined : { text: received.toString('utf8', 0, length), length };
}

function chunkedBody(received: Buffer): Body | undefined {
  const chunks: Buffer[] = [];
  for (let start = 0; ;) {
    const lineEnd = received.indexOf('\r\n', start);
    const length = Number.parseInt(received.toString('latin1', start, lineEnd), 16);
    const end = lineEnd + 2 + length + 2;
    if (lineEnd === -1 || received.length < end) return undefined;
    if (length === 0) return { text: Buffer.concat(chunks).toString(), length: end };
    chunks.push(received.subarray(lineEnd + 2, end - 2));
    start = end;
  }
}

function byteLength(body: Buffer | string): string {
  return String(Buffer.byteLength(body));
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
