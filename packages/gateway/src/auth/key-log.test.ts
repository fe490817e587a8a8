/** The rules of the key log, held against random logs: what must be true after any sequence of entries by anybody. */
import { AppError } from '@vivim/contract/errors';
import {
  type KeyLogPayload,
  keyPriority,
  type LoggedKey,
  type RecoveryApproval,
  type SignedEntry,
} from '@vivim/contract/key-log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loggedKey, signEntry } from '../../../../test/kit/key-log.ts';
import { newIdentity } from '../../../../test/kit/proofs.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import { encodeBase64url } from './base64url.ts';
import { entryHash, isSigned } from './key-entries.ts';
import {
  type KeyState,
  keyChange,
  nullified,
  replay,
  type StandingEntry,
  signsIn,
  stateAfter,
  type Vouches,
} from './key-log.ts';

const hour = 3_600_000;
const named = (name: string) => name.padEnd(43, '_');
const signature = 'A'.repeat(86);

const key = (name: string, purpose: LoggedKey['purpose'], priority: number): LoggedKey => ({
  kid: named(name),
  alg: purpose.endsWith('-enc') ? 'X25519' : 'Ed25519',
  publicKey: named(name),
  purpose,
  priority,
});

/** Keys anybody may try to bring in; the same name can come with another strength. */
const names = ['a', 'b', 'c', 'd', 'e'];
const papers = ['p', 'q', 'r'];
const friends = ['did:x:ann', 'did:x:ben', 'did:x:eve'];
const paper = (name: string) => ({
  sign: key(name, 'recovery', keyPriority.recovery),
  enc: key(`${name}-enc`, 'recovery-enc', keyPriority.recovery),
});

const anyName = fc.constantFrom(...names);
const anyPaper = fc.constantFrom(...papers);
/** One of the keys that are live then, as if all had been asked in turn; now and then one that is not. */
const anyKey = fc.nat(30);
const pick = (state: KeyState, choice: number): string => {
  const all = [...state.keys.keys(), ...['first', ...names, ...papers].map(named)];
  return all[choice % all.length] ?? named('first');
};
const newKeys = fc.uniqueArray(
  fc.record({
    name: anyName,
    purpose: fc.constantFrom<LoggedKey['purpose']>('rotation', 'device-auth', 'passkey', 'device-enc'),
    priority: fc.constantFrom(0, 10, 50, 50, 100, 100, 100),
  }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 2 },
);

