/** What operators of the server are shown. Who they are was settled at the door. */
import type { Handlers } from '../call.ts';
import { healthOf } from './health.ts';

export const operatorHandlers: Handlers<'getOperatorOverview' | 'listOperatorAccounts' | 'stopEngine'> = {
  getOperatorOverview: async (deps) => deps.operator.overview(await healthOf(deps)),
  listOperatorAccounts: ({ operator }, { query }) => operator.accounts(query),
  stopEngine: ({ operator }, { principal, params }) => operator.stopEngine(params.id, principal),
};
