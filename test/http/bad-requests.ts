import type { Asking } from '../support/http-messages.js';
import type { Expected } from '../support/envelope.js';
import { GOOD_BYTES } from '../support/rounds.js';

/** Well-formed HTTP that asks for something the engine does not offer. */
export interface BadRequest extends Expected {
  readonly says: string;
  readonly request: Asking;
  /** The methods the address does have. */
  readonly allow?: string;
}

const NO_BODY = { headers: { 'content-type': '' } };

export const BAD_REQUESTS: readonly BadRequest[] = [
  ...[
    'text/plain',
    'text/plain; charset=utf-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ]
    .concat('application/xml', 'application/jsonp', 'application/json5', 'application/octet-stream')
    .concat('nonsense', 'application/', '/json', '*/*')
    .map((type) => ofType(type)),
  {
    says: 'a round without a content type',
    request: { body: GOOD_BYTES, headers: { 'content-type': '' } },
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  ofType('application/json; charset=latin1'),
  {
    says: 'a round that says it is compressed',
    request: {
      body: GOOD_BYTES,
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    },
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  ...['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'].map((method) =>
    wrongMethod(method, '/v1/rounds', 'POST'),
  ),
  ...['PUT', 'PATCH'].map((method) => ({
    ...wrongMethod(method, '/v1/rounds', 'POST'),
    request: { method, body: GOOD_BYTES },
  })),
  ...['/healthz', '/readyz', '/metrics', '/openapi.json'].map((path) =>
    wrongMethod('DELETE', path, 'GET, HEAD'),
  ),
  {
    says: 'a round posted to /healthz',
    request: { path: '/healthz', body: GOOD_BYTES },
    code: 'METHOD_NOT_ALLOWED',
    allow: 'GET, HEAD',
  },
  {
    says: 'broken JSON posted to /metrics',
    request: { path: '/metrics', body: '{' },
    code: 'METHOD_NOT_ALLOWED',
    allow: 'GET, HEAD',
  },
  {
    says: 'broken JSON sent by PUT',
    request: { method: 'PUT', body: '{' },
    code: 'METHOD_NOT_ALLOWED',
    allow: 'POST',
  },
  {
    says: 'a round at an address nobody has',
    request: { path: '/v2/rounds', body: GOOD_BYTES },
    code: 'NOT_FOUND',
  },
  {
    says: 'broken JSON at an address nobody has',
    request: { path: '/nowhere', body: '{' },
    code: 'NOT_FOUND',
  },
  {
    says: 'XML at an address nobody has',
    request: { path: '/nowhere', body: '<a/>', headers: { 'content-type': 'text/xml' } },
    code: 'NOT_FOUND',
  },
  ...[
    '/',
    '/v1',
    '/v1/rounds/',
    '/v1//rounds',
    '/V1/ROUNDS',
    '/v1/rounds/one',
    '/../etc/passwd',
    '/healthz/x',
    '/docs/../../package.json',
  ].map((path) => unknownAddress(path)),
  {
    says: 'an address with a broken escape',
    request: { method: 'GET', path: '/%zz', ...NO_BODY },
    code: 'MALFORMED_HTTP',
  },
  {
    says: 'a round at an address with a broken escape',
    request: { path: '/v1/rounds%', body: GOOD_BYTES },
    code: 'MALFORMED_HTTP',
  },
];

function ofType(type: string): BadRequest {
  const request = { body: GOOD_BYTES, headers: { 'content-type': type } };
  return { says: `a round sent as ${type}`, request, code: 'UNSUPPORTED_MEDIA_TYPE' };
}

function wrongMethod(method: string, path: string, allow: string): BadRequest {
  return {
    says: `${method} ${path}`,
    request: { method, path, ...NO_BODY },
    code: 'METHOD_NOT_ALLOWED',
    allow,
  };
}

function unknownAddress(path: string): BadRequest {
  return { says: `GET ${path}`, request: { method: 'GET', path, ...NO_BODY }, code: 'NOT_FOUND' };
}
