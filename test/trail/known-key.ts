import { createPrivateKey } from 'node:crypto';
import { originOf, type SigningKey, signingKey } from '../../src/trail/checkpoint.js';

export const NODE = 'n0123456789abcdef';

/** The Ed25519 key of so many equal bytes; the prefix is the PKCS #8 frame of such a key. */
export function keyOfBytes(byte: number): SigningKey {
  const frame = Buffer.from('302e020100300506032b657004220420', 'hex');
  const key = Buffer.concat([frame, Buffer.alloc(32, byte)]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  return signingKey({ origin: originOf(NODE), privateKey });
}
