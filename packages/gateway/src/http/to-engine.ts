/** A request of somebody who is in, on its way to their space. It ends with their session, also in mid-answer. */
import { AppError } from '@vivim/contract/errors';
import type { Principal } from '../auth/gateway.ts';
import type { OpenRequests } from '../auth/sessions/open-requests.ts';
import type { Ask } from './ask.ts';

/** @throws AppError `engine_unavailable` for a space that is not to be touched now */
function assertReady({ routing }: Principal): void {
  if (routing.state === 'ready') return;
  const creating = routing.state === 'creating';
  throw new AppError(
    'engine_unavailable',
    creating ? 'Your space is not made yet; sign in again to have it made.' : undefined,
  );
}

export interface Exchange {
  readonly principal: Principal;
  /**
   * An upload alone may outlast the session's time, because a large file over a slow line takes longer than the token of
   * a program lives.
   */
  readonly outlives: boolean;
  /** Sends it, until `ended`. */
  readonly pass: (ended: AbortSignal) => Promise<Response>;
}

/** Over at the latest when the session is. @throws AppError `engine_unavailable`, `session_revoked`, `session_expired` */
export async function toEngine(open: OpenRequests, c: Ask, { principal, outlives, pass }: Exchange): Promise<Response> {
  assertReady(principal);
  const request = open.add(principal, outlives);
  const outgoing = c.env?.outgoing;
  outgoing?.once('close', request.close);
  const ended = new AbortController();
  request.signal.addEventListener('abort', () => {
    // An answer under way is cut as if its reader had left, which the engine learns of the same way.
    if (outgoing?.headersSent) outgoing.destroy();
    else ended.abort(request.signal.reason);
  });
  try {
    return await pass(ended.signal);
  } catch (error) {
    throw request.signal.aborted ? request.signal.reason : error;
  } finally {
    // Without a connection nothing tells when the answer has been read.
    if (outgoing === undefined) request.close();
  }
}
