/** What a request to the API must be before its route looks at it: from no foreign page, without a token in its address. */
import { AppError } from '@vivim/contract/errors';
import type { Route } from '@vivim/contract/routes';
import type { AuthDeps } from '../auth/deps.ts';
import { authenticate, type Principal } from '../auth/gateway.ts';
import { type AuthRequest, assertOwnPage } from '../auth/origins.ts';
import { readCookie } from '../auth/sessions/credential.ts';
import { endLeaked } from '../auth/sessions/sessions.ts';
import { assertFresh } from '../auth/sessions/stepping-up.ts';
import { assertNoIdentityClaim, tokenInQuery } from './claims.ts';

/**
 * @param byCookie whether a cookie opens this door: a foreign page that brings one is then refused for that
 * @throws AppError `host_not_allowed`, `token_in_query`
 */
export async function guardApi(auth: AuthDeps, request: AuthRequest, byCookie = false): Promise<void> {
  const leaked = tokenInQuery(new URL(request.url).searchParams);
  if (leaked !== null) {
    await endLeaked(auth, leaked);
    throw new AppError('token_in_query');
  }
  // A cookie beside a token proves nothing, and lets no foreign page in.
  const shown = readCookie(request.headers) !== null && !request.headers.has('authorization');
  if (!byCookie || !shown) assertOwnPage(request, auth.origins, false);
}

/** What a route asks of whoever comes to it. */
type Demands = Pick<Route, 'owner' | 'stepUp' | 'freezes'> & { readonly scope: NonNullable<Route['scope']> };

/**
 * Lets in whoever may use a route.
 *
 * @throws AppError of {@link authenticate}, `user_id_not_allowed`, `insufficient_scope`, `account_deleting`, `recovery_frozen`,
 *   `stepup_required`
 */
export async function admit(auth: AuthDeps, request: AuthRequest, route: Demands): Promise<Principal> {
  const principal = await authenticate(auth, request);
  assertNoIdentityClaim(request.headers, new URL(request.url).searchParams);
  if (!principal.scopes.includes(route.scope)) {
    throw new AppError('insufficient_scope', `This needs the scope ${route.scope}.`);
  }
  // What a person would need to leave or to come back to a space stays open; the space itself does not.
  if (route.owner === 'engine' && principal.status === 'deleting') throw new AppError('account_deleting');
  assertReady(principal, route, auth.clock());
  return principal;
}

/** @throws AppError `recovery_frozen`, `stepup_required` */
export function assertReady(
  principal: Principal,
  { freezes, stepUp }: Pick<Route, 'stepUp' | 'freezes'>,
  nowMs: number,
): void {
  if (freezes && principal.frozenUntil !== null && principal.frozenUntil.getTime() > nowMs)
    throw new AppError('recovery_frozen');
  if (stepUp) assertFresh(principal, nowMs);
}
