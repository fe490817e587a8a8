/** N26 to N30: sessions that ended, were stolen, or come from elsewhere; knocking too often. */
import { PasskeyOptions } from '@vivim/contract/passkeys';
import { expect } from 'vitest';
import {
  askMcp,
  connectApplication,
  newApplication,
  refresh as refreshApplication,
  TestBrowser,
  verdictOf,
} from '../../kit/applications.ts';
import { addDevice, revokeDevice } from '../../kit/devices.ts';
import { newAuthenticator, registerPasskey, verifyAsPage } from '../../kit/passkeys.ts';
import { makeProof, newIdentity, newSessionKey } from '../../kit/proofs.ts';
import {
  type Answer,
  ownPage,
  refresh,
  type SignedIn,
  send,
  signedAttempt,
  signIn,
  signInBrowser,
  verdict,
  verifyWithProof,
} from '../../kit/sign-in.ts';
import { events, openStream } from '../../kit/streams.ts';
import { emptyAnswer, type TestGateway } from '../../kit/test-gateway.ts';
import { each, later, ownNetwork, type Row } from './row.ts';

const day = 86_400_000;

/** Headers of a request with this session to any node: proofs name the one they are for. */
function credentials(node: TestGateway, { key, token }: SignedIn, path: string): Record<string, string> {
  const url = `${node.url}${path}`;
  const dpop = makeProof(key, { method: 'GET', url, nowMs: node.now(), accessToken: token });
  return { authorization: `DPoP ${token}`, dpop };
}

const whoAmI = (node: TestGateway, session: SignedIn): Promise<Answer> =>
  send(node, 'GET', '/v1/me', { headers: credentials(node, session, '/v1/me') });

const whoAmIByCookie = (node: TestGateway, cookie: string): Promise<Answer> =>
  send(node, 'GET', '/v1/me', { headers: { cookie } });

/** What the design gives an end to be known everywhere. */
const oneSecond = () => new Promise<void>((resolve) => setTimeout(resolve, 1_000));

