/** Signed objects against Wycheproof: keys, algorithms and encodings that JWS libraries were fooled with. */
import { expect, it } from 'vitest';
import { makeProof, newSessionKey } from '../../../../../test/kit/proofs.ts';
import { refusalOf } from '../../../../../test/kit/refusals.ts';
import { describeShared } from '../../../../../test/kit/shared.ts';
import { wycheproofCases } from '../../../../../test/kit/vectors.ts';
import { verifyDpop } from '../sessions/dpop.ts';
import { fitsJws, jwsAlgorithms, parseCompactJws } from './compact-jws.ts';
import { type JwkKey, readPublicJwk } from './public-jwk.ts';

type Jwk = Readonly<Record<string, unknown>>;
interface Group {
  readonly comment: string;
  /** A key, or a set of them. */
  readonly public?: Jwk & { readonly keys?: readonly Jwk[] };
  readonly private?: Jwk & { readonly keys?: readonly Jwk[] };
}
interface Test {
  readonly comment: string;
  readonly jws?: unknown;
  readonly jwe?: unknown;
}

const files = /^json_web_(key|signature|crypto)_test\.json$/;
const textOf = ({ jws, jwe }: Test) => {
  const one = jws ?? jwe;
  return typeof one === 'string' ? one : JSON.stringify(one);
};

/** What Wycheproof lets pass and we never do, with the reason. */
const stricter: readonly (readonly [reason: string, applies: (group: Group, test: Test, alg: unknown) => boolean])[] = [
  [
    'the algorithm is none a proof may use: HMAC, RSA, larger curves',
    (_, __, alg) => !Object.hasOwn(jwsAlgorithms, String(alg)),
  ],
  ['encrypted, not signed', (_, { jwe }) => jwe !== undefined],
  [
    'JSON serialization: a header holds the compact one',
    (_, { jws }) => typeof jws !== 'string' || jws.startsWith('{'),
  ],
  ['nothing is signed: a proof has claims', (_, { jws }) => String(jws).includes('..')],
  ['a set of keys: a proof brings one', ({ public: key }) => key?.keys !== undefined && key.keys.length !== 1],
];

function keyOf({ public: key, private: secret }: Group): JwkKey | null {
  const one = key?.keys?.length === 1 ? key.keys[0] : key;
  try {
    // Groups of secrets that both sides know have no public key.
    return readPublicJwk(one ?? secret);
  } catch {
    return null;
  }
}

/** As a proof is read: strictly, with a key that was judged, with the algorithm of the header only if it fits the key. */
function taken(group: Group, test: Test): boolean {
  const jws = parseCompactJws(textOf(test));
  const key = keyOf(group);
  if (jws === null || key === null) return false;
  const { alg } = jws.header as { alg?: unknown };
  const known = Object.keys(jwsAlgorithms).find((name): name is keyof typeof jwsAlgorithms => name === alg);
  return known !== undefined && fitsJws(jws, known, key);
}

/** The header of whatever it is, read as loosely as can be. */
function headerOf(test: Test): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(textOf(test).split('.')[0] ?? '', 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}

describeShared('vectors', 'Wycheproof, JOSE', () => {
  const cases = wycheproofCases<Group, Test>(files);

  it('every verdict is theirs, but for what a proof never is', () => {
    for (const { id, group, test } of cases) {
      const except = stricter.some(([, applies]) => applies(group, test, headerOf(test).alg));
      const expected = test.result === 'valid' && !except;
      expect(`${id} ${group.comment} ${test.comment} ${taken(group, test)}`).toBe(
        `${id} ${group.comment} ${test.comment} ${expected}`,
      );
    }
  });

  const nowMs = Date.parse('2026-11-23T06:00:00Z');
  const url = 'https://vivim.example/v1/me';
  const verify = (proof: string) =>
    refusalOf(() => verifyDpop(proof, { method: 'GET', url, accessToken: null, nowMs }));

  it('none of them is a DPoP proof', async () => {
    for (const { id, test } of cases) expect(`${id} ${await verify(textOf(test))}`).toBe(`${id} dpop_invalid`);
  });

  it('N24 a good proof with the header of any of them is refused, unless that says ES256', async () => {
    const key = newSessionKey('ES256');
    const headers = new Map(cases.map(({ test }) => [JSON.stringify(headerOf(test)), headerOf(test)]));
    for (const [text, header] of headers) {
      const own = { typ: 'dpop+jwt', jwk: key.jwk };
      const verdict = await verify(
        makeProof(key, { method: 'GET', url, nowMs, header: { alg: undefined, ...header, ...own } }),
      );
      expect(`${text} ${verdict}`).toBe(
        `${text} ${header.alg === 'ES256' && !('crit' in header) ? 'accepted' : 'dpop_invalid'}`,
      );
    }
  });
});
