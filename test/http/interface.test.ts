import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VERSION } from '../../src/base/version.js';
import { type BuiltServer, startBuiltServer } from '../support/built-server.js';

interface Operation {
  readonly summary?: string;
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: Readonly<Record<string, { schema: Schema }>> }
    >
  >;
}

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly maxItems?: number;
  readonly $ref?: string;
}

interface Interface {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

let server: BuiltServer;
let document: Interface;

beforeAll(async () => {
  server = await startBuiltServer({ PARLEY_BIDS_MAX: '77' });
  document = (await (await fetch(`${server.address}/openapi.json`)).json()) as Interface;
});

afterAll(() => server.stop());

describe('/openapi.json', () => {
  test('is OpenAPI 3.1 with what the standard requires', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Parley', version: VERSION });
    for (const [path, operations] of Object.entries(document.paths)) {
      expect(path).toMatch(/^\//);
      for (const [method, { responses, summary }] of Object.entries(operations)) {
        expect(['get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'trace']).toContain(method);
        expect(summary, `${method} ${path}`).toMatch(/\w/);
        expect(Object.keys(responses), `${method} ${path}`).not.toEqual([]);
        for (const [status, { description }] of Object.entries(responses)) {
          expect(status, `${method} ${path}`).toMatch(/^([1-5]\d\d|[1-5]XX|default)$/);
          expect(typeof description).toBe('string');
        }
      }
    }
  });

  test('has every address that can be asked', () => {
    expect(Object.keys(document.paths).sort()).toEqual([
      ...[
        '/healthz',
        '/metrics',
        '/openrtb2/clear',
        '/readyz',
        '/v1/explain/{id}',
        '/v1/policies',
        '/v1/policies/check',
        '/v1/policies/{name}',
        '/v1/policies/{name}/check',
      ],
      ...['/v1/profiles', '/v1/profiles/check', '/v1/profiles/{name}', '/v1/receipts/{id}'],
      ...['/v1/rounds', '/v1/rounds/batch'],
      ...['/v1/trail/checkpoint', '/v1/trail/consistency', '/v1/trail/nodes', '/v1/trail/records'],
    ]);
    expect(Object.keys(document.paths['/v1/rounds']!)).toEqual(['post']);
  });

  test('describes the body of a round with the limits of this engine', () => {
    const body = bodyOfRounds();
    expect(body.required).toEqual(expect.arrayContaining(['format', 'currency', 'lots', 'bids']));
    expect(Object.keys(body.properties!)).toEqual(
      expect.arrayContaining([
        'id',
        'format',
        'currency',
        'increment',
        'tmax',
        'explain',
        'lots',
        'policies',
        'profile',
        'bids',
      ]),
    );
    const { format, lots, bids } = body.properties!;
    expect(format!.enum).toEqual([
      'first-price',
      'second-price',
      'fixed-price',
      'uniform-price',
      'gsp',
      'vcg',
    ]);
    expect(bids!.maxItems).toBe(77);
    expect(bids!.items!.required).toEqual(expect.arrayContaining(['id', 'seat', 'lot', 'price']));
    expect(Object.keys(lots!.items!.properties!)).toEqual(
      expect.arrayContaining(['id', 'floor', 'reserve', 'quantity', 'slots', 'privateAuction', 'deals']),
    );
  });

  test('describes the answer and the one error envelope', () => {
    const { responses } = document.paths['/v1/rounds']!['post']!;
    const answer = resolve(responses['200']!.content!['application/json']!.schema);
    expect(Object.keys(answer.properties!)).toEqual([
      'id',
      'outcome',
      'awards',
      'losses',
      'policies',
      'profile',
    ]);
    for (const status of ['4XX', '5XX']) {
      const problem = resolve(responses[status]!.content!['application/json']!.schema);
      expect(problem.required).toEqual(['code', 'message', 'requestId']);
    }
  });

  test('describes streams of rounds by their lines', () => {
    const { requestBody, responses } = document.paths['/v1/rounds/batch']!['post']!;
    const types = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];
    expect(Object.keys(requestBody!.content)).toEqual(types);
    expect(Object.keys(responses['200']!.content!)).toEqual(['application/x-ndjson']);
    for (const status of ['4XX', '5XX']) {
      const problem = resolve(responses[status]!.content!['application/json']!.schema);
      expect(problem.required).toEqual(['code', 'message', 'requestId']);
    }
  });

  test('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(
      ([, reference]) => reference!,
    );
    for (const reference of references) expect(resolve({ $ref: reference }), reference).toBeDefined();
  });
});

describe('/docs', () => {
  test('is a page for people', async () => {
    const answer = await fetch(`${server.address}/docs`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await answer.text()).toMatch(/<!doctype html>[^]*<\/html>/i);
  });

  test('brings everything it loads', async () => {
    const page = await fetch(`${server.address}/docs/`);
    const links = [...(await page.text()).matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(
      ([, link]) => link!,
    );
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) {
      const address = new URL(link, page.url);
      expect(address.origin, 'nothing is loaded from elsewhere').toBe(server.address);
      const loaded = await fetch(address);
      expect(loaded.status, link).toBe(200);
      expect((await loaded.arrayBuffer()).byteLength, link).toBeGreaterThan(0);
    }
  });
});

function bodyOfRounds(): Schema {
  const { requestBody } = document.paths['/v1/rounds']!['post']!;
  expect(requestBody!.required).toBe(true);
  return resolve(requestBody!.content['application/json']!.schema);
}

function resolve(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.replace('#/components/schemas/', '');
  return document.components!.schemas![name]!;
}
