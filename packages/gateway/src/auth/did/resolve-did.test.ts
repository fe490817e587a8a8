/** DIDs of every method against vectors of syntax, of documents and of resolvers, and our own sign-in examples. */
import { readFileSync } from 'node:fs';
import { base58 } from '@scure/base';
import { challengeText } from '@vivim/contract/identity';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didJwkOf } from '../../../../../test/kit/proofs.ts';
import { refusalOf } from '../../../../../test/kit/refusals.ts';
import { describeShared, sharedPath } from '../../../../../test/kit/shared.ts';
import { vectorCases, vectorFiles } from '../../../../../test/kit/vectors.ts';
import { keyAlgorithms } from '../keys/key-algorithms.ts';
import { resolveSigningKey } from './resolve-did.ts';

const codeOf = (did: string) => refusalOf(() => resolveSigningKey({ didWeb: null }, did));

/** Recognised as a DID: read, or refused for anything but its grammar. */
const recognised = async (did: string) => (await codeOf(did)) !== 'did_malformed';

describe('whatever is sent', () => {
  const anything = fc.string({ unit: 'grapheme', maxLength: 200 });
  const method = fc.constantFrom('', 'did:', 'did:key:', 'did:key:z', 'did:jwk:', 'did:web:', 'did:web:a.example');

  it('is read or refused, and nothing breaks', async () => {
    await fc.assert(
      fc.asyncProperty(method, anything, async (start, rest) => {
        expect(await codeOf(start + rest)).toMatch(/^(accepted|did_|key_invalid|jwk_private)/);
      }),
    );
  });

  it('as a JSON Web Key is read or refused, and nothing breaks', async () => {
    const member = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom('EC', 'OKP', 'P-256', 'Ed25519', 'A'.repeat(43)),
    );
    const jwk = fc.dictionary(
      fc.constantFrom('kty', 'crv', 'x', 'y', 'd', 'use', 'alg', 'key_ops', '__proto__'),
      member,
    );
    await fc.assert(
      fc.asyncProperty(jwk, async (value) => {
        expect(await codeOf(didJwkOf(value))).toMatch(/^(did_|key_invalid|jwk_private)/);
      }),
    );
  });
});

describeShared('vectors', 'DID syntax of atproto', () => {
  /** What atproto calls no DID and W3C does: it is recognised, and refused for its method. */
  const exceptions: Readonly<Record<string, string>> = {
    'did:m123:val': 'digits in the name of a method are allowed by W3C DID 1.0, section 3.1; atproto wants letters',
  };

  it('every DID is recognised as one; none of the others is', async () => {
    const valid = vectorCases<string>('atproto', /^did_syntax_valid\.json$/);
    const invalid = vectorCases<string>('atproto', /^did_syntax_invalid\.json$/);
    for (const did of valid) expect(`${did} ${await recognised(did)}`).toBe(`${did} true`);
    for (const did of invalid) expect(`${did} ${await recognised(did)}`).toBe(`${did} ${did in exceptions}`);
  });

  it('nothing else its syntax files refuse is a DID: handles, URIs, times', async () => {
    for (const text of vectorCases<unknown>('atproto', /_(syntax|parse)_invalid\.json$/)) {
      if (typeof text !== 'string' || /^did:[a-z0-9]+:/.test(text)) continue;
      expect(`${text} ${await codeOf(text)}`).toBe(`${text} did_malformed`);
    }
  });
});

interface Method {
  readonly id: string;
  readonly publicKeyJwk?: Readonly<Record<string, string>>;
  readonly publicKeyBase58?: string;
  readonly publicKeyMultibase?: string;
}
interface DidDocument {
  readonly id: string;
  readonly verificationMethod?: readonly Method[];
  /** What verificationMethod was called before DID 1.0. */
  readonly publicKey?: readonly Method[];
  readonly authentication?: readonly (string | Method)[];
}

