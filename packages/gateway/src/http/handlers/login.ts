/** Coming in: a challenge, its signature, new tokens for old ones. */
import { AppError } from '@vivim/contract/errors';
import type { VerifyRequest } from '@vivim/contract/identity';
import { asksForStepUp, createChallenge } from '../../auth/challenge.ts';
import { authenticate } from '../../auth/gateway.ts';
import { verifyChallenge } from '../../auth/login.ts';
import type { AuthRequest } from '../../auth/origins.ts';
import { hasCredential } from '../../auth/sessions/credential.ts';
import { refreshSession } from '../../auth/sessions/issue-session.ts';
import { stepUp } from '../../auth/sessions/stepping-up.ts';
import type { HandlerDeps, Handlers } from '../call.ts';
import { grantAnswer } from './session-cookie.ts';

/** The session that asked goes on, under a signature of just now. */
async function freshen({ auth }: HandlerDeps, body: VerifyRequest, asked: AuthRequest): Promise<Response> {
  const principal = await authenticate(auth, asked);
  await stepUp(auth, principal, body);
  return Response.json({
    session_id: principal.sessionId,
    user_id: principal.userId,
    token_type: principal.kind === 'cookie' ? 'cookie' : 'DPoP',
    expires_in: Math.max(0, Math.floor((principal.expiresAt.getTime() - auth.clock()) / 1_000)),
  });
}

export const loginHandlers: Handlers<'createChallenge' | 'verifyChallenge' | 'refreshSession'> = {
  async createChallenge({ auth }, { body, asked }) {
    return createChallenge(auth, body, asked.address);
  },
  async verifyChallenge(deps, { body, asked }) {
    if (!(await asksForStepUp(deps.auth, body.challengeId)))
      return grantAnswer(await verifyChallenge(deps.auth, body, asked));
    if (!hasCredential(asked.headers)) throw new AppError('auth_required', 'Send the session that is to be freshened.');
    return freshen(deps, body, asked);
  },
  async refreshSession({ auth }, { body, asked }) {
    return refreshSession(auth, body.refresh_token, asked);
  },
};
