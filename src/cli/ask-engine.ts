import type { Config } from '../config/read-config.js';
import { UsageError } from './terminal.js';

export type AskEngine = (url: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;

/** Asks engines over HTTP, with the key that PARLEY_KEY holds. What it answers throws UsageError when nobody answers. */
export function askWith({ PARLEY_KEY: key }: Config): AskEngine {
  const identity = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return async (url, headers = {}) => {
    try {
      return await fetch(url, { headers: { ...identity, ...headers } });
    } catch (error) {
      throw new UsageError(`No engine answers at ${url}: ${causeOf(error)}`);
    }
  };
}

/** What a refusal means to somebody at a terminal. */
export async function engineRefusal(response: Response): Promise<UsageError> {
  const text = (await response.text()).slice(0, SHOWN_MAX);
  const advice = response.status === 401 ? ' Give the key of a caller in PARLEY_KEY.' : '';
  return new UsageError(`${response.url} was answered with ${response.status}: ${text}${advice}`);
}

const SHOWN_MAX = 500;

/** fetch hides what went wrong behind a sentence that says nothing. */
function causeOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
