/** Keys and DPoP proofs of tests, made by hand, so that every part of them can be made wrong. */
import { createHash, generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID, sign } from 'node:crypto';
import { base58 } from '@scure/base';

const thumbprint = (members: Record<string, unknown>) =>
  createHash('sha256').update(JSON.stringify(members)).digest('base64url');

export interface IdentityKey {
  readonly did: string;
  readonly kid: string;
  readonly alg: IdentityAlgorithm;
  readonly jwk: Readonly<Record<string, string>>;
  /** The key as a Multikey. */
  readonly multibase: string;
  /** RFC 7638 thumbprint. */
  readonly jkt: string;
  /** base64url */
  sign(text: string): string;
}

/** Multicodec codes as varints, and the orders of the groups (SEC 2). */
const curves = {
  'P-256': { codec: [0x80, 0x24], order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n },
  secp256k1: { codec: [0xe7, 0x01], order: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n },
} as const;

/** The one of the two signatures (r, s) and (r, n - s) that is let in, or with `high` the other one. */
export function withS(half: 'low' | 'high', signature: Buffer, curve: keyof typeof curves): Buffer {
  const { order } = curves[curve];
  const s = BigInt(`0x${signature.toString('hex', 32)}`);
  const wanted = s > order / 2n === (half === 'high') ? s : order - s;
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(wanted.toString(16).padStart(64, '0'), 'hex')]);
}

function newKey(alg: IdentityAlgorithm) {
  if (alg === 'Ed25519') {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { x = '' } = publicKey.export({ format: 'jwk' });
    const jwk = { crv: alg, kty: 'OKP', x };
    return {
      jwk,
      multikey: [0xed, 0x01, ...Buffer.from(x, 'base64url')],
      sign: (text: string) => sign(null, Buffer.from(text), privateKey),
    };
  }
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: alg });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const odd = (Buffer.from(y, 'base64url').at(-1) ?? 0) & 1;
  return {
    jwk: { crv: alg, kty: 'EC', x, y },
    multikey: [...curves[alg].codec, 2 + odd, ...Buffer.from(x, 'base64url')],
    sign: (text: string) =>
      withS('low', sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }), alg),
  };
}

export type IdentityAlgorithm = 'Ed25519' | keyof typeof curves;

/** The did:jwk of a key, its JSON written as it comes. */
export const didJwkOf = (jwk: object | string): string =>
  `did:jwk:${Buffer.from(typeof jwk === 'string' ? jwk : JSON.stringify(jwk)).toString('base64url')}`;

/** A fresh key with its did:key, or its did:jwk. */
export function newIdentity(alg: IdentityAlgorithm = 'Ed25519', method: 'key' | 'jwk' = 'key'): IdentityKey {
  const { jwk, multikey, sign: signText } = newKey(alg);
  const multibase = `z${base58.encode(new Uint8Array(multikey))}`;
  const did = method === 'key' ? `did:key:${multibase}` : didJwkOf(jwk);
  return {
    did,
    kid: method === 'key' ? `${did}#${multibase}` : `${did}#0`,
    alg,
    jwk,
    multibase,
    jkt: thumbprint(jwk),
    sign: (text) => signText(text).toString('base64url'),
  };
}

export interface SessionKey {
  readonly alg: 'ES256' | 'Ed25519';
  readonly jwk: JsonWebKey;
  readonly privateKey: KeyObject;
  readonly jkt: string;
}

export function newSessionKey(alg: SessionKey['alg'] = 'ES256'): SessionKey {
  const { publicKey, privateKey } =
    alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  const jwk = alg === 'ES256' ? { crv, kty, x, y } : { crv, kty, x };
  return { alg, jwk: jwk as JsonWebKey, privateKey, jkt: thumbprint(jwk) };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export interface ProofParts {
  readonly method: string;
  readonly url: string;
  readonly nowMs: number;
  readonly accessToken?: string;
  /** Replace or, with undefined, leave out members. */
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
}

/** A compact JWS of RFC 9449. */
export function makeProof(key: SessionKey, parts: ProofParts): string {
  const header = { typ: 'dpop+jwt', alg: key.alg, jwk: key.jwk, ...parts.header };
  const ath =
    parts.accessToken === undefined ? {} : { ath: createHash('sha256').update(parts.accessToken).digest('base64url') };
  const claims = {
    jti: randomUUID(),
    htm: parts.method,
    htu: parts.url,
    iat: Math.floor(parts.nowMs / 1000),
    ...ath,
    ...parts.claims,
  };
  const signed = `${encode(header)}.${encode(claims)}`;
  const signature =
    key.alg === 'ES256'
      ? sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
      : sign(null, Buffer.from(signed), key.privateKey);
  return `${signed}.${signature.toString('base64url')}`;
}