/** That our key is the one the document lists for authentication. */
async function expectKeyOf(did: string, document: DidDocument): Promise<void> {
  const key = await resolveSigningKey({ didWeb: null }, did);
  const listed = (document.authentication ?? []).map((one) => {
    const id = typeof one === 'string' ? one : one.id;
    return typeof one === 'string'
      ? [...(document.verificationMethod ?? []), ...(document.publicKey ?? [])].find((method) => method.id === id)
      : one;
  });
  // Some write the id without the DID before it.
  const method = listed.find((one) => one !== undefined && [one.id, did + one.id].includes(key.verificationMethod));
  expect(`${did} ${method === undefined}`).toBe(`${did} false`);
  const { publicKeyJwk, publicKeyBase58, publicKeyMultibase } = method ?? {};
  if (publicKeyJwk !== undefined) expect(publicKeyJwk).toMatchObject(keyAlgorithms[key.alg].jwk(key.publicKey));
  if (publicKeyBase58 !== undefined) expect(base58.encode(key.publicKey)).toBe(publicKeyBase58);
  if (publicKeyMultibase !== undefined) expect(did).toBe(`did:key:${publicKeyMultibase}`);
}

/** By the multicodec code a did:key begins with: what is refused. */
const refusedKeys: readonly (readonly [prefix: RegExp, code: string])[] = [
  [/^did:key:z6LS/, 'did_key_not_signing'],
  [/^did:key:z(82|2J9|UC7|5Tc|3tE|4MX)/, 'did_key_type_unsupported'],
];
const refusalOfKey = (did: string) => refusedKeys.find(([prefix]) => prefix.test(did))?.[1] ?? null;

/** Why nobody signs in with a did:web of these documents. */
const refusedDocuments: Readonly<Record<string, readonly [code: string, reason: string]>> = {
  'did:web:did.actor:healthcare:doctor:robert': ['key_not_authorized', 'relative ids'],
  'did:web:did.actor:mike': ['key_not_authorized', 'relative ids of the keys'],
  'did:web:kyledenhartog.com': ['key_not_authorized', 'a relative id of the key listed'],
  'did:web:demo.spruceid.com:2021:07:08': ['did_key_type_unsupported', 'keys of an old form, and of RSA'],
  'did:web:or13.github.io:deno-did-pm': ['key_not_authorized', 'a key of PGP, for assertions alone'],
  'did:web:identity.foundation': ['key_not_authorized', 'no key at all'],
};

