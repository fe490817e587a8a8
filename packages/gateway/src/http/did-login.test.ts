/** Signing in over HTTP with every method of DID and every algorithm. What a DID may look like is tested in auth/. */
import { describe, expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { didJwkOf, type IdentityKey, newIdentity, newSessionKey } from '../../../../test/kit/proofs.ts';
import { signedAttempt, signIn, verdict, verifyWithProof } from '../../../../test/kit/sign-in.ts';
import type { TestGateway } from '../../../../test/kit/test-gateway.ts';

const algorithms = ['Ed25519', 'P-256', 'secp256k1'] as const;
const methods = ['key', 'jwk'] as const;

/** Registers or logs in; what was signed can be changed. */
async function answer(
  gateway: TestGateway,
  identity: IdentityKey,
  purpose: 'login' | 'register',
  change: (signature: string) => string = (signature) => signature,
) {
  const key = newSessionKey();
  const attempt = await signedAttempt(gateway, identity, purpose, key.jkt);
  return verifyWithProof(gateway, { ...attempt, signature: change(attempt.signature) }, key);
}

/** The same key under a did:jwk of another spelling. */
function alias(identity: IdentityKey): IdentityKey {
  const did = didJwkOf(JSON.stringify({ kid: 'mine', ...identity.jwk }, null, 2));
  return { ...identity, did, kid: `${did}#0` };
}

describeOnMaster('DIDs', (kind) => {
  const gateway = useGateway(kind);

  describe.each(algorithms)('of %s', (alg) => {
    it.each(methods)('did:%s registers and logs in, and two people stay two', async (method) => {
      const [alice, bob] = [newIdentity(alg, method), newIdentity(alg, method)];
      const first = await answer(gateway(), alice, 'register');
      const other = await answer(gateway(), bob, 'register');
      expect([verdict(first), verdict(other)]).toEqual(['200 ok', '200 ok']);
      const again = await signIn(gateway(), alice);
      expect(again.userId).toBe(first.body.user_id);
      expect(again.userId).not.toBe(other.body.user_id);
    });

    it('a key registers once, under whichever DID', async () => {
      const identity = newIdentity(alg);
      const first = await answer(gateway(), identity, 'register');
      expect(verdict(first)).toBe('200 ok');
      expect(verdict(await answer(gateway(), alias(identity), 'register'))).toBe('409 key_in_use');
      const { body } = await answer(gateway(), alias(identity), 'login');
      expect(body.user_id).toBe(first.body.user_id);
    });
  });
});

describeOnMaster('did:web', (kind) => {
  const did = 'did:web:alice.example';
  let served = newIdentity();
  let fetched = 0;
  let beside: IdentityKey[] = [];
  const document = async () => {
    fetched += 1;
    const authentication = [served, ...beside].map((identity, index) => ({
      id: `${did}#k${index === 0 ? '' : index}`,
      type: 'Multikey',
      controller: did,
      publicKeyMultibase: identity.multibase,
    }));
    return { id: did, authentication };
  };
  const gateway = useGateway(kind, { didWeb: { document } });
  const named = (identity: IdentityKey): IdentityKey => ({ ...identity, did, kid: `${did}#k` });

  it('is looked up when a challenge is asked for, and the key of then is the one that counts', async () => {
    const alice = newIdentity('P-256');
    served = alice;
    const key = newSessionKey();
    const attempt = await signedAttempt(gateway(), named(alice), 'register', key.jkt);
    served = newIdentity('P-256');
    expect(verdict(await verifyWithProof(gateway(), attempt, key))).toBe('200 ok');
    expect(fetched).toBe(1);

    // A key beside a known one lets the known one in, and its owner is told.
    served = alice;
    beside = [newIdentity('P-256')];
    const session = await signIn(gateway(), named(alice));
    beside = [];
    const { body } = await session.send('GET', '/v1/account/log');
    expect((body.items as { event: string }[]).map(({ event }) => event)).toContain('key.document_changed');
  });

  it('whoever takes the host over signs in as nobody', async () => {
    const mallory = newIdentity('P-256');
    served = mallory;
    expect(verdict(await answer(gateway(), named(mallory), 'login'))).toBe('401 key_not_authorized');
    expect(verdict(await answer(gateway(), named(mallory), 'register'))).toBe('409 key_in_use');
  });
});
