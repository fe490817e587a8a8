import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { newIdentity } from '../../../../test/kit/proofs.ts';
import { isSignedBy, keyOfDid, thumbprintOf } from './public-key.ts';

const algorithms = ['Ed25519', 'P-256', 'secp256k1'] as const;
const text = 'what was signed';
const bytes = new TextEncoder().encode(text);

describe.each(algorithms)('a key of %s', (alg) => {
  it('is found in its did:key and named as RFC 7638 says', () => {
    const { did, jkt } = newIdentity(alg);
    expect(keyOfDid(did)).toMatchObject({ alg, kid: jkt });
  });

  it('knows its own signatures, over these bytes alone', () => {
    const [mine, other] = [newIdentity(alg), newIdentity(alg)];
    const key = keyOfDid(mine.did);
    expect(isSignedBy(key, bytes, mine.sign(text))).toBe(true);
    expect(isSignedBy(key, bytes, mine.sign(`${text}.`))).toBe(false);
    expect(isSignedBy(key, bytes, other.sign(text))).toBe(false);
    expect(isSignedBy(key, bytes, mine.sign(text).slice(0, -4))).toBe(false);
  });
});

describe('keys', () => {
  it('of a curve take one of the two signatures that fit: the lower', () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const mine = newIdentity('P-256');
    const low = Buffer.from(mine.sign(text), 'base64url');
    const s = order - BigInt(`0x${low.subarray(32).toString('hex')}`);
    const high = Buffer.concat([low.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
    expect(isSignedBy(keyOfDid(mine.did), bytes, high.toString('base64url'))).toBe(false);
  });

  it('for sealing sign nothing', () => {
    const { x = '' } = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
    const { privateKey } = generateKeyPairSync('ed25519');
    const signature = sign(null, bytes, privateKey).toString('base64url');
    expect(isSignedBy({ alg: 'X25519', publicKey: x }, bytes, signature)).toBe(false);
    const members = JSON.stringify({ crv: 'X25519', kty: 'OKP', x });
    expect(thumbprintOf({ alg: 'X25519', publicKey: x })).toBe(
      createHash('sha256').update(members).digest('base64url'),
    );
  });

  const multikey = (prefix: number[], length: number) =>
    `did:key:z${base58.encode(Uint8Array.of(...prefix, ...new Uint8Array(length).fill(2)))}`;
  it.each([
    'did:web:vivim.example',
    'did:key:z',
    'did:key:z6Mk0OIl',
    'z6Mkw',
    multikey([0xed, 0x01], 31),
    multikey([0xec, 0x01], 32),
    multikey([0x80, 0x24], 33).replace('z', 'y'),
  ])('are not guessed from %s', (did) => {
    expect(() => keyOfDid(did)).toThrow(expect.objectContaining({ failure: 'input' }));
  });
});
