/** Sessions and tokens of one's own. */
import { describeSessions, endAll, endOne } from '../../auth/sessions/sessions.ts';
import { createToken } from '../../auth/sessions/tokens.ts';
import type { Handlers } from '../call.ts';
import { forgetCookie } from './session-cookie.ts';

export const sessionHandlers: Handlers<
  'listSessions' | 'endSession' | 'revokeSession' | 'endAllSessions' | 'createToken'
> = {
  async listSessions({ auth }, { principal }) {
    return { items: await describeSessions(auth, principal) };
  },
  async endSession({ auth }, { principal }) {
    await endOne(auth, principal, principal.sessionId);
    return new Response(null, { status: 204, headers: principal.kind === 'cookie' ? forgetCookie : {} });
  },
  async revokeSession({ auth }, { principal, params }) {
    await endOne(auth, principal, params.id);
    return undefined;
  },
  async endAllSessions({ auth }, { principal, query }) {
    const keep = query.keepCurrent === true;
    await endAll(auth, principal, keep);
    return new Response(null, { status: 204, headers: principal.kind === 'cookie' && !keep ? forgetCookie : {} });
  },
  createToken: ({ auth }, { principal, body }) => createToken(auth, principal, body),
};
