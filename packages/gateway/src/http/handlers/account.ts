/** The account: who, what happened, locking it, having it erased. */
import { AppError } from '@vivim/contract/errors';
import {
  askForDeletion,
  cancelDeletion,
  describeEvents,
  describeMe,
  lockAccount,
  unlockAccount,
} from '../../auth/account/account.ts';
import { describeUsage } from '../../auth/account/usage.ts';
import type { Handlers } from '../call.ts';
import { forgetCookie } from './session-cookie.ts';

export const accountHandlers: Handlers<
  | 'getMe'
  | 'getUsage'
  | 'getSpaceBackups'
  | 'listAccountEvents'
  | 'streamAccountEvents'
  | 'lockAccount'
  | 'unlockAccount'
  | 'deleteAccount'
  | 'cancelDeletion'
  | 'getErasure'
> = {
  async getMe({ auth, operator }, { principal }) {
    const [me, isOperator] = await Promise.all([
      describeMe(auth, principal),
      // Nobody who was let in learns it: an application is not told whose server it is on.
      principal.scopes.includes('account:manage') ? operator.isOperator(principal.userId) : false,
    ]);
    return { ...me, operator: isOperator };
  },
  getUsage: async ({ auth, fleet }, { principal, query }) => ({
    disk: { bytes: await fleet.disk(principal.routing), quotaBytes: principal.routing.quotaBytes },
    days: await describeUsage(auth, principal, query),
  }),
  getSpaceBackups: ({ backupsOf }, { principal }) => backupsOf(principal.storageId),
  listAccountEvents: ({ auth }, { principal, query }) => describeEvents(auth, principal, query),
  streamAccountEvents: ({ streams, open }, { principal }) =>
    new Response(streams.open(open.add(principal), principal.userId), {
      headers: { 'content-type': 'text/event-stream' },
    }),
  async lockAccount({ auth }, { principal }) {
    await lockAccount(auth, principal);
    return new Response(null, { status: 204, headers: principal.kind === 'cookie' ? forgetCookie : {} });
  },
  async unlockAccount({ auth }, { body }) {
    await unlockAccount(auth, body.proof);
    return undefined;
  },
  deleteAccount: ({ auth }, { principal }) => askForDeletion(auth, principal),
  async cancelDeletion({ auth }, { principal }) {
    await cancelDeletion(auth, principal);
    return undefined;
  },
  getErasure({ auth }, { params }) {
    const erasure = auth.findErasure(params.receipt);
    if (erasure === null) throw new AppError('not_found');
    return erasure;
  },
};
