/** A person's sessions: listing them, ending one, ending all. Ends are in force everywhere within a second. */
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { Scope } from '@vivim/contract/identity';
import type { SessionInfo } from '@vivim/contract/sessions';
import { z } from 'zod';
import { appendAudit } from '../../master/audit.ts';
import { endAllSessions, endByToken, endSession, listSessions } from '../../master/session-ending.ts';
import type { AuthDeps } from '../deps.ts';
import { sha256 } from '../digest.ts';
import type { Principal } from '../gateway.ts';
import { looksLikeToken } from './secrets.ts';

const Scopes = z.array(Scope);

export async function describeSessions(deps: AuthDeps, principal: Principal): Promise<SessionInfo[]> {
  const rows = await listSessions(deps.master, principal.userId, new Date(deps.clock()));
  return rows.map((row) => ({
    id: row.sessionId,
    kind: row.kind,
    scopes: Scopes.parse(row.scope.split(' ')),
    deviceId: row.deviceId,
    platform: row.platform,
    clientId: row.clientId,
    clientName: row.clientName,
    nameCt: row.nameCt,
    createdAt: isoTime(row.createdAt.getTime()),
    lastSeenAt: isoTime(row.lastSeenAt.getTime()),
    expiresAt: isoTime(row.expiresAt.getTime()),
    current: row.sessionId === principal.sessionId,
  }));
}

/** Ends a session of this person's, its own included. @throws AppError `not_found` */
export async function endOne(
  deps: AuthDeps,
  { userId, sessionId: actor }: Principal,
  sessionId: string,
): Promise<void> {
  const now = new Date(deps.clock());
  if (!(await endSession(deps.master, { userId, sessionId, reason: 'ended' }, now))) throw new AppError('not_found');
  await appendAudit(deps.master, { chain: userId, event: 'session.ended', actor, ref: sessionId }, now);
}

export async function endAll(deps: AuthDeps, { userId, sessionId }: Principal, keepCurrent: boolean): Promise<void> {
  await endAllSessions(deps.master, { userId, except: keepCurrent ? sessionId : null });
  const event = { chain: userId, event: 'session.all_ended', actor: sessionId } as const;
  await appendAudit(deps.master, event, new Date(deps.clock()));
}

/** A token that stood in an address has been seen by others: its session ends. Says nothing about whether there was one. */
export async function endLeaked(deps: AuthDeps, token: string): Promise<void> {
  if (!looksLikeToken(token)) return;
  const now = new Date(deps.clock());
  const userId = await endByToken(deps.master, sha256(token), now);
  if (userId !== null) await appendAudit(deps.master, { chain: userId, event: 'token.leaked', actor: 'guest' }, now);
}
