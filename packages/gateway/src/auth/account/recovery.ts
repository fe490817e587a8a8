/**
 * Getting back in without a device. A new key asks; the key on paper or enough guardians vouch; then everybody waits, and any
 * live key can stop it. What comes in is frozen for three days. Nobody is told whether an account exists.
 */
import { createHmac } from 'node:crypto';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { RecoveryApproval, SignedEntry } from '@vivim/contract/key-log';
import { recoverPayload } from '@vivim/contract/key-log-bytes';
import type { Vouches } from '@vivim/contract/key-log-rules';
import {
  freezeHours,
  type RecoveryNotice,
  type RecoveryRequestBody,
  type RecoverySettings,
  type RecoveryState,
} from '@vivim/contract/recovery';
import { signedBytes, signedTags } from '@vivim/contract/signed-object';
import type { z } from 'zod';
import { appendAudit } from '../../master/audit.ts';
import { type findByDid, findPerson } from '../../master/identities.ts';
import { findLiveKey, findRecoveryOwner, listLiveKeys } from '../../master/keys.ts';
import {
  addApproval,
  findRecoveryRequest,
  listGuardianRequests,
  listRecoveryRequests,
  type RecoveryRequestRow,
  storeRecoveryRequest,
  vetoRecovery,
} from '../../master/recovery.ts';
import { findRouting } from '../../master/routing.ts';
import { decodeBase64url } from '../base64url.ts';
import { type ProvenChallenge, proveChallenge } from '../challenge.ts';
import type { AuthDeps } from '../deps.ts';
import type { Principal } from '../gateway.ts';
import { keyAlgorithms } from '../keys/key-algorithms.ts';
import { appendToKeyLog, describeKeyLog } from '../keys/keyring.ts';
import { countFailure, countRequest } from '../knocks.ts';
import { bringsKeysOf, proveWaitingKey } from './waiting-key.ts';

const hour = 3_600_000;
/** A request that nobody finishes is forgotten after its wait and this long. */
const openMs = 14 * 24 * hour;

async function isVouched(
  deps: AuthDeps,
  userId: Parameters<typeof findLiveKey>[1],
  approval: RecoveryApproval,
  claim: { readonly account: string; readonly kid: string; readonly challengeId: string },
  purposes: readonly string[],
): Promise<boolean> {
  const key = await findLiveKey(deps.master, userId, approval.kid);
  const signature = decodeBase64url(approval.signature);
  if (key === null || signature === null || key.alg === 'X25519' || !purposes.includes(key.purpose)) return false;
  const bytes = signedBytes(signedTags.recover, recoverPayload(claim.account, claim.kid, claim.challengeId));
  return keyAlgorithms[key.alg].verify(key.publicKey, bytes, signature);
}

function toState(row: RecoveryRequestRow, nowMs: number): Omit<RecoveryState, 'head' | 'vouchers'> {
  const ready = row.state === 'pending' && row.notBefore !== null && row.notBefore.getTime() <= nowMs;
  return {
    id: row.requestId,
    deviceId: row.deviceId,
    state: ready ? 'ready' : row.state,
    method: row.method,
    approvals: row.approvals.length,
    threshold: row.threshold,
    notBefore: row.notBefore === null ? null : isoTime(row.notBefore.getTime()),
  };
}

/**
 * @throws AppError `challenge_unknown`, `signature_invalid` (the same for a wrong printed key and for an account that has none),
 *   `key_in_use`, a `did_…` code
 */
