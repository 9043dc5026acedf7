import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import createRouter, { type HTTPMethod } from 'find-my-way';
import { refuse } from '../../base/errors.js';
import { ID_LENGTH_MAX } from '../../base/ids.js';
import { sendRefusal } from '../send-refusal.js';

const ASKABLE: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * 404 where nothing lives, 405 with `Allow` where something lives under another method: both before a body is looked
 * at. Registered before the routes.
 */
export function useAddresses(app: FastifyInstance): void {
  const router = createRouter({ maxParamLength: ID_LENGTH_MAX });
  app.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) {
      if (!router.hasRoute(name as HTTPMethod, url)) router.on(name as HTTPMethod, url, () => undefined);
    }
  });
  const refuseAddress = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const [path = '/'] = request.url.split('?');
    const allowed = ASKABLE.filter((name) => router.find(name as HTTPMethod, path) !== null);
    if (allowed.length === 0) return sendRefusal(reply, refuse('NOT_FOUND'));
    void reply.header('allow', allowed.join(', '));
    return sendRefusal(reply, refuse('METHOD_NOT_ALLOWED'));
  };
  app.setNotFoundHandler(refuseAddress);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404) refuseAddress(request, reply);
    else done();
  });
}
