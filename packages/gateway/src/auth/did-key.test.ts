/** did:key and Ed25519 against the vectors of their authors, and against keys bent on purpose. */
import { readFileSync } from 'node:fs';
import { base58 } from '@scure/base';
import { AppError } from '@vivim/contract/errors';
import { challengeText } from '@vivim/contract/identity';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newIdentity } from '../../../../test/kit/proofs.ts';
import { describeShared, sharedPath } from '../../../../test/kit/shared.ts';
import { parseDidKey } from './did-key.ts';
import { isSafeEd25519Key, verifyEd25519 } from './ed25519.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const load = <T>(path: string) => JSON.parse(readFileSync(sharedPath('vectors', path), 'utf8')) as T;
const didOf = (bytes: Iterable<number>) => `did:key:z${base58.encode(new Uint8Array(bytes))}`;

function codeOf(did: string): string {
  try {
    parseDidKey(did);
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('did:key', () => {
  it('names key, thumbprint and verification method', () => {
    const { did, kid, jkt, sign } = newIdentity();
    const key = parseDidKey(did);
    expect(key).toMatchObject({ did, alg: 'Ed25519', verificationMethod: kid, thumbprint: jkt });
    expect(key.verify(Buffer.from('text'), Buffer.from(sign('text'), 'base64url'))).toBe(true);
    expect(key.verify(Buffer.from('texT'), Buffer.from(sign('text'), 'base64url'))).toBe(false);
  });

  it('has one spelling: any other string is refused, with a code and without a crash', () => {
    const { did } = newIdentity();
    fc.assert(
      fc.property(
        fc.nat(did.length - 1),
        fc.constantFrom(...'aAzZ01lOI:#?/ é\0'),
        fc.constantFrom('replace', 'insert', 'cut'),
        (at, char, how) => {
          const rest = did.slice(how === 'insert' ? at : at + 1);
          const bent = did.slice(0, at) + (how === 'cut' ? '' : char) + rest;
          const code = codeOf(bent);
          // A changed key may be another good key, but then it is that key's one spelling.
          if (code === 'accepted') expect(didOf([0xed, 1, ...parseDidKey(bent).publicKey])).toBe(bent);
          else expect(code).toMatch(/^(did_|key_invalid)/);
        },
      ),
    );
  });

  it.each([
    ['did:key:', 'did_malformed'],
    ['did:key:z', 'did_malformed'],
    [`${newIdentity().did}#key-1`, 'did_malformed'],
    [newIdentity().did.toUpperCase(), 'did_malformed'],
    [didOf([0xed, 1, ...new Array<number>(31).fill(7)]), 'did_malformed'],
    [didOf([0xed, 1, ...new Array<number>(33).fill(7)]), 'did_malformed'],
    [didOf([0xed, 0x81, 0x00, ...new Array<number>(32).fill(7)]), 'did_not_canonical'],
    [didOf([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), 'did_malformed'],
    [didOf([0x80, 0x24, 2, ...new Array<number>(32).fill(7)]), 'did_key_type_unsupported'],
    ['did:jwk:eyJrdHkiOiJFQyJ9', 'did_key_type_unsupported'],
  ])('%s: %s', (did, code) => {
    expect(codeOf(did)).toBe(code);
  });
});

describeShared('vectors/open/did-key', 'did:key vectors of the method specification', () => {
  it('accepts every Ed25519 key and names it as the vector does', () => {
    const vectors =
      load<Record<string, { verificationKeyPair?: { id: string; publicKeyBase58?: string } }>>(
        'open/did-key/ed25519.json',
      );
    for (const [did, { verificationKeyPair }] of Object.entries(vectors)) {
      const key = parseDidKey(did);
      if (verificationKeyPair === undefined) continue;
      expect(key.verificationMethod).toBe(did + verificationKeyPair.id.slice(verificationKeyPair.id.indexOf('#')));
      if (verificationKeyPair.publicKeyBase58 !== undefined)
        expect(base58.encode(key.publicKey)).toBe(verificationKeyPair.publicKeyBase58);
    }
    expect(Object.keys(vectors).length).toBeGreaterThan(0);
  });

  it.each([
    ['x25519_must_not_authenticate', 'did_key_not_signing'],
    ['p384_p521_must_be_unsupported', 'did_key_type_unsupported'],
    ['rsa_must_be_unsupported', 'did_key_type_unsupported'],
    ['bls12381_must_be_unsupported', 'did_key_type_unsupported'],
  ])('%s: %s', (file, code) => {
    const vectors = load<string[] | Record<string, unknown>>(`open/did-key/${file}.json`);
    const dids = Array.isArray(vectors) ? vectors : Object.keys(vectors);
    expect(dids.map(codeOf)).toEqual(dids.map(() => code));
  });
});

interface EddsaTest {
  readonly tcId: number;
  readonly msg: string;
  readonly sig: string;
  readonly result: 'valid' | 'invalid';
}

describeShared('vectors/open', 'Ed25519 vectors', () => {
  it('Wycheproof: every verdict is theirs', () => {
    const { testGroups } = load<{ testGroups: { publicKey: { pk: string }; tests: EddsaTest[] }[] }>(
      'open/wycheproof/ed25519_test.json',
    );
    for (const { publicKey, tests } of testGroups) {
      const key = hex(publicKey.pk);
      expect(isSafeEd25519Key(key)).toBe(true);
      for (const test of tests) {
        expect(`${test.tcId} ${verifyEd25519(key, hex(test.msg), hex(test.sig))}`).toBe(
          `${test.tcId} ${test.result === 'valid'}`,
        );
      }
    }
  });

  it('CCTV: no key of small order or mixed order, and no second spelling, passes the gate', () => {
    const vectors = load<{ number: number; key: string; flags: string[] | null }[]>(
      'open/ed25519/cctv_ed25519vectors.json',
    );
    for (const { number, key, flags } of vectors) {
      const bent = (flags ?? []).some((flag) =>
        ['low_order_A', 'low_order_component_A', 'non_canonical_A'].includes(flag),
      );
      expect(`${number} ${isSafeEd25519Key(hex(key))}`).toBe(`${number} ${!bent}`);
    }
  });

  it('speccheck: of the twelve traps, only signatures every verifier accepts pass', () => {
    const cases = load<{ idx: number; message: string; pub_key: string; signature: string }[]>(
      'open/ed25519/speccheck_cases.json',
    );
    const accepted = cases.filter(({ pub_key, message, signature }) => {
      const key = hex(pub_key);
      return isSafeEd25519Key(key) && verifyEd25519(key, hex(message), hex(signature));
    });
    // Case 3 alone is an honest signature (chalkias et al., table 5).
    expect(accepted.every(({ idx }) => idx === 3)).toBe(true);
  });

  it('RFC 8032 and the authors of Ed25519: every signature fits, none with a bit changed', () => {
    const rfc = load<{ publicKey: string; message: string; signature: string }[]>('open/rfc8032/ed25519.json');
    const lines = load<string[]>('open/ed25519/sign_input_every8th.json').map((line) => {
      const [, publicKey = '', message = '', signed = ''] = line.split(':');
      return { publicKey, message, signature: signed.slice(0, 128) };
    });
    for (const { publicKey, message, signature } of [...rfc, ...lines]) {
      const [key, text, good] = [hex(publicKey), hex(message), hex(signature)];
      expect(isSafeEd25519Key(key) && verifyEd25519(key, text, good)).toBe(true);
      const bad = good.with(good.length - 33, (good.at(-33) ?? 0) ^ 1);
      expect(verifyEd25519(key, text, bad)).toBe(false);
    }
  });
});

describeShared('vectors/login_examples.json', 'login examples', () => {
  interface Example {
    readonly alg: string;
    readonly fields: Record<
      'domain' | 'did' | 'uri' | 'nonce' | 'issuedAt' | 'expirationTime' | 'requestId',
      string
    > & { readonly resources: string[] };
    readonly message: string;
    readonly signatureB64u: string;
  }
  const resource = (example: Example, name: string) =>
    example.fields.resources.find((urn) => urn.startsWith(`urn:vivim:${name}:`))?.slice(`urn:vivim:${name}:`.length) ??
    '';

  it('the text is built as they say, byte for byte, and the Ed25519 signatures fit', () => {
    const { cases } = load<{ cases: Example[] }>('login_examples.json');
    let signed = 0;
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
      if (example.alg !== 'Ed25519' || !did.startsWith('did:key:')) continue;
      const key = parseDidKey(did);
      expect(key.verificationMethod).toBe(resource(example, 'kid'));
      expect(key.verify(Buffer.from(message), Buffer.from(example.signatureB64u, 'base64url'))).toBe(true);
      signed += 1;
    }
    expect(signed).toBeGreaterThan(0);
  });
});
