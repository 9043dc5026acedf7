import { fastify } from 'fastify';
import { RoundClearer } from '../../src/rounds/clear-round.js';
import { CLEARING } from '../clearing.js';
import { listen } from './listen.js';

/** The same bytes cleared by the same code as in the engine, without any thread but the one that serves. */
const clearer = new RoundClearer(CLEARING);
const app = fastify();
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
  done(null, body);
});
app.post('/v1/rounds', (request, reply) => {
  const clearing = clearer.clear(request.body as Buffer, { fallbackId: 'unnamed', atMs: 0, waitedMs: 0 });
  if ('refusal' in clearing) return reply.code(422).send(clearing.refusal);
  return reply.type('application/json; charset=utf-8').send(clearing.cleared.answer);
});
await listen(app);
