import { openSpaceKey, sealingPublicKey, sealSpaceKey } from '@vivim/contract/sealing';
import { describe, expect, it } from 'vitest';
import { newSealingKey, SealingJwk, sealingLoggedKey, sealingPairOf } from './sealing-key.ts';

const raw = (base64url: string) => new Uint8Array(Buffer.from(base64url, 'base64url'));

describe('sealing key', () => {
  it('opens what was sealed to its public half after it was stored and read, and no other key does', async () => {
    const [mine, other] = [newSealingKey(), newSealingKey()];
    const { kid, publicKey } = await sealingLoggedKey(mine.x);
    const spaceKey = crypto.getRandomValues(new Uint8Array(32));
    const sealed = await sealSpaceKey(spaceKey, raw(publicKey), kid);
    const stored = SealingJwk.parse(JSON.parse(JSON.stringify(mine)));
    expect(await openSpaceKey(sealed, await sealingPairOf(stored), kid)).toEqual(spaceKey);
    await expect(openSpaceKey(sealed, await sealingPairOf(other), kid)).rejects.toThrow();
  });

  it('has the public half it says, and is named after it', async () => {
    const key = newSealingKey();
    expect(Buffer.from(await sealingPublicKey(await sealingPairOf(key))).toString('base64url')).toBe(key.x);
    expect(await sealingLoggedKey(key.x)).toMatchObject({ alg: 'X25519', purpose: 'device-enc', priority: 100 });
  });
});
