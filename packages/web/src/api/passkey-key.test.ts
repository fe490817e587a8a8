import { createHash, ECDH, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loggedPasskeyKey } from './passkey-key.ts';

const spkiOf = (key: ReturnType<typeof generateKeyPairSync>['publicKey']) =>
  new Uint8Array(key.export({ type: 'spki', format: 'der' }) as Buffer);
const digest = (members: object) => createHash('sha256').update(JSON.stringify(members)).digest('base64url');

describe('the key of a passkey', () => {
  it('on P-256 is named by its thumbprint and kept as a compressed point', async () => {
    for (let count = 0; count < 8; count += 1) {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
      expect(await loggedPasskeyKey(spkiOf(publicKey))).toEqual({
        kid: digest({ crv: 'P-256', kty: 'EC', x, y }),
        alg: 'P-256',
        publicKey: ECDH.convertKey(point, 'prime256v1', undefined, 'base64url', 'compressed'),
        purpose: 'passkey',
        priority: 100,
      });
    }
  });

  it('on Ed25519 is its 32 bytes', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const { x = '' } = publicKey.export({ format: 'jwk' });
    const kid = digest({ crv: 'Ed25519', kty: 'OKP', x });
    expect(await loggedPasskeyKey(spkiOf(publicKey))).toMatchObject({ kid, alg: 'Ed25519', publicKey: x });
  });

  it('of any other kind is not taken', async () => {
    for (const { publicKey } of [
      generateKeyPairSync('rsa', { modulusLength: 1024 }),
      generateKeyPairSync('ec', { namedCurve: 'P-384' }),
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
      generateKeyPairSync('x25519'),
    ])
      expect(await loggedPasskeyKey(spkiOf(publicKey))).toBeNull();
    expect(await loggedPasskeyKey(new Uint8Array())).toBeNull();
  });
});
