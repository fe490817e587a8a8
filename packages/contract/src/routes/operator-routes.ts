/**
 * What operators of the server see of it, and the one harmless thing they do from a browser. Locking, erasing, restoring, quotas
 * and keys stay on the host.
 */
import { z } from 'zod';
import { AdminUser } from '../admin.ts';
import { UserId } from '../ids.ts';
import { OperatorOverview } from '../operator.ts';
import { page } from '../page.ts';
import { one, operating, type Route } from './route.ts';

export const operatorRoutes = {
  getOperatorOverview: {
    ...operating,
    path: '/v1/operator/overview',
    summary: 'How the server does: health, versions, accounts, engines, jobs, disk, schemas, backups',
    answer: OperatorOverview,
  },
  listOperatorAccounts: {
    ...operating,
    path: '/v1/operator/accounts',
    summary: 'Accounts by their ids: state, size, sessions, engine; no names and no content',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: UserId.optional(),
    }),
    answer: page(AdminUser),
  },
  stopEngine: {
    ...operating,
    method: 'POST',
    path: '/v1/operator/accounts/{id}/engine/stop',
    summary: 'Stop the engine of an account unless it is in use; the next request starts it again',
    params: one(UserId),
    answer: AdminUser,
    errors: ['not_found', 'space_busy'],
  },
} as const satisfies Record<string, Route>;
