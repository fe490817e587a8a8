/**
 * The rules of the key log, as a pure function: entries in, the keys that are a person's out. Every change of keys is the
 * difference between the state before an entry and the state after it. The server keeps to them, and anybody can check that
 * it did. Looks at no signature, no store and no clock.
 *
 * @see did:plc operation log (web.plc.directory/spec): priorities, and 72 hours in which a stronger key undoes a weaker one's doing
 */
import { AppError } from './errors.ts';
import type { Guardians, KeyLogPayload, LoggedKey, RecoveryApproval, SignedEntry } from './key-log.ts';
import { keyPriority } from './key-log-bytes.ts';
import { nullifyHours } from './recovery.ts';

/** An entry as it stands in the log. */
export interface StandingEntry {
  readonly payload: KeyLogPayload;
  readonly signer: string;
  readonly hash: string;
  readonly at: Date;
}

export interface KeyState {
  /** Live keys by thumbprint. */
  readonly keys: ReadonlyMap<string, LoggedKey>;
  readonly guardians: Guardians | null;
  /** When it was announced that the key on paper changes without that key's signature; null where nothing is announced. */
  readonly announcedAt: Date | null;
}

const signing: ReadonlySet<LoggedKey['purpose']> = new Set(['rotation', 'device-auth', 'passkey']);
const addable: ReadonlySet<LoggedKey['purpose']> = new Set([...signing, 'device-enc', 'passkey-enc']);
/** Keys that lie on paper. They outrank all others, and so may set, undo and vouch, but not let in by themselves. */
const onPaper: ReadonlySet<LoggedKey['purpose']> = new Set(['recovery', 'recovery-enc']);

export const signsIn = ({ purpose }: LoggedKey): boolean => signing.has(purpose);

function refuse(detail: string): never {
  throw new AppError('key_log_invalid', detail);
}

/** Who stands behind an approval of a recovery: handed in, since guardians are other people with logs of their own. */
export type Vouches = (approval: RecoveryApproval, state: KeyState) => 'recovery-key' | 'guardian' | null;

type Effective = Pick<StandingEntry, 'signer' | 'at'> & { readonly payload: Exclude<KeyLogPayload, { op: 'nullify' }> };

const paperOf = ({ keys }: KeyState): LoggedKey | undefined =>
  [...keys.values()].find(({ purpose }) => purpose === 'recovery');

/** An announcement nobody acted on is forgotten after this time: what was seen coming then is not what comes now. */
const announcementHours = 14 * 24;

/** Null where none is in force. */
function announcedHoursAgo({ announcedAt }: KeyState, at: Date): number | null {
  if (announcedAt === null) return null;
  const hours = (at.getTime() - announcedAt.getTime()) / 3_600_000;
  return hours > announcementHours ? null : hours;
}

/**
 * Whether an entry only announces that the key on paper changes. That key outranks all others, so whoever has a device, by right
 * or by theft, changes it without its signature only after everybody has had three days to see it coming.
 */
function announces(state: KeyState, { payload, signer, at }: Effective): boolean {
  const paper = paperOf(state);
  if (payload.op !== 'setRecovery' || paper === undefined) return false;
  if (signer === paper.kid || payload.recovery?.sign.kid === paper.kid) return false;
  const ageHours = announcedHoursAgo(state, at);
  return ageHours === null || ageHours < nullifyHours;
}

/** What an entry does to a state, without looking at whether it may. */
function apply(state: KeyState, entry: Effective): KeyState {
  if (announces(state, entry)) {
    const standing = announcedHoursAgo(state, entry.at) !== null;
    return { ...state, announcedAt: standing ? state.announcedAt : entry.at };
  }
  const { payload } = entry;
  const keys = new Map(state.keys);
  const put = (added: readonly LoggedKey[]) => {
    for (const key of added) keys.set(key.kid, key);
  };
  switch (payload.op) {
    case 'add':
      put(payload.keys);
      return { ...state, keys };
    case 'revoke':
      for (const kid of payload.kids) keys.delete(kid);
      return { ...state, keys };
    case 'setRecovery':
      for (const [kid, key] of keys) if (onPaper.has(key.purpose)) keys.delete(kid);
      if (payload.recovery !== null) put([payload.recovery.sign, payload.recovery.enc]);
      return { keys, guardians: payload.guardians, announcedAt: null };
    case 'recover':
      if (payload.revokeOthers) for (const [kid, key] of keys) if (!onPaper.has(key.purpose)) keys.delete(kid);
      put(payload.keys);
      return { ...state, keys };
  }
}

const nothing: KeyState = { keys: new Map(), guardians: null, announcedAt: null };

