/** A key log of real keys, read as a stranger would who trusts nothing of it: places, rules, signatures, hashes. */
import type { KeyLogPayload, SignedEntry } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { replay, type StandingEntry, stateAfter } from '@vivim/contract/key-log-rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loggedKey, signEntry } from '../../../../../test/kit/keyring.ts';
import { newIdentity } from '../../../../../test/kit/proofs.ts';
import { runs } from '../../../../../test/kit/property-runs.ts';
import { encodeBase64url } from '../base64url.ts';
import { entryHash, isSigned } from './key-entries.ts';

describe('a log of real keys', () => {
  const [first, second, third] = [newIdentity(), newIdentity('P-256'), newIdentity('secp256k1')];
  const noAssertion = async () => false;
  const nobodyVouches = () => null;

  /** Reads a log as a stranger would who trusts nothing of it: hashes, places, rules, signatures. */
  async function check(entries: readonly (SignedEntry & { hash: string })[]): Promise<string[]> {
    const log: StandingEntry[] = [];
    for (const { hash, ...entry } of entries) {
      stateAfter(log, entry, nobodyVouches, 0);
      const signer = [...replay(log).keys.values(), ...(entry.payload.op === 'add' ? entry.payload.keys : [])].find(
        ({ kid }) => kid === entry.signer,
      );
      if (signer === undefined || !(await isSigned(entry, signer, noAssertion))) throw new Error('signature');
      if (encodeBase64url(entryHash(entry)) !== hash) throw new Error('hash');
      log.push({ payload: entry.payload, signer: entry.signer, hash, at: new Date(0) });
    }
    return [...replay(log).keys.keys()].sort();
  }

  function build(): (SignedEntry & { hash: string })[] {
    const entries: (SignedEntry & { hash: string })[] = [];
    const append = (signer: typeof first, change: object) => {
      const place = { seq: entries.length + 1, prev: entries.at(-1)?.hash ?? null };
      const entry = signEntry(signer, { ...change, ...place } as KeyLogPayload);
      entries.push({ ...entry, hash: encodeBase64url(entryHash(entry)) });
    };
    append(first, { op: 'add', keys: [loggedKey(first, 'rotation', keyPriority.first)] });
    append(first, { op: 'add', keys: [loggedKey(second, 'device-auth')] });
    append(second, { op: 'add', keys: [loggedKey(third, 'device-auth')] });
    append(third, { op: 'revoke', kids: [second.jkt] });
    append(first, { op: 'setRecovery', recovery: null, guardians: { dids: ['did:x:ann'], threshold: 1 } });
    return entries;
  }

  it('can be checked again from the first entry', async () => {
    expect(await check(build())).toEqual([first.jkt, third.jkt].sort());
  });

  it('shows every changed byte, and every entry that was taken out, put in or moved', async () => {
    const entries = build();
    const text = JSON.stringify(entries);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), async (at, code) => {
        const changed = `${text.slice(0, at)}${String.fromCharCode(code)}${text.slice(at + 1)}`;
        if (changed === text) return;
        await expect((async () => check(JSON.parse(changed)))()).rejects.toThrow();
      }),
      { numRuns: runs(500) },
    );
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(entries), async (some) => {
        const prefix = some.every((entry, index) => entry === entries[index]);
        if (!prefix) await expect(check(some)).rejects.toThrow();
      }),
    );
    const [one, two] = entries;
    if (one === undefined || two === undefined) throw new Error('the log is empty');
    await expect(check([one, two, two])).rejects.toThrow();
  });
});
