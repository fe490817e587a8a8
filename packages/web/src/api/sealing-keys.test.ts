import { decodeBase64url } from '@vivim/contract/base64url';
import { openSpaceKey, sealSpaceKey } from '@vivim/contract/sealing';
import { describe, expect, it } from 'vitest';
import { loggedSealingKey, makeSealingPair } from './sealing-keys.ts';

describe('sealing keys of a browser', () => {
  it('open what was sealed to them as the log writes them, and cannot be read out', async () => {
    const pair = await makeSealingPair();
    if (pair === null) throw new Error('this runtime knows X25519');
    const key = await loggedSealingKey(pair);
    expect(key).toMatchObject({ alg: 'X25519', purpose: 'device-enc', priority: 100 });
    const secret = new Uint8Array(32).fill(7);
    const sealed = await sealSpaceKey(secret, decodeBase64url(key.publicKey), key.kid);
    expect(await openSpaceKey(sealed, pair, key.kid)).toEqual(secret);
    await expect(crypto.subtle.exportKey('pkcs8', pair.privateKey as CryptoKey)).rejects.toThrow();
  });

  it('are not opened by the pair of another browser', async () => {
    const [mine, other] = [await makeSealingPair(), await makeSealingPair()];
    if (mine === null || other === null) throw new Error('this runtime knows X25519');
    const key = await loggedSealingKey(mine);
    const sealed = await sealSpaceKey(new Uint8Array(32), decodeBase64url(key.publicKey), key.kid);
    await expect(openSpaceKey(sealed, other, key.kid)).rejects.toThrow();
  });
});
