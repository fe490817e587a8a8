/**
 * DPoP: proof, made anew for every request, that its sender holds the key a token is bound to (RFC 9449). Checks all
 * that can be checked without master; whether the proof was used before is master's to say.
 */
import { AppError } from '@vivim/contract/errors';
import { z } from 'zod';
import { encodeBase64url } from '../base64url.ts';
import { sha256 } from '../digest.ts';
import { fitsJws, type JwsAlgorithm, parseCompactJws } from '../keys/compact-jws.ts';
import { isSafeEd25519Key } from '../keys/ed25519.ts';
import { remembering } from '../keys/known-keys.ts';
import { type JwkKey, readPublicJwk } from '../keys/public-jwk.ts';
import { parseStrictJson } from '../keys/strict-json.ts';
import { jwkThumbprint } from '../keys/thumbprint.ts';

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

export const dpopAlgorithms = ['ES256', 'EdDSA', 'Ed25519'] as const satisfies readonly JwsAlgorithm[];

const maxProofLength = 4_096;
const oldestSeconds = 60;
const newestSeconds = 5;

const ProofHeader = z.looseObject({
  typ: z.literal('dpop+jwt'),
  alg: z.enum(dpopAlgorithms),
  jwk: z.unknown(),
  crit: z.undefined().optional(),
});

const ProofClaims = z.looseObject({
  jti: z.string().min(1).max(256),
  htm: z.string(),
  htu: z.string(),
  iat: z.number(),
  ath: z.string().optional(),
});

/** The gate takes as long as all the rest, and a session brings the same key with every request. The key is nobody's name. */
const isSafeSessionKey = remembering(isSafeEd25519Key, 4_096);

function refuse(detail: string): never {
  throw new AppError('dpop_invalid', detail);
}

/** Canonical coordinates of fixed length, a point on its curve, no private part. */
function readJwk(jwk: unknown): JwkKey {
  try {
    return readPublicJwk(jwk, isSafeSessionKey);
  } catch {
    return refuse('The key of the proof must be a safe public key for signatures, in its canonical form.');
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
  const jws = proof.length > maxProofLength ? null : parseCompactJws(proof);
  if (jws === null) refuse('The DPoP header must hold exactly one compact JWS in canonical base64url.');
  const header = ProofHeader.safeParse(jws.header);
  if (!header.success)
    refuse('The header of the proof needs typ "dpop+jwt", alg ES256 or Ed25519, and the public key as jwk.');
  const key = readJwk(header.data.jwk);
  if (!fitsJws(jws, header.data.alg, key)) refuse('The signature of the proof does not fit its key and algorithm.');
  const jkt = jwkThumbprint(key.required);

  const claims = ProofClaims.safeParse(parseStrictJson(jws.payload));
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