/**
 * Numbers of entries that later ones voided, with the number of the one that did. What voids can be voided itself: then what
 * it voided stands again. So the last word is read first.
 */
export function nullified(entries: readonly StandingEntry[]): ReadonlyMap<number, number> {
  const voided = new Map<number, number>();
  for (const { payload } of entries.toReversed()) {
    if (payload.op !== 'nullify' || voided.has(payload.seq)) continue;
    for (let seq = payload.target; seq < payload.seq; seq += 1) if (!voided.has(seq)) voided.set(seq, payload.seq);
  }
  return voided;
}

/** The state after all entries, or after those before `until`. */
export function replay(entries: readonly StandingEntry[], until = Number.POSITIVE_INFINITY): KeyState {
  const voided = nullified(entries.filter(({ payload }) => payload.seq < until));
  return entries.reduce(
    (state, { payload, signer, at }) =>
      payload.seq >= until || payload.op === 'nullify' || voided.has(payload.seq)
        ? state
        : apply(state, { payload, signer, at }),
    nothing,
  );
}

/**
 * The state after an entry that is to be appended.
 *
 * @param nowMs for the time in which an entry can be undone
 * @throws AppError `key_log_conflict` where the log has moved on, `key_log_invalid` naming the rule, `last_key`
 */
export function stateAfter(
  entries: readonly StandingEntry[],
  entry: SignedEntry,
  vouches: Vouches,
  nowMs: number,
): KeyState {
  const { payload } = entry;
  const last = entries.at(-1);
  if (payload.seq !== entries.length + 1 || payload.prev !== (last?.hash ?? null))
    throw new AppError('key_log_conflict');
  if (payload.op === 'nullify') return stateAfterNullify(entries, entry.signer, payload.target, nowMs);
  const before = replay(entries);
  check(before, entry, payload, vouches);
  const after = apply(before, { payload, signer: entry.signer, at: new Date(nowMs) });
  if (![...after.keys.values()].some(signsIn)) throw new AppError('last_key');
  return after;
}

function check(
  before: KeyState,
  { signer }: SignedEntry,
  payload: Exclude<KeyLogPayload, { op: 'nullify' }>,
  vouches: Vouches,
): void {
  if (payload.seq === 1) checkFirst(signer, payload);
  else if (payload.op === 'recover') checkRecover(before, signer, payload, vouches);
  else {
    const by = before.keys.get(signer);
    if (by === undefined || by.purpose.endsWith('-enc')) refuse('The signer is not a live key of this account.');
    if (payload.op === 'add') checkAdd(before, by, payload);
    else if (payload.op === 'revoke') checkRevoke(before, by, payload.kids);
    else checkSetRecovery(before, by, payload);
  }
}

function checkFirst(signer: string, payload: KeyLogPayload): void {
  if (payload.op !== 'add') refuse('A log begins by adding the first key.');
  const [first, ...others] = payload.op === 'add' ? payload.keys : [];
  if (first?.kid !== signer || first.purpose !== 'rotation' || first.priority !== keyPriority.first)
    refuse('The first key of a log signs for itself.');
  // The text that was signed to register names no other key.
  if (others.length > 0) refuse('A log begins with one key.');
}

/** New keys are not stronger than the one that lets them in, and none of them is here already. */
function checkNew(before: KeyState, added: readonly LoggedKey[], strongest: number): void {
  for (const key of added) {
    if (!addable.has(key.purpose)) refuse(`A key for ${key.purpose} is not added this way.`);
    if (key.purpose.endsWith('-enc') !== (key.alg === 'X25519')) refuse('An X25519 key opens, every other one signs.');
    if (key.priority < strongest) refuse('A key cannot let in one that is stronger than itself.');
    if (before.keys.has(key.kid)) refuse('One of the keys is in the log already.');
  }
  if (new Set(added.map(({ kid }) => kid)).size !== added.length) refuse('The same key stands twice.');
}

function checkAdd(before: KeyState, by: LoggedKey, payload: Extract<KeyLogPayload, { op: 'add' }>): void {
  if (by.purpose === 'recovery') refuse('A recovery key lets in by a recovery, which waits, and not by itself.');
  if (payload.message !== undefined) refuse('Only the first entry is signed by registering.');
  checkNew(before, payload.keys, by.priority);
}

function checkRevoke(before: KeyState, by: LoggedKey, kids: readonly string[]): void {
  for (const kid of kids) {
    const target = before.keys.get(kid);
    if (target === undefined) refuse('One of the keys is not a live key of this account.');
    if (by.priority > target.priority) refuse('A key cannot revoke a stronger one.');
  }
}

