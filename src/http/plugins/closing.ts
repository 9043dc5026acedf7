import type { FastifyInstance } from 'fastify';

const IDLE_CHECK_MS = 20;

/**
 * A server that closes waits for its connections to end, and a caller may keep one open for as long as it likes. So
 * each connection is closed as soon as its last answer is out.
 */
export function useClosing(app: FastifyInstance): void {
  let timer: NodeJS.Timeout | undefined;
  app.addHook('preClose', (done) => {
    timer = setInterval(() => {
      app.server.closeIdleConnections();
    }, IDLE_CHECK_MS);
    done();
  });
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
}
