/**
 * A public signing key as a JSON Web Key (RFC 7517). Never repeats what it was given: who sends a private key by mistake
 * must not find it in an answer or a log.
 */
import { AppError } from '@vivim/contract/errors';
import { z } from 'zod';
import { decodeBase64url } from '../base64url.ts';
import { ed25519Jwk, isSafeEd25519Key } from './ed25519.ts';
import { type PublicKey, points } from './key-algorithms.ts';

export interface JwkKey extends PublicKey {
  /** The members RFC 7638 requires, in the order a thumbprint takes them. */
  readonly required: Readonly<Record<string, string>>;
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

// Loose: what does not say what the key is or is for (`kid`, `x5t` and the like) may stand in it.
const Jwk = z.looseObject({
  kty: z.string(),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
  use: z.string().optional(),
  key_ops: z.array(z.string()).optional(),
  alg: z.string().optional(),
});
type Jwk = z.infer<typeof Jwk>;

/** What `alg` may say for each curve. RFC 7518 section 3.1, RFC 8812 section 3.2, RFC 8037 section 3.1, RFC 9864. */
const algorithmNames = {
  Ed25519: ['EdDSA', 'Ed25519'],
  'P-256': ['ES256'],
  secp256k1: ['ES256K'],
} as const satisfies Record<PublicKey['alg'], readonly string[]>;

function algorithmOf({ kty, crv }: Jwk): PublicKey['alg'] {
  if (kty === 'OKP' && (crv === 'X25519' || crv === 'X448'))
    throw new AppError('did_key_not_signing', 'This is a key for encryption; use one for signing.');
  if (kty === 'OKP' && crv === 'Ed25519') return crv;
  if (kty === 'EC' && (crv === 'P-256' || crv === 'secp256k1')) return crv;
  throw new AppError('did_key_type_unsupported', 'Only keys of Ed25519, P-256 and secp256k1 can sign in here.');
}

function assertForSigning({ use, key_ops, alg }: Jwk, names: readonly string[]): void {
  const signs =
    (use === undefined || use === 'sig') &&
    (key_ops === undefined || key_ops.includes('verify')) &&
    (alg === undefined || names.includes(alg));
  if (!signs) throw new AppError('did_key_not_signing', 'The key says that it is not for signatures of its curve.');
}

/** 32 bytes in canonical base64url, as every coordinate of the three curves is. RFC 7518 section 6.2.1.2. */
function readCoordinate(text: string | undefined): Uint8Array {
  const bytes = decodeBase64url(text ?? '');
  if (bytes?.length !== 32) throw new AppError('key_invalid');
  return bytes;
}

function compress(crv: keyof typeof points, x: Uint8Array, y: Uint8Array): Uint8Array {
  try {
    return points[crv].fromBytes(new Uint8Array([4, ...x, ...y])).toBytes();
  } catch {
    throw new AppError('key_invalid');
  }
}

/**
 * @param value parsed JSON
 * @param isSafeEd25519 the gate of {@link isSafeEd25519Key}, which may remember what it let through
 * @throws AppError `jwk_private` before anything else; `did_malformed`, `did_key_type_unsupported`,
 *   `did_key_not_signing`, `key_invalid`
 */
export function readPublicJwk(value: unknown, isSafeEd25519 = isSafeEd25519Key): JwkKey {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new AppError('did_malformed');
  if (privateMembers.some((member) => Object.hasOwn(value, member))) throw new AppError('jwk_private');
  const parsed = Jwk.safeParse(value);
  if (!parsed.success) throw new AppError('did_malformed', 'This is not a JSON Web Key.');
  const jwk = parsed.data;
  const alg = algorithmOf(jwk);
  assertForSigning(jwk, algorithmNames[alg]);
  const x = readCoordinate(jwk.x);
  if (alg === 'Ed25519') {
    if (!isSafeEd25519(x)) throw new AppError('key_invalid');
    return { alg, publicKey: x, required: ed25519Jwk(x) };
  }
  const publicKey = compress(alg, x, readCoordinate(jwk.y));
  return { alg, publicKey, required: { crv: alg, kty: 'EC', x: jwk.x ?? '', y: jwk.y ?? '' } };
}
