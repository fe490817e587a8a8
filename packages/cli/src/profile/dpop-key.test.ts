import { createHash, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dpopSigner, newDpopKey } from './dpop-key.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

const Header = z.strictObject({
  alg: z.literal('ES256'),
  typ: z.literal('dpop+jwt'),
  jwk: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
});
const Claims = z.strictObject({
  iat: z.int(),
  jti: z.string().min(16),
  htm: z.string(),
  htu: z.string(),
  ath: z.string().optional(),
});

/** Reads a proof as a server does: RFC 9449 section 4.3, with node:crypto alone. */
function read(proof: string) {
  const [header = '', claims = '', signature = ''] = proof.split('.');
  const { jwk } = Header.parse(decoded(header));
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return { signed, jwk, claims: Claims.parse(decoded(claims)) };
}

describe('DPoP key', () => {
  it('proves method and URL of one request, without its query', async () => {
    const signer = await dpopSigner(await newDpopKey());
    const { signed, claims } = read(await signer.prove('GET', 'http://localhost:7717/v1/search?q=glaze#top'));
    expect(signed).toBe(true);
    expect(claims).toMatchObject({ htm: 'GET', htu: 'http://localhost:7717/v1/search' });
    expect(claims.ath).toBeUndefined();
  });

  it('carries the hash of the token it goes with', async () => {
    const signer = await dpopSigner(await newDpopKey());
    expect(read(await signer.prove('POST', 'https://vivim.example/v1/context', 'token-1')).claims.ath).toBe(
      sha256('token-1'),
    );
  });

  it('never makes the same proof twice', async () => {
    const signer = await dpopSigner(await newDpopKey());
    const ids = await Promise.all(
      [1, 2, 3].map(async () => read(await signer.prove('GET', 'http://localhost/v1/me')).claims.jti),
    );
    expect(new Set(ids).size).toBe(3);
  });

  it('gives the thumbprint of RFC 7638, the same after the key was stored and read', async () => {
    const key = await newDpopKey();
    const signer = await dpopSigner(JSON.parse(JSON.stringify(key)));
    const canonical = JSON.stringify({ crv: key.crv, kty: key.kty, x: key.x, y: key.y });
    expect(signer.thumbprint).toBe(sha256(canonical));
    const { jwk } = read(await signer.prove('GET', 'http://localhost/v1/me'));
    expect(jwk).toEqual({ kty: key.kty, crv: key.crv, x: key.x, y: key.y });
  });
});
