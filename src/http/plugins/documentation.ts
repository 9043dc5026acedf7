import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

/** The interface described from the schemas of the routes: /openapi.json for programs, /docs for people. */
export async function useDocumentation(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Parley',
        version,
        description: 'The auction and negotiation engine for media buying.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
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
  await app.register(swaggerUi, { routePrefix: '/docs' });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
