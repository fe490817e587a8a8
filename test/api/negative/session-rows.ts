/** N18 to N25: access tokens and the proofs that come with them. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { makeProof, newSessionKey, type ProofParts } from '../../kit/proofs.ts';
import { type Answer, type SignedIn, send, signIn, verdict } from '../../kit/sign-in.ts';
import type { TestGateway } from '../../kit/test-gateway.ts';
import { each, type Row } from './row.ts';

const withProof = (gateway: TestGateway, { token }: Pick<SignedIn, 'token'>, proof: string): Promise<Answer> =>
  send(gateway, 'GET', '/v1/me', { headers: { authorization: `DPoP ${token}`, dpop: proof } });

/** Brings proofs with something wrong in them, and sees that the session itself goes on. */
async function badProofs(
  gateway: TestGateway,
  cases: Readonly<Record<string, Partial<ProofParts> | (() => Partial<ProofParts>)>>,
): Promise<Record<string, Answer>> {
  const person = await signIn(gateway);
  const answers = await each(cases, (parts) =>
    withProof(gateway, person, person.proof('GET', '/v1/me', typeof parts === 'function' ? parts() : parts)),
  );
  expect(verdict(await person.send('GET', '/v1/me'))).toBe('200 ok');
  return answers;
}

/** The same bytes, spelled with bits that do not belong to them. */
function trailingBits(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(part.at(-1) ?? 'A');
  return part.slice(0, -1) + alphabet[last ^ 1];
}

