import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import { Piscina } from 'piscina';
import { listen } from './listen.js';
import type { TaskResult } from './clear-task.js';

/** The usual way to use Piscina: Fastify parses the body, the object is cloned to a worker, an object comes back. */
const threads = Number(process.argv[2] ?? 1);
const piscina = new Piscina<unknown, TaskResult>({
  filename: fileURLToPath(new URL('./clear-task.js', import.meta.url)),
  minThreads: threads,
  maxThreads: threads,
});
const app = fastify();
app.post('/v1/rounds', async (request, reply) => {
  const result = await piscina.run(request.body);
  return 'refusal' in result ? reply.code(422).send(result.refusal) : result.answer;
});
await listen(app);
