import type { Told } from './promises.js';

/** An engine that hangs must not hold up a caller for ever. */
const ANSWER_MS_MAX = 8000;

/** Sends a round once. Answers what was told, or the code of a refusal or of a broken connection. */
export async function postRound(
  address: string,
  body: string,
  key: string | undefined,
): Promise<Told | string> {
  try {
    const response = await fetch(`${address}/v1/rounds`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    const text = await response.text();
    if (response.status !== 200) return codeOf(text) ?? String(response.status);
    const recordId = response.headers.get('parley-record') ?? undefined;
    return { status: response.status, recordId, body: text };
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? 'no answer in time'
      : 'broken connection';
  }
}

function codeOf(text: string): string | undefined {
  return /"code":"(\w+)"/.exec(text)?.[1];
}
