import { ROUNDS_PATH, type RunningServer } from './launch-server.js';

/**
 * A server that answers something else than is owed does other work, and its figures would mean nothing.
 * @throws with the first wrong answer.
 */
export async function checkAnswers(
  server: RunningServer,
  bodies: readonly Buffer[],
  owed: readonly string[],
  path = ROUNDS_PATH,
): Promise<void> {
  for (const [index, body] of bodies.entries()) {
    const response = await fetch(server.address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = await response.text();
    if (response.status === 200 && answer === owed[index]) continue;
    throw new Error(`${server.name}: round ${index} has the answer ${response.status} ${answer}`);
  }
}
