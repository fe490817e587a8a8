import { createPublicKey, verify } from 'node:crypto';
import { SignedEntry } from '@vivim/contract/key-log';
import { entryBytes } from '@vivim/contract/key-log-bytes';
import { recoveryKeyFrom } from '@vivim/contract/recovery-key';
import { describe, expect, it } from 'vitest';
import { nextPayload, signedEntry } from './key-log.ts';
import { paperSigner } from './signer.ts';

const hash = 'A'.repeat(43);

describe('the next entry of a key log', () => {
  it('stands behind the head, also behind none', () => {
    const change = { op: 'revoke', kids: [hash] } as const;
    expect(nextPayload({ seq: 0, hash: null }, { ...change, kids: [...change.kids] })).toMatchObject({
      seq: 1,
      prev: null,
    });
    expect(nextPayload({ seq: 7, hash }, { op: 'nullify', target: 3 })).toEqual({
      seq: 8,
      prev: hash,
      op: 'nullify',
      target: 3,
    });
  });

  it('is signed over the bytes everybody checks', async () => {
    const key = await recoveryKeyFrom(new Uint8Array(32).fill(5));
    const entry = await signedEntry({ seq: 2, hash }, { op: 'revoke', kids: [hash] }, paperSigner(key));
    expect(SignedEntry.parse(entry)).toEqual(entry);
    expect(entry.signer).toBe(key.sign.kid);
    const publicKey = createPublicKey({ key: { crv: 'Ed25519', kty: 'OKP', x: key.sign.publicKey }, format: 'jwk' });
    const signature = Buffer.from(typeof entry.signature === 'string' ? entry.signature : '', 'base64url');
    expect(verify(null, entryBytes(entry.payload), publicKey, signature)).toBe(true);
  });
});
