/** What the operator did, written down twice: where the operator is answerable, and where its owner sees it. */
import type { AccountEventName } from '@vivim/contract/account';
import type { UserId } from '@vivim/contract/ids';
import { type AuditMeta, appendAudit } from '../master/audit.ts';
import type { AdminDeps } from './deps.ts';

type AdminEvent = Extract<AccountEventName, `admin.${string}` | `operator.${string}`>;

/** What concerns the server and no one account. */
export async function noteServer(
  { master, clock }: Pick<AdminDeps, 'master' | 'clock'>,
  event: Extract<AccountEventName, `migration.${string}`>,
): Promise<void> {
  await appendAudit(master, { chain: 'operator', event, actor: 'operator', meta: {} }, new Date(clock()));
}

export async function note(
  { master, clock }: Pick<AdminDeps, 'master' | 'clock'>,
  event: AdminEvent,
  userId: UserId,
  meta: AuditMeta = {},
  /** The session it was done from; its owner's log says `operator` whoever it was. */
  actor = 'operator',
): Promise<void> {
  const now = new Date(clock());
  await appendAudit(master, { chain: 'operator', event, actor, ref: userId, meta }, now);
  await appendAudit(master, { chain: userId, event, actor: 'operator', meta }, now);
}
