/** The key-encryption key as the operator sees it: which one, moving to another, whether every wrap opens. Never a key. */
import type { StorageId, UserId } from '@vivim/contract/ids';
import { listAccounts } from '../master/accounts.ts';
import { appendAudit } from '../master/audit.ts';
import type { AdminDeps, AdminHandlers } from './deps.ts';

export const kekHandlers: AdminHandlers<'showKek' | 'rotateKek' | 'verifyKek'> = {
  showKek: ({ kek }) => kek.status(),

  rotateKek: ({ kek }, { body: { to } }) => kek.rotate(to),

  async verifyKek({ kek, master, clock }) {
    const begun = clock();
    const before = await ownersOfSpaces({ master, clock });
    const { checked, failed, known } = await kek.verify();
    const after = await ownersOfSpaces({ master, clock });
    // Known before and after, so that it was there all the while.
    const missing = [...before].filter(([storageId]) => after.has(storageId) && !known.has(storageId));
    const owners = failed.map((storageId) => before.get(storageId) ?? after.get(storageId));
    const users = [...owners.filter((userId) => userId !== undefined), ...missing.map(([, userId]) => userId)];
    const report = {
      checked: checked + missing.length,
      failed: failed.length + missing.length,
      users,
      nobodys: owners.filter((userId) => userId === undefined).length,
      ms: Math.round(clock() - begun),
    };
    const meta = { state: report.failed === 0 ? 'clean' : 'broken' };
    const event = { chain: 'operator', event: 'kek.verified', actor: 'operator', meta } as const;
    await appendAudit(master, event, new Date(clock()));
    return report;
  },
};

/** Spaces that have been made, and whose they are. */
async function ownersOfSpaces({ master, clock }: Pick<AdminDeps, 'master' | 'clock'>): Promise<Map<StorageId, UserId>> {
  const owners = new Map<StorageId, UserId>();
  const limit = 500;
  for (let after: UserId | null = null; ; ) {
    const page = await listAccounts(master, { after, limit }, new Date(clock()));
    for (const { routing } of page) if (routing.state === 'ready') owners.set(routing.storageId, routing.userId);
    if (page.length < limit) return owners;
    after = page.at(-1)?.routing.userId ?? null;
  }
}
