/** did:key against the vectors of its authors, and against keys bent on purpose. */
import { base58 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdentityAlgorithm, newIdentity } from '../../../../../test/kit/proofs.ts';
import { refusalOf } from '../../../../../test/kit/refusals.ts';
import { describeShared } from '../../../../../test/kit/shared.ts';
import { vectorCases, vectorFiles } from '../../../../../test/kit/vectors.ts';
import { keyAlgorithms, points, type SigningAlgorithm } from '../keys/key-algorithms.ts';
import { resolveSigningKey } from './resolve-did.ts';

const resolve = (did: string, kid?: string) => resolveSigningKey({ didWeb: null }, did, kid);
const codeOf = (did: string, kid?: string) => refusalOf(() => resolve(did, kid));
const didOf = (...bytes: number[]) => `did:key:z${base58.encode(new Uint8Array(bytes))}`;
const algorithms: IdentityAlgorithm[] = ['Ed25519', 'P-256', 'secp256k1'];
const codecs: Readonly<Record<SigningAlgorithm, readonly number[]>> = {
  Ed25519: [0xed, 0x01],
  'P-256': [0x80, 0x24],
  secp256k1: [0xe7, 0x01],
};

describe.each(algorithms)('did:key of %s', (alg) => {
  it('names key, thumbprint and verification method', async () => {
    const { did, kid, jkt, sign } = newIdentity(alg);
    const key = await resolve(did, kid);
    expect(key).toMatchObject({
      did,
      method: 'key',
      alg,
      verificationMethod: kid,
      thumbprint: jkt,
      documentDigest: null,
    });
    expect(key.publicKey).toHaveLength(keyAlgorithms[alg].length);
    expect(key.verify(Buffer.from('text'), Buffer.from(sign('text'), 'base64url'))).toBe(true);
    expect(key.verify(Buffer.from('texT'), Buffer.from(sign('text'), 'base64url'))).toBe(false);
    expect(await codeOf(did, `${did}#0`)).toBe('key_not_authorized');
  });

  it('has one spelling: any other string is refused, with a code and without a crash', async () => {
    const { did } = newIdentity(alg);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(did.length - 1),
        fc.constantFrom(...'aAzZ01lOI:#?/ é\0%='),
        fc.constantFrom('replace', 'insert', 'cut'),
        async (at, char, how) => {
          const rest = did.slice(how === 'insert' ? at : at + 1);
          const bent = did.slice(0, at) + (how === 'cut' ? '' : char) + rest;
          const code = await codeOf(bent);
          if (code === 'accepted') {
            // A changed key may be another good key, but then it is that key's one spelling.
            const key = await resolve(bent);
            expect(didOf(...codecs[key.alg], ...key.publicKey)).toBe(bent);
          } else expect(code).toMatch(/^(did_|key_invalid)/);
        },
      ),
    );
  });
});

