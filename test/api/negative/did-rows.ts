/** N01, N02, N10, N12 to N17: names that prove nothing, keys that are none, documents that must not be asked for. */
import { base58 } from '@scure/base';
import { expect } from 'vitest';
import { didJwkOf, newIdentity, newSessionKey } from '../../kit/proofs.ts';
import { type Answer, send, signedAttempt, signIn, verdict, verifyWithProof } from '../../kit/sign-in.ts';
import type { TestGateway } from '../../kit/test-gateway.ts';
import type { Place } from './hostile-host.ts';
import { countOf, each, type Row } from './row.ts';

const didOf = (...bytes: number[]) => `did:key:z${base58.encode(new Uint8Array(bytes))}`;
const zeros = (count: number) => Array<number>(count).fill(0);
const pointOf = (jwk: Readonly<Record<string, string>>) =>
  [jwk.x, jwk.y].flatMap((part) => [...Buffer.from(part ?? '', 'base64url')]);

const challenge = (gateway: TestGateway, did: string): Promise<Answer> =>
  send(gateway, 'POST', '/v1/auth/challenge', {
    json: { did, jkt: newSessionKey('Ed25519').jkt, purpose: 'register' },
  });

/** Asks for a challenge for each, and sees that none was made. */
async function refusedChallenges(gateway: TestGateway, dids: Readonly<Record<string, string>>) {
  const before = await countOf(gateway, 'auth_challenges');
  const answers = await each(dids, (did) => challenge(gateway, did));
  expect(await countOf(gateway, 'auth_challenges')).toBe(before);
  return answers;
}

