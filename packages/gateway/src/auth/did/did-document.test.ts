/** Which key of a DID document is taken, and that no other is. */
import { describe, expect, it } from 'vitest';
import { type IdentityKey, newIdentity } from '../../../../../test/kit/proofs.ts';
import { refusalOf } from '../../../../../test/kit/refusals.ts';
import { readDidDocument } from './did-document.ts';

const did = 'did:web:alice.example';
const foreign = 'did:web:mallory.example';
const [first, second, third] = [newIdentity('Ed25519'), newIdentity('P-256'), newIdentity('secp256k1')];
const encryption = { kty: 'OKP', crv: 'X25519', x: first.jwk.x };

const multikey = ({ multibase }: IdentityKey, id: string) => ({
  id: `${did}#${id}`,
  type: 'Multikey',
  controller: did,
  publicKeyMultibase: multibase,
});
const jsonWebKey = (jwk: object, id: string) => ({
  id: `${did}#${id}`,
  type: 'JsonWebKey',
  controller: did,
  publicKeyJwk: jwk,
});
interface Method {
  readonly id: string;
  readonly [member: string]: unknown;
}
const listing = (...methods: Method[]) => ({
  id: did,
  verificationMethod: methods,
  authentication: methods.map(({ id }) => id),
});

const read = (document: unknown, kid?: string) => readDidDocument(did, document, kid);
const codeOf = (document: unknown, kid?: string) => refusalOf(() => read(document, kid));
const digestOf = (document: unknown) => Buffer.from(read(document).documentDigest ?? []).toString('hex');

describe('the key of a did:web', () => {
  it.each([
    ['Multikey', multikey(first, 'k'), first],
    ['Multikey', multikey(second, 'k'), second],
    ['JsonWebKey', jsonWebKey(second.jwk, 'k'), second],
    ['JsonWebKey', jsonWebKey(third.jwk, 'k'), third],
    ['JsonWebKey2020', { ...jsonWebKey(first.jwk, 'k'), type: 'JsonWebKey2020' }, first],
  ])('is read from a %s', (_, method, identity) => {
    const key = read(listing(method));
    const verificationMethod = `${did}#k`;
    expect(key).toMatchObject({ did, method: 'web', alg: identity.alg, thumbprint: identity.jkt, verificationMethod });
    expect(key.verify(Buffer.from('text'), Buffer.from(identity.sign('text'), 'base64url'))).toBe(true);
  });

  it('may stand in authentication itself', () => {
    const document = { id: did, authentication: [jsonWebKey(first.jwk, 'k')] };
    expect(read(document).thumbprint).toBe(first.jkt);
  });

  it('is the one asked for, or the first that can sign in', async () => {
    const rsa = jsonWebKey({ kty: 'RSA', n: 'AQAB', e: 'AQAB' }, 'rsa');
    const document = listing(rsa, multikey(second, 'b'), multikey(first, 'a'));
    expect(read(document).thumbprint).toBe(second.jkt);
    expect(read(document, `${did}#a`).thumbprint).toBe(first.jkt);
    expect(await codeOf(document, `${did}#rsa`)).toBe('did_key_type_unsupported');
    expect(await codeOf(document, `${did}#c`)).toBe('key_not_authorized');
    expect(await codeOf(document, '#a')).toBe('key_not_authorized');
  });
});

