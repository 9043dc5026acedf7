import type { FastifyInstance, RouteOptions } from 'fastify';
import { type Admission, type Caller, hasOneOf, LOCAL, NOBODY } from '../../access/caller.js';
import { invariant } from '../../base/assert.js';
import { type Refusal, refuse } from '../../base/errors.js';
import type { Role } from '../../schema/keys-file.js';
import { quickRefusal } from '../quick-refusal.js';
import { sendRefusal } from '../send-refusal.js';

/** Who holds the key in a header `Authorization`; undefined: nobody that the engine knows. */
export type Identify = (authorization: string | undefined) => Caller | undefined;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask this route; declared beside it. */
    roles?: Admission;
  }
  interface FastifyRequest {
    /** Everybody is `local` when there are no keys. */
    readonly caller: Caller;
    /** Undefined when nobody looked: at public addresses. */
    identified: Caller | undefined;
  }
  interface FastifyInstance {
    /** What each route asks of its callers, by method and address. */
    readonly admissions: ReadonlyMap<string, Admission>;
  }
}

/**
 * Finds out who calls, before anything else is looked at, and refuses whoever may not. Without keys nobody is asked:
 * there is no hook at all. Registered before the routes.
 */
export function useCallers(app: FastifyInstance, identify: Identify | undefined): void {
  collectAdmissions(app);
  if (identify === undefined) app.decorateRequest('caller', { getter: () => LOCAL });
  else askForKeys(app, identify);
}

function askForKeys(app: FastifyInstance, identify: Identify): void {
  const refuseStranger = quickRefusal('UNAUTHENTICATED', { 'www-authenticate': 'Bearer' });
  app.decorateRequest('identified', undefined);
  app.decorateRequest('caller', {
    getter() {
      return this.identified ?? NOBODY;
    },
  });
  app.addHook('onRequest', (request, reply, done) => {
    const { roles = [] } = request.routeOptions.config;
    if (roles === 'public') {
      done();
      return;
    }
    request.identified = identify(request.headers.authorization);
    if (request.identified === undefined) refuseStranger(reply);
    // Whoever is known may hear that there is nothing at an address.
    else if (request.is404 || hasOneOf(request.identified, roles)) done();
    else sendRefusal(reply, notAllowed(request.identified, roles));
  });
}

function notAllowed({ name }: Caller, roles: readonly Role[]): Refusal {
  return refuse('FORBIDDEN', `The caller ${name} needs one of the roles ${roles.join(', ')}.`);
}

/**
 * A route that forgot to say who may ask it must be neither open nor closed by accident: the engine does not start.
 * What routes say is read when all are there, because a scope may say it for routes that are not ours.
 */
function collectAdmissions(app: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  const admissions = new Map<string, Admission>();
  app.decorate('admissions', admissions);
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  app.addHook('onReady', (done) => {
    for (const { method, url, config } of routes) {
      const address = `${[method].flat().join(', ')} ${url}`;
      invariant(config?.roles !== undefined, `every route declares its roles: ${address} does not`);
      admissions.set(address, config.roles);
    }
    done();
  });
}