describeShared('vectors', 'DID Core test suite', () => {
  interface Representation {
    readonly representation?: string;
  }
  type Suite = Readonly<Record<string, unknown>> & { readonly dids: readonly string[] };
  const documentsOf = (suite: Suite, did: string) =>
    Object.values((suite[did] ?? {}) as Record<string, Representation>).flatMap(({ representation }) =>
      representation === undefined ? [] : [JSON.parse(representation) as DidDocument],
    );
  const served = (document: DidDocument) => ({ didWeb: { document: async () => document } });

  it('did:key: the key is the one in the documents of five implementations, or one that cannot sign in', async () => {
    const suites = vectorFiles<Suite>('did-core', /^did-key-.*\.json$/);
    for (const did of suites.flatMap(({ content }) => content.dids)) {
      const refusal = refusalOfKey(did);
      if (refusal !== null) expect(`${did} ${await codeOf(did)}`).toBe(`${did} ${refusal}`);
      else
        for (const { content } of suites)
          for (const document of documentsOf(content, did)) await expectKeyOf(did, document);
    }
  });

  it('did:web: what the documents say is judged as N17 does', async () => {
    const suites = vectorFiles<Suite>('did-core', /^did-web-.*\.json$/);
    for (const { content } of suites) {
      for (const did of content.dids) {
        for (const document of documentsOf(content, did)) {
          const code = await refusalOf(() => resolveSigningKey(served(document), did));
          expect(`${did} ${code}`).toBe(`${did} ${refusedDocuments[did]?.[0] ?? 'accepted'}`);
        }
      }
    }
  });

  it('DID URLs with parameters are no DIDs', async () => {
    for (const { content } of vectorFiles<Suite>('did-core', /^did-(key|web)-.*\.json$/)) {
      for (const url of Object.values((content.didParameters ?? {}) as Record<string, string>)) {
        expect(`${url} ${await codeOf(url)}`).toBe(`${url} did_malformed`);
      }
    }
  });

  interface Execution {
    readonly input: { readonly did: string };
    readonly output: {
      readonly didDocument?: DidDocument | null;
      readonly didResolutionMetadata: { readonly error?: string };
    };
  }

  it('resolvers: what they resolve is read, what they refuse is refused', async () => {
    const suites = vectorFiles<{ executions: readonly Execution[] }>('did-core', /^resolver-.*\.json$/);
    for (const { input, output } of suites.flatMap(({ content }) => content.executions)) {
      const { didDocument, didResolutionMetadata } = output;
      // A host that has no document, and a host by a name that no public host has.
      const missing = didResolutionMetadata.error === 'notFound';
      const unheardOf = { didWeb: { document: () => Promise.reject(new Error('not asked for')) } };
      if (missing && /^did:web:.*\./.test(input.did)) continue;
      if (missing || didResolutionMetadata.error === 'invalidDid') {
        const code = await refusalOf(() => resolveSigningKey(unheardOf, input.did));
        expect(`${input.did} ${code}`).toMatch(/ (did_malformed|did_web_host_invalid)$/);
      } else if (input.did.startsWith('did:key:')) {
        if (didDocument != null) await expectKeyOf(input.did, didDocument);
      } else if (didDocument != null) {
        const code = await refusalOf(() => resolveSigningKey(served(didDocument), input.did));
        expect(`${input.did} ${code}`).toBe(`${input.did} ${refusedDocuments[input.did]?.[0] ?? 'accepted'}`);
      }
    }
  });
});

describeShared('vectors/login_examples.json', 'sign-in examples', () => {
  interface Example {
    readonly alg: string;
    readonly fields: Readonly<
      Record<'domain' | 'did' | 'uri' | 'nonce' | 'issuedAt' | 'expirationTime' | 'requestId', string>
    > & { readonly resources: readonly string[] };
    readonly message: string;
    readonly signatureB64u: string;
  }
  const resource = ({ fields }: Example, name: string) =>
    fields.resources.find((urn) => urn.startsWith(`urn:vivim:${name}:`))?.slice(`urn:vivim:${name}:`.length) ?? '';

  it('the text is built as they say, byte for byte, and the signature of each algorithm fits', async () => {
    const { cases } = JSON.parse(readFileSync(sharedPath('vectors/login_examples.json'), 'utf8')) as {
      cases: Example[];
    };
    for (const example of cases) {
      const { domain, did, uri, nonce, issuedAt, expirationTime, requestId } = example.fields;
      const message = challengeText({
        domain,
        did,
        nonce,
        issuedAt,
        expiresAt: expirationTime,
        challengeId: requestId,
        origin: uri.replace('/v1/auth/verify', ''),
        kid: resource(example, 'kid'),
        jkt: resource(example, 'jkt'),
        purpose: resource(example, 'action') as 'login',
      });
      expect(message).toBe(example.message);
      const key = await resolveSigningKey({ didWeb: null }, did, resource(example, 'kid'));
      expect(key.alg).toBe(example.alg);
      const signature = Buffer.from(example.signatureB64u, 'base64url');
      expect(key.verify(Buffer.from(message), signature)).toBe(true);
      expect(key.verify(Buffer.from(message.replace(domain, 'evil.example')), signature)).toBe(false);
    }
    expect(new Set(cases.map(({ alg }) => alg))).toEqual(new Set(['Ed25519', 'P-256', 'secp256k1']));
  });
});
