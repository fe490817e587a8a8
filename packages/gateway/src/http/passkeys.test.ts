/** Making passkeys over real HTTP, with an authenticator made by hand, and what happens to them with their key. */
import { openSpaceKey } from '@vivim/contract/sealing';
import { describe, expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { appendChange, loggedKey, newSealingKey, nextEntry, signEntry } from '../../../../test/kit/keyring.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import {
  type AnswerParts,
  flags,
  loginWithPasskey,
  newAuthenticator,
  registerPasskey,
} from '../../../../test/kit/passkeys.ts';
import { newIdentity } from '../../../../test/kit/proofs.ts';
import { type SignedIn, send, signIn, verdict } from '../../../../test/kit/sign-in.ts';

describeOnMaster('passkeys', (kind) => {
  const gateway = useGateway(kind);
  const passkeysOf = async (person: SignedIn) => (await person.send('GET', '/v1/webauthn/credentials')).body.items;
  const logLength = async (person: SignedIn) =>
    ((await person.send('GET', '/v1/keys/log')).body.entries as unknown[]).length;

  it.each(['P-256', 'Ed25519'] as const)('are made with %s, listed, and counted', async (alg) => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const passkey = newAuthenticator(gateway().url, alg);
    const made = await registerPasskey(alice, passkey);
    expect(verdict(made)).toBe('201 ok');
    const described = {
      id: passkey.credentialId,
      kid: passkey.kid,
      opensSpace: false,
      encKid: null,
      backedUp: true,
      nameCt: null,
      lastUsedAt: null,
    };
    expect(made.body).toMatchObject(described);
    expect(await passkeysOf(alice)).toMatchObject([described]);
    expect(await passkeysOf(bob)).toEqual([]);
    expect((await alice.send('GET', '/v1/me')).body.access).toMatchObject({ passkeys: 1, safe: true });
    const { items } = (await alice.send('GET', '/v1/account/log')).body as { items: unknown[] };
    expect(items).toContainEqual(expect.objectContaining({ event: 'passkey.added', ref: passkey.kid }));
  });

  it('are asked for by the rules: of this server, unlocked, discoverable, without attestation', async () => {
    const alice = await signIn(gateway());
    const first = newAuthenticator(gateway().url);
    await registerPasskey(alice, first);
    const { body } = await alice.send('POST', '/v1/webauthn/register/options');
    expect(body.options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: alice.identity.did },
      attestation: 'none',
      pubKeyCredParams: [{ alg: -8 }, { alg: -7 }],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      excludeCredentials: [{ id: first.credentialId }],
    });
  });

  it('that derive a secret open the space', async () => {
    const alice = await signIn(gateway());
    const [passkey, enc] = [newAuthenticator(gateway().url), await newSealingKey('passkey-enc')];
    const entry = await nextEntry(alice, { op: 'add', keys: [passkey.logged(), enc.logged] });
    const made = await registerPasskey(alice, passkey, { entry });
    expect(made.body).toMatchObject({ opensSpace: true, encKid: enc.logged.kid });
    const { items } = (await alice.send('GET', '/v1/keys/wraps')).body as {
      items: { kid: string; sealed: { enc: string; ciphertext: string } }[];
    };
    const wrap = items.find(({ kid }) => kid === enc.logged.kid);
    if (wrap === undefined) throw new Error('nothing was sealed to the passkey');
    expect(await openSpaceKey(wrap.sealed, enc.pair, wrap.kid)).toHaveLength(32);
  });

  describe('leave nothing behind when they are refused:', () => {
    async function refused(parts: AnswerParts, code: string, detail?: RegExp) {
      const alice = await signIn(gateway());
      const passkey = newAuthenticator(gateway().url);
      const answer = await registerPasskey(alice, passkey, parts);
      expect(verdict(answer)).toBe(code);
      if (detail !== undefined) expect(answer.body.detail).toMatch(detail);
      expect(await passkeysOf(alice)).toEqual([]);
      expect(await logLength(alice)).toBe(1);
    }
    const { up, uv, be, bs, at } = flags;
    const certificates = new Map([['x5c', [new Uint8Array(3)]]]);
    it.each<[string, AnswerParts, RegExp?]>([
      ['nobody unlocked the device', { flags: up | be | bs | at }, /fingerprint/],
      ['nobody was there', { flags: uv | be | bs | at }],
      ['a copy of what cannot be copied', { flags: up | uv | bs | at }],
      ['for another server', { rpId: 'evil.example' }],
      ['from a foreign page', { origin: 'https://evil.example' }, /page of this server/],
      ['from another port', { origin: 'http://localhost:1' }, /page of this server/],
      ['from our address by number', { origin: 'http://127.0.0.1' }, /page of this server/],
      ['in a frame', { clientData: { crossOrigin: true } }, /page of somebody else/],
      ['under a foreign page', { clientData: { topOrigin: 'https://evil.example' } }, /page of somebody else/],
      ['an answer to something else', { clientData: { type: 'webauthn.get' } }],
      ['another challenge', { clientData: { challenge: 'AAAA' } }],
      ['certificates nobody asked for', { attestation: ['packed', certificates] }, /certificate/],
      ['a format nobody asked for', { attestation: ['tpm', new Map()] }, /certificate/],
      ['a statement where there is none', { attestation: ['none', new Map([['sig', 'x']])] }],
      ['another credential than it says', { id: 'AAAA' }],
    ])('%s', (_, parts, detail) => refused(parts, '401 signature_invalid', detail));

    it('an entry that adds another key, another kind of it, or more', async () => {
      const alice = await signIn(gateway());
      const [passkey, other] = [newAuthenticator(gateway().url), newAuthenticator(gateway().url)];
      const device = loggedKey(newIdentity(), 'device-auth');
      for (const keys of [
        [other.logged()],
        [{ ...other.logged(), kid: passkey.kid }],
        [{ ...passkey.logged(), purpose: 'device-auth' as const }],
        [passkey.logged(), device],
        [passkey.logged(), other.logged()],
        [device],
      ]) {
        const entry = await nextEntry(alice, { op: 'add', keys });
        expect(verdict(await registerPasskey(alice, passkey, { entry }))).toBe('422 key_log_invalid');
      }
      expect(await passkeysOf(alice)).toEqual([]);
      expect(await logLength(alice)).toBe(1);
      expect(verdict(await registerPasskey(alice, passkey))).toBe('201 ok');
    });

    it('an entry the log has moved past, or signed by another', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const passkey = newAuthenticator(gateway().url);
      const stale = await nextEntry(alice, { op: 'add', keys: [passkey.logged()] });
      await appendChange(alice, { op: 'add', keys: [(await newSealingKey()).logged] });
      expect(verdict(await registerPasskey(alice, passkey, { entry: stale }))).toBe('409 key_log_conflict');
      const forged = signEntry(bob.identity, (await nextEntry(alice, { op: 'add', keys: [passkey.logged()] })).payload);
      const entry = { ...forged, signer: alice.identity.jkt };
      expect(verdict(await registerPasskey(alice, passkey, { entry }))).toBe('422 key_log_invalid');
      expect(await passkeysOf(alice)).toEqual([]);
      expect(verdict(await registerPasskey(alice, passkey))).toBe('201 ok');
    });

    it('a credential that is somebody else’s already, by its id or its key', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const hers = newAuthenticator(gateway().url);
      expect(verdict(await registerPasskey(alice, hers))).toBe('201 ok');
      expect(verdict(await registerPasskey(bob, hers))).toBe('409 key_in_use');
      const sameId = newAuthenticator(gateway().url, 'P-256', { credentialId: hers.credentialId });
      expect(verdict(await registerPasskey(bob, sameId))).toBe('409 key_in_use');
      expect(await passkeysOf(bob)).toEqual([]);
      expect(await logLength(bob)).toBe(1);
      const keys = (await bob.send('GET', '/v1/keys')).body.items as { purpose: string }[];
      expect(keys.map(({ purpose }) => purpose)).toEqual(['rotation']);
    });
  });

  it('are made once for each challenge, also when twenty try at the same moment, and by nobody else', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const passkey = newAuthenticator(gateway().url);
    const { body } = await alice.send('POST', '/v1/webauthn/register/options');
    const challengeId = String(body.challengeId);
    const response = passkey.create(body.options as Record<string, unknown>);
    const entry = await nextEntry(alice, { op: 'add', keys: [passkey.logged()] });
    const attempt = () =>
      alice.send('POST', '/v1/webauthn/register/verify', { json: { challengeId, response, entry } });
    const his = await nextEntry(bob, { op: 'add', keys: [passkey.logged()] });
    const other = (await bob.send('POST', '/v1/webauthn/register/options')).body;
    const stolen = { challengeId: String(other.challengeId), response, entry };
    expect(verdict(await alice.send('POST', '/v1/webauthn/register/verify', { json: stolen }))).toBe(
      '401 challenge_unknown',
    );
    const answers = await Promise.all(Array.from({ length: 20 }, attempt));
    expect(answers.map(verdict).sort()).toEqual(['201 ok', ...Array<string>(19).fill('401 challenge_unknown')]);
    const again = { challengeId, response, entry: his };
    expect(verdict(await bob.send('POST', '/v1/webauthn/register/verify', { json: again }))).toBe(
      '401 challenge_unknown',
    );
  });

  it('come in by being registered and in no other way', async () => {
    const alice = await signIn(gateway());
    for (const key of [newAuthenticator(gateway().url).logged(), (await newSealingKey('passkey-enc')).logged])
      expect(verdict(await appendChange(alice, { op: 'add', keys: [key] }))).toBe('422 key_log_invalid');
  });

  it('lose all their power with their key, and their sessions with it', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const [passkey, his] = [newAuthenticator(gateway().url), newAuthenticator(gateway().url)];
    await registerPasskey(alice, passkey);
    await registerPasskey(bob, his);
    const login = await loginWithPasskey(gateway(), passkey);
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    const me = async () => verdict(await send(gateway(), 'GET', '/v1/me', { headers: { cookie } }));
    expect(await me()).toBe('200 ok');
    expect(verdict(await appendChange(bob, { op: 'revoke', kids: [passkey.kid] }))).toBe('422 key_log_invalid');
    expect(verdict(await appendChange(alice, { op: 'revoke', kids: [passkey.kid] }))).toBe('200 ok');
    expect(await passkeysOf(alice)).toEqual([]);
    expect(await me()).toBe('401 session_revoked');
    const [gone, unknown] = [
      await loginWithPasskey(gateway(), passkey),
      await loginWithPasskey(gateway(), newAuthenticator(gateway().url), { userHandle: 'AAAA' }),
    ];
    expect(verdict(gone)).toBe('401 signature_invalid');
    expect({ ...gone.body, traceId: null }).toEqual({ ...unknown.body, traceId: null });
    expect(verdict(await loginWithPasskey(gateway(), his))).toBe('200 ok');
  });
});
