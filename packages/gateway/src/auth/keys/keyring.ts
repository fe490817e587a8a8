/**
 * The keys of a person: what they are, and the one way they change. An entry is checked against the rules of the log, put in
 * force in one transaction, and then the space's key is sealed to whoever may open it from now on.
 */
import type { AccountEventName, KeyInfo } from '@vivim/contract/account';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { Platform } from '@vivim/contract/identity';
import type { UserId } from '@vivim/contract/ids';
import type { KeyLog, KeyLogPayload, LoggedKey, SignedEntry } from '@vivim/contract/key-log';
import {
  type KeyChange,
  type KeyState,
  keyChange,
  nullified,
  replay,
  type StandingEntry,
  stateAfter,
  type Vouches,
} from '@vivim/contract/key-log-rules';
import { nullifyHours } from '@vivim/contract/recovery';
import type { SpaceKeyWrap } from '@vivim/contract/sealed';
import { appendAudit } from '../../master/audit.ts';
import { type Appended, appendEntry, type NewEntry, readKeyLog } from '../../master/key-log.ts';
import { listLiveKeys, revokedBefore } from '../../master/keys.ts';
import type { NewCredential } from '../../master/passkeys.ts';
import { decodeBase64url, encodeBase64url } from '../base64url.ts';
import type { AuthDeps } from '../deps.ts';
import { readDid } from '../did/resolve-did.ts';
import { assertionVerifier } from '../passkeys/passkey-assertion.ts';
import { assertKey, entryHash, isSigned, newKeys, storedSignature, toStanding, toWire } from './key-entries.ts';
import type { LogOwner } from './log-owner.ts';
import { assertSealableTo, assertStaysOpen } from './sealed-log.ts';

export async function describeKeyLog(deps: AuthDeps, userId: UserId): Promise<KeyLog> {
  const rows = await readKeyLog(deps.master.db, userId);
  const voided = nullified(rows.map(toStanding));
  const entries = rows.map((row) => toWire(row, voided.get(row.payload.seq) ?? null));
  const last = entries.at(-1);
  return { entries, head: { seq: last?.payload.seq ?? 0, hash: last?.hash ?? null } };
}

export async function describeKeys(deps: AuthDeps, userId: UserId): Promise<KeyInfo[]> {
  const rows = await listLiveKeys(deps.master, userId);
  return rows.map(({ addedAt, publicKey: _, ...key }) => ({ ...key, addedAt: isoTime(addedAt.getTime()) }));
}

/**
 * What is sealed to keys that are live. A sealing that failed when its key came in is made up for, in a sealed space when it is
 * unlocked.
 *
 * @throws AppError `storage_integrity`
 */
export async function describeWraps(
  deps: AuthDeps,
  { userId, routing }: Pick<LogOwner, 'userId' | 'routing'>,
): Promise<SpaceKeyWrap[]> {
  const keys = (await listLiveKeys(deps.master, userId)).filter(({ alg }) => alg === 'X25519');
  const sealed = new Set((await deps.keyring.list(routing)).map(({ kid }) => kid));
  const { state } = await deps.seals.state(routing);
  for (const { kid, publicKey } of state === 'locked' ? [] : keys)
    if (!sealed.has(kid)) await deps.keyring.seal(routing, { kid, publicKey: encodeBase64url(publicKey) });
  const live = new Set(keys.map(({ kid }) => kid));
  const wraps = await deps.keyring.list(routing);
  if (wraps.some(({ kid }) => live.has(kid)) && wraps.some(({ kid }) => !live.has(kid)))
    await deps.keyring.forget(routing, await revokedBefore(deps.master, userId, tooLateToUndo(deps.clock())));
  return wraps.filter(({ kid }) => live.has(kid));
}

/** Of an entry before this nothing is undone any more: a key it revoked stays revoked. */
const tooLateToUndo = (nowMs: number): Date => new Date(nowMs - nullifyHours * 3_600_000);

export interface AppendOptions {
  /** Makes the device the new keys are of. */
  readonly device?: {
    readonly deviceId: string;
    readonly platform: Platform;
    readonly nameCt: string | null;
    readonly approvedBy: string | null;
  };
  /** Makes the credential a new passkey is. */
  readonly credential?: NewCredential;
  /** The request the entry answers: both come about, or neither. */
  readonly answers?: NonNullable<NewEntry['answers']>;
  readonly vouches?: Vouches;
  readonly frozenUntil?: Date;
}

const nobodyVouches: Vouches = () => null;

/** The key that must have signed: of an account's first entry and of a recovery the one that comes in by it. */
function signerOf(entries: readonly StandingEntry[], { payload, signer }: SignedEntry): LoggedKey | undefined {
  if (payload.op === 'recover' || payload.seq === 1) return newKeys(payload).find(({ kid }) => kid === signer);
  return replay(entries, payload.op === 'nullify' ? payload.target : undefined).keys.get(signer);
}

