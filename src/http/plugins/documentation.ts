import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { Admission } from '../../access/caller.js';
import type { Role } from '../../schema/keys-file.js';

/**
 * The interface described from the schemas of the routes: /openapi.json for programs, /docs for people. Both are public:
 * they hold nothing that callers sent, and a browser that follows a link brings no key.
 */
export async function useDocumentation(
  app: FastifyInstance,
  version: string,
  asksForKeys: boolean,
): Promise<void> {
  await app.register(swagger, {
    transform: ({ schema, url, route }) => ({
      schema: { ...schema, security: securityOf(route.config?.roles, asksForKeys) },
      url,
    }),
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Parley',
        version,
        description: 'The auction and negotiation engine for media buying.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          [KEY]: { type: 'http', scheme: 'bearer', description: 'A key of PARLEY_KEYS_FILE' },
        },
      },
      tags: [
        { name: 'rounds', description: 'Sealed bidding rounds' },
        { name: 'openrtb', description: 'OpenRTB 2.6 auctions' },
        { name: 'policies', description: 'Rules that bids and awards have to keep' },
        { name: 'profiles', description: 'What bids are worth, beyond their price' },
        { name: 'trail', description: 'Receipts, and the signed logs they come from' },
        { name: 'operation', description: 'What operators and probes ask' },
      ],
    },
  });
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, roles: 'public' };
    });
    await scope.register(swaggerUi, { routePrefix: '/docs' });
  });
  app.get('/openapi.json', { schema: { hide: true }, config: { roles: 'public' } }, () => app.swagger());
}

const KEY = 'key';

/** Any one of the roles suffices. An engine without keys takes requests without one, too. */
function securityOf(roles: Admission = [], asksForKeys: boolean): Record<string, Role[]>[] {
  if (roles === 'public') return [];
  const alternatives = roles.map((role) => ({ [KEY]: [role] }));
  return asksForKeys ? alternatives : [{}, ...alternatives];
}
