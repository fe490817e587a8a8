import { createHash } from 'node:crypto';
import type { KeyLog, KeyLogEntry, KeyLogPayload } from '@vivim/contract/key-log';
import { chainedBytes } from '@vivim/contract/key-log-bytes';
import { describe, expect, it } from 'vitest';
import { loggedKey, signEntry } from '../../../../test/kit/keyring.ts';
import { newAuthenticator } from '../../../../test/kit/passkeys.ts';
import { newIdentity } from '../../../../test/kit/proofs.ts';
import { newSealingKey, sealingLoggedKey } from '../profile/sealing-key.ts';
import type { Change } from './sign-entry.ts';
import { verifyKeyLog } from './verify-key-log.ts';

type Sign = (payload: KeyLogPayload) => Pick<KeyLogEntry, 'payload' | 'signer' | 'signature'>;

/** A log as a server would give it out. */
class LogBuilder {
  readonly entries: KeyLogEntry[] = [];

  add(change: Change, sign: Sign, at = '2026-01-01T00:00:00.000Z'): this {
    const payload = { ...change, seq: this.entries.length + 1, prev: this.entries.at(-1)?.hash ?? null };
    const entry = sign(payload);
    const hash = createHash('sha256').update(chainedBytes(entry)).digest('base64url');
    this.entries.push({ ...entry, hash, at, nullifiedBy: null });
    return this;
  }

  get log(): KeyLog {
    const last = this.entries.at(-1);
    return { entries: this.entries, head: { seq: last?.payload.seq ?? 0, hash: last?.hash ?? null } };
  }
}

const [first, second, third] = [newIdentity(), newIdentity('P-256'), newIdentity('secp256k1')];
const by =
  (signer: typeof first): Sign =>
  (payload) =>
    signEntry(signer, payload);
const passkey = newAuthenticator('http://localhost:7717');
const opens = await sealingLoggedKey(newSealingKey().x);
const paper = {
  sign: loggedKey(newIdentity(), 'recovery', 0),
  enc: { ...(await sealingLoggedKey(newSealingKey().x)), purpose: 'recovery-enc', priority: 0 } as const,
};
const message = ['localhost wants you to sign in with your DID:', first.did, '', 'Nonce: 1'].join('\n');

/** Every kind of entry, by every kind of key. */
function wholeLog(): KeyLog {
  return new LogBuilder()
    .add({ op: 'add', keys: [loggedKey(first, 'rotation', 10)], message }, (payload) => ({
      payload,
      signer: first.jkt,
      signature: first.sign(message),
    }))
    .add({ op: 'add', keys: [loggedKey(second, 'device-auth'), opens] }, by(first))
    .add({ op: 'add', keys: [loggedKey(third, 'device-auth')] }, by(second))
    .add({ op: 'add', keys: [passkey.logged(100)] }, by(third))
    .add({ op: 'revoke', kids: [third.jkt] }, (payload) => passkey.signEntry(payload))
    .add({ op: 'setRecovery', recovery: paper, guardians: { dids: [second.did], threshold: 1 } }, by(first))
    .add({ op: 'nullify', target: 5 }, by(first)).log;
}

describe('a key log checked again', () => {
  it('holds where every entry is in its place and signed by a key that could', async () => {
    const verdict = verifyKeyLog(wholeLog());
    expect(verdict).toMatchObject({ entries: 7, account: first.did, problems: [], unchecked: [] });
    expect(verdict.head).toMatch(/^[\w-]{43}$/);
  });

  it('may be empty', () => {
    const empty = { entries: [], head: { seq: 0, hash: null } };
    expect(verifyKeyLog(empty)).toMatchObject({ entries: 0, head: null, account: null, problems: [] });
  });

  it('says what of a recovery it cannot see', async () => {
    const approvals = [{ kid: second.jkt, did: second.did, signature: 'A'.repeat(86) }];
    const [back, id] = [newIdentity(), '01999999-0000-7000-8000-000000000001'];
    const keys = [loggedKey(back, 'device-auth')];
    const log = new LogBuilder()
      .add({ op: 'add', keys: [loggedKey(first, 'rotation', 10)] }, by(first))
      .add({ op: 'setRecovery', recovery: null, guardians: { dids: [second.did], threshold: 1 } }, by(first))
      .add({ op: 'recover', requestId: id, deviceId: id, keys, approvals, revokeOthers: true }, by(back)).log;
    expect(verifyKeyLog(log)).toMatchObject({ problems: [], unchecked: [{ seq: 3 }] });
  });
});

