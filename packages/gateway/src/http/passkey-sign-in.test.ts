/** Coming in with a passkey, and signing afresh with one, over real HTTP. */
import { describe, expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { appendChange } from '../../../../test/kit/keyring.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import {
  type AnswerParts,
  type Authenticator,
  flags,
  loginWithPasskey,
  newAuthenticator,
  passkeyAttempt,
  registerPasskey,
  verifyAsPage,
} from '../../../../test/kit/passkeys.ts';
import { makeProof, newSessionKey, type SessionKey } from '../../../../test/kit/proofs.ts';
import { printRecoveryKey } from '../../../../test/kit/recovery.ts';
import { type Answer, ownPage, type SignedIn, send, signIn, verdict } from '../../../../test/kit/sign-in.ts';
import type { TestGateway } from '../../../../test/kit/test-gateway.ts';

const path = '/v1/webauthn/login/verify';
const at20 = <T>(make: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, make));
const minute = 60_000;

/** Everything of an answer that is not another one each time. */
const shape = ({ status, body }: Answer) => ({ status, body: { ...body, traceId: null } });

/** Somebody new with a passkey. */
async function withPasskey(
  gateway: TestGateway,
  ...authenticator: Parameters<typeof newAuthenticator> extends [string, ...infer Rest] ? Rest : never
): Promise<{ person: SignedIn; passkey: Authenticator }> {
  const person = await signIn(gateway);
  const passkey = newAuthenticator(gateway.url, ...authenticator);
  const made = await registerPasskey(person, passkey);
  if (made.status !== 201) throw new Error(`registering answered ${verdict(made)}`);
  return { person, passkey };
}

