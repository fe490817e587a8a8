/** What a signed-in person sees and decides about their account. Takes a principal, never an id. */
import { type AccountEvent, type Deletion, erasedParts, keptParts, type Me } from '@vivim/contract/account';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { SignedChallenge } from '@vivim/contract/identity';
import type { Page } from '@vivim/contract/page';
import { type AuditRow, appendAudit, readAudit } from '../../master/audit.ts';
import { findPerson, lockWithKey, moveStatus, type Person, unlock } from '../../master/identities.ts';
import { receiptOf } from '../../master/receipt.ts';
import { endAllSessions } from '../../master/session-ending.ts';
import type { AuthDeps } from '../deps.ts';
import type { Principal } from '../gateway.ts';
import { proveRecoveryKey } from './recovery.ts';

const timeOrNull = (date: Date | null): string | null => (date === null ? null : isoTime(date.getTime()));

/** Two ways back in of any kind, one of which does not lie on the same device. */
function accessOf({ keys, guardians }: Person): Me['access'] {
  const devices = (keys.rotation ?? 0) + (keys['device-auth'] ?? 0);
  const passkeys = keys.passkey ?? 0;
  const recoveryKey = (keys.recovery ?? 0) > 0;
  return {
    devices,
    passkeys,
    recoveryKey,
    guardians: guardians !== null,
    safe: devices + passkeys > 1 || recoveryKey || guardians !== null,
  };
}

export async function describeMe(deps: AuthDeps, principal: Principal): Promise<Omit<Me, 'operator'>> {
  const person = await findPerson(deps.master, principal.userId);
  // Only an account that was deleted since it was let in has no row.
  if (person === null) throw new AppError('session_revoked');
  const frozen = person.frozenUntil;
  return {
    userId: person.userId,
    dids: [...person.dids],
    createdAt: isoTime(person.createdAt.getTime()),
    status: person.status,
    frozenUntil: frozen === null || frozen.getTime() <= deps.clock() ? null : isoTime(frozen.getTime()),
    eraseAt: timeOrNull(person.eraseAt),
    access: accessOf(person),
    session: {
      id: principal.sessionId,
      kind: principal.kind,
      deviceId: principal.deviceId,
      scopes: [...principal.scopes],
      authenticatedAt: isoTime(principal.authTime.getTime()),
      expiresAt: isoTime(principal.expiresAt.getTime()),
    },
  };
}

export const toAccountEvent = (row: AuditRow): AccountEvent => ({ ...row, at: isoTime(row.at.getTime()) });

/** @throws AppError `cursor_invalid` */
export async function describeEvents(
  deps: AuthDeps,
  { userId }: Principal,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<AccountEvent>> {
  const before = cursor === undefined ? null : Number(cursor);
  if (before !== null && !(Number.isSafeInteger(before) && before > 0)) throw new AppError('cursor_invalid');
  const rows = await readAudit(deps.master, userId, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toAccountEvent),
    nextCursor: rows.length > limit && last !== undefined ? String(last.seq) : null,
  };
}

/** Ends everything and lets nobody in. @throws AppError `last_key` where there is no recovery key to unlock it with */
export async function lockAccount(deps: AuthDeps, { userId, storageId, sessionId }: Principal): Promise<void> {
  if (!(await lockWithKey(deps.master, userId)))
    throw new AppError('last_key', 'Make a recovery key first: it is what unlocks the account again.');
  await endAllSessions(deps.master, { userId, except: null });
  await appendAudit(deps.master, { chain: userId, event: 'account.locked', actor: sessionId }, new Date(deps.clock()));
  await deps.closeSpace(storageId);
}

/** @throws AppError `challenge_unknown`, `signature_invalid`, `key_not_authorized`, `account_locked` for a lock of the operator's */
export async function unlockAccount(deps: AuthDeps, proof: SignedChallenge): Promise<void> {
  const { userId, kid } = await proveRecoveryKey(deps, proof);
  if (!(await unlock(deps.master, userId, 'owner'))) {
    const person = await findPerson(deps.master, userId);
    if (person?.status !== 'locked') return;
    throw new AppError('account_locked', 'The operator locked this account, and alone unlocks it.');
  }
  await appendAudit(deps.master, { chain: userId, event: 'account.unlocked', actor: kid }, new Date(deps.clock()));
}

/** Erasure waits for the time of grace; until then its owner can still sign in, and only to keep the account. */
export async function askForDeletion(deps: AuthDeps, principal: Principal): Promise<Deletion> {
  const { userId, storageId, sessionId } = principal;
  const now = new Date(deps.clock());
  const eraseAt = new Date(now.getTime() + deps.deletionGraceMs);
  const moved = await moveStatus(deps.master, { userId, from: ['active'], to: 'deleting', eraseAt });
  if (moved) {
    await endAllSessions(deps.master, { userId, except: sessionId });
    await appendAudit(deps.master, { chain: userId, event: 'account.deletion_asked', actor: sessionId }, now);
    await deps.closeSpace(storageId);
  }
  const person = await findPerson(deps.master, userId);
  return {
    eraseAt: isoTime((person?.eraseAt ?? eraseAt).getTime()),
    receipt: receiptOf(storageId),
    erases: [...erasedParts],
    keeps: [...keptParts],
  };
}

/** @throws AppError `account_deleting` when its time was over and the erasure has begun */
export async function cancelDeletion(deps: AuthDeps, { userId, sessionId }: Principal): Promise<void> {
  if (!(await moveStatus(deps.master, { userId, from: ['deleting'], to: 'active', eraseAt: null }))) {
    if ((await findPerson(deps.master, userId))?.status !== 'deleting') return;
    throw new AppError('account_deleting', 'The time of grace is over and the erasure has begun.');
  }
  const event = { chain: userId, event: 'account.deletion_cancelled', actor: sessionId } as const;
  await appendAudit(deps.master, event, new Date(deps.clock()));
}

/** Noted before the first byte leaves, because a copy that was taken cannot be taken back. */
export async function noteExport(deps: AuthDeps, { userId, sessionId }: Principal): Promise<void> {
  await appendAudit(
    deps.master,
    { chain: userId, event: 'account.exported', actor: sessionId },
    new Date(deps.clock()),
  );
}