describe('N17 a key that is not the DID’s to sign in with', () => {
  const good = multikey(first, 'k');
  const bare = { id: did, verificationMethod: [good] };

  it.each<[string, unknown]>([
    ['in a document of another DID', { ...listing(good), id: foreign }],
    ['in a document whose id is spelled otherwise', { ...listing(good), id: `${did}/` }],
    ['for assertions alone', { ...bare, assertionMethod: [good.id] }],
    ['for capabilities alone', { ...bare, capabilityInvocation: [good] }],
    ['in no list at all', bare],
    ['in an empty list', { ...bare, authentication: [] }],
    ['with a relative id', { id: did, verificationMethod: [{ ...good, id: '#k' }], authentication: ['#k'] }],
    ['named relatively', { ...bare, authentication: ['#k'] }],
    [
      'with a relative id, named absolutely',
      { id: did, verificationMethod: [{ ...good, id: '#k' }], authentication: [good.id] },
    ],
    ['with a path in its id', listing({ ...good, id: `${did}/path#k` })],
    ['with a query in its id', listing({ ...good, id: `${did}?a#k` })],
    ['without a fragment', listing({ ...good, id: did })],
    ['with an empty fragment', listing({ ...good, id: `${did}#` })],
    ['with a line feed in its id', listing({ ...good, id: `${did}#k\n- urn:vivim:action:recovery` })],
    ['under a DID that begins like this one', listing({ ...good, id: `${did}.evil.example#k` })],
    ['under another DID', listing({ ...good, id: `${foreign}#k` })],
    ['controlled by another DID', listing({ ...good, controller: foreign })],
    ['controlled by several', listing({ ...good, controller: [did] })],
    ['without a controller', listing({ ...good, controller: undefined })],
    ['that is not in the document', { id: did, authentication: [good.id] }],
    ['that is there twice', { ...listing(good), verificationMethod: [good, multikey(second, 'k')] }],
    ['that is there and embedded', { ...bare, authentication: [multikey(second, 'k')] }],
    ['that is no object', { ...bare, authentication: [null, 7, [good.id]] }],
  ])('%s: key_not_authorized', async (_, document) => {
    expect(await codeOf(document)).toBe('key_not_authorized');
    expect(await codeOf(document, good.id)).toBe('key_not_authorized');
  });
});

describe('a key that cannot be used', () => {
  it.each<[string, Method, string]>([
    ['of RSA', jsonWebKey({ kty: 'RSA', n: 'AQAB', e: 'AQAB' }, 'k'), 'did_key_type_unsupported'],
    ['in an old form', { ...multikey(first, 'k'), type: 'Ed25519VerificationKey2018' }, 'did_key_type_unsupported'],
    ['for encryption', jsonWebKey(encryption, 'k'), 'did_key_not_signing'],
    ['with its private part', jsonWebKey({ ...second.jwk, d: 'AA' }, 'k'), 'jwk_private'],
    ['off its curve', jsonWebKey({ ...second.jwk, y: second.jwk.x }, 'k'), 'key_invalid'],
    ['that is no JWK', jsonWebKey([], 'k'), 'key_invalid'],
    ['that is not there', { ...multikey(first, 'k'), publicKeyMultibase: undefined }, 'key_invalid'],
    ['in another spelling', { ...multikey(first, 'k'), publicKeyMultibase: 'z0' }, 'key_invalid'],
  ])('%s: %s %s', async (_, method, code) => {
    expect(await codeOf(listing(method))).toBe(code);
  });
});

describe('what is no DID document', () => {
  it.each([
    ['null', null],
    ['a list', [{ id: did }]],
    ['no id', { authentication: [] }],
    ['a map of keys', { id: did, authentication: {} }],
    ['more keys than anybody has', listing(...Array.from({ length: 33 }, (_, at) => multikey(first, `${at}`)))],
    ['text that has no canonical form', { id: did, authentication: ['\ud800'] }],
  ])('%s: did_resolution_failed', async (_, document) => {
    expect(await codeOf(document)).toBe('did_resolution_failed');
  });
});

describe('the digest of a document', () => {
  const document = listing(multikey(first, 'a'), multikey(second, 'b'));

  it('stays the same for what changes nobody’s right to sign in', () => {
    const { verificationMethod, authentication } = document;
    for (const same of [
      { ...document, '@context': ['https://www.w3.org/ns/did/v1'], service: [{ id: `${did}#s` }], alsoKnownAs: ['x'] },
      { ...document, verificationMethod: [...verificationMethod, multikey(third, 'c')], assertionMethod: [`${did}#c`] },
      { authentication: [...authentication].reverse(), verificationMethod: [...verificationMethod].reverse(), id: did },
      { id: did, authentication: [...verificationMethod] },
    ])
      expect(digestOf(same)).toBe(digestOf(document));
  });

  it('changes with every key that may sign in', () => {
    const digests = [
      document,
      listing(multikey(first, 'a')),
      listing(multikey(first, 'a'), multikey(second, 'b'), multikey(third, 'c')),
      listing(multikey(first, 'a'), multikey(third, 'b')),
      listing(multikey(first, 'x'), multikey(second, 'b')),
      listing(jsonWebKey(first.jwk, 'a'), multikey(second, 'b')),
    ].map(digestOf);
    expect(new Set(digests).size).toBe(digests.length);
  });
});
