/**
 * The signature of an archive: Ed25519 (RFC 8032) over its manifest, with a key made from the space's own, so that every
 * archive of a space bears the same public key and nobody but its engine can make one. Never gives the key of the space away.
 */
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import { ArchiveSignature } from '@vivim/contract/archive';
import { sha256 } from '../hash.ts';

/** Before 32 bytes of a private and of a public key (RFC 8410, sections 7 and 4). */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function privateKey(spaceKeyHex: string): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', Buffer.from(spaceKeyHex, 'hex'), '', 'vivim/archive-signature/v1', 32));
  return createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });
}

const publicOf = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length);

/** What a person compares: the first 80 bits of the key's SHA-256, in groups of four. */
const fingerprintOf = (publicKey: Buffer): string =>
  sha256(publicKey)
    .slice(0, 20)
    .replace(/(.{4})(?=.)/g, '$1-');

/** The fingerprint every archive of this space bears. */
export const archiveFingerprint = (spaceKeyHex: string): string => fingerprintOf(publicOf(privateKey(spaceKeyHex)));

/** The text of `signature.json`. */
export function signManifest(manifest: Buffer, spaceKeyHex: string): string {
  const key = privateKey(spaceKeyHex);
  return JSON.stringify({
    algorithm: 'Ed25519',
    publicKey: publicOf(key).toString('base64url'),
    signature: sign(null, manifest, key).toString('base64url'),
  } satisfies ArchiveSignature);
}

/** @returns the fingerprint of who signed, or null where the signature does not fit */
export function signerOf(manifest: Buffer, signatureJson: string): string | null {
  try {
    const { publicKey, signature } = ArchiveSignature.parse(JSON.parse(signatureJson));
    const raw = Buffer.from(publicKey, 'base64url');
    const key = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
    return verify(null, manifest, key, Buffer.from(signature, 'base64url')) ? fingerprintOf(raw) : null;
  } catch {
    return null;
  }
}
