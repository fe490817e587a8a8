/**
 * A signed JSON object as one line (JWS compact serialization, RFC 7515), read strictly and verified with the three
 * algorithms a proof may use. Never picks the key or the algorithm by what the object says of itself.
 */
import { createPublicKey, verify } from 'node:crypto';
import { decodeBase64url } from '../base64url.ts';
import type { JwkKey } from './public-jwk.ts';
import { parseStrictJson } from './strict-json.ts';

/** Each with the curve it belongs to. RFC 7518 section 3.4, RFC 8037 section 3.1, RFC 9864 section 2.2. */
export const jwsAlgorithms = { ES256: 'P-256', EdDSA: 'Ed25519', Ed25519: 'Ed25519' } as const;
export type JwsAlgorithm = keyof typeof jwsAlgorithms;

export interface CompactJws {
  /** Parsed JSON. */
  readonly header: unknown;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** What the signature is over. */
  readonly signed: Uint8Array;
}

const compact = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;
const signatureLength = 64;

/** Null for anything but three parts in canonical base64url, the first of them strict JSON. */
export function parseCompactJws(text: string): CompactJws | null {
  const [, headerPart = '', payloadPart = '', signaturePart = ''] = compact.exec(text) ?? [];
  const [header, payload, signature] = [headerPart, payloadPart, signaturePart].map(decodeBase64url);
  if (header == null || payload == null || signature == null) return null;
  const parsed = parseStrictJson(header);
  return parsed === undefined
    ? null
    : { header: parsed, payload, signature, signed: Buffer.from(`${headerPart}.${payloadPart}`) };
}

/** Whether the signature is by this key with this algorithm. Either s of ECDSA will do, as RFC 7518 has it. */
export function fitsJws({ signature, signed }: CompactJws, alg: JwsAlgorithm, key: JwkKey): boolean {
  if (key.alg !== jwsAlgorithms[alg] || signature.length !== signatureLength) return false;
  const publicKey = createPublicKey({ key: key.required, format: 'jwk' });
  return alg === 'ES256'
    ? verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
    : verify(null, signed, publicKey, signature);
}
