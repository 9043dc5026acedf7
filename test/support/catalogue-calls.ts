import type { CatalogueKind } from '../../src/schema/catalogue.js';
import type { Connection } from './connection.js';
import type { Answer } from './http-messages.js';

/** The addresses of the catalogue, as a caller with one connection asks them. */
export function catalogueCalls(connection: Connection, kind: CatalogueKind = 'policy') {
  const path = kind === 'policy' ? '/v1/policies' : '/v1/profiles';
  return {
    put: (name: string, document: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
      connection.ask({ method: 'PUT', path: `${path}/${name}`, headers, body: textOf(document) }),
    get: (name: string): Promise<Answer> => read(connection, `${path}/${name}`),
    list: (query = ''): Promise<Answer> => read(connection, `${path}${query}`),
    check: (name: string, body: unknown): Promise<Answer> =>
      connection.ask({ path: `${path}/${name}/check`, body: textOf(body) }),
  };
}

/** A policy whose number can be read from a verdict. */
export function capAt(max: number, more: object = {}) {
  return { rules: [{ id: 'price', kind: 'price-cap', max, ...more }] };
}

/** A profile in which a price of `to` is worth 1. */
export function profileUpTo(to: number) {
  return { price: { weight: 1, value: { linear: { from: 0, to } } } };
}

function read(connection: Connection, path: string): Promise<Answer> {
  return connection.ask({ method: 'GET', path, headers: { 'content-type': '' } });
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
