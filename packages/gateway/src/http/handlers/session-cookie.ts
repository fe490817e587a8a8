/** The cookie of a page's session, and answers that set it. */
import type { SessionGrant } from '@vivim/contract/identity';
import { cookieName } from '../../auth/sessions/credential.ts';
import type { Login } from '../../auth/sessions/issue-session.ts';

const cookieOf = (token: string, maxAgeSeconds: number) =>
  `${cookieName}=${token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}`;

/** What a browser is told when its session ends. */
export const forgetCookie = { 'set-cookie': cookieOf('', 0) } as const;

export function grantAnswer({ grant, cookie }: Login): Response | SessionGrant {
  if (cookie === null) return grant;
  return Response.json(grant, { headers: { 'set-cookie': cookieOf(cookie.token, cookie.maxAgeSeconds) } });
}
