/** did:jwk against its specification's examples, against other spellings, and with what must never be said aloud. */
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didJwkOf, type IdentityAlgorithm, newIdentity } from '../../../../../test/kit/proofs.ts';
import { refusalOf } from '../../../../../test/kit/refusals.ts';
import { describeShared } from '../../../../../test/kit/shared.ts';
import { vectorCases } from '../../../../../test/kit/vectors.ts';
import { keyAlgorithms } from '../keys/key-algorithms.ts';
import { resolveSigningKey } from './resolve-did.ts';

const resolve = (did: string, kid?: string) => resolveSigningKey({ didWeb: null }, did, kid);
const codeOf = (did: string, kid?: string) => refusalOf(() => resolve(did, kid));
const algorithms: IdentityAlgorithm[] = ['Ed25519', 'P-256', 'secp256k1'];
const { jwk: p256 } = newIdentity('P-256');
const { jwk: ed25519 } = newIdentity('Ed25519');

describe.each(algorithms)('did:jwk of %s', (alg) => {
  it('names the same key as its did:key, under fragment 0', async () => {
    const { did, kid, jkt, jwk, multibase, sign } = newIdentity(alg, 'jwk');
    const key = await resolve(did, kid);
    expect(key).toMatchObject({ did, method: 'jwk', alg, verificationMethod: `${did}#0`, thumbprint: jkt });
    expect(key.documentDigest).toBeNull();
    const twin = await resolve(`did:key:${multibase}`);
    expect([key.thumbprint, [...key.publicKey]]).toEqual([twin.thumbprint, [...twin.publicKey]]);
    expect(keyAlgorithms[alg].jwk(key.publicKey)).toEqual(jwk);
    expect(key.verify(Buffer.from('text'), Buffer.from(sign('text'), 'base64url'))).toBe(true);
  });

  it('N13 written in another way it is another DID of the same key, which one person has', async () => {
    const { jwk, jkt } = newIdentity(alg);
    const members = fc.shuffledSubarray(Object.entries(jwk), { minLength: Object.keys(jwk).length });
    const spaces = fc.constantFrom(undefined, 1, '\t', 4);
    await fc.assert(
      fc.asyncProperty(members, spaces, fc.boolean(), async (shuffled, space, named) => {
        const json = JSON.stringify(
          { ...Object.fromEntries(shuffled), ...(named ? { kid: 'mine', use: 'sig' } : {}) },
          null,
          space,
        );
        const did = didJwkOf(json);
        const key = await resolve(did);
        expect([key.thumbprint, key.verificationMethod]).toEqual([jkt, `${did}#0`]);
      }),
    );
  });

  it('changed in one character it is refused with a code, or spells JSON that is read as it stands', async () => {
    const { did, jkt } = newIdentity(alg, 'jwk');
    await fc.assert(
      fc.asyncProperty(fc.nat(did.length - 1), fc.constantFrom(...'aAzZ019_-=.:%/+ \n'), async (at, char) => {
        fc.pre(did[at] !== char);
        const bent = did.slice(0, at) + char + did.slice(at + 1);
        const code = await codeOf(bent);
        if (code !== 'accepted') expect(code).toMatch(/^(did_|key_invalid|jwk_private)/);
        else expect((await resolve(bent)).thumbprint === jkt).toBe(sameKey(bent, did));
      }),
    );
  });
});

const decoded = (did: string) => Buffer.from(did.slice('did:jwk:'.length), 'base64url').toString();
const sameKey = (one: string, other: string) => {
  const [a, b] = [one, other].map((did) => JSON.parse(decoded(did)) as Record<string, unknown>);
  return a?.x === b?.x && a?.y === b?.y;
};

