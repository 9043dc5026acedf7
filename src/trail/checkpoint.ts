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
  return `${body}\n${writeSignature(signer.origin, signature)}`;
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

/**
 * True when the note is a checkpoint of `origin` with the one signature of the holder of the key. There is one
 * spelling: a note that differs in any byte from the one that was signed is refused.
 */
export function verifyCheckpoint(note: string, origin: string, publicKey: Buffer): boolean {
  const [body, signatureLine] = splitNote(note);
  if (!body.startsWith(`${origin}\n`)) return false;
  const signature = Buffer.from(signatureLine.slice(signaturePrefix(origin).length), 'base64');
  if (signatureLine !== writeSignature(origin, signature)) return false;
  if (!signature.subarray(0, KEY_ID_BYTES).equals(keyIdOf(origin, publicKey))) return false;
  return verify(null, Buffer.from(body), publicKeyObject(publicKey), signature.subarray(KEY_ID_BYTES));
}

/** The signed text with its last newline, and the signature line behind the empty line. */
function splitNote(note: string): [string, string] {
  const end = note.indexOf('\n\n');
  return end === -1 ? ['', ''] : [note.slice(0, end + 1), note.slice(end + 2)];
}

function writeSignature(origin: string, signature: Buffer): string {
  return `${signaturePrefix(origin)}${signature.toString('base64')}\n`;
}

function signaturePrefix(origin: string): string {
  return `\u2014 ${origin} `;
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