describe('did:key bent on purpose', () => {
  const point = (curve: keyof typeof points, compressed: boolean) => points[curve].BASE.toBytes(compressed);
  const zeros = (count: number) => new Array<number>(count).fill(0);

  it.each([
    ['nothing', 'did:key:', 'did_malformed'],
    ['no bytes', 'did:key:z', 'did_malformed'],
    ['a fragment', `${newIdentity().did}#key-1`, 'did_malformed'],
    ['a query', `${newIdentity().did}?versionId=1`, 'did_malformed'],
    ['a percent-encoded letter', newIdentity().did.replace('key:z', 'key:%7a'), 'did_malformed'],
    ['upper case', newIdentity().did.toUpperCase(), 'did_malformed'],
    ['no multibase', newIdentity().did.replace('key:z', 'key:'), 'did_malformed'],
    ['another multibase', `did:key:f${Buffer.from([0xed, 1, ...zeros(32)]).toString('hex')}`, 'did_malformed'],
    ['a longer text than any DID', `did:key:z${'1'.repeat(2_048)}`, 'did_malformed'],
    ['a byte short', didOf(0xed, 1, ...zeros(31)), 'did_malformed'],
    ['a byte long', didOf(0xed, 1, ...zeros(33)), 'did_malformed'],
    ['a varint without end', didOf(...zeros(10).fill(0xff)), 'did_malformed'],
    ['an x alone', didOf(0x80, 0x24, ...point('P-256', true).subarray(1)), 'did_malformed'],
    ['N10 a key of order 1', didOf(0xed, 1, 1, ...zeros(31)), 'key_invalid'],
    ['N10 a key of order 4', didOf(0xed, 1, ...zeros(32)), 'key_invalid'],
    ['N10 a key in two spellings', didOf(0xed, 1, 0xee, ...zeros(30).fill(0xff), 0x7f), 'key_invalid'],
    ['a point off its curve', didOf(0xe7, 1, 2, ...zeros(31), 5), 'key_invalid'],
    ['an x beyond the field', didOf(0x80, 0x24, 2, ...zeros(32).fill(0xff)), 'key_invalid'],
    ['N13 P-256 uncompressed', didOf(0x80, 0x24, ...point('P-256', false)), 'did_not_canonical'],
    ['N13 P-256 as x and y', didOf(0x80, 0x24, ...point('P-256', false).subarray(1)), 'did_not_canonical'],
    ['N13 secp256k1 uncompressed', didOf(0xe7, 1, ...point('secp256k1', false)), 'did_not_canonical'],
    ['N13 a longer varint', didOf(0xed, 0x81, 0, ...zeros(32)), 'did_not_canonical'],
    ['N13 a longer varint for P-256', didOf(0x80, 0xa4, 0, ...point('P-256', true)), 'did_not_canonical'],
    ['N12 X25519', didOf(0xec, 1, 9, ...zeros(31)), 'did_key_not_signing'],
    ['N12 P-384', didOf(0x81, 0x24, 2, ...zeros(48)), 'did_key_type_unsupported'],
    ['another method', 'did:plc:ewvi7nxzyoun6zhxrhs64oiz', 'did_key_type_unsupported'],
  ])('%s: %s is refused', async (_, did, code) => {
    expect(await codeOf(did)).toBe(code);
  });
});

interface Vector {
  readonly verificationKeyPair?: Named;
  readonly verificationMethod?: Named;
}
interface Named {
  readonly id: string;
  readonly publicKeyBase58?: string;
  readonly publicKeyJwk?: Readonly<Record<string, string>>;
}

describeShared('vectors', 'did:key vectors of the method specification', () => {
  const supported = vectorFiles<Record<string, Vector>>('did-key', /^(ed25519|p256|secp256k1)\.json$/);

  it('every key of the three curves is read, and named as the vector does', async () => {
    for (const [did, vector] of supported.flatMap(({ content }) => Object.entries(content))) {
      const key = await resolve(did);
      const named = vector.verificationKeyPair ?? vector.verificationMethod;
      if (named === undefined) continue;
      expect(key.verificationMethod).toBe(did + named.id.slice(named.id.indexOf('#')));
      if (named.publicKeyBase58 !== undefined) expect(base58.encode(key.publicKey)).toBe(named.publicKeyBase58);
      if (named.publicKeyJwk !== undefined)
        expect(named.publicKeyJwk).toMatchObject(keyAlgorithms[key.alg].jwk(key.publicKey));
    }
  });

  it('N12 every key that cannot sign in is refused', async () => {
    const refused = vectorFiles<string[] | Record<string, unknown>>('did-key', /_must_/);
    for (const { file, content } of refused) {
      const code = file.includes('must_not_authenticate') ? 'did_key_not_signing' : 'did_key_type_unsupported';
      for (const did of Array.isArray(content) ? content : Object.keys(content)) {
        expect(`${did} ${await codeOf(did)}`).toBe(`${did} ${code}`);
      }
    }
  });

  it('atproto: a private key leads to the DID', async () => {
    interface Pair {
      readonly privateKeyBytesHex?: string;
      readonly privateKeyBytesBase58?: string;
      readonly publicDidKey: string;
    }
    const pairs = vectorCases<Pair>('atproto', /^w3c_didkey_.*\.json$/);
    for (const { privateKeyBytesHex, privateKeyBytesBase58 = '', publicDidKey } of pairs) {
      const key = await resolve(publicDidKey);
      if (key.alg === 'Ed25519') throw new Error(`not of these curves: ${publicDidKey}`);
      const secret = privateKeyBytesHex ?? Buffer.from(base58.decode(privateKeyBytesBase58)).toString('hex');
      expect(Buffer.from(key.publicKey)).toEqual(
        Buffer.from(points[key.alg].BASE.multiply(BigInt(`0x${secret}`)).toBytes()),
      );
    }
  });
});
