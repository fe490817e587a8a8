import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeBase64url } from './base64url.ts';
import { recoveryKeyFrom } from './recovery-key.ts';
import { openSpaceKey, sealSpaceKey } from './sealing.ts';

const secret = (first: number) => Uint8Array.from({ length: 32 }, (_, index) => (first + index) & 0xff);
const bytes = new TextEncoder().encode('a challenge');

describe('the key on paper', () => {
  it('is the same each time it is made of the same bytes', async () => {
    const [one, again, other] = await Promise.all([secret(1), secret(1), secret(2)].map(recoveryKeyFrom));
    expect([again?.sign.kid, again?.seal.kid]).toEqual([one?.sign.kid, one?.seal.kid]);
    expect(other?.sign.kid).not.toBe(one?.sign.kid);
    expect(other?.seal.kid).not.toBe(one?.seal.kid);
    // Frozen, and worked out a second time with other code: words on paper must open the account in every later version.
    expect(one?.sign.kid).toBe('LYpK6qNATrJGlad1OZqHeNzBzhiryb-bP8Q_SXBvSFs');
    expect(one?.seal.kid).toBe('wsztMOWUY_X_Q_U_u7x5DX72x679008eAwNuvI_Kflg');
  });

  it('signs so that its public half verifies', async () => {
    const { sign } = await recoveryKeyFrom(secret(7));
    const publicKey = createPublicKey({ key: { crv: 'Ed25519', kty: 'OKP', x: sign.publicKey }, format: 'jwk' });
    const signature = Buffer.from(await sign.signBytes(bytes), 'base64url');
    expect(verify(null, bytes, publicKey, signature)).toBe(true);
  });

  it('opens what was sealed to it, and another does not', async () => {
    const [mine, other] = [await recoveryKeyFrom(secret(1)), await recoveryKeyFrom(secret(2))];
    const sealed = await sealSpaceKey(secret(9), decodeBase64url(mine.seal.publicKey), mine.seal.kid);
    expect(await openSpaceKey(sealed, mine.seal.pair, mine.seal.kid)).toEqual(secret(9));
    await expect(openSpaceKey(sealed, other.seal.pair, mine.seal.kid)).rejects.toThrow();
  });

  it('takes 32 bytes and no other number', async () => {
    await expect(recoveryKeyFrom(new Uint8Array(16))).rejects.toThrow(RangeError);
  });
});
