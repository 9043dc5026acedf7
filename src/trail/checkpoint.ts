import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Checkpoints of a node's log as signed notes (C2SP signed-note and tlog-checkpoint), Ed25519. */

const ED25519_SIGNATURE_TYPE = Buffer.of(0x01);
const KEY_ID_BYTES = 4;
const RAW_KEY_BYTES = 32;

export interface Checkpoint {
  /** Name of the log, and of the key that signs it. */
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export interface Signer {
  /** Of the log and of its key; without spaces or plus signs. */
  readonly origin: string;
  readonly privateKey: KeyObject;
}

export function originOf(node: string): string {
  return `parley.log/${node}`;
}

/** The text that is signed; ends with a newline. */
export function checkpointBody({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

export function signCheckpoint(size: number, root: Buffer, signer: SigningKey): string {
  const body = checkpointBody({ origin: signer.origin, size, root });
  const signature = Buffer.concat([signer.keyId, sign(null, Buffer.from(body), signer.privateKey)]);
  return `${body}\n\u2014 ${signer.origin} ${signature.toString('base64')}\n`;
}

/** A signer with what every signature needs, computed once. */
export interface SigningKey extends Signer {
  readonly keyId: Buffer;
  /** The 32 bytes of the public key. */
  readonly publicKey: Buffer;
}

export function signingKey(signer: Signer): SigningKey {
  const publicKey = rawPublicKey(signer.privateKey);
  return { ...signer, publicKey, keyId: keyIdOf(signer.origin, publicKey) };
}

/** True when the note is a checkpoint of `origin`, signed by the holder of the key. */
export function verifyCheckpoint(note: string, origin: string, publicKey: Buffer): boolean {
  const [body, signatureLine] = splitNote(note);
  if (body === undefined || signatureLine === undefined) return false;
  const prefix = `\u2014 ${origin} `;
  if (!body.startsWith(`${origin}\n`) || !signatureLine.startsWith(prefix)) return false;
  const signature = Buffer.from(signatureLine.slice(prefix.length).trimEnd(), 'base64');
  if (!signature.subarray(0, KEY_ID_BYTES).equals(keyIdOf(origin, publicKey))) return false;
  return verify(null, Buffer.from(body), publicKeyObject(publicKey), signature.subarray(KEY_ID_BYTES));
}

function splitNote(note: string): [string?, string?] {
  const end = note.indexOf('\n\n');
  return end === -1 ? [] : [note.slice(0, end + 1), note.slice(end + 2)];
}

/** SHA-256(name, newline, type, key), first four bytes: C2SP signed-note, "Signature types". */
function keyIdOf(name: string, publicKey: Buffer): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(ED25519_SIGNATURE_TYPE).update(publicKey);
  return hash.digest().subarray(0, KEY_ID_BYTES);
}

function rawPublicKey(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-RAW_KEY_BYTES);
}

function publicKeyObject(raw: Buffer): KeyObject {
  const key = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  return createPublicKey({ key, format: 'jwk' });
}
