/** N03 to N09, N11: challenges and their signatures. */
import { uuidv7 } from '@vivim/contract/random';
import { expect } from 'vitest';
import { type IdentityKey, newIdentity, newSessionKey, withS } from '../../kit/proofs.ts';
import { type Answer, signedAttempt, signIn, verdict, verifyWithProof } from '../../kit/sign-in.ts';
import type { TestGateway } from '../../kit/test-gateway.ts';
import { countOf, each, later, type Row } from './row.ts';

/** Somebody who has an account. */
async function knownIdentity(gateway: TestGateway, identity: IdentityKey = newIdentity()): Promise<IdentityKey> {
  await signIn(gateway, identity, { purpose: 'register' });
  return identity;
}

/** Signs in; the text is changed before it is signed, the signature after. */
async function attempt(
  gateway: TestGateway,
  identity: IdentityKey,
  change: { readonly text?: (text: string) => string; readonly signature?: (signature: string) => string },
): Promise<Answer> {
  const key = newSessionKey();
  const signed = await signedAttempt(gateway, identity, 'login', key.jkt, change.text);
  const signature = change.signature?.(signed.signature) ?? signed.signature;
  return verifyWithProof(gateway, { ...signed, signature }, key);
}

/** A body without what differs in every answer. */
const bodyOf = ({ body: { traceId: _, ...rest } }: Answer) => rest;

const order = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The same Ed25519 signature with s + L: equal for whoever does not check the range. */
function beyondOrder(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  let s = order;
  for (let index = 31; index >= 0; index -= 1) s += BigInt(bytes[32 + index] ?? 0) << BigInt(8 * index);
  for (let index = 0; index < 32; index += 1) bytes[32 + index] = Number((s >> BigInt(8 * index)) & 0xffn);
  return bytes.toString('base64url');
}

const highS = (curve: 'P-256' | 'secp256k1') => (signature: string) =>
  withS('high', Buffer.from(signature, 'base64url'), curve).toString('base64url');

/** r and s as DER, which is a few bytes longer. */
function inDer(signature: string): string {
  const raw = Buffer.from(signature, 'base64url');
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map((half) =>
    Buffer.concat([Buffer.from([2, 33, 0]), half]),
  );
  return Buffer.concat([Buffer.from([0x30, 70]), ...integers]).toString('base64url');
}

