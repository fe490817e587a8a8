/**
 * Who is asking? The only maker of a {@link Principal}: proof that a request acts for an identity.
 * A DID, a user id or a header is a name and proves nothing; only a live token this server gave out does.
 */
import type { AccountStatus } from '@vivim/contract/account';
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { Scope, SessionKind } from '@vivim/contract/identity';
import type { StorageId, UserId } from '@vivim/contract/ids';
import type { Master } from '../master/db.ts';
import type { RoutingRow } from '../master/routing.ts';
import { type FoundSession, findSession } from '../master/sessions.ts';
import { inNetwork, networkOf } from './addresses.ts';
import { sha256 } from './digest.ts';
import { type AuthRequest, assertOwnPage, type Origins } from './origins.ts';
import { type Credential, readCredential } from './sessions/credential.ts';
import { verifyDpop } from './sessions/dpop.ts';
import { apiAudience } from './sessions/issue-session.ts';
import { idleMs } from './sessions/session-limits.ts';

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

  get kind(): SessionKind {
    return this.#session.kind;
  }

  /** The key the session is bound to; null for a cookie and for bearers. */
  get jkt(): string | null {
    return this.#session.kind === 'cookie' ? null : this.#session.jkt;
  }

  get deviceId(): string | null {
    return this.#session.deviceId;
  }

  get scopes(): readonly Scope[] {
    return this.#session.scopes;
  }

  /** What the application calls itself that its owner let in; null for a person's own session. */
  get application(): string | null {
    return this.#session.application;
  }

  /** When a key was last asked to sign for this session. */
  get authTime(): Date {
    return this.#session.authTime;
  }

  get expiresAt(): Date {
    return this.#session.expiresAt;
  }

  get status(): AccountStatus {
    return this.#session.status;
  }

  get frozenUntil(): Date | null {
    return this.#session.frozenUntil;
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

/** A cookie opens a cookie's session, a proof one that is bound to its key, a bearer one that is bound to nothing. */
function assertBinding(session: FoundSession, credential: Credential, jkt: string | null): void {
  if (credential.kind === 'cookie') {
    if (session.kind !== 'cookie') throw new AppError('token_invalid');
    return;
  }
  if (session.kind === 'cookie') throw new AppError('token_invalid');
  if (session.jkt === null) {
    if (credential.kind !== 'bearer') throw new AppError('token_invalid', 'This token is a bearer; send it as one.');
    return;
  }
  if (credential.kind === 'bearer') throw new AppError('dpop_required');
  if (jkt !== session.jkt) throw new AppError('dpop_key_mismatch');
  if (!session.freshProof) throw new AppError('dpop_replay');
}

/** @throws AppError naming why a token that exists does not open anything */
function assertUsable(session: FoundSession, { door, address }: Asked, now: Date): void {
  if (session.audience !== door.audience && !door.own?.includes(session.kind))
    throw new AppError('token_invalid', 'The token is for another part of this server.');
  if (session.revoked) throw new AppError('session_revoked');
  if (session.expiresAt <= now) throw new AppError('session_expired');
  if (session.network !== null && !inNetwork(address, session.network))
    throw new AppError('token_invalid', 'The token does not work from this network.');
}

/** A part of the server, and who may ask it. */
export interface Door {
  /** A token for another part opens nothing here (RFC 8707). */
  readonly audience: string;
  /** Kinds of sessions its owner made for themselves, which are for all parts of the server, that come in here too. */
  readonly own?: readonly SessionKind[];
}

const apiDoor: Door = { audience: apiAudience };

interface Asked {
  readonly door: Door;
  readonly address: string;
}

/**
 * The person a request acts for. One query of master, whatever the transport.
 *
 * @param door the part of the server that is asked
 * @throws AppError `auth_required`, `token_invalid`, `session_expired`, `session_revoked`, `csrf_rejected`, a `dpop_…` code
 */
export async function authenticate(deps: GatewayDeps, request: AuthRequest, door: Door = apiDoor): Promise<Principal> {
  const credential = readCredential(request.headers);
  const proof = readProof(deps, credential, request);
  const now = new Date(deps.clock());
  const query = { tokenHash: sha256(credential.token), proof, idleMs, network: networkOf(request.address) };
  const session = await findSession(deps.master, query, now);
  if (session === null) throw new AppError('token_invalid');
  assertBinding(session, credential, proof?.jkt ?? null);
  assertUsable(session, { door, address: request.address }, now);
  return new Principal(session);
}