export const sessionEndRows: readonly Row[] = [
  {
    id: 'N26',
    title: 'a refresh token used again 31 seconds after it was traded',
    status: 400,
    code: 'invalid_grant',
    also: 'eight at once within 30 seconds all got tokens; then all of them are dead, and the owner reads of it; so for applications',
    async run({ gateway, second }) {
      await assertFamilyDies(gateway);
      const thief = await signIn(gateway);
      const owner = await signIn(gateway, thief.identity);
      const renewed = await Promise.all(
        Array.from({ length: 8 }, () => refresh(gateway, thief.key, thief.refreshToken)),
      );
      expect(renewed.map(verdict)).toEqual(Array<string>(8).fill('200 ok'));
      const answers: Record<string, Answer> = {
        again: await later(gateway, 31_000, () => refresh(gateway, thief.key, thief.refreshToken)),
      };
      for (const [index, { body }] of renewed.entries()) {
        const session = { ...thief, token: String(body.access_token) };
        expect(verdict(await whoAmI(index % 2 === 0 ? gateway : second, session))).toBe('401 session_revoked');
        answers[`token ${index} of the family`] = await refresh(gateway, thief.key, String(body.refresh_token));
      }
      const { body } = await owner.send('GET', '/v1/account/log');
      const noted = (body.items as { event: string; ref: string }[]).filter(
        ({ event, ref }) => event === 'session.refresh_reused' && ref === thief.sessionId,
      );
      expect(noted).toHaveLength(1);
      return answers;
    },
  },
  {
    id: 'N27',
    title: 'token, cookie and open stream of a device that was shut out',
    status: 401,
    code: 'session_revoked',
    also: 'on every node and transport within a second; the device cannot sign in again; others go on',
    async run({ gateway, second }) {
      const owner = await signIn(gateway);
      const device = await addDevice(gateway, owner);
      const { cookie } = await signInBrowser(gateway, device.identity);
      gateway.answer = events;
      second.answer = events;
      const mine = await openStream(gateway, '/v1/events', credentials(gateway, owner, '/v1/events'));
      const streams = [
        await openStream(gateway, '/v1/events', credentials(gateway, device, '/v1/events')),
        await openStream(gateway, '/v1/account/events', { cookie }),
        await openStream(second, '/v1/events', { cookie }),
        await openStream(second, '/v1/account/events', credentials(second, device, '/v1/account/events')),
      ];
      gateway.answer = emptyAnswer;
      second.answer = emptyAnswer;
      expect((await revokeDevice(owner, device)).status).toBe(204);
      await Promise.race([Promise.all(streams.map(({ ended }) => ended)), oneSecond()]);
      expect(streams.map((stream) => stream.isOver())).toEqual([true, true, true, true]);
      const answers: Record<string, Answer> = {
        token: await whoAmI(gateway, device),
        'token elsewhere': await whoAmI(second, device),
        cookie: await whoAmIByCookie(gateway, cookie),
        'cookie elsewhere': await whoAmIByCookie(second, cookie),
      };
      expect(verdict(await refresh(gateway, device.key, device.refreshToken))).toBe('400 invalid_grant');
      const attempt = await signedAttempt(gateway, device.identity, 'login', device.key.jkt);
      expect(verdict(await verifyWithProof(gateway, attempt, device.key))).toBe('401 key_not_authorized');
      expect(verdict(await whoAmI(second, owner))).toBe('200 ok');
      expect(mine.isOver()).toBe(false);
      mine.leave();
      return answers;
    },
  },
  {
    id: 'N28',
    title: 'a write with a cookie from a foreign page, or from nowhere',
    status: 403,
    code: 'csrf_rejected',
    also: 'Sec-Fetch-Site is looked at too, reads of a foreign page are refused, and the session goes on',
    async run({ gateway }) {
      const { cookie } = await signInBrowser(gateway);
      const { origin } = ownPage(gateway);
      const write = (headers: Record<string, string>) =>
        send(gateway, 'DELETE', '/v1/sessions/current', { headers: { cookie, ...headers } });
      const read = (headers: Record<string, string>) =>
        send(gateway, 'GET', '/v1/me', { headers: { cookie, ...headers } });
      const answers = await each<Record<string, string>>(
        {
          'no Origin': {},
          'a foreign Origin': { origin: 'https://evil.example' },
          'the Origin null': { origin: 'null' },
          'another port': { origin: 'http://localhost:1' },
          'cross-site': { origin, 'sec-fetch-site': 'cross-site' },
          'same-site': { origin, 'sec-fetch-site': 'same-site' },
          'typed into the address bar': { origin, 'sec-fetch-site': 'none' },
        },
        write,
      );
      answers['read cross-site'] = await read({ 'sec-fetch-site': 'cross-site' });
      answers['read from a foreign Origin'] = await read({ origin: 'https://evil.example' });
      expect(verdict(await read({ 'sec-fetch-site': 'none' }))).toBe('200 ok');
      expect((await write(ownPage(gateway))).status).toBe(204);
      return answers;
    },
  },
  {
    id: 'N29',
    title: 'the eleventh challenge of a network in a minute, the sixth failed signature for a DID',
    status: 429,
    code: 'rate_limited',
    also: 'Retry-After says how long; another network, and whoever holds the key or a passkey, are let in meanwhile',
    async run({ counting }) {
      const ask = (did: string, headers: Record<string, string>) =>
        send(counting, 'POST', '/v1/auth/challenge', {
          headers,
          json: { did, jkt: newSessionKey('Ed25519').jkt, purpose: 'login' },
        });
      const crowded = ownNetwork();
      const asked = [];
      for (let index = 0; index < 11; index += 1) asked.push(await ask(newIdentity().did, crowded));
      expect(asked.slice(0, 10).map(verdict)).toEqual(Array<string>(10).fill('201 ok'));
      expect(verdict(await ask(newIdentity().did, ownNetwork()))).toBe('201 ok');

      const victim = newIdentity();
      const passkey = newAuthenticator(counting.url);
      const person = await signIn(counting, victim, { purpose: 'register', headers: ownNetwork() });
      const fromElsewhere: SignedIn['send'] = (method, path, init) =>
        person.send(method, path, { ...init, headers: ownNetwork() });
      expect(verdict(await registerPasskey({ ...person, send: fromElsewhere }, passkey))).toBe('201 ok');
      const fail = async () => {
        const key = newSessionKey('Ed25519');
        const attempt = await signedAttempt(counting, victim, 'login', key.jkt, () => 'no', ownNetwork());
        return verifyWithProof(counting, attempt, key);
      };
      for (let index = 0; index < 5; index += 1) expect(verdict(await fail())).toBe('401 signature_invalid');
      const answers = { challenge: asked[10] ?? asked[0], failure: await fail() };
      await signIn(counting, victim, { headers: ownNetwork() });
      const page = { ...ownPage(counting), ...ownNetwork() };
      const question = await send(counting, 'POST', '/v1/webauthn/login/options', { json: {}, headers: page });
      const { challengeId, options } = PasskeyOptions.parse(question.body);
      const answered = await verifyAsPage(counting, { challengeId, response: passkey.get(options) });
      expect(verdict(answered)).toBe('200 ok');
      for (const answer of Object.values(answers)) {
        const wait = Number(answer?.headers.get('retry-after'));
        expect(wait).toBeGreaterThan(30);
        expect(wait).toBeLessThanOrEqual(900);
      }
      return answers as Record<string, Answer>;
    },
  },
  {
    id: 'N30',
    title: 'a session that was not used for too long, or lived too long',
    status: 401,
    code: 'session_expired',
    also: 'using it moves the first limit and never the second; its refresh token is invalid_grant',
    async run({ gateway }) {
      const program = await signIn(gateway);
      const [idle, busy] = [await signInBrowser(gateway), await signInBrowser(gateway)];
      const { body } = await program.send('POST', '/v1/tokens', { json: { scopes: ['account:read'], days: 1 } });
      const script = { authorization: `Bearer ${String(body.token)}` };
      for (let at = 1; at <= 29; at += 4)
        expect(verdict(await later(gateway, at * day, () => whoAmIByCookie(gateway, busy.cookie)))).toBe('200 ok');
      const late = (days: number, work: () => Promise<Answer>) => later(gateway, days * day + 1, work);
      expect(verdict(await late(30, () => refresh(gateway, program.key, program.refreshToken)))).toBe(
        '400 invalid_grant',
      );
      return {
        'a token of ten minutes ago': await late(10 / 1_440, () => whoAmI(gateway, program)),
        'a cookie unused for a week': await late(7, () => whoAmIByCookie(gateway, idle.cookie)),
        'a cookie of thirty days': await late(30, () => whoAmIByCookie(gateway, busy.cookie)),
        'a script’s token after its day': await late(1, () => send(gateway, 'GET', '/v1/me', { headers: script })),
      };
    },
  },
];

/** The same at the endpoint for applications, whose tokens are a family of their own. */
async function assertFamilyDies(gateway: TestGateway): Promise<void> {
  const application = await newApplication(gateway);
  const { cookie } = await signInBrowser(gateway);
  const tokens = await connectApplication(gateway, application, new TestBrowser([cookie]));
  const renew = (token: string) => refreshApplication(gateway, application, token);
  const renewed = await Promise.all(Array.from({ length: 8 }, () => renew(tokens.refresh)));
  expect(renewed.map(verdictOf)).toEqual(Array<string>(8).fill('200 ok'));
  expect(new Set(renewed.map(({ body }) => body.refresh_token)).size).toBe(8);
  await later(gateway, 31_000, async () => {
    expect(verdictOf(await renew(tokens.refresh))).toBe('400 invalid_grant');
    for (const { body } of renewed) {
      expect(verdictOf(await askMcp(gateway, String(body.access_token)))).toBe('401 invalid_token');
      expect(verdictOf(await renew(String(body.refresh_token)))).toBe('400 invalid_grant');
    }
  });
  const { body } = await send(gateway, 'GET', '/v1/account/log', { headers: { cookie } });
  expect((body.items as { event: string }[]).map(({ event }) => event)).toContain('session.refresh_reused');
}