export const loginRows: readonly Row[] = [
  {
    id: 'N03',
    title: 'the same challenge and signature again',
    status: 401,
    code: 'challenge_unknown',
    also: 'no new session',
    async run({ gateway }) {
      const identity = await knownIdentity(gateway);
      const key = newSessionKey();
      const once = await signedAttempt(gateway, identity, 'login', key.jkt);
      expect(verdict(await verifyWithProof(gateway, once, key))).toBe('200 ok');
      const before = await countOf(gateway, 'sessions');
      const answers = { again: await verifyWithProof(gateway, once, key) };
      expect(await countOf(gateway, 'sessions')).toBe(before);
      return answers;
    },
  },
  {
    id: 'N04',
    title: 'a challenge of 121 seconds ago',
    status: 401,
    code: 'challenge_unknown',
    also: 'the answer is that of a used challenge, and of one that never was',
    async run({ gateway }) {
      const identity = await knownIdentity(gateway);
      const key = newSessionKey();
      const [late, used] = [
        await signedAttempt(gateway, identity, 'login', key.jkt),
        await signedAttempt(gateway, identity, 'login', key.jkt),
      ];
      await verifyWithProof(gateway, used, key);
      const answers = {
        'too late': await later(gateway, 121_000, () => verifyWithProof(gateway, late, key)),
        used: await verifyWithProof(gateway, used, key),
        'never made': await verifyWithProof(gateway, { ...late, challengeId: uuidv7() }, key),
      };
      expect(bodyOf(answers['too late'])).toEqual(bodyOf(answers.used));
      expect(bodyOf(answers['too late'])).toEqual(bodyOf(answers['never made']));
      return answers;
    },
  },
  {
    id: 'N05',
    title: 'one good challenge brought by twenty at once',
    status: 401,
    code: 'challenge_unknown',
    also: 'exactly one is let in and nineteen are refused; one session is made',
    async run({ gateway }) {
      const identity = await knownIdentity(gateway);
      const key = newSessionKey();
      const once = await signedAttempt(gateway, identity, 'login', key.jkt);
      const before = await countOf(gateway, 'sessions');
      const answers = await Promise.all(Array.from({ length: 20 }, () => verifyWithProof(gateway, once, key)));
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused).toHaveLength(19);
      expect(await countOf(gateway, 'sessions')).toBe(before + 1);
      return Object.fromEntries(refused.entries());
    },
  },
  {
    id: 'N06',
    title: 'a bad signature, and then the right one',
    status: 401,
    code: 'signature_invalid',
    also: 'the challenge is burnt: the right one is challenge_unknown',
    async run({ gateway }) {
      const identity = await knownIdentity(gateway);
      const key = newSessionKey();
      const right = await signedAttempt(gateway, identity, 'login', key.jkt);
      const signature = newIdentity().sign('something else');
      const answers = { 'the bad one': await verifyWithProof(gateway, { ...right, signature }, key) };
      expect(verdict(await verifyWithProof(gateway, right, key))).toBe('401 challenge_unknown');
      return answers;
    },
  },
  {
    id: 'N07',
    title: 'a signature over the same text for another domain',
    status: 401,
    code: 'signature_invalid',
    also: 'nor for another address, purpose or session key',
    async run({ gateway }) {
      const identity = await knownIdentity(gateway);
      return each<(text: string) => string>(
        {
          domain: (text) => text.replace(/^localhost:\d+/, 'evil.example'),
          address: (text) => text.replace(/^URI: .*$/m, 'URI: https://evil.example/v1/auth/verify'),
          purpose: (text) => text.replace('action:login', 'action:register'),
          'session key': (text) => text.replace(/jkt:.*/, `jkt:${newSessionKey().jkt}`),
          nonce: (text) => text.replace(/^Nonce: .*$/m, `Nonce: ${'0'.repeat(48)}`),
        },
        (text) => attempt(gateway, identity, { text }),
      );
    },
  },
  {
    id: 'N08',
    title: 'a signature over the text in another encoding',
    status: 401,
    code: 'signature_invalid',
    also: 'the server builds the text itself and takes none: one in the body is refused',
    async run({ gateway }) {
      const identity = await knownIdentity(gateway);
      const key = newSessionKey();
      const mine = { ...(await signedAttempt(gateway, identity, 'login', key.jkt)), message: 'my own text' };
      expect(verdict(await verifyWithProof(gateway, mine, key))).toBe('400 request_invalid');
      return each<(text: string) => string>(
        {
          CRLF: (text) => text.replaceAll('\n', '\r\n'),
          'a line feed at the end': (text) => `${text}\n`,
          'a byte order mark': (text) => `\ufeff${text}`,
          'another Unicode spelling': (text) => text.replace('VIVIM', 'VIVI\u004d\u0301'.normalize('NFC')),
          'a blank at the end of a line': (text) => text.replace('\n', ' \n'),
        },
        (text) => attempt(gateway, identity, { text }),
      );
    },
  },
  {
    id: 'N09',
    title: 'an Ed25519 signature with s + L',
    status: 401,
    code: 'signature_invalid',
    also: 'without it the same person is let in',
    async run({ gateway }) {
      const identity = await knownIdentity(gateway);
      const answers = { 's + L': await attempt(gateway, identity, { signature: beyondOrder }) };
      await signIn(gateway, identity);
      return answers;
    },
  },
  {
    id: 'N11',
    title: 'an ECDSA signature with high s, or in DER',
    status: 401,
    code: 'signature_invalid',
    also: 'without it the same person is let in',
    async run({ gateway }) {
      const answers: Record<string, Answer> = {};
      for (const curve of ['P-256', 'secp256k1'] as const) {
        const identity = await knownIdentity(gateway, newIdentity(curve));
        answers[`${curve}, high s`] = await attempt(gateway, identity, { signature: highS(curve) });
        answers[`${curve}, DER`] = await attempt(gateway, identity, { signature: inDer });
        await signIn(gateway, identity);
      }
      return answers;
    },
  },
];