/**
 * @returns the live keys' log afterwards
 * @throws AppError `key_log_invalid`, `key_log_conflict`, `key_in_use`, `last_key`, `key_invalid`, `space_sealed`
 */
export async function appendToKeyLog(
  deps: AuthDeps,
  owner: LogOwner,
  entry: SignedEntry,
  options: AppendOptions = {},
): Promise<KeyLog> {
  const now = new Date(deps.clock());
  const { payload, signer } = entry;
  for (const key of newKeys(payload)) assertKey(key);
  if (payload.op === 'setRecovery') for (const did of payload.guardians?.dids ?? []) readDid(did);
  assertAttached(payload, options.credential);
  const entries = (await readKeyLog(deps.master.db, owner.userId)).map(toStanding);
  const after = stateAfter(entries, entry, options.vouches ?? nobodyVouches, now.getTime());
  const key = signerOf(entries, entry);
  if (key === undefined || !(await isSigned(entry, key, assertionVerifier(deps.origins))))
    throw new AppError('key_log_invalid', 'The signature does not fit the entry and its signer.');
  if (payload.seq === 1) await assertOwnKey(deps, owner.userId, signer);
  const before = replay(entries);
  const change = keyChange(before, after);
  await assertSealableTo(deps, owner, payload);
  await assertStaysOpen(deps, owner, payload, { before, after });
  const outcome = await appendEntry(
    deps.master,
    {
      userId: owner.userId,
      payload,
      signer,
      signature: storedSignature(entry.signature),
      hash: entryHash(entry),
      prev: payload.prev === null ? null : decodeBase64url(payload.prev),
      added: change.added,
      revoked: change.revoked,
      guardians: after.guardians,
      device: options.device ?? null,
      credential: options.credential ?? null,
      answers: options.answers ?? null,
      frozenUntil: options.frozenUntil ?? null,
    },
    now,
  );
  if (outcome !== 'appended') throw refusalOf(outcome);
  await follow(deps, owner, change);
  await note(deps, owner, payload, after, now);
  return describeKeyLog(deps, owner.userId);
}

function refusalOf(outcome: Exclude<Appended, 'appended'>): AppError {
  switch (outcome) {
    case 'moved':
      return new AppError('key_log_conflict');
    case 'key_in_use':
      return new AppError('key_in_use');
    case 'unanswerable':
      return new AppError('not_found');
    case 'foreign':
      return new AppError('key_log_invalid', 'The entry names a device that is not one of yours.');
  }
}

/**
 * A key comes with what it is the key of: a passkey whose credential nobody knows could never be used, and a key of no device
 * would sign in without its owner seeing it among them.
 *
 * @throws AppError `key_log_invalid`
 */
function assertAttached(payload: KeyLogPayload, credential: NewCredential | undefined): void {
  if (payload.op !== 'add') return;
  const brings = (...purposes: readonly LoggedKey['purpose'][]) =>
    payload.keys.some((key) => purposes.includes(key.purpose));
  if (brings('passkey', 'passkey-enc') && credential === undefined)
    throw new AppError('key_log_invalid', 'The keys of a passkey are added by registering it.');
  if (brings('rotation', 'device-auth') && payload.deviceId === undefined)
    throw new AppError('key_log_invalid', 'A key that signs in names the device it is of.');
}

/** People who registered before there was a log begin theirs with a key they have. */
async function assertOwnKey(deps: AuthDeps, userId: UserId, kid: string): Promise<void> {
  const known = await listLiveKeys(deps.master, userId);
  if (!known.some((key) => key.kid === kid))
    throw new AppError('key_log_invalid', 'The first key is not this account’s.');
}

/**
 * New keys that open get the space's key; wraps for those that went are thrown away. The entry is in force whether this works
 * or not: what fails is made up for when the wraps are asked for.
 */
async function follow(deps: AuthDeps, { routing }: LogOwner, change: KeyChange): Promise<void> {
  try {
    for (const key of change.added) if (key.alg === 'X25519') await deps.keyring.seal(routing, key);
    // Of a sealed space they are kept: an entry that is undone would bring a key back that opens nothing.
    const { state } = await deps.seals.state(routing);
    if (change.revoked.length > 0 && state === 'open') await deps.keyring.forget(routing, change.revoked);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

const eventOf: Readonly<Record<KeyLogPayload['op'], AccountEventName>> = {
  add: 'key.added',
  revoke: 'key.revoked',
  setRecovery: 'recovery.set',
  recover: 'recovery.completed',
  nullify: 'key.nullified',
};

function note(
  deps: AuthDeps,
  { userId, actor }: LogOwner,
  payload: KeyLogPayload,
  { announcedAt }: KeyState,
  now: Date,
): Promise<number> {
  const meta = { seq: payload.seq, op: payload.op };
  // An announcement is over with the entry that takes force.
  const announced = payload.op === 'setRecovery' && announcedAt !== null;
  const event = announced ? 'recovery.announced' : eventOf[payload.op];
  return appendAudit(deps.master, { chain: userId, event, actor, meta }, now);
}
