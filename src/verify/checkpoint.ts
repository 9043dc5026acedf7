import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

/** The key of one log, and how its checkpoints have to read: signed notes (C2SP), one signature each. */
export interface LogKey {
  readonly origin: string;
  readonly key: KeyObject;
  /** First four bytes of SHA-256 over name, newline, signature type and key. */
  readonly keyId: Buffer;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** Base64, as it is written. */
  readonly root: string;
  readonly body: string;
  readonly signature: string;
}

const KEY_ID_BYTES = 4;
const ED25519 = Buffer.of(0x01);
const NOTE =
  /^((parley\.log\/n[0-9a-f]{16})\n([1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n)\n(?:\u2014|\u00e2\u0080\u0094) (\S+) (\S+)\n$/;

export function logKeyOf(node: string, publicKey: string): LogKey {
  const raw = Buffer.from(publicKey, 'hex');
  const origin = `parley.log/${node}`;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  const hash = createHash('sha256').update(`${origin}\n`).update(ED25519).update(raw).digest();
  return { origin, key: createPublicKey({ key: jwk, format: 'jwk' }), keyId: hash.subarray(0, KEY_ID_BYTES) };
}

/** Undefined when the text is no checkpoint of a log of Parley. */
export function readCheckpoint(note: unknown): Checkpoint | undefined {
  const [, body, origin, size, root, signer, signature] = (typeof note === 'string' && NOTE.exec(note)) || [];
  if (body === undefined || signer !== origin) return undefined;
  return { origin: origin!, size: Number(size), root: root!, body, signature: signature! };
}

/** Whether the key of the log signed it. Base64 that could be written otherwise is refused. */
export function isSigned({ origin, body, signature }: Checkpoint, log: LogKey): boolean {
  const bytes = Buffer.from(signature, 'base64');
  if (origin !== log.origin || bytes.toString('base64') !== signature) return false;
  if (!bytes.subarray(0, KEY_ID_BYTES).equals(log.keyId)) return false;
  return verify(null, Buffer.from(body), log.key, bytes.subarray(KEY_ID_BYTES));
}