describeOnMaster('signing in with a passkey', (kind) => {
  const gateway = useGateway(kind);
  const asProgram = (attempt: object, key: SessionKey) =>
    send(gateway(), 'POST', path, {
      json: attempt,
      headers: { dpop: makeProof(key, { method: 'POST', url: `${gateway().url}${path}`, nowMs: gateway().now() }) },
    });

  it('gives a page a cookie, and each their own', async () => {
    const [alice, bob] = [await withPasskey(gateway()), await withPasskey(gateway(), 'Ed25519')];
    for (const { person, passkey } of [alice, bob]) {
      const login = await loginWithPasskey(gateway(), passkey);
      expect(login.body).toMatchObject({ user_id: person.userId, token_type: 'cookie' });
      const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
      const me = await send(gateway(), 'GET', '/v1/me', { headers: { cookie } });
      expect(me.body).toMatchObject({ userId: person.userId, session: { kind: 'cookie', deviceId: null } });
      const { items } = (await person.send('GET', '/v1/webauthn/credentials')).body;
      expect(items).toMatchObject([{ lastUsedAt: expect.any(String) }]);
    }
  });

  it('gives a program tokens bound to the key it asked with, and to no other', async () => {
    const { person, passkey } = await withPasskey(gateway());
    const [key, other] = [newSessionKey(), newSessionKey()];
    const login = await asProgram(await passkeyAttempt(gateway(), passkey, {}, key.jkt), key);
    expect(login.body).toMatchObject({ user_id: person.userId, token_type: 'DPoP' });
    const wrong = await asProgram(await passkeyAttempt(gateway(), passkey, {}, key.jkt), other);
    expect(verdict(wrong)).toBe('401 dpop_key_mismatch');
    // Asked for by a page: no program takes it. Asked for by a program: no page does.
    expect(verdict(await asProgram(await passkeyAttempt(gateway(), passkey), key))).toBe('401 dpop_key_mismatch');
    const asked = await passkeyAttempt(gateway(), passkey, {}, key.jkt);
    expect(verdict(await verifyAsPage(gateway(), asked))).toBe('401 dpop_required');
    const foreign = { json: await passkeyAttempt(gateway(), passkey), headers: { origin: 'https://evil.example' } };
    expect(verdict(await send(gateway(), 'POST', path, foreign))).toMatch(/^403 /);
  });

  it('asks everybody the same, whoever they are', async () => {
    await withPasskey(gateway());
    const ask = async () => {
      const { body, status } = await send(gateway(), 'POST', '/v1/webauthn/login/options', { json: {} });
      const options = body.options as Record<string, unknown>;
      return { status, challenge: options.challenge, options: { ...options, challenge: null } };
    };
    const [first, second] = [await ask(), await ask()];
    expect(first.options).toEqual(second.options);
    expect(first.challenge).not.toBe(second.challenge);
    expect(first.options).toEqual({
      rpId: 'localhost',
      userVerification: 'required',
      timeout: 120_000,
      allowCredentials: [],
      challenge: null,
    });
  });

  it('takes an answer once, also when twenty bring it at the same moment', async () => {
    const { passkey } = await withPasskey(gateway());
    const attempt = await passkeyAttempt(gateway(), passkey);
    const answers = await at20(() => verifyAsPage(gateway(), attempt));
    expect(answers.map(verdict).sort()).toEqual(['200 ok', ...Array<string>(19).fill('401 challenge_unknown')]);
  });

  it('burns a challenge with the first answer, good or bad, and after two minutes', async () => {
    const { passkey } = await withPasskey(gateway());
    const attempt = (await passkeyAttempt(gateway(), passkey)) as { challengeId: string };
    const bad = (await passkeyAttempt(gateway(), passkey)) as { challengeId: string };
    expect(verdict(await verifyAsPage(gateway(), { ...bad, challengeId: attempt.challengeId }))).toBe(
      '401 signature_invalid',
    );
    expect(verdict(await verifyAsPage(gateway(), attempt))).toBe('401 challenge_unknown');
    const late = await passkeyAttempt(gateway(), passkey);
    gateway().clockOffsetMs += 2 * minute + 1_000;
    expect(verdict(await verifyAsPage(gateway(), late))).toBe('401 challenge_unknown');
    gateway().clockOffsetMs = 0;
  });

  it('takes no challenge that was made for something else', async () => {
    const { person, passkey } = await withPasskey(gateway());
    for (const ask of ['/v1/webauthn/register/options', '/v1/webauthn/stepup/options']) {
      const { body } = await person.send('POST', ask);
      const response = passkey.get(body.options as Record<string, unknown>);
      const attempt = { challengeId: body.challengeId, response };
      expect(verdict(await verifyAsPage(gateway(), attempt))).toBe('401 challenge_unknown');
    }
  });

  describe('refuses, in one and the same words,', () => {
    const { up, uv, be, bs } = flags;
    it.each<[string, AnswerParts]>([
      ['a device nobody unlocked', { flags: up | be | bs }],
      ['a device nobody was at', { flags: uv | be | bs }],
      ['an authenticator that has become another', { flags: up | uv }],
      ['another server', { rpId: 'evil.example' }],
      ['a foreign page', { origin: 'https://evil.example' }],
      ['a page of another port', { origin: 'http://localhost:1' }],
      ['a page in a frame', { clientData: { crossOrigin: true } }],
      ['a page in a frame of a named one', { clientData: { crossOrigin: true, topOrigin: 'https://evil.example' } }],
      ['an answer to something else', { clientData: { type: 'webauthn.create' } }],
      ['another challenge', { clientData: { challenge: 'AAAA' } }],
      ['a challenge of another spelling', { clientData: { challenge: 'AB==' } }],
      ['an authenticator that does not say whose it is', { userHandle: undefined }],
      ['one that says another', { userHandle: 'AAAA' }],
      ['a credential nobody has', { id: 'AAAA' }],
      ['a counter that ran backwards', { signCount: 1 }],
    ])('%s', async (_, parts) => {
      const { passkey } = await withPasskey(gateway(), 'P-256', { counts: true });
      expect(verdict(await loginWithPasskey(gateway(), passkey))).toBe('200 ok');
      const unknown = await loginWithPasskey(gateway(), newAuthenticator(gateway().url), { userHandle: 'AAAA' });
      const refused = await loginWithPasskey(gateway(), passkey, parts);
      expect(verdict(refused)).toBe('401 signature_invalid');
      expect(shape(refused)).toEqual(shape(unknown));
      expect(verdict(await loginWithPasskey(gateway(), passkey))).toBe('200 ok');
    });

    it('a signature of another’s key', async () => {
      const [alice, bob] = [await withPasskey(gateway()), await withPasskey(gateway())];
      const handle = Buffer.from(alice.person.userId.replaceAll('-', ''), 'hex').toString('base64url');
      const parts = { id: alice.passkey.credentialId, userHandle: handle };
      expect(verdict(await loginWithPasskey(gateway(), bob.passkey, parts))).toBe('401 signature_invalid');
    });
  });

  it('notes a counter that did not move on, and lets in one that never counts', async () => {
    const counting = await withPasskey(gateway(), 'P-256', { counts: true });
    const events = async ({ person }: typeof counting) =>
      (await person.send('GET', '/v1/account/log')).body.items as { event: string; ref: string | null }[];
    expect(verdict(await loginWithPasskey(gateway(), counting.passkey, { signCount: 7 }))).toBe('200 ok');
    expect(verdict(await loginWithPasskey(gateway(), counting.passkey, { signCount: 7 }))).toBe(
      '401 signature_invalid',
    );
    expect(verdict(await loginWithPasskey(gateway(), counting.passkey, { signCount: 0 }))).toBe(
      '401 signature_invalid',
    );
    const copied = (await events(counting)).filter(({ event }) => event === 'passkey.copied');
    expect(copied.map(({ ref }) => ref)).toEqual([counting.passkey.kid, counting.passkey.kid]);
    expect(verdict(await loginWithPasskey(gateway(), counting.passkey, { signCount: 8 }))).toBe('200 ok');
    const still = await withPasskey(gateway());
    for (let time = 0; time < 3; time += 1)
      expect(verdict(await loginWithPasskey(gateway(), still.passkey))).toBe('200 ok');
    expect((await events(still)).map(({ event }) => event)).not.toContain('passkey.copied');
  });

  it('a counter lets one of twenty through that were signed with it at once', async () => {
    const { passkey } = await withPasskey(gateway());
    const attempts = await at20(() => passkeyAttempt(gateway(), passkey, { signCount: 5 }));
    const answers = await Promise.all(attempts.map((attempt) => verifyAsPage(gateway(), attempt)));
    expect(answers.map(verdict).sort()).toEqual(['200 ok', ...Array<string>(19).fill('401 signature_invalid')]);
  });

  it('knows no passkeys of a name the server had before; their owner still sees and revokes them', async () => {
    const { person, passkey } = await withPasskey(gateway());
    await gateway()
      .master.db.updateTable('webauthn_credentials')
      .set({ rp_id: 'old.example' })
      .where('kid', '=', passkey.kid)
      .execute();
    const unknown = await loginWithPasskey(gateway(), newAuthenticator(gateway().url), { userHandle: 'AAAA' });
    expect(shape(await loginWithPasskey(gateway(), passkey))).toEqual(shape(unknown));
    expect((await person.send('GET', '/v1/webauthn/credentials')).body.items).toMatchObject([{ kid: passkey.kid }]);
    const { body } = await person.send('POST', '/v1/webauthn/register/options');
    expect(body.options).toMatchObject({ excludeCredentials: [] });
    expect(verdict(await appendChange(person, { op: 'revoke', kids: [passkey.kid] }))).toBe('200 ok');
    expect((await person.send('GET', '/v1/webauthn/credentials')).body.items).toEqual([]);
  });

  it('opens no locked account', async () => {
    const { person, passkey } = await withPasskey(gateway());
    await printRecoveryKey(person);
    expect((await person.send('POST', '/v1/account/lock')).status).toBe(204);
    expect(verdict(await loginWithPasskey(gateway(), passkey))).toBe('403 account_locked');
  });

  describe('a fresh signature', () => {
    const stepUp = async (person: SignedIn, passkey: Authenticator, parts: AnswerParts = {}, by: SignedIn = person) => {
      const { body } = await person.send('POST', '/v1/webauthn/stepup/options');
      const response = passkey.get(body.options as Record<string, unknown>, parts);
      const json = { challengeId: body.challengeId, response };
      return by.send('POST', '/v1/webauthn/stepup/verify', { json });
    };
    const needing = async (person: SignedIn) => verdict(await person.send('POST', '/v1/webauthn/register/options'));

    it('opens for five minutes what needs one', async () => {
      const { person, passkey } = await withPasskey(gateway());
      const { body } = await person.send('POST', '/v1/webauthn/stepup/options');
      expect(body.options).toMatchObject({ allowCredentials: [{ id: passkey.credentialId }] });
      gateway().clockOffsetMs += 5 * minute + 1_000;
      expect(await needing(person)).toBe('401 stepup_required');
      expect((await stepUp(person, passkey)).status).toBe(204);
      expect(await needing(person)).toBe('200 ok');
      gateway().clockOffsetMs += 3 * minute;
      expect(await needing(person)).toBe('200 ok');
      gateway().clockOffsetMs = 0;
    });

    it('needs no word of whose it is, but takes none that is wrong', async () => {
      const { person, passkey } = await withPasskey(gateway());
      expect((await stepUp(person, passkey, { userHandle: undefined })).status).toBe(204);
      expect(verdict(await stepUp(person, passkey, { userHandle: 'AAAA' }))).toBe('401 signature_invalid');
    });

    it('is of the person’s own passkey, for the session that asked, and of a device that was unlocked', async () => {
      const [alice, bob] = [await withPasskey(gateway()), await withPasskey(gateway())];
      const elsewhere = await signIn(gateway(), alice.person.identity);
      gateway().clockOffsetMs += 5 * minute + 1_000;
      expect(verdict(await stepUp(alice.person, bob.passkey))).toBe('401 signature_invalid');
      expect(verdict(await stepUp(bob.person, alice.passkey, {}, alice.person))).toBe('401 challenge_unknown');
      expect(verdict(await stepUp(elsewhere, alice.passkey, {}, alice.person))).toBe('401 challenge_unknown');
      expect(verdict(await stepUp(alice.person, alice.passkey, { flags: flags.up | flags.be | flags.bs }))).toBe(
        '401 signature_invalid',
      );
      expect(await needing(alice.person)).toBe('401 stepup_required');
      expect((await stepUp(alice.person, alice.passkey)).status).toBe(204);
      expect(await needing(alice.person)).toBe('200 ok');
      expect(await needing(elsewhere)).toBe('401 stepup_required');
      gateway().clockOffsetMs = 0;
    });
  });
});