describe('a key log that was tampered with', () => {
  const problems = (log: KeyLog) => verifyKeyLog(log).problems.map(({ seq, detail }) => `${seq} ${detail}`);
  const changed = (log: KeyLog, seq: number, change: (entry: KeyLogEntry) => KeyLogEntry): KeyLog => ({
    ...log,
    entries: log.entries.map((entry) => (entry.payload.seq === seq ? change(entry) : entry)),
  });
  /** As somebody would who has no key but can work out hashes: the whole rest of the chain is made to fit. */
  function rehashed(log: KeyLog): KeyLog {
    const entries: KeyLogEntry[] = [];
    for (const entry of log.entries) {
      const payload = { ...entry.payload, prev: entries.at(-1)?.hash ?? null };
      const next = { ...entry, payload };
      entries.push({ ...next, hash: createHash('sha256').update(chainedBytes(next)).digest('base64url') });
    }
    return { entries, head: { seq: entries.length, hash: entries.at(-1)?.hash ?? null } };
  }
  const intruder = newIdentity();

  it.each<[string, (log: KeyLog) => KeyLog, RegExp]>([
    [
      'shows another key in the place of one',
      (log) =>
        changed(log, 3, (entry) => ({
          ...entry,
          payload: { ...entry.payload, ...{ keys: [loggedKey(intruder, 'device-auth')] } },
        })),
      /^3 the hash does not fit/,
    ],
    [
      'shows it too where all hashes were made to fit',
      (log) =>
        rehashed(
          changed(log, 3, (entry) => ({
            ...entry,
            payload: { ...entry.payload, ...{ keys: [loggedKey(intruder, 'device-auth')] } },
          })),
        ),
      /^3 the signature does not fit/,
    ],
    [
      'shows an entry that was taken out',
      (log) => ({ ...log, entries: log.entries.filter(({ payload }) => payload.seq !== 2) }),
      /^3 not behind the entry before it/,
    ],
    [
      'shows a tail that was cut off the head',
      (log) => ({ ...log, entries: log.entries.slice(0, 5) }),
      /^7 the head is not/,
    ],
    [
      'shows a passkey’s signature over something else',
      (log) =>
        rehashed(changed(log, 5, (entry) => ({ ...entry, payload: { ...entry.payload, ...{ kids: [second.jkt] } } }))),
      /^5 the signature does not fit/,
    ],
    [
      'shows a key that is named like another',
      (log) =>
        changed(log, 2, (entry) => ({
          ...entry,
          payload: {
            ...entry.payload,
            ...{
              keys: [
                {
                  ...loggedKey(second, 'device-auth'),
                  publicKey: loggedKey(newIdentity('P-256'), 'device-auth').publicKey,
                },
              ],
            },
          },
        })),
      /^2 a key does not have the name/,
    ],
    [
      'shows a signature by a stranger',
      (log) =>
        changed(log, 6, (entry) => ({
          ...signEntry(intruder, entry.payload),
          hash: entry.hash,
          at: entry.at,
          nullifiedBy: null,
        })),
      /^6 signed by a key that was not in the log/,
    ],
    [
      'shows an undoing that came too late',
      (log) => changed(log, 7, (entry) => ({ ...entry, at: '2026-01-09T00:00:00.000Z' })),
      /^7 It is too late/,
    ],
  ])('%s', async (_, tamper, found) => {
    expect(problems(tamper(wholeLog())).join('\n')).toMatch(new RegExp(found.source, 'm'));
  });

  it('shows every changed character of every signature', async () => {
    const log = wholeLog();
    for (const { payload } of log.entries) {
      const tampered = changed(log, payload.seq, (entry) =>
        typeof entry.signature === 'string'
          ? { ...entry, signature: `${entry.signature[0] === 'A' ? 'B' : 'A'}${entry.signature.slice(1)}` }
          : { ...entry, signature: { ...entry.signature, clientDataJSON: 'e30' } },
      );
      expect(problems(tampered).filter((problem) => problem.startsWith(`${payload.seq} `))).not.toEqual([]);
    }
  });
});