export async function askForRecovery(
  deps: AuthDeps,
  body: z.output<typeof RecoveryRequestBody>,
): Promise<RecoveryState> {
  const { proven, waiting } = await proveWaitingKey(deps, body, 'recovery');
  const { userId, createdAt } = waiting;
  const nowMs = createdAt.getTime();
  const approvals: RecoveryApproval[] = [];
  // Whoever holds the key on paper is let through at any time: strangers can ask in anybody's name.
  if (body.method === 'recovery-key') approvals.push(await assertPrintedKey(deps, userId, body, proven));
  else await countRequest(deps, 'guardians', body.account);
  const person = userId === null ? null : await findPerson(deps.master, userId);
  const notBefore = approvals.length > 0 ? new Date(nowMs + deps.recoveryDelayMs) : null;
  const row: RecoveryRequestRow = {
    ...waiting,
    userId: body.method === 'guardians' && person?.guardians == null ? null : userId,
    method: body.method,
    challengeId: proven.challengeId,
    approvals,
    threshold: body.method === 'guardians' ? (person?.guardians?.threshold ?? madeUpThreshold(deps, body.account)) : 1,
    notBefore,
    expiresAt: new Date(nowMs + deps.recoveryDelayMs + openMs),
    state: notBefore === null ? 'waiting' : 'pending',
  };
  await storeRecoveryRequest(deps.master, row);
  if (row.userId !== null) {
    const event = { chain: row.userId, event: 'recovery.asked', actor: 'guest', ref: row.requestId } as const;
    await appendAudit(deps.master, { ...event, meta: { method: row.method } }, row.createdAt);
  }
  return { ...toState(row, nowMs), head: null, vouchers: [] };
}

/** An account nobody has, or without guardians, answers like any other, and the same each time. */
const madeUpThreshold = ({ nonceKey }: AuthDeps, account: string): number =>
  1 + ((createHmac('sha256', nonceKey).update(account).digest()[0] ?? 0) % 3);

async function assertPrintedKey(
  deps: AuthDeps,
  userId: Awaited<ReturnType<typeof findByDid>>,
  { account, approval }: z.output<typeof RecoveryRequestBody>,
  { kid, challengeId }: ProvenChallenge,
): Promise<RecoveryApproval> {
  const claim = { account, kid, challengeId };
  if (userId !== null && approval !== undefined && (await isVouched(deps, userId, approval, claim, ['recovery'])))
    return approval;
  await countFailure(deps, account);
  throw new AppError('signature_invalid', 'The recovery key does not fit this account.');
}

/** @throws AppError `not_found` */
export async function describeRecovery(deps: AuthDeps, id: string): Promise<RecoveryState> {
  const nowMs = deps.clock();
  const row = await findRecoveryRequest(deps.master, id, new Date(nowMs));
  if (row === null) throw new AppError('not_found');
  const state = toState(row, nowMs);
  if (state.state !== 'ready' || row.userId === null) return { ...state, head: null, vouchers: [] };
  return { ...state, head: (await describeKeyLog(deps, row.userId)).head, vouchers: [...row.approvals] };
}

const toNotice = (row: RecoveryRequestRow): RecoveryNotice => ({
  id: row.requestId,
  account: row.account,
  method: row.method,
  did: row.did,
  kid: row.kid,
  challengeId: row.challengeId,
  createdAt: isoTime(row.createdAt.getTime()),
  notBefore: row.notBefore === null ? null : isoTime(row.notBefore.getTime()),
  approvals: row.approvals.length,
  threshold: row.threshold,
});

export async function describeRecoverySettings(deps: AuthDeps, principal: Principal): Promise<RecoverySettings> {
  const now = new Date(deps.clock());
  const [person, keys, pending] = await Promise.all([
    findPerson(deps.master, principal.userId),
    listLiveKeys(deps.master, principal.userId),
    listRecoveryRequests(deps.master, principal.userId, now),
  ]);
  const frozen = person?.frozenUntil ?? null;
  return {
    recoveryKid: keys.find(({ purpose }) => purpose === 'recovery')?.kid ?? null,
    guardians: person?.guardians ?? null,
    pending: pending.map(toNotice),
    frozenUntil: frozen === null || frozen <= now ? null : isoTime(frozen.getTime()),
  };
}

/** @throws AppError `not_found` */
export async function stopRecovery(deps: AuthDeps, { userId, sessionId }: Principal, id: string): Promise<void> {
  if (!(await vetoRecovery(deps.master, userId, id))) throw new AppError('not_found');
  const event = { chain: userId, event: 'recovery.vetoed', actor: sessionId, ref: id } as const;
  await appendAudit(deps.master, event, new Date(deps.clock()));
}

async function didsOf(deps: AuthDeps, { userId }: Principal): Promise<readonly string[]> {
  return (await findPerson(deps.master, userId))?.dids ?? [];
}

