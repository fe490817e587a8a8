/**
 * Key logs of people who try anything: random entries by random signers, of which the rules let in what they let in. Names stand
 * for keys; nothing is signed, because the rules do not look at signatures.
 */
import { AppError } from '@vivim/contract/errors';
import type { KeyLogPayload, LoggedKey, RecoveryApproval, SignedEntry } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { type KeyState, replay, type StandingEntry, stateAfter, type Vouches } from '@vivim/contract/key-log-rules';
import { encodeBase64url } from '@vivim/gateway/auth/base64url';
import { entryHash } from '@vivim/gateway/auth/keys/key-entries';
import fc from 'fast-check';

export const hour = 3_600_000;
export const named = (name: string) => name.padEnd(43, '_');
const signature = 'A'.repeat(86);

export const namedKey = (name: string, purpose: LoggedKey['purpose'], priority: number): LoggedKey => ({
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
  sign: namedKey(name, 'recovery', keyPriority.recovery),
  enc: namedKey(`${name}-enc`, 'recovery-enc', keyPriority.recovery),
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
export const vouches: Vouches = ({ kid, did }, state) => {
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
          keys: change.keys.map(({ name, purpose, priority }) => namedKey(name, purpose, priority)),
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
          keys: [namedKey(change.name, 'device-auth', keyPriority.added)],
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
  const first = namedKey('first', 'rotation', keyPriority.first);
  const payload: KeyLogPayload = { seq: 1, prev: null, op: 'add', keys: [first] };
  return { payload, signer: first.kid, hash: hashOf(payload, first.kid), at: new Date(0) };
}

export interface Step {
  readonly entry: StandingEntry;
  readonly before: KeyState;
  readonly after: KeyState;
  /** The log the entry was appended to. */
  readonly log: readonly StandingEntry[];
}

/** What the rules say to an entry. @throws AppError */
export const trial = (log: readonly StandingEntry[], entry: Omit<SignedEntry, 'signature'>, nowMs: number): KeyState =>
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

export interface Ran {
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

/** A log, how it came about, and the time it has then. */
export const randomLogs: fc.Arbitrary<Ran> = fc.array(attempt, { minLength: 8, maxLength: 30, size: 'max' }).map(run);
