/** DPoP proofs against the RFC's own examples and against proofs bent at random. What needs a server is in http/session.test.ts. */
import { AppError } from '@vivim/contract/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProof, newSessionKey } from '../../../../../test/kit/proofs.ts';
import { describeShared } from '../../../../../test/kit/shared.ts';
import { vectorCases } from '../../../../../test/kit/vectors.ts';
import { type DpopExpectation, verifyDpop } from './dpop.ts';

const nowMs = Date.parse('2026-11-23T06:00:00Z');
const url = 'https://vivim.example/v1/me';
const expected: DpopExpectation = { method: 'GET', url, accessToken: 'token', nowMs };
const made = { method: 'GET', url, accessToken: 'token', nowMs };

const codeOf = (proof: string, expectation = expected): string => {
  try {
    verifyDpop(proof, expectation);
    return 'accepted';
  } catch (error) {
    return error instanceof AppError ? error.code : `crash: ${error}`;
  }
};

describe('a DPoP proof', () => {
  it.each(['ES256', 'Ed25519'] as const)('by %s names its key', (alg) => {
    const key = newSessionKey(alg);
    expect(verifyDpop(makeProof(key, made), expected).jkt).toBe(key.jkt);
  });

  it('of Ed25519 may call itself EdDSA', () => {
    expect(codeOf(makeProof(newSessionKey('Ed25519'), { ...made, header: { alg: 'EdDSA' } }))).toBe('accepted');
  });

  it.each([
    [-60, 'accepted'],
    [-61, 'dpop_invalid'],
    [5, 'accepted'],
    [6, 'dpop_invalid'],
  ])('made %i s from now: %s', (seconds, verdict) => {
    expect(codeOf(makeProof(newSessionKey(), { ...made, nowMs: nowMs + seconds * 1_000 }))).toBe(verdict);
  });

  it.each([
    ['https://vivim.example:443/v1/me', 'accepted'],
    ['HTTPS://VIVIM.EXAMPLE/v1/me?x=1#y', 'accepted'],
    ['https://vivim.example/v1/me/', 'dpop_invalid'],
    ['https://vivim.example/V1/me', 'dpop_invalid'],
    ['http://vivim.example/v1/me', 'dpop_invalid'],
    ['https://vivim.example@evil.example/v1/me', 'dpop_invalid'],
    ['https://user@vivim.example/v1/me', 'dpop_invalid'],
    ['/v1/me', 'dpop_invalid'],
  ])('for %s: %s', (htu, verdict) => {
    expect(codeOf(makeProof(newSessionKey(), { ...made, url: htu }))).toBe(verdict);
  });

  it.each<[string, Record<string, unknown>]>([
    ['of another curve', { crv: 'P-384' }],
    ['off its curve', { y: Buffer.alloc(32, 1).toString('base64url') }],
    ['shortened', { x: Buffer.alloc(31, 1).toString('base64url') }],
    ['of another type', { kty: 'RSA' }],
    ['with a private part', { d: 'AA' }],
    ['with a symmetric part', { k: 'AA' }],
  ])('with a key %s is refused', (_, change) => {
    const key = newSessionKey();
    expect(codeOf(makeProof(key, { ...made, header: { jwk: { ...key.jwk, ...change } } }))).toBe('dpop_invalid');
  });

  it('of an Ed25519 key of small order is refused', () => {
    const jwk = { crv: 'Ed25519', kty: 'OKP', x: Buffer.alloc(32).toString('base64url') };
    expect(codeOf(makeProof(newSessionKey('Ed25519'), { ...made, header: { jwk } }))).toBe('dpop_invalid');
  });

  it('changed anywhere is refused, never with a crash', () => {
    const proof = makeProof(newSessionKey(), made);
    fc.assert(
      fc.property(fc.nat(proof.length - 1), fc.constantFrom(...'aB3-_.=+/ \n'), (at, char) => {
        fc.pre(proof[at] !== char);
        expect(codeOf(proof.slice(0, at) + char + proof.slice(at + 1))).toBe('dpop_invalid');
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => codeOf(text) === 'dpop_invalid'));
  });
});

describeShared('vectors', 'the examples of RFC 9449', () => {
  it('verify', () => {
    const examples = vectorCases<{ readonly proof: string }>('dpop', /\.json$/);
    for (const { proof } of examples) {
      const claims = JSON.parse(Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString()) as {
        htm: string;
        htu: string;
        iat: number;
        ath?: string;
      };
      // The token of the RFC's example with `ath` (section 7.1).
      const accessToken = claims.ath === undefined ? null : 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU';
      const expectation = { method: claims.htm, url: claims.htu, accessToken, nowMs: claims.iat * 1_000 };
      expect(verifyDpop(proof, expectation).jkt).toBe('0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I');
    }
  });
});
