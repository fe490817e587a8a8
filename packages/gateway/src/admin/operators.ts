/** Who may look at the server in a browser: named here, on the host, and nowhere else. */
import type { OperatorIdentity, OperatorName } from '@vivim/contract/admin';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { findByDid } from '../master/identities.ts';
import { addOperator, listOperators, type OperatorRow, removeOperator } from '../master/operators.ts';
import { theAccount } from './accounts.ts';
import type { AdminDeps, AdminHandlers } from './deps.ts';
import { note } from './note.ts';

const toIdentity = ({ userId, addedAt }: OperatorRow): OperatorIdentity => ({
  userId,
  addedAt: isoTime(addedAt.getTime()),
});

/** @throws AppError `not_found` */
async function resolve(deps: AdminDeps, name: OperatorName) {
  const userId = 'userId' in name ? name.userId : await findByDid(deps.master, name.did, null);
  if (userId === null) throw new AppError('not_found');
  return (await theAccount(deps, userId)).routing.userId;
}

async function theOperator(deps: AdminDeps, name: OperatorName): Promise<OperatorRow | null> {
  const userId = await resolve(deps, name);
  return (await listOperators(deps.master)).find((each) => each.userId === userId) ?? null;
}

export const operatorHandlers: AdminHandlers<'listOperators' | 'addOperator' | 'removeOperator'> = {
  async listOperators({ master }) {
    return { items: (await listOperators(master)).map(toIdentity) };
  },

  async addOperator(deps, { body }) {
    const userId = await resolve(deps, body);
    if (await addOperator(deps.master, userId, new Date(deps.clock()))) await note(deps, 'operator.added', userId);
    const added = await theOperator(deps, { userId });
    if (added === null) throw new AppError('not_found');
    return toIdentity(added);
  },

  async removeOperator(deps, { body }) {
    const found = await theOperator(deps, body);
    if (found === null) throw new AppError('not_found');
    if (await removeOperator(deps.master, found.userId)) await note(deps, 'operator.removed', found.userId);
    return toIdentity(found);
  },
};
