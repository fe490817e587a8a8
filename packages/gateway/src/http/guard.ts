/** What a request to the API must be before its route looks at it: from no foreign page, without a token in its address. */
import { AppError } from '@vivim/contract/errors';
import type { Route } from '@vivim/contract/routes';
import { revokeLeaked } from '../auth/account.ts';
import { readCookie } from '../auth/credential.ts';
import { authenticate, type Principal } from '../auth/gateway.ts';
import type { LoginDeps } from '../auth/login.ts';
import { assertOwnPage } from '../auth/origins.ts';
import { assertNoIdentityClaim, tokenInQuery } from './claims.ts';

/** @throws AppError `host_not_allowed`, `token_in_query` */
export async function guardApi(auth: LoginDeps, request: Request): Promise<void> {
  const leaked = tokenInQuery(new URL(request.url).searchParams);
  if (leaked !== null) {
    await revokeLeaked(auth, leaked);
    throw new AppError('token_in_query');
  }
  if (readCookie(request.headers) === null) assertOwnPage(request, auth.origins, false);
}

/**
 * Lets in whoever may use a route.
 *
 * @throws AppError of {@link authenticate}, `user_id_not_allowed`, `insufficient_scope`
 */
export async function admit(auth: LoginDeps, request: Request, scope: NonNullable<Route['scope']>): Promise<Principal> {
  const principal = await authenticate(auth, request);
  assertNoIdentityClaim(request.headers, new URL(request.url).searchParams);
  if (!principal.scopes.includes(scope)) {
    throw new AppError('insufficient_scope', `This needs the scope ${scope}.`);
  }
  return principal;
}
