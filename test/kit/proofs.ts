/** Keys and DPoP proofs of tests, made by hand, so that every part of them can be made wrong. */
import { createHash, generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID, sign } from 'node:crypto';
import { base58 } from '@scure/base';

const thumbprint = (members: Record<string, unknown>) =>
  createHash('sha256').update(JSON.stringify(members)).digest('base64url');

export interface IdentityKey {
  readonly did: string;
  readonly kid: string;
  /** RFC 7638 thumbprint. */
  readonly jkt: string;
  /** base64url */
  sign(text: string): string;
}

/** A fresh Ed25519 key with its did:key. */
export function newIdentity(): IdentityKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const x = publicKey.export({ format: 'jwk' }).x ?? '';
  const multibase = `z${base58.encode(new Uint8Array([0xed, 0x01, ...Buffer.from(x, 'base64url')]))}`;
  const did = `did:key:${multibase}`;
  return {
    did,
    kid: `${did}#${multibase}`,
    jkt: thumbprint({ crv: 'Ed25519', kty: 'OKP', x }),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
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
