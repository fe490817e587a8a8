/** How an account ends, and the check of the books that say what was done. */
import { AppError } from '@vivim/contract/errors';
import { verifyAudit } from '../lifecycle/audit-verifier.ts';
import { toErasure } from '../lifecycle/to-erasure.ts';
import { appendAudit } from '../master/audit.ts';
import { markForErasure } from '../master/erasures.ts';
import { receiptOf } from '../master/receipt.ts';
import { theAccount } from './accounts.ts';
import type { AdminHandlers } from './deps.ts';

export const endHandlers: AdminHandlers<'eraseUser' | 'verifyAudit'> = {
  async eraseUser({ master, eraser, ledger, clock }, { userId, body }) {
    const { routing } = await theAccount({ master, clock }, userId);
    if (body.confirm !== userId)
      throw new AppError('request_invalid', 'Confirm with the id of the account that is to be erased.', {
        field: 'confirm',
      });
    await markForErasure(master, userId, new Date(clock()));
    await eraser.pass();
    const line = ledger.find(receiptOf(routing.storageId));
    if (line === null) throw new AppError('internal', 'The erasure has begun and is not done.');
    return toErasure(line);
  },

  async verifyAudit(deps) {
    const report = await verifyAudit(deps);
    const meta = { state: report.clean ? 'clean' : 'broken' };
    const event = { chain: 'operator', event: 'audit.verified', actor: 'operator', meta } as const;
    await appendAudit(deps.master, event, new Date(deps.clock()));
    return report;
  },
};
