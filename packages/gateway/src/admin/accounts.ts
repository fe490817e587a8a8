/** People by their ids: how many, how large, in which state; locking, unlocking, signing out, stopping, and how large they may grow. */
import type { AdminUser } from '@vivim/contract/admin';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { UserId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { closeSpace } from '../lifecycle/close-space.ts';
import { type Account, findAccount, listAccounts, setQuota } from '../master/accounts.ts';
import { findByDid, lockByOperator, unlock } from '../master/identities.ts';
import { receiptOf } from '../master/receipt.ts';
import { endAllSessions } from '../master/session-ending.ts';
import type { AdminDeps, AdminHandlers } from './deps.ts';
import { note } from './note.ts';

const timeOrNull = (date: Date | null): string | null => (date === null ? null : isoTime(date.getTime()));

/** What looking at accounts takes. */
export type LookDeps = Pick<AdminDeps, 'master' | 'fleet' | 'clock'>;

async function describe({ fleet }: Pick<AdminDeps, 'fleet'>, account: Account): Promise<AdminUser> {
  const { routing, createdAt, status, eraseAt, lastSeenAt, sessions, devices, used } = account;
  return {
    userId: routing.userId,
    createdAt: isoTime(createdAt.getTime()),
    status,
    eraseAt: timeOrNull(eraseAt),
    lastSeenAt: timeOrNull(lastSeenAt),
    diskBytes: await fleet.disk(routing),
    quotaBytes: routing.quotaBytes,
    sessions,
    devices,
    engine: fleet.state(routing),
    used,
  };
}

/** @throws AppError `not_found` */
export async function theAccount(
  { master, clock }: Pick<AdminDeps, 'master' | 'clock'>,
  userId: UserId,
): Promise<Account> {
  const account = await findAccount(master, userId, new Date(clock()));
  if (account === null) throw new AppError('not_found');
  return account;
}

/** @throws AppError `not_found` */
export const describeAccount = async (deps: LookDeps, userId: UserId): Promise<AdminUser> =>
  describe(deps, await theAccount(deps, userId));

/** A page of everybody, the oldest first. */
export async function describeAccounts(
  deps: LookDeps,
  { limit, cursor }: { readonly limit: number; readonly cursor?: UserId | undefined },
): Promise<Page<AdminUser>> {
  const page = { after: cursor ?? null, limit: limit + 1 };
  const accounts = await listAccounts(deps.master, page, new Date(deps.clock()));
  const shown = accounts.slice(0, limit);
  const items = await Promise.all(shown.map((account) => describe(deps, account)));
  return { items, nextCursor: accounts.length > limit ? (shown.at(-1)?.routing.userId ?? null) : null };
}

export const accountHandlers: AdminHandlers<
  'listUsers' | 'showUser' | 'lockUser' | 'unlockUser' | 'endSessions' | 'evictUser' | 'setQuota'
> = {
  async listUsers(deps, { query: { did, ...page } }) {
    if (did !== undefined) {
      const userId = await findByDid(deps.master, did, null);
      return { items: userId === null ? [] : [await describeAccount(deps, userId)], nextCursor: null };
    }
    return describeAccounts(deps, page);
  },

  async showUser(deps, { userId }) {
    const account = await theAccount(deps, userId);
    const { routing } = account;
    return {
      ...(await describe(deps, account)),
      storageId: routing.storageId,
      receipt: receiptOf(routing.storageId),
    };
  },

  async lockUser(deps, { userId }) {
    const { routing, status } = await theAccount(deps, userId);
    if (status === 'deleting')
      throw new AppError('account_deleting', 'The account is about to be erased, which a lock would stop.');
    if (await lockByOperator(deps.master, userId)) {
      await endAllSessions(deps.master, { userId, except: null });
      await note(deps, 'admin.locked', userId);
    }
    await closeSpace(deps, routing.storageId);
    return describeAccount(deps, userId);
  },

  async unlockUser(deps, { userId }) {
    await theAccount(deps, userId);
    if (await unlock(deps.master, userId, 'operator')) await note(deps, 'admin.unlocked', userId);
    return describeAccount(deps, userId);
  },

  async endSessions(deps, { userId }) {
    const { sessions } = await theAccount(deps, userId);
    await endAllSessions(deps.master, { userId, except: null });
    await note(deps, 'admin.sessions_ended', userId);
    return { ended: sessions };
  },

  async evictUser(deps, { userId, body: { force } }) {
    const { routing } = await theAccount(deps, userId);
    await (force ? deps.fleet.stop(routing) : deps.fleet.evict(routing));
    await note(deps, 'admin.evicted', userId, force ? { reason: 'force' } : {});
    return describeAccount(deps, userId);
  },

  async setQuota(deps, { userId, body: { bytes } }) {
    await theAccount(deps, userId);
    await setQuota(deps.master, userId, bytes);
    await note(deps, 'admin.quota_set', userId, { bytes });
    return describeAccount(deps, userId);
  },
};
