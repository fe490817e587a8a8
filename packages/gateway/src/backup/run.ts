/** One run: the ledger's copy, the spaces, master, the set, and what need not be kept any more. Each step alone is harmless. */
import type { BackupRun } from '@vivim/contract/backup';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { UserId } from '@vivim/contract/ids';
import { type Account, findAccount, listAccounts } from '../master/accounts.ts';
import { copySpaces } from './copy-spaces.ts';
import { type BackupDeps, codeOf, type Memory, type OnCopied } from './deps.ts';
import { keepLedger } from './kept-ledger.ts';
import { makeSet } from './make-set.ts';
import { prune, removeErased } from './prune.ts';
import { placedCopies } from './space-copies.ts';

export interface RunOptions {
  /** Null: everybody, and a set. */
  readonly userId: UserId | null;
  readonly onCopied: OnCopied;
  readonly isOver: () => boolean;
}

async function everybody({ master, clock }: BackupDeps): Promise<Account[]> {
  const all: Account[] = [];
  for (let after: UserId | null = null; ; ) {
    const page = await listAccounts(master, { after, limit: 500 }, new Date(clock()));
    all.push(...page);
    after = page.at(-1)?.routing.userId ?? null;
    if (page.length < 500) return all;
  }
}

/** @throws AppError `not_found`, `account_deleting`, `engine_unavailable` where that one account has nothing to copy */
async function theOne({ master, clock }: BackupDeps, userId: UserId): Promise<Account> {
  const account = await findAccount(master, userId, new Date(clock()));
  if (account === null) throw new AppError('not_found');
  if (account.status === 'deleting')
    throw new AppError('account_deleting', 'The account is about to be erased; nothing is kept.');
  if (account.routing.state !== 'ready') throw new AppError('engine_unavailable', 'The space is not made yet.');
  return account;
}

const hasSpace = ({ status, routing }: Account): boolean => status !== 'deleting' && routing.state === 'ready';

/** @throws AppError for an account that was named and cannot be copied; BackupError where its place cannot be reached */
export async function runBackup(deps: BackupDeps, memory: Memory, options: RunOptions): Promise<BackupRun> {
  const startedMs = deps.clock();
  const run = { startedAt: isoTime(startedMs), set: null, removed: 0, code: null };
  const ended = () => ({ ms: Math.max(0, deps.clock() - startedMs) });
  const there = async () =>
    new Set((await placedCopies(deps.store)).map(({ storageId, file }) => `${storageId}/${file}`));
  if (options.userId !== null) {
    const account = await theOne(deps, options.userId);
    const one = await copySpaces(deps, memory, [account], await there(), options);
    await memory.save();
    return { ...run, ...one, passed: 0, ...ended() };
  }
  const accounts = await everybody(deps);
  await keepLedger(deps.store, deps.ledger);
  const erased = await removeErased(deps, memory);
  const result = await copySpaces(deps, memory, accounts.filter(hasSpace), await there(), options);
  // Whoever came while the others were copied is in the dump that follows.
  const seen = new Set(accounts.map(({ routing }) => routing.userId));
  const late = (await everybody(deps)).filter((one) => hasSpace(one) && !seen.has(one.routing.userId));
  const more = await copySpaces(deps, memory, late, new Set(), options);
  const failed = [...result.failed, ...more.failed];
  await memory.save();
  const counts = {
    copied: result.copied + more.copied,
    bytes: result.bytes + more.bytes,
    unchanged: result.unchanged,
    passed: accounts.length + late.length - result.copied - more.copied - result.unchanged - failed.length,
    failed,
  };
  if (options.isOver()) return { ...run, ...counts, code: 'engine_unavailable', ...ended() };
  try {
    const { id } = await makeSet(deps, memory, failed);
    return { ...run, ...counts, set: id, removed: erased + (await prune(deps)), ...ended() };
  } catch (error) {
    deps.log.error({ code: codeOf(error) }, 'backup.set_failed');
    return { ...run, ...counts, removed: erased, code: codeOf(error), ...ended() };
  }
}