/** What somebody tries; where it stands in the log is filled in as it is tried. */
const attempt = fc.record({
  by: anyKey,
  hoursLater: fc.constantFrom(0, 0, 0, 0, 0, 1, 24, 73),
  change: fc.oneof(
    { weight: 4, arbitrary: fc.record({ op: fc.constant('add' as const), keys: newKeys }) },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constant('revoke' as const),
        kids: fc.uniqueArray(anyKey, { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        op: fc.constant('setRecovery' as const),
        paper: fc.option(anyPaper),
        friends: fc.option(fc.uniqueArray(fc.constantFrom(...friends), { minLength: 1 })),
        threshold: fc.integer({ min: 1, max: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        op: fc.constant('recover' as const),
        name: anyName,
        vouchers: fc.uniqueArray(fc.constantFrom(...papers, ...friends), { minLength: 1 }),
        revokeOthers: fc.boolean(),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ op: fc.constant('nullify' as const), back: fc.constantFrom(1, 1, 2, 2, 3, 5) }),
    },
  ),
});
type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

/** In the pure rules a voice counts if its key or its name does; that it was signed is looked at elsewhere. */
const vouches: Vouches = ({ kid, did }, state) => {
  if (state.keys.get(kid)?.purpose === 'recovery') return 'recovery-key';
  return state.guardians?.dids.includes(did) === true ? 'guardian' : null;
};

const approvalOf = (voice: string): RecoveryApproval => ({
  kid: named(papers.includes(voice) ? voice : 'nobody'),
  did: voice,
  signature,
});

function payloadOf(
  { by, change }: Attempt,
  entries: readonly StandingEntry[],
): { payload: KeyLogPayload; signer: string } {
  const place = { seq: entries.length + 1, prev: entries.at(-1)?.hash ?? null };
  const state = replay(entries);
  const signer = pick(state, by);
  switch (change.op) {
    case 'add':
      return {
        signer,
        payload: {
          ...place,
          op: 'add',
          keys: change.keys.map(({ name, purpose, priority }) => key(name, purpose, priority)),
        },
      };
    case 'revoke':
      return {
        signer,
        payload: { ...place, op: 'revoke', kids: [...new Set(change.kids.map((kid) => pick(state, kid)))] },
      };
    case 'setRecovery': {
      const recovery = change.paper === null ? null : paper(change.paper);
      const guardians = change.friends === null ? null : { dids: change.friends, threshold: change.threshold };
      return {
        signer,
        payload: { ...place, op: 'setRecovery', recovery, guardians },
      };
    }
    case 'recover':
      return {
        signer: named(change.name),
        payload: {
          ...place,
          op: 'recover',
          requestId: '',
          deviceId: '',
          keys: [key(change.name, 'device-auth', keyPriority.added)],
          approvals: change.vouchers.map(approvalOf),
          revokeOthers: change.revokeOthers,
        },
      };
    case 'nullify':
      return { signer, payload: { ...place, op: 'nullify', target: entries.length + 1 - change.back } };
  }
}

const hashOf = (payload: KeyLogPayload, signer: string) => encodeBase64url(entryHash({ payload, signer, signature }));

function firstOf(): StandingEntry {
  const first = key('first', 'rotation', keyPriority.first);
  const payload: KeyLogPayload = { seq: 1, prev: null, op: 'add', keys: [first] };
  return { payload, signer: first.kid, hash: hashOf(payload, first.kid), at: new Date(0) };
}

interface Step {
  readonly entry: StandingEntry;
  readonly before: KeyState;
  readonly after: KeyState;
  /** The log the entry was appended to. */
  readonly log: readonly StandingEntry[];
}

const trial = (log: readonly StandingEntry[], entry: Omit<SignedEntry, 'signature'>, nowMs: number): KeyState =>
  stateAfter(log, { ...entry, signature }, vouches, nowMs);

/** How many keys are asked in turn to sign what the one before may not. */
const signersAsked = 6;

/** The first of those who are asked that may; null where the rules refuse them all. */
function tryOut(one: Attempt, log: readonly StandingEntry[], nowMs: number): Step | null {
  for (let asked = 0; asked < signersAsked; asked += 1) {
    const { payload, signer } = payloadOf({ ...one, by: one.by + asked }, log);
    if (payload.op === 'nullify' && payload.target < 2) return null;
    try {
      const after = trial(log, { payload, signer }, nowMs);
      const entry = { payload, signer, hash: hashOf(payload, signer), at: new Date(nowMs) };
      return { entry, before: replay(log), after, log };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return null;
}

interface Ran {
  readonly log: readonly StandingEntry[];
  readonly steps: readonly Step[];
  readonly nowMs: number;
}

/** Tries everything in turn; what the rules refuse does not happen. */
const run = (attempts: readonly Attempt[]): Ran =>
  attempts.reduce<Ran>(
    ({ log, steps, nowMs: earlier }, one) => {
      const nowMs = earlier + one.hoursLater * hour;
      const step = tryOut(one, log, nowMs);
      return step === null ? { log, steps, nowMs } : { log: [...log, step.entry], steps: [...steps, step], nowMs };
    },
    { log: [firstOf()], steps: [], nowMs: 0 },
  );

const logs = fc.array(attempt, { minLength: 8, maxLength: 30, size: 'max' }).map(run);
const holds = (property: (ran: Ran) => void) => fc.assert(fc.property(logs, property), { numRuns: 400 });
const plain = ({ keys, guardians }: KeyState) => ({ keys: [...keys].sort(), guardians });
const nullifyOf = (log: readonly StandingEntry[], target: number) =>
  ({ seq: log.length + 1, prev: log.at(-1)?.hash ?? null, op: 'nullify', target }) as const;

describe('any log, whoever signs what', () => {
  it('means the same each time it is read, and what it was said to mean when it was written', () => {
    holds(({ log, steps }) => {
      expect(plain(replay(log))).toEqual(plain(replay(structuredClone(log))));
      for (const { entry, log: earlier, after } of steps)
        expect(plain(replay([...earlier, entry]))).toEqual(plain(after));
    });
  });

  it('keeps a key that signs in', () => {
    holds(({ steps }) => {
      for (const { after } of steps) expect([...after.keys.values()].some(signsIn)).toBe(true);
    });
  });

  it('lets a key bring in none that is stronger, but for the one on paper', () => {
    holds(({ steps }) => {
      for (const { entry, before, after } of steps) {
        if (entry.payload.op === 'nullify') continue;
        const strength = before.keys.get(entry.signer)?.priority ?? keyPriority.added;
        for (const { purpose, priority } of keyChange(before, after).added)
          if (entry.payload.op !== 'setRecovery') expect(priority).toBeGreaterThanOrEqual(strength);
          else expect(purpose).toMatch(/^recovery/);
      }
    });
  });

  it('lets a key remove none that is stronger, but for one on paper that is replaced', () => {
    holds(({ steps }) => {
      for (const { entry, before, after, log } of steps) {
        const { payload, signer } = entry;
        const gone = keyChange(before, after).revoked.map((kid) => before.keys.get(kid));
        const then = payload.op === 'nullify' ? replay(log, payload.target) : before;
        const strength = then.keys.get(signer)?.priority ?? keyPriority.added;
        for (const lost of gone) {
          const onPaper = lost?.purpose.startsWith('recovery') === true;
          if (payload.op === 'recover') expect(onPaper).toBe(false);
          else if (payload.op !== 'setRecovery' && !(payload.op === 'nullify' && onPaper))
            expect(lost?.priority).toBeGreaterThanOrEqual(strength);
        }
      }
    });
  });

  it('lets a key on paper that was replaced undo it for 72 hours, whatever was written since', () => {
    holds(({ log, steps, nowMs }) => {
      const voided = nullified(log);
      for (const { entry, before } of steps) {
        const replaced = [...before.keys.values()].find(({ purpose }) => purpose === 'recovery');
        if (entry.payload.op !== 'setRecovery' || replaced === undefined || replaced.kid === entry.signer) continue;
        if (voided.has(entry.payload.seq)) continue;
        const undoing = { payload: nullifyOf(log, entry.payload.seq), signer: replaced.kid };
        const lastMoment = entry.at.getTime() + 72 * hour;
        if (nowMs <= lastMoment) expect(plain(trial(log, undoing, lastMoment))).toEqual(plain(before));
        expect(() => trial(log, undoing, lastMoment + 1)).toThrow(/too late/);
      }
    });
  });

  it('is, after an entry that voids others, exactly what it was before the first of them', () => {
    holds(({ steps }) => {
      for (const { entry, after, log } of steps) {
        if (entry.payload.op !== 'nullify') continue;
        const { target } = entry.payload;
        const back = steps.find((step) => step.entry.payload.seq === target);
        expect(plain(after)).toEqual(plain(back?.before ?? replay(log.slice(0, target - 1))));
      }
    });
  });

  it('is voided only by keys stronger than the first, and as strong as each, of those that signed what is voided', () => {
    holds(({ steps }) => {
      const strengthOf = new Map<number, number>(
        steps.map(({ entry: { payload, signer }, before, log }) => {
          const then = payload.op === 'nullify' ? replay(log, payload.target) : before;
          const byPaper =
            payload.op === 'recover' && payload.approvals.some((one) => vouches(one, before) === 'recovery-key');
          return [payload.seq, byPaper ? 0 : (then.keys.get(signer)?.priority ?? keyPriority.added)];
        }),
      );
      for (const {
        entry: { payload },
        log,
      } of steps) {
        if (payload.op !== 'nullify') continue;
        const strength = strengthOf.get(payload.seq) ?? 0;
        const voided = log.filter((one) => one.payload.seq >= payload.target && !nullified(log).has(one.payload.seq));
        for (const one of voided) expect(strengthOf.get(one.payload.seq)).toBeGreaterThanOrEqual(strength);
        expect(strengthOf.get(payload.target)).toBeGreaterThan(strength);
      }
    });
  });

  it('goes on from its head alone', () => {
    holds(({ log, nowMs }) => {
      const payload = { op: 'revoke' as const, kids: [named('a')] };
      const head = log.at(-1)?.hash ?? null;
      for (const place of [
        { seq: log.length, prev: head },
        { seq: log.length + 2, prev: head },
        { seq: log.length + 1, prev: named('other') },
        { seq: log.length + 1, prev: null },
      ])
        expect(() => trial(log, { payload: { ...payload, ...place }, signer: named('first') }, nowMs)).toThrow(
          /moved on/,
        );
    });
  });
});

describe('the change an entry makes', () => {
  it('turns one state into the next, strength and purpose included', () => {
    holds(({ steps }) => {
      for (const { before, after } of steps) {
        const { added, revoked } = keyChange(before, after);
        const keys = new Map(before.keys);
        for (const kid of revoked) keys.delete(kid);
        for (const one of added) keys.set(one.kid, one);
        expect([...keys].sort()).toEqual([...after.keys].sort());
      }
    });
  });
});

describe('the first entry', () => {
  const first = key('first', 'rotation', keyPriority.first);
  const begin = (keys: LoggedKey[], signer = first.kid, message?: string) =>
    refusalOf(() =>
      trial(
        [],
        { payload: { seq: 1, prev: null, op: 'add', keys, ...(message === undefined ? {} : { message }) }, signer },
        0,
      ),
    );

  it('is the first key, signing for itself, alone', async () => {
    expect(await begin([first])).toBe('accepted');
    expect(await begin([first], undefined, 'text')).toBe('accepted');
    expect(await begin([first], named('a'))).toBe('key_log_invalid');
    expect(await begin([{ ...first, priority: 0 }])).toBe('key_log_invalid');
    expect(await begin([{ ...first, purpose: 'device-auth' }])).toBe('key_log_invalid');
    // Signed by signing a text that names none of them, others could be slipped in beside it.
    expect(await begin([first, key('a', 'device-auth', 100)], undefined, 'text')).toBe('key_log_invalid');
    expect(await begin([first, key('a', 'device-auth', 100)])).toBe('key_log_invalid');
  });
});

describe('a log of real keys', () => {
  const [first, second, third] = [newIdentity(), newIdentity('P-256'), newIdentity('secp256k1')];
  const noAssertion = async () => false;

  /** Reads a log as a stranger would who trusts nothing of it: hashes, places, rules, signatures. */
  async function check(entries: readonly (SignedEntry & { hash: string })[]): Promise<string[]> {
    const log: StandingEntry[] = [];
    for (const { hash, ...entry } of entries) {
      stateAfter(log, entry, vouches, 0);
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
      { numRuns: 500 },
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
