/**
 * The key a session is bound to (RFC 9449), apart from the identity: it proves each request and can be thrown away.
 * Never prints, logs or sends the private part.
 */
import { calculateThumbprint, generateKeyPair, generateProof, type KeyPair } from 'dpop';
import { z } from 'zod';

/** A P-256 private key as a JWK (RFC 7518 section 6.2.2). */
export const DpopKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.base64url(),
  y: z.base64url(),
  d: z.base64url(),
});
export type DpopKey = z.infer<typeof DpopKey>;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };

export async function newDpopKey(): Promise<DpopKey> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey);
  return DpopKey.parse({ kty, crv, x, y, d });
}

async function keyPair({ d, ...publicPart }: DpopKey): Promise<KeyPair> {
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('jwk', { ...publicPart, d }, algorithm, false, ['sign']),
    crypto.subtle.importKey('jwk', publicPart, algorithm, true, ['verify']),
  ]);
  return { privateKey, publicKey };
}

/** The parts of a key that requests need, imported once. */
export interface DpopSigner {
  /** RFC 7638 thumbprint. */
  readonly thumbprint: string;
  /** A proof for one request; with a token it carries the token's hash (`ath`). */
  readonly prove: (method: string, url: string, accessToken?: string) => Promise<string>;
}

export async function dpopSigner(key: DpopKey): Promise<DpopSigner> {
  const pair = await keyPair(key);
  return {
    thumbprint: await calculateThumbprint(pair.publicKey),
    prove: (method, url, accessToken) => {
      const { origin, pathname } = new URL(url);
      return generateProof(pair, origin + pathname, method, undefined, accessToken);
    },
  };
}
