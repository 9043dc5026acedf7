import type { RoundSet } from '../generate-rounds.js';
import { PATIENT_MS, TIE_KEY_HEX } from '../clearing.js';
import { launchServer, type RunningServer } from '../launch-server.js';
import { POLICY, PROFILE } from './documents.js';

/** An engine with one worker thread and full retention, with the policy and the profile in force. */
export async function launchRuled(): Promise<RunningServer> {
  const server = await launchServer({
    name: 'policies',
    script: 'src/cli/main.js',
    args: ['serve'],
    options: {
      PARLEY_PORT: '0',
      PARLEY_THREADS: '1',
      PARLEY_RETENTION: 'full',
      PARLEY_QUEUE_MS_MAX: PATIENT_MS,
      PARLEY_TIE_KEY: TIE_KEY_HEX,
    },
  });
  await publish(server, 'policies/house', POLICY);
  await publish(server, 'profiles/worth', PROFILE);
  return server;
}

export async function publish(server: RunningServer, path: string, document: unknown): Promise<void> {
  const response = await fetch(`${server.address}/v1/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(document),
  });
  if (!response.ok) throw new Error(`${path} was not published: ${await response.text()}`);
}

/** The same rounds, under the policy and the profile. */
export function underRules({ bodies }: RoundSet): readonly Buffer[] {
  return bodies.map((body) => {
    const round = JSON.parse(body.toString()) as object;
    return Buffer.from(JSON.stringify({ ...round, policies: ['house'], profile: 'worth' }));
  });
}
