/**
 * The door to the routes of operators. Whoever is none, for whatever reason, is answered as by a route that is not there: a guest,
 * a token, a page of elsewhere, somebody signed in. What an operator lacks, a fresh signature or the end of a frozen time, they are told.
 */
import { AppError } from '@vivim/contract/errors';
import type { Route } from '@vivim/contract/routes';
import type { Principal } from '../auth/gateway.ts';
import type { AuthRequest } from '../auth/origins.ts';
import type { HandlerDeps } from './call.ts';
import { admit, assertReady, guardApi } from './guard.ts';

type GateDeps = Pick<HandlerDeps, 'auth' | 'operator'>;

/** @throws AppError */
async function whoComes({ auth }: GateDeps, asked: AuthRequest): Promise<Principal> {
  await guardApi(auth, asked, true);
  const owner = { owner: 'gateway', scope: 'account:manage', stepUp: false, freezes: false } as const;
  return admit(auth, asked, owner);
}

/** @throws AppError `not_found`; to operators `recovery_frozen`, `stepup_required` */
export async function admitOperator(deps: GateDeps, asked: AuthRequest, route: Route): Promise<Principal> {
  const comer = await whoComes(deps, asked).catch((error: unknown) => {
    throw error instanceof AppError ? new AppError('not_found') : error;
  });
  if (!(await deps.operator.isOperator(comer.userId))) throw new AppError('not_found');
  assertReady(comer, route, deps.auth.clock());
  await deps.operator.noteLook(comer);
  return comer;
}
