/** What a new session is bound to: a key the client proves with DPoP, or the cookie of a page of this server. */
import { AppError } from '@vivim/contract/errors';
import type { Master } from '../../master/db.ts';
import { useProofOnce } from '../../master/replay.ts';
import type { AuthDeps } from '../deps.ts';
import { type AuthRequest, assertOwnPage } from '../origins.ts';
import { type DpopProof, verifyDpop } from './dpop.ts';

/** A proof, or null for a page of this server. @throws AppError `dpop_…`, `csrf_rejected` */
export function readBinding(deps: AuthDeps, request: AuthRequest): DpopProof | null {
  const proof = request.headers.get('dpop');
  const url = deps.origins.resource(request);
  if (proof !== null) return verifyDpop(proof, { method: request.method, url, accessToken: null, nowMs: deps.clock() });
  if (request.headers.get('origin') === null) {
    throw new AppError('dpop_required', 'Send a DPoP proof, or sign in from a page of this server.');
  }
  assertOwnPage(request, deps.origins, true);
  return null;
}

/** @param jkt the key that was asked for @throws AppError `dpop_key_mismatch`, `dpop_replay` */
export async function assertProven(master: Master, proof: DpopProof, jkt: string): Promise<void> {
  if (proof.jkt !== jkt)
    throw new AppError('dpop_key_mismatch', 'The challenge was asked for with another session key.');
  if (!(await useProofOnce(master, proof))) throw new AppError('dpop_replay');
}
