/**
 * Keys of passkeys between COSE, in which authenticators write them, and the canonical bytes of the key log. Two kinds are
 * taken: ES256 on P-256 and EdDSA on Ed25519, each through the same gate as every other key.
 */
import { AppError } from '@vivim/contract/errors';
import { decodeBase64url, encodeBase64url } from '../base64url.ts';
import { keyAlgorithms, type PublicKey } from '../keys/key-algorithms.ts';
import { readPublicJwk } from '../keys/public-jwk.ts';
import { webauthnParts } from './webauthn-library.ts';

/** In the order in which they are asked for: EdDSA, ES256 (RFC 9053 section 2). */
export const passkeyAlgorithms: number[] = [-8, -7];

async function toJwk(bytes: Uint8Array<ArrayBuffer>): Promise<object | null> {
  const { COSEALG, cose, decodeCredentialPublicKey } = await webauthnParts();
  const { COSECRV, COSEKEYS, COSEKTY } = cose;
  const key = decodeCredentialPublicKey(bytes);
  const [kty, alg] = [key.get(COSEKEYS.kty), key.get(COSEKEYS.alg)];
  if (kty === COSEKTY.OKP && alg === COSEALG.EdDSA && cose.isCOSEPublicKeyOKP(key)) {
    const x = key.get(COSEKEYS.x);
    return key.get(COSEKEYS.crv) === COSECRV.ED25519 && x instanceof Uint8Array
      ? { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(x) }
      : null;
  }
  if (kty === COSEKTY.EC2 && alg === COSEALG.ES256 && cose.isCOSEPublicKeyEC2(key)) {
    const [x, y] = [key.get(COSEKEYS.x), key.get(COSEKEYS.y)];
    return key.get(COSEKEYS.crv) === COSECRV.P256 && x instanceof Uint8Array && y instanceof Uint8Array
      ? { kty: 'EC', crv: 'P-256', x: encodeBase64url(x), y: encodeBase64url(y) }
      : null;
  }
  return null;
}

/**
 * Null for any other algorithm or curve, and for a key that is not safe.
 *
 * @see RFC 9053 sections 2.1, 2.2 and 7.1
 */
export async function readCose(bytes: Uint8Array<ArrayBuffer>): Promise<PublicKey | null> {
  const jwk = await toJwk(bytes);
  if (jwk === null) return null;
  try {
    const { alg, publicKey } = readPublicJwk(jwk);
    return { alg, publicKey };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Null for keys no passkey has. @param key is safe */
export async function toCose({ alg, publicKey }: PublicKey): Promise<Uint8Array<ArrayBuffer> | null> {
  if (alg === 'secp256k1') return null;
  const { COSEALG, cose, isoCBOR } = await webauthnParts();
  const { COSECRV, COSEKEYS, COSEKTY } = cose;
  if (alg === 'Ed25519') {
    return isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [COSEKEYS.kty, COSEKTY.OKP],
        [COSEKEYS.alg, COSEALG.EdDSA],
        [COSEKEYS.crv, COSECRV.ED25519],
        [COSEKEYS.x, publicKey],
      ]),
    );
  }
  const { x = '', y = '' } = keyAlgorithms[alg].jwk(publicKey);
  return isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [COSEKEYS.kty, COSEKTY.EC2],
      [COSEKEYS.alg, COSEALG.ES256],
      [COSEKEYS.crv, COSECRV.P256],
      [COSEKEYS.x, decodeBase64url(x) ?? new Uint8Array()],
      [COSEKEYS.y, decodeBase64url(y) ?? new Uint8Array()],
    ]),
  );
}
