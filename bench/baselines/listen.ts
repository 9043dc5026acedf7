import type { FastifyInstance } from 'fastify';

/** Opens a baseline on a free port and says where, in the words the runner looks for. */
export async function listen(app: FastifyInstance): Promise<void> {
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  console.log(`The baseline listens on ${address}`);
}
