/** What a signed-in person may see and do about their own session and name. Takes a principal, never an id. */
import { type Clock, isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { Me } from '@vivim/contract/identity';
import type { Master } from '../master/db.ts';
import { findPerson } from '../master/identities.ts';
import { revokeByToken, revokeSession } from '../master/sessions.ts';
import { sha256 } from './digest.ts';
import type { Principal } from './gateway.ts';
import { looksLikeToken } from './secrets.ts';

export async function describeMe(deps: { readonly master: Master }, principal: Principal): Promise<Me> {
  const person = await findPerson(deps.master, principal.userId);
  // Only an account that was deleted since it was let in has no row.
  if (person === null) throw new AppError('session_revoked');
  return {
    userId: person.userId,
    dids: [...person.dids],
    createdAt: isoTime(person.createdAt.getTime()),
    session: {
      id: principal.sessionId,
      kind: principal.kind,
      scopes: [...principal.scopes],
      expiresAt: isoTime(principal.expiresAt.getTime()),
    },
  };
}

/** Ends the session the request came with; its token opens nothing from here on. */
export function signOut(deps: { readonly master: Master; readonly clock: Clock }, principal: Principal): Promise<void> {
  return revokeSession(deps.master, principal.sessionId, new Date(deps.clock()));
}

/** A token that stood in an address has been seen by others: its session ends. Says nothing about whether there was one. */
export async function revokeLeaked(
  deps: { readonly master: Master; readonly clock: Clock },
  token: string,
): Promise<void> {
  if (looksLikeToken(token)) await revokeByToken(deps.master, sha256(token), new Date(deps.clock()));
}