export const didRows: readonly Row[] = [
  {
    id: 'N01',
    title: 'the DID of a victim in a header, without proof',
    status: 401,
    code: 'auth_required',
    also: 'no user is made',
    async run({ gateway }) {
      const { identity: victim } = await signIn(gateway);
      const before = [await countOf(gateway, 'users'), await countOf(gateway, 'identities')];
      const me = (name: string, value: string) => send(gateway, 'GET', '/v1/me', { headers: { [name]: value } });
      const names = ['x-did', 'x-user-id', 'x-vivim-user', 'did'];
      const answers = await each(Object.fromEntries(names.map((name) => [name, name])), (name) => me(name, victim.did));
      answers['a DID of nobody'] = await me('x-did', newIdentity().did);
      expect([await countOf(gateway, 'users'), await countOf(gateway, 'identities')]).toEqual(before);
      return answers;
    },
  },
  {
    id: 'N02',
    title: 'a DID as a bearer token',
    status: 401,
    code: 'token_invalid',
    also: 'no user is made',
    async run({ gateway }) {
      const { identity: victim } = await signIn(gateway);
      const before = await countOf(gateway, 'users');
      const answers = await each(
        {
          'of a victim': `Bearer ${victim.did}`,
          'of nobody': `Bearer ${newIdentity().did}`,
          'as DPoP': `DPoP ${victim.did}`,
          'its key alone': `Bearer ${victim.multibase}`,
        },
        (authorization) => send(gateway, 'GET', '/v1/me', { headers: { authorization } }),
      );
      expect(await countOf(gateway, 'users')).toBe(before);
      return answers;
    },
  },
  {
    id: 'N10',
    title: 'an Ed25519 key of small order, or in no canonical spelling',
    status: 422,
    code: 'key_invalid',
    also: 'no challenge is made',
    run: ({ gateway }) =>
      refusedChallenges(gateway, {
        'order 1': didOf(0xed, 1, 1, ...zeros(31)),
        'order 2': didOf(0xed, 1, 0xec, ...zeros(30).fill(0xff), 0x7f),
        'order 4': didOf(0xed, 1, ...zeros(32)),
        'order 1, the sign set': didOf(0xed, 1, 1, ...zeros(30), 0x80),
        'y above the field': didOf(0xed, 1, 0xee, ...zeros(30).fill(0xff), 0x7f),
        'as did:jwk': didJwkOf({ crv: 'Ed25519', kty: 'OKP', x: Buffer.from([1, ...zeros(31)]).toString('base64url') }),
      }),
  },
  {
    id: 'N12',
    title: 'a did:key of P-384, P-521, RSA or BLS',
    status: 422,
    code: 'did_key_type_unsupported',
    also: 'X25519 is did_key_not_signing; no challenge is made',
    async run({ gateway }) {
      const x25519 = await challenge(gateway, didOf(0xec, 1, 9, ...zeros(31)));
      expect(verdict(x25519)).toBe('422 did_key_not_signing');
      return refusedChallenges(gateway, {
        'P-384': didOf(0x81, 0x24, 2, ...zeros(48)),
        'P-521': didOf(0x82, 0x24, 2, ...zeros(66)),
        RSA: didOf(0x85, 0x24, 0x30, ...zeros(269)),
        'BLS12-381 G2': didOf(0xeb, 0x01, ...zeros(96)),
      });
    },
  },
  {
    id: 'N13',
    title: 'another spelling of a registered key',
    status: 422,
    code: 'did_not_canonical',
    also: 'a did:jwk written otherwise is 409 key_in_use; no second user is made',
    async run({ gateway }) {
      const [identity, jwk] = [newIdentity('P-256'), newIdentity('P-256', 'jwk')];
      for (const known of [identity, jwk]) await signIn(gateway, known, { purpose: 'register' });
      const before = await countOf(gateway, 'users');
      const did = didJwkOf(JSON.stringify({ kid: 'mine', ...jwk.jwk }, null, 2));
      const key = newSessionKey();
      const respelt = await signedAttempt(gateway, { ...jwk, did, kid: `${did}#0` }, 'register', key.jkt);
      expect(verdict(await verifyWithProof(gateway, respelt, key))).toBe('409 key_in_use');
      expect(await countOf(gateway, 'users')).toBe(before);
      const ed25519 = [...Buffer.from(newIdentity().jwk.x ?? '', 'base64url')];
      const compressed = [...base58.decode(identity.multibase.slice(1)).subarray(2)];
      return refusedChallenges(gateway, {
        'P-256 uncompressed': didOf(0x80, 0x24, 4, ...pointOf(identity.jwk)),
        'P-256 as x and y': didOf(0x80, 0x24, ...pointOf(identity.jwk)),
        'a longer varint': didOf(0xed, 0x81, 0, ...ed25519),
        'a longer varint of P-256': didOf(0x80, 0xa4, 0, ...compressed),
      });
    },
  },
  {
    id: 'N14',
    title: 'a did:jwk that holds its private key',
    status: 422,
    code: 'jwk_private',
    also: 'neither answer nor log holds the secret',
    async run({ gateway }) {
      const canary = Buffer.from(`never to be seen ${newIdentity().did}`).toString('base64url');
      const dids = {
        'EC with d': didJwkOf({ ...newIdentity('P-256').jwk, d: canary }),
        'OKP with d': didJwkOf({ ...newIdentity('Ed25519').jwk, d: canary }),
      };
      const logged = gateway.log.length;
      const answers = await refusedChallenges(gateway, dids);
      const said = JSON.stringify(Object.values(answers)) + gateway.log.slice(logged).join('\n');
      for (const secret of [canary, ...Object.values(dids).map((did) => did.slice('did:jwk:'.length))])
        expect(said).not.toContain(secret);
      return answers;
    },
  },
  {
    id: 'N15',
    title: 'a did:web of this machine, of an address, or with a host in disguise',
    status: 422,
    code: 'did_web_host_invalid',
    also: 'no connection is opened',
    async run({ gateway, host }) {
      const names = [
        '127.0.0.1',
        'localhost',
        `localhost%3A${host.sinkPort}`,
        `127.0.0.1%3A${host.sinkPort}`,
        '2130706433',
        '0x7f000001',
        'a%2F..%2Fb',
        'user%40host',
        'host%23',
        'metadata.google.internal',
      ];
      const before = host.reached();
      const answers = await refusedChallenges(
        gateway,
        Object.fromEntries(names.map((name) => [name, `did:web:${name}`])),
      );
      expect(host.reached()).toBe(before);
      return answers;
    },
  },
  {
    id: 'N16',
    title: 'a did:web that leads somewhere private, elsewhere, to too much or to nothing',
    status: 422,
    code: 'did_resolution_failed',
    also: 'not a packet reaches the private sink, and the answer comes in time',
    async run({ gateway, host }) {
      const before = host.reached();
      const answers = await refusedChallenges(gateway, {
        'the metadata service': host.atSink('metadata.example').did,
        'this machine': host.atSink('private.example').did,
        'a public and a private address': host.atSink('both.example').did,
        'a redirect to the sink': host.at('redirect').did,
        'more than 64 KiB': host.at('large').did,
        'an answer that never comes': host.at('stall').did,
      });
      expect(host.reached()).toBe(before);
      for (const { body } of Object.values(answers)) expect(String(body.detail)).not.toMatch(/169\.254|127\.0|ECONN/);
      return answers;
    },
  },
  {
    id: 'N17',
    title: 'a did:web whose document does not let the key sign in',
    status: 401,
    code: 'key_not_authorized',
    also: 'with the same key rightly listed a challenge is made',
    async run({ gateway, host }) {
      const { multibase: publicKeyMultibase } = newIdentity();
      const method = (did: string) => ({ id: `${did}#k`, type: 'Multikey', controller: did, publicKeyMultibase });
      const good = ({ did }: Place) => ({ id: did, authentication: [method(did)] });
      expect((await challenge(gateway, host.serve(good).did)).status).toBe(201);
      const documents: Record<string, (place: Place) => unknown> = {
        'the id of another document': (place) => ({ ...good(place), id: 'did:web:other.example' }),
        'a key for assertions alone': ({ did }) => ({
          id: did,
          verificationMethod: [method(did)],
          assertionMethod: [`${did}#k`],
        }),
        'a relative key id': ({ did }) => ({ id: did, authentication: [{ ...method(did), id: '#k' }] }),
        'a foreign controller': ({ did }) => ({
          id: did,
          authentication: [{ ...method(did), controller: 'did:web:other.example' }],
        }),
      };
      return refusedChallenges(
        gateway,
        Object.fromEntries(Object.entries(documents).map(([name, document]) => [name, host.serve(document).did])),
      );
    },
  },
];