/** A recovery is set by the strongest key that signs in, or by the one on paper: what it makes outranks them all. */
function checkSetRecovery(
  before: KeyState,
  by: LoggedKey,
  { recovery, guardians }: Extract<KeyLogPayload, { op: 'setRecovery' }>,
): void {
  const strongest = Math.min(...[...before.keys.values()].filter(signsIn).map(({ priority }) => priority));
  if (by.priority > strongest)
    refuse('Only the strongest of your keys, or the one on paper, sets how you get back in.');
  if (guardians !== null && guardians.threshold > new Set(guardians.dids).size)
    refuse('More guardians are asked for than there are.');
  if (recovery === null) return;
  const { sign, enc } = recovery;
  const shaped =
    sign.purpose === 'recovery' && enc.purpose === 'recovery-enc' && enc.alg === 'X25519' && sign.alg !== 'X25519';
  if (!shaped || sign.priority !== keyPriority.recovery || enc.priority !== keyPriority.recovery)
    refuse('A recovery key is one that signs and one that opens, of the strongest priority.');
  // The key on paper stays when only the guardians change.
  const stays = (key: LoggedKey) => before.keys.get(key.kid)?.purpose === key.purpose;
  const taken = (key: LoggedKey) => before.keys.has(key.kid) && !stays(key);
  if (taken(sign) || taken(enc)) refuse('One of the keys is in the log already.');
}

function checkRecover(
  before: KeyState,
  signer: string,
  payload: Extract<KeyLogPayload, { op: 'recover' }>,
  vouches: Vouches,
): void {
  if (payload.keys[0]?.kid !== signer) refuse('The key that is let in signs the entry.');
  checkNew(before, payload.keys, keyPriority.added);
  const voices = payload.approvals.map((approval) => vouches(approval, before));
  if (voices.includes(null)) refuse('One of the approvals does not count for this account.');
  const guardians = new Set(payload.approvals.filter((_, index) => voices[index] === 'guardian').map(({ did }) => did));
  const enough = before.guardians !== null && guardians.size >= before.guardians.threshold;
  if (!voices.includes('recovery-key') && !enough) refuse('Too few guardians have vouched.');
}

/** The key that may void, as it was before what is voided. */
function voiderOf(before: KeyState, signer: string): LoggedKey {
  const by = before.keys.get(signer);
  if (by === undefined || by.purpose.endsWith('-enc')) refuse('The signer was not a live key then.');
  return by;
}

/** How strong the voice behind an entry was when it was given: the key's that signed it, or the one that vouched. */
function strengthOf(entries: readonly StandingEntry[], { payload, signer }: StandingEntry): number {
  const then = replay(entries, payload.op === 'nullify' ? payload.target : payload.seq);
  if (payload.op !== 'recover') return then.keys.get(signer)?.priority ?? keyPriority.recovery;
  const onPaperVouched = payload.approvals.some(({ kid }) => then.keys.get(kid)?.purpose === 'recovery');
  return onPaperVouched ? keyPriority.recovery : keyPriority.added;
}

/** Stronger than the entry that is undone, and no weaker than whoever has signed since: they had accepted it. */
function stateAfterNullify(entries: readonly StandingEntry[], signer: string, target: number, nowMs: number): KeyState {
  const voided = nullified(entries);
  const undone = entries.find(({ payload }) => payload.seq === target);
  if (undone === undefined || voided.has(target)) refuse('There is no such entry in force.');
  const before = replay(entries, target);
  const { priority } = voiderOf(before, signer);
  if (priority >= strengthOf(entries, undone)) refuse('Only a stronger key can undo what another one did.');
  const since = entries.filter(({ payload }) => payload.seq > target && !voided.has(payload.seq));
  if (since.some((entry) => priority > strengthOf(entries, entry))) refuse('A stronger key has signed since.');
  if (nowMs - undone.at.getTime() > nullifyHours * 3_600_000) refuse('It is too late to undo this entry.');
  return before;
}

export interface KeyChange {
  /** New, or here before with another purpose or strength. */
  readonly added: readonly LoggedKey[];
  readonly revoked: readonly string[];
}

const isSame = (key: LoggedKey, other: LoggedKey | undefined): boolean =>
  key.purpose === other?.purpose && key.priority === other.priority;

/** What has to change in master's table of keys to go from one state to the next. */
export function keyChange(before: KeyState, after: KeyState): KeyChange {
  return {
    added: [...after.keys.values()].filter((key) => !isSame(key, before.keys.get(key.kid))),
    revoked: [...before.keys.keys()].filter((kid) => !after.keys.has(kid)),
  };
}
