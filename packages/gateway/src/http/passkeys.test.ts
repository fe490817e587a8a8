/** Passkeys over real HTTP, with an authenticator made by hand: made, used to come in, used to sign, taken away. */
import type { PasskeyOptions } from '@vivim/contract/passkeys';
import { expect, it } from 'vitest';
import {
  type Answer,
  ownPage,
  type SignedIn,
  send,
  signIn,
  useGateway,
  verdict,
} from '../../../../test/kit/gateway.ts';
import { nextEntry } from '../../../../test/kit/keyring.ts';
import { describeMasters } from '../../../../test/kit/masters.ts';
import { type AnswerParts, type Authenticator, newAuthenticator } from '../../../../test/kit/passkeys.ts';

const optionsOf = ({ body }: Answer) => body as unknown as PasskeyOptions;

describeMasters('passkeys', (kind) => {
  const gateway = useGateway(kind);

  async function register(person: SignedIn, passkey: Authenticator, parts: AnswerParts = {}): Promise<Answer> {
    const { challengeId, options } = optionsOf(await person.send('POST', '/v1/webauthn/register/options'));
    const entry = await nextEntry(person, { op: 'add', keys: [passkey.logged()] });
    const json = { challengeId, response: passkey.create(options, parts), entry };
    return person.send('POST', '/v1/webauthn/register/verify', { json });
  }

  async function loginAsPage(passkey: Authenticator, parts: AnswerParts = {}): Promise<Answer> {
    const headers = ownPage(gateway());
    const asked = await send(gateway(), 'POST', '/v1/webauthn/login/options', { json: {}, headers });
    const { challengeId, options } = optionsOf(asked);
    const json = { challengeId, response: passkey.get(options, parts) };
    return send(gateway(), 'POST', '/v1/webauthn/login/verify', { json, headers });
  }

  it.each(['P-256', 'Ed25519'] as const)('are made with %s, listed, and let their owner in', async (alg) => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const passkey = newAuthenticator(gateway().url, alg);
    const made = await register(alice, passkey);
    expect(verdict(made)).toBe('201 ok');
    expect(made.body).toMatchObject({ id: passkey.credentialId, kid: passkey.kid, opensSpace: false, backedUp: true });
    expect((await alice.send('GET', '/v1/webauthn/credentials')).body.items).toMatchObject([{ kid: passkey.kid }]);
    expect((await bob.send('GET', '/v1/webauthn/credentials')).body.items).toEqual([]);
    const page = await loginAsPage(passkey);
    expect(page.body).toMatchObject({ user_id: alice.userId, token_type: 'cookie' });
  });
});