describe('did:jwk bent on purpose', () => {
  const lastBits = (text: string) =>
    text.slice(0, -1) + String.fromCharCode((text.charCodeAt(text.length - 1) ?? 0) + 1);
  const p384 = { kty: 'EC', crv: 'P-384', x: 'A'.repeat(64), y: 'A'.repeat(64) };

  it.each<[string, string, string]>([
    ['nothing', 'did:jwk:', 'did_malformed'],
    ['no base64url', 'did:jwk:a.b', 'did_malformed'],
    ['a length no base64url has', 'did:jwk:aaaaa', 'did_malformed'],
    ['padding', `${didJwkOf(ed25519)}=`, 'did_malformed'],
    ['bits left over', lastBits(didJwkOf('{"a":1}')), 'did_not_canonical'],
    ['no JSON', didJwkOf('{"kty":'), 'did_malformed'],
    ['a list', didJwkOf([ed25519]), 'did_malformed'],
    ['null', didJwkOf('null'), 'did_malformed'],
    ['a byte order mark', didJwkOf(`\ufeff${JSON.stringify(ed25519)}`), 'did_malformed'],
    [
      'bytes that are not UTF-8',
      `did:jwk:${Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url')}`,
      'did_malformed',
    ],
    ['a name twice', didJwkOf(`{"x":"AA",${JSON.stringify(p256).slice(1)}`), 'did_malformed'],
    ['a name twice, once escaped', didJwkOf(`{"\\u0078":"AA",${JSON.stringify(p256).slice(1)}`), 'did_malformed'],
    ['no type', didJwkOf({ ...ed25519, kty: undefined }), 'did_malformed'],
    ['a number for a coordinate', didJwkOf({ ...ed25519, x: 1 }), 'did_malformed'],
    ['no y', didJwkOf({ ...p256, y: undefined }), 'key_invalid'],
    ['a short coordinate', didJwkOf({ ...p256, x: Buffer.alloc(31, 1).toString('base64url') }), 'key_invalid'],
    [
      'a long coordinate',
      didJwkOf({
        ...p256,
        x: Buffer.concat([Buffer.alloc(1), Buffer.from(p256.x ?? '', 'base64url')]).toString('base64url'),
      }),
      'key_invalid',
    ],
    ['a padded coordinate', didJwkOf({ ...p256, x: `${p256.x}=` }), 'key_invalid'],
    ['a coordinate in base64', didJwkOf({ ...p256, x: `+/${p256.x?.slice(2)}` }), 'key_invalid'],
    ['a point off its curve', didJwkOf({ ...p256, y: p256.x }), 'key_invalid'],
    ['a point of another curve', didJwkOf({ ...p256, crv: 'secp256k1' }), 'key_invalid'],
    [
      'N10 a key of small order',
      didJwkOf({ kty: 'OKP', crv: 'Ed25519', x: Buffer.alloc(32).toString('base64url') }),
      'key_invalid',
    ],
    ['N12 X25519', didJwkOf({ ...ed25519, crv: 'X25519' }), 'did_key_not_signing'],
    ['a key for encryption', didJwkOf({ ...p256, use: 'enc' }), 'did_key_not_signing'],
    ['a key for derivation', didJwkOf({ ...p256, key_ops: ['deriveBits'] }), 'did_key_not_signing'],
    ['an algorithm of encryption', didJwkOf({ ...p256, alg: 'ECDH-ES' }), 'did_key_not_signing'],
    ['another curve’s algorithm', didJwkOf({ ...p256, alg: 'ES256K' }), 'did_key_not_signing'],
    ['N12 P-384', didJwkOf(p384), 'did_key_type_unsupported'],
    ['N12 RSA', didJwkOf({ kty: 'RSA', n: 'AQAB', e: 'AQAB' }), 'did_key_type_unsupported'],
    ['types mixed up', didJwkOf({ ...ed25519, kty: 'EC' }), 'did_key_type_unsupported'],
  ])('%s: %s is refused with %s', async (_, did, code) => {
    expect(await codeOf(did)).toBe(code);
  });

  it('has no other fragment than 0, whatever its kid says', async () => {
    const did = didJwkOf({ ...p256, kid: 'mine' });
    expect(await codeOf(did, `${did}#0`)).toBe('accepted');
    expect(await codeOf(did, `${did}#mine`)).toBe('key_not_authorized');
    expect(await codeOf(`${did}#0`)).toBe('did_malformed');
  });

  it('takes key_ops and alg that fit', async () => {
    expect(await codeOf(didJwkOf({ ...p256, key_ops: ['verify'], alg: 'ES256', use: 'sig' }))).toBe('accepted');
    expect(await codeOf(didJwkOf({ ...ed25519, alg: 'EdDSA' }))).toBe('accepted');
  });
});

describe('N14 a private key in a did:jwk', () => {
  const canary = Buffer.from('this must never be seen').toString('base64url');

  it.each<[string, object]>([
    ['of P-256', { ...p256, d: canary }],
    ['of Ed25519', { d: canary, ...ed25519 }],
    ['of RSA', { kty: 'RSA', n: 'AQAB', e: 'AQAB', p: canary }],
    ['that is a secret of two', { kty: 'oct', k: canary }],
    ['for encryption', { ...ed25519, crv: 'X25519', use: 'enc', d: canary }],
    ['that is malformed besides', { d: canary, x: 1 }],
  ])('%s is refused, and nothing that is thrown holds it', async (_, jwk) => {
    const did = didJwkOf(jwk);
    const error: unknown = await resolve(did).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'jwk_private' });
    for (const secret of [canary, did.slice('did:jwk:'.length)])
      expect(inspect(error, { depth: 9 })).not.toContain(secret);
  });

  it('that is no JSON is not repeated either', async () => {
    const error: unknown = await resolve(didJwkOf(`{"d":"${canary}",}`)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'did_malformed' });
    expect(inspect(error, { depth: 9 })).not.toContain(canary);
  });
});

describeShared('vectors', 'examples of the did:jwk specification', () => {
  interface Example {
    readonly did: string;
    readonly didDocument: {
      readonly verificationMethod: readonly {
        readonly id: string;
        readonly publicKeyJwk: Readonly<Record<string, string>>;
      }[];
      readonly authentication?: readonly string[];
    };
  }

  it('are read as their documents say; one that does not list a key for authentication is for encryption', async () => {
    const examples = vectorCases<Example>('did-jwk', /\.json$/);
    for (const { did, didDocument } of examples) {
      const [method] = didDocument.verificationMethod;
      if (didDocument.authentication === undefined) expect(await codeOf(did)).toBe('did_key_not_signing');
      else {
        const key = await resolve(did);
        // Not taken from `authentication`, where the published document has a stray `$`.
        expect(key.verificationMethod).toBe(method?.id);
        expect(method?.publicKeyJwk).toMatchObject(keyAlgorithms[key.alg].jwk(key.publicKey));
      }
    }
  });
});