export const sessionRows: readonly Row[] = [
  {
    id: 'N18',
    title: 'a token bound to a key, sent as a bearer',
    status: 401,
    code: 'dpop_required',
    also: 'WWW-Authenticate asks for DPoP and calls the token invalid',
    async run({ gateway }) {
      const { token } = await signIn(gateway);
      const answers = await each(
        { 'as a bearer': `Bearer ${token}`, 'without a proof': `DPoP ${token}` },
        (authorization) => send(gateway, 'GET', '/v1/me', { headers: { authorization } }),
      );
      for (const { headers } of Object.values(answers))
        expect(headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_token", algs="ES256 /);
      return answers;
    },
  },
  {
    id: 'N19',
    title: 'the same proof twice',
    status: 401,
    code: 'dpop_replay',
    also: 'the first is let in; of twenty at once exactly one',
    async run({ gateway }) {
      const person = await signIn(gateway);
      const [proof, raced] = [person.proof('GET', '/v1/me'), person.proof('GET', '/v1/me')];
      expect(verdict(await withProof(gateway, person, proof))).toBe('200 ok');
      const answers = await Promise.all(Array.from({ length: 20 }, () => withProof(gateway, person, raced)));
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused).toHaveLength(19);
      return { again: await withProof(gateway, person, proof), ...Object.fromEntries(refused.entries()) };
    },
  },
  {
    id: 'N20',
    title: 'a proof for another method, host or path',
    status: 401,
    code: 'dpop_invalid',
    also: 'query and fragment do not count',
    async run({ gateway }) {
      const person = await signIn(gateway);
      const url = `${gateway.url}/v1/conversations?limit=1#x`;
      const headers = {
        authorization: `DPoP ${person.token}`,
        dpop: person.proof('GET', '/v1/conversations', { url }),
      };
      expect(verdict(await send(gateway, 'GET', '/v1/conversations?limit=7', { headers }))).toBe('200 ok');
      return badProofs(gateway, {
        method: { method: 'POST' },
        host: { url: 'http://evil.example/v1/me' },
        port: { url: 'http://localhost:1/v1/me' },
        scheme: { url: `${gateway.url.replace('http:', 'https:')}/v1/me` },
        path: { url: `${gateway.url}/v1/space` },
        'a path below': { url: `${gateway.url}/v1/me/x` },
        'no address': { url: 'me' },
      });
    },
  },
  {
    id: 'N21',
    title: 'a proof without ath, or with that of another token',
    status: 401,
    code: 'dpop_invalid',
    also: 'the session goes on',
    run: ({ gateway }) =>
      badProofs(gateway, {
        without: { claims: { ath: undefined } },
        'of another': { accessToken: 'another' },
        empty: { claims: { ath: '' } },
      }),
  },
  {
    id: 'N22',
    title: 'a good proof by another key',
    status: 401,
    code: 'dpop_key_mismatch',
    also: 'also by the key of another session of the same person; the session goes on',
    async run({ gateway }) {
      const person = await signIn(gateway);
      const elsewhere = await signIn(gateway, person.identity);
      const by = (key: SignedIn['key']) =>
        makeProof(key, { method: 'GET', url: `${gateway.url}/v1/me`, nowMs: gateway.now(), accessToken: person.token });
      const answers = await each(
        {
          'a new key': newSessionKey(),
          'an Ed25519 key': newSessionKey('Ed25519'),
          'of another session': elsewhere.key,
        },
        (key) => withProof(gateway, person, by(key)),
      );
      expect(verdict(await person.send('GET', '/v1/me'))).toBe('200 ok');
      return answers;
    },
  },
  {
    id: 'N23',
    title: 'a proof 61 seconds old, or 6 seconds from the future',
    status: 401,
    code: 'dpop_invalid',
    also: 'the answer has a Date to set the clock by',
    async run({ gateway }) {
      // Some time is left for what goes by until it is looked at.
      const answers = await badProofs(gateway, {
        old: () => ({ nowMs: gateway.now() - 61_000 }),
        early: () => ({ nowMs: gateway.now() + 8_000 }),
      });
      for (const { headers } of Object.values(answers))
        expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now())).toBeLessThan(60_000);
      return answers;
    },
  },
  {
    id: 'N24',
    title: 'a proof with alg none or HS256, with its private key, or of another typ',
    status: 401,
    code: 'dpop_invalid',
    also: 'the private key is not logged',
    async run({ gateway }) {
      const person = await signIn(gateway);
      const { d } = person.key.privateKey.export({ format: 'jwk' });
      const answers = await badProofs(gateway, {
        none: { header: { alg: 'none' } },
        HS256: { header: { alg: 'HS256' } },
        'typ JWT': { header: { typ: 'JWT' } },
        'no typ': { header: { typ: undefined } },
        'critical extensions': { header: { crit: ['exp'] } },
        'no jti': { claims: { jti: undefined } },
        'no iat': { claims: { iat: undefined } },
        'iat as text': { claims: { iat: '0' } },
      });
      const secret = person.proof('GET', '/v1/me', { header: { jwk: { ...person.key.jwk, d } } });
      answers['with d'] = await withProof(gateway, person, secret);
      expect(gateway.log.join('')).not.toContain(d);
      return answers;
    },
  },
  {
    id: 'N25',
    title: 'a proof in another spelling: padding, blanks, other trailing bits',
    status: 401,
    code: 'dpop_invalid',
    also: 'a used jti signed anew is dpop_replay',
    async run({ gateway }) {
      const person = await signIn(gateway);
      const claims = { jti: randomUUID() };
      const anew = () => withProof(gateway, person, person.proof('GET', '/v1/me', { claims }));
      expect([verdict(await anew()), verdict(await anew())]).toEqual(['200 ok', '401 dpop_replay']);
      return each<(parts: string[]) => string>(
        {
          padding: ([a, b, c]) => `${a}=.${b}.${c}`,
          'a blank': ([a, b, c]) => `${a}. ${b}.${c}`,
          'trailing bits': ([a, b, c]) => `${a}.${b}.${trailingBits(c ?? '')}`,
          'a fourth part': ([a, b, c]) => `${a}.${b}.${c}.`,
          'twice in one header': (parts) => `${parts.join('.')}, ${parts.join('.')}`,
          'standard base64': ([a, b, c]) => `${a}.${b}.${c?.slice(0, -1)}+`,
        },
        (respell) => withProof(gateway, person, respell(person.proof('GET', '/v1/me').split('.'))),
      );
    },
  },
];
