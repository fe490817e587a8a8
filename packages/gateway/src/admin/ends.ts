/** What is kept of a space, and how it ends: backups, erasure, and the check of the books that say what was done. */
import { AppError } from '@vivim/contract/errors';
import { verifyAudit } from '../lifecycle/audit-verifier.ts';
import { toErasure } from '../lifecycle/to-erasure.ts';
import { appendAudit } from '../master/audit.ts';
import { markForErasure } from '../master/erasures.ts';
import { receiptOf } from '../master/receipt.ts';
import { theAccount } from './accounts.ts';
import type { AdminHandlers } from './deps.ts';
import { note } from './note.ts';

export const endHandlers: AdminHandlers<'backUpUser' | 'eraseUser' | 'verifyAudit'> = {
  async backUpUser(deps, { userId }) {
    const { routing, status } = await theAccount(deps, userId);
    if (status === 'deleting')
      throw new AppError('account_deleting', 'The account is about to be erased; nothing is kept.');
    if (routing.state !== 'ready') throw new AppError('engine_unavailable', 'The space is not made yet.');
    const manifest = await deps.fleet.backUp(routing);
    // Its engine ran for the copy alone; whatever else it found to do waits.
    if (status === 'locked') await deps.fleet.stop(routing);
    await note(deps, 'admin.backed_up', userId, { bytes: manifest.bytes });
    return manifest;
  },

  async eraseUser({ master, eraser, ledger, clock, ...deps }, { userId, body }) {
    const { routing } = await theAccount({ master, eraser, ledger, clock, ...deps }, userId);
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
