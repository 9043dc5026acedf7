import type { FastifyRequest } from 'fastify';

const LOCAL = 'local';

/** Who is calling. Without keys everybody is the same caller. */
export const callerOf: (request: FastifyRequest) => string = () => LOCAL;
