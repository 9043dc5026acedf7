import { generateRounds } from '../generate-rounds.js';
import { ROUNDS_PATH } from '../launch-server.js';
import { Caller, requestBytes } from './caller.js';
import { answerTo, findGoodput } from './closed-loop.js';
import type { Order, Setup } from './launch-generator.js';
import { offer } from './open-loop.js';

/** A process of its own: its work must delay neither the server nor the one that reads the server's memory. */
const setup = JSON.parse(process.argv[2] ?? '') as Setup;
const rounds = generateRounds(setup.bids, setup.bodies, setup.seed);
const requests = rounds.bodies.map((body) => requestBytes(ROUNDS_PATH, body));
const GREETING = Buffer.from('GET /healthz HTTP/1.1\r\nhost: parley\r\n\r\n');
const callers = await openAll(setup.callers);

process.on('message', (order: Order) => {
  void follow(order).then((result) => process.send?.(result));
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');

function follow(order: Order): Promise<unknown> {
  return order.kind === 'offer'
    ? offer(order.stretches, callers, requests)
    : findGoodput(callers.slice(0, order.callers), requests, order.seconds);
}

/**
 * One after the other: a listening queue holds only so many that come at once. Each asks something, because the
 * server gives up connections that never did.
 */
async function openAll(count: number): Promise<readonly Caller[]> {
  const opened: Caller[] = [];
  while (opened.length < count) {
    const caller = await Caller.open(setup.port);
    await answerTo(caller, GREETING);
    opened.push(caller);
  }
  return opened;
}
