/**
 * DPoP: proof, made anew for every request, that its sender holds the key a token is bound to (RFC 9449). Checks all
 * that can be checked without master; whether the proof was used before is master's to say.
 */
import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { AppError } from '@vivim/contract/errors';
import { z } from 'zod';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { sha256 } from './digest.ts';
import { ed25519Jwk, isSafeEd25519Key } from './ed25519.ts';
import { jwkThumbprint } from './thumbprint.ts';

/** What a good proof says. */
export interface DpopProof {
  /** RFC 7638 thumbprint of its key. */
  readonly jkt: string;
  /** SHA-256 over key and `jti`: the form in which a used proof is remembered. */
  readonly hash: Uint8Array;
  /** From here on its age alone refuses it. */
  readonly expiresAt: Date;
}

export interface DpopExpectation {
  readonly method: string;
  /** Scheme, host and path of the request as its client sees it; query and fragment do not count. */
  readonly url: string;
  /** The access token that came along, or null where there is none yet. */
  readonly accessToken: string | null;
  readonly nowMs: number;
}

export const dpopAlgorithms = ['ES256', 'EdDSA', 'Ed25519'] as const;

const maxProofLength = 4_096;
const compact = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const oldestSeconds = 60;
const newestSeconds = 5;
const fieldLength = 32;

// Loose: `use`, `kid`, `alg` and the like may stand in a JWK. Private members may not.
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const PublicJwk = z
  .union([
    z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
    z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
  ])
  .refine((jwk) => privateMembers.every((member) => !(member in jwk)));

const ProofHeader = z.looseObject({
  typ: z.literal('dpop+jwt'),
  alg: z.enum(dpopAlgorithms),
  jwk: PublicJwk,
  crit: z.undefined().optional(),
});

const ProofClaims = z.looseObject({
  jti: z.string().min(1).max(256),
  htm: z.string(),
  htu: z.string(),
  iat: z.number(),
  ath: z.string().optional(),
});

function refuse(detail: string): never {
  throw new AppError('dpop_invalid', detail);
}

function decodeJson(part: string): unknown {
  const bytes = decodeBase64url(part);
  if (bytes === null) refuse('The proof is not a compact JWS in canonical base64url.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse('The proof does not hold JSON.');
  }
}

/** Reads the proof's key: canonical coordinates of fixed length, a point on its curve, no private part. */
function readKey({ alg, jwk }: z.infer<typeof ProofHeader>): { key: KeyObject; jkt: string } {
  const x = decodeBase64url(jwk.x);
  if (x?.length !== fieldLength) refuse('The key of the proof is malformed.');
  let required: Readonly<Record<string, string>>;
  if (jwk.kty === 'OKP') {
    if (alg === 'ES256' || !isSafeEd25519Key(x)) refuse('The key of the proof is not a safe Ed25519 key.');
    required = ed25519Jwk(x);
  } else {
    if (alg !== 'ES256' || decodeBase64url(jwk.y)?.length !== fieldLength)
      refuse('The key of the proof does not fit its algorithm.');
    required = { crv: 'P-256', kty: 'EC', x: jwk.x, y: jwk.y };
  }
  try {
    return { key: createPublicKey({ key: required as JsonWebKey, format: 'jwk' }), jkt: jwkThumbprint(required) };
  } catch {
    return refuse('The key of the proof is not a point of its curve.');
  }
}

/** Scheme, host and path with percent-encoding and default ports normalised; null for anything that is no http URL. */
function resourceOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, origin, pathname, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && password === '' ? `${origin}${pathname}` : null;
}

/**
 * @throws AppError `dpop_invalid` with the first thing that is wrong
 * @see RFC 9449 section 4.3
 */
export function verifyDpop(proof: string, expected: DpopExpectation): DpopProof {
  if (proof.length > maxProofLength || !compact.test(proof))
    refuse('The DPoP header must hold exactly one compact JWS.');
  const [headerPart = '', claimsPart = '', signaturePart = ''] = proof.split('.');
  const header = ProofHeader.safeParse(decodeJson(headerPart));
  if (!header.success)
    refuse('The header of the proof needs typ "dpop+jwt", alg ES256 or Ed25519, and the public key as jwk.');
  const signature = decodeBase64url(signaturePart);
  const { key, jkt } = readKey(header.data);
  const ecdsa = header.data.alg === 'ES256';
  if (signature?.length !== 2 * fieldLength) refuse('The signature of the proof is malformed.');
  const signed = Buffer.from(`${headerPart}.${claimsPart}`);
  const fits = ecdsa
    ? verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)
    : verify(null, signed, key, signature);
  if (!fits) refuse('The signature of the proof does not fit.');

  const claims = ProofClaims.safeParse(decodeJson(claimsPart));
  if (!claims.success) refuse('The proof needs jti, htm, htu and iat.');
  const { jti, htm, htu, iat, ath } = claims.data;
  if (htm !== expected.method) refuse('The proof was made for another method.');
  if (resourceOf(htu) !== resourceOf(expected.url)) refuse('The proof was made for another URL.');
  const ageSeconds = expected.nowMs / 1_000 - iat;
  if (ageSeconds > oldestSeconds) refuse('The proof is too old; compare your clock with the Date header.');
  if (ageSeconds < -newestSeconds) refuse('The proof comes from the future; compare your clock with the Date header.');
  if (expected.accessToken !== null && ath !== encodeBase64url(sha256(expected.accessToken))) {
    refuse('The proof was not made for this access token (ath).');
  }
  return { jkt, hash: sha256(`${jkt}\n${jti}`), expiresAt: new Date((iat + oldestSeconds + 1) * 1_000) };
}
