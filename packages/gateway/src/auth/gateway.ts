/**
 * Who is asking? The only maker of a {@link Principal}: proof that a request acts for an identity.
 * A DID, a user id or a header is a name and proves nothing; only a live token this server gave out does.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { Scope } from '@vivim/contract/identity';
import type { StorageId, UserId } from '@vivim/contract/ids';
import type { Master } from '../master/db.ts';
import type { RoutingRow } from '../master/routing.ts';
import { type FoundSession, findSession } from '../master/sessions.ts';
import { type Credential, readCredential } from './credential.ts';
import { sha256 } from './digest.ts';
import { verifyDpop } from './dpop.ts';
import { sessionLimits } from './login.ts';
import { type AuthRequest, assertOwnPage, type Origins } from './origins.ts';

/** Hides its state: outside this file none can be made, and an object of the same shape is not one. */
class Principal {
  readonly #session: FoundSession;

  constructor(session: FoundSession) {
    this.#session = session;
  }

  get userId(): UserId {
    return this.#session.routing.userId;
  }

  get storageId(): StorageId {
    return this.#session.routing.storageId;
  }

  get sessionId(): string {
    return this.#session.sessionId;
  }

  get kind(): 'cookie' | 'dpop' {
    return this.#session.kind;
  }

  get scopes(): readonly Scope[] {
    return this.#session.scopes;
  }

  get expiresAt(): Date {
    return this.#session.expiresAt;
  }

  /** Where this person's space lives, read in the same query that proved who they are. */
  get routing(): RoutingRow {
    return this.#session.routing;
  }
}

export type { Principal };

export interface GatewayDeps {
  readonly master: Master;
  readonly clock: Clock;
  readonly origins: Origins;
}

/** Checks all of a credential that can be checked before asking master. */
function readProof(deps: GatewayDeps, credential: Credential, request: AuthRequest) {
  if (credential.kind === 'cookie') assertOwnPage(request, deps.origins, true);
  if (credential.kind !== 'dpop') return null;
  const url = deps.origins.resource(request);
  return verifyDpop(credential.proof, {
    method: request.method,
    url,
    accessToken: credential.token,
    nowMs: deps.clock(),
  });
}

/** @throws AppError naming why a token that exists does not open anything */
function assertUsable(session: FoundSession, credential: Credential, jkt: string | null, now: Date): void {
  if (credential.kind === 'bearer') {
    throw session.kind === 'dpop' ? new AppError('dpop_required') : new AppError('token_invalid');
  }
  if (session.kind !== credential.kind) throw new AppError('token_invalid');
  if (session.kind === 'dpop') {
    if (jkt !== session.jkt) throw new AppError('dpop_key_mismatch');
    if (!session.freshProof) throw new AppError('dpop_replay');
  }
  if (session.revoked) throw new AppError('session_revoked');
  if (session.expiresAt <= now) throw new AppError('session_expired');
}

/**
 * The person a request acts for. One query of master, whatever the transport.
 *
 * @throws AppError `auth_required`, `token_invalid`, `session_expired`, `session_revoked`, `csrf_rejected`, a `dpop_…` code
 */
export async function authenticate(deps: GatewayDeps, request: AuthRequest): Promise<Principal> {
  const credential = readCredential(request.headers);
  const proof = readProof(deps, credential, request);
  const now = new Date(deps.clock());
  const query = { tokenHash: sha256(credential.token), proof, idleMs: sessionLimits.cookie.idleMs };
  const session = await findSession(deps.master, query, now);
  if (session === null) throw new AppError('token_invalid');
  assertUsable(session, credential, proof?.jkt ?? null, now);
  return new Principal(session);
}