/** People this one is a guardian of, who ask to get back in. */
export async function describeGuardianRequests(deps: AuthDeps, principal: Principal): Promise<RecoveryNotice[]> {
  const dids = await didsOf(deps, principal);
  return (await listGuardianRequests(deps.master, dids, new Date(deps.clock()))).map(toNotice);
}

/** @throws AppError `not_found` where this person is not asked, `signature_invalid` */
export async function vouch(
  deps: AuthDeps,
  principal: Principal,
  id: string,
  approval: RecoveryApproval,
): Promise<void> {
  const now = new Date(deps.clock());
  const dids = await didsOf(deps, principal);
  const row = (await listGuardianRequests(deps.master, dids, now)).find(({ requestId }) => requestId === id);
  if (row === undefined || row.userId === null || !dids.includes(approval.did)) throw new AppError('not_found');
  // Under another name of theirs it would count for nothing in the end.
  const asked = (await findPerson(deps.master, row.userId))?.guardians?.dids ?? [];
  if (!asked.includes(approval.did)) throw new AppError('not_found');
  const signers = ['rotation', 'device-auth'];
  if (!(await isVouched(deps, principal.userId, approval, row, signers))) throw new AppError('signature_invalid');
  const notBefore = new Date(now.getTime() + deps.recoveryDelayMs);
  if (!(await addApproval(deps.master, { requestId: id, approval, notBefore }, now))) throw new AppError('not_found');
  const event = { chain: row.userId, event: 'recovery.vouched', actor: 'guest', ref: id } as const;
  await appendAudit(deps.master, event, now);
}

/**
 * Puts the new key in force once the wait is over. Open to guests: the entry is signed by the key that was waited for.
 *
 * @throws AppError `not_found`, `recovery_pending`, and the codes of {@link appendToKeyLog}
 */
export async function completeRecovery(deps: AuthDeps, id: string, entry: SignedEntry): Promise<void> {
  const now = new Date(deps.clock());
  const row = await findRecoveryRequest(deps.master, id, now);
  if (row === null || row.state === 'done' || row.state === 'vetoed') throw new AppError('not_found');
  const routing = row.userId === null ? null : await findRouting(deps.master.db, row.userId);
  if (row.userId === null || routing === null || toState(row, now.getTime()).state !== 'ready')
    throw new AppError('recovery_pending');
  assertAnswers(row, entry);
  await appendToKeyLog(deps, { userId: row.userId, routing, actor: 'guest' }, entry, {
    device: { deviceId: row.deviceId, platform: row.platform, nameCt: null, approvedBy: null },
    answers: { kind: 'recovery', requestId: id },
    vouches: vouchesOf(row),
    frozenUntil: new Date(now.getTime() + freezeHours * hour),
  });
}

/** Approvals were checked when they came in; only those count, and guardians only while they still are. */
const vouchesOf =
  (row: RecoveryRequestRow): Vouches =>
  (approval, state) => {
    const known = row.approvals.some(
      ({ kid, did, signature }) => kid === approval.kid && did === approval.did && signature === approval.signature,
    );
    if (!known) return null;
    if (row.method === 'recovery-key')
      return state.keys.get(approval.kid)?.purpose === 'recovery' ? 'recovery-key' : null;
    return state.guardians?.dids.includes(approval.did) === true ? 'guardian' : null;
  };

/** The entry lets in the keys that were asked for. */
function assertAnswers(row: RecoveryRequestRow, { payload }: SignedEntry): void {
  if (payload.op !== 'recover' || payload.requestId !== row.requestId || !bringsKeysOf(row, payload))
    throw new AppError('key_log_invalid', 'The entry must let in the keys of this request, and no others.');
}

/** Whose printed key signed a challenge of purpose `recovery`: what unlocks an account. @throws AppError `key_not_authorized` */
export async function proveRecoveryKey(deps: AuthDeps, proof: Parameters<typeof proveChallenge>[1]) {
  const { kid } = await proveChallenge(deps, proof, 'recovery');
  const userId = await findRecoveryOwner(deps.master, kid);
  if (userId === null) throw new AppError('key_not_authorized');
  return { userId, kid };
}
