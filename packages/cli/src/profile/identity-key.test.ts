import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { didOf, newIdentityKey, signText, verificationMethodOf } from './identity-key.ts';

const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

/** RFC 8032 section 7.1, test 1. */
const vector = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: base64url('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'),
  x: base64url('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
} as const;

describe('identity key', () => {
  it('is named as did:key names it', () => {
    expect(didOf(vector)).toBe('did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw');
  });

  it('names its one verification method by the key again', () => {
    expect(verificationMethodOf('did:key:z6Mkx')).toBe('did:key:z6Mkx#z6Mkx');
  });

  it('signs as RFC 8032 says', () => {
    expect(Buffer.from(signText(vector, ''), 'base64url').toString('hex')).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    );
  });

  it('makes a new key each time, and its signature verifies', () => {
    const [one, other] = [newIdentityKey(), newIdentityKey()];
    expect(didOf(one)).not.toBe(didOf(other));
    const text = 'localhost wants you to sign in\nÉvora';
    const { d: _, ...publicPart } = one;
    const key = createPublicKey({ key: publicPart, format: 'jwk' });
    expect(verify(null, Buffer.from(text), key, Buffer.from(signText(one, text), 'base64url'))).toBe(true);
  });
});
