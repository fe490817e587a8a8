/** The operator's word on backups: run, look, verify, put one person back. What they ask for by hand is written down. */
import { AppError } from '@vivim/contract/errors';
import { theAccount } from './accounts.ts';
import type { AdminHandlers } from './deps.ts';
import { note } from './note.ts';

export const backupHandlers: AdminHandlers<
  'listBackups' | 'listCopies' | 'runBackup' | 'verifyBackups' | 'restoreUser'
> = {
  listBackups: ({ backups }) => backups.overview(),

  async listCopies(deps, { userId }) {
    const { routing } = await theAccount(deps, userId);
    return { items: await deps.backups.copies(routing.storageId) };
  },

  runBackup: (deps, { body: { userId } }) =>
    deps.backups.run(userId ?? null, (copied, { bytes }) => note(deps, 'admin.backed_up', copied, { bytes })),

  async verifyBackups({ backups }, { body }) {
    if (body.userId !== undefined && (body.set !== undefined || body.sample !== undefined))
      throw new AppError('request_invalid', 'Verify a set, or one account; not both.');
    return backups.verify(body);
  },

  async restoreUser(deps, { userId, body: { at, from } }) {
    await theAccount(deps, userId);
    const restored = await deps.backups.restore(userId, at === undefined ? null : Date.parse(at), from ?? null);
    await note(deps, 'admin.restored', userId, { bytes: restored.bytes });
    return restored;
  },
};