describeOnMaster('how often passkeys are tried', (kind) => {
  const gateway = useGateway(kind, { challengesPerMinute: 10 });

  it('N29 is counted with all other challenges', async () => {
    const ask = () => send(gateway(), 'POST', '/v1/webauthn/login/options', { json: {}, headers: ownPage(gateway()) });
    const answers: string[] = [];
    for (let time = 0; time < 11; time += 1) answers.push(verdict(await ask()));
    expect(answers).toEqual([...Array<string>(10).fill('200 ok'), '429 rate_limited']);
    expect((await ask()).headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describeOnMaster('how often a passkey fails', (kind) => {
  const gateway = useGateway(kind, { failedVerifiesPerQuarterHour: 5 });

  it('N29 is counted for each, known or not, and never keeps out who holds it', async () => {
    const { passkey } = await withPasskey(gateway());
    const fail = async (credential: Authenticator) =>
      verdict(await loginWithPasskey(gateway(), credential, { flags: flags.up, userHandle: 'AAAA' }));
    for (const credential of [passkey, newAuthenticator(gateway().url)]) {
      const answers: string[] = [];
      for (let time = 0; time < 6; time += 1) answers.push(await fail(credential));
      expect(answers).toEqual([...Array<string>(5).fill('401 signature_invalid'), '429 rate_limited']);
    }
    expect(verdict(await loginWithPasskey(gateway(), passkey))).toBe('200 ok');
  });
});
