/** What the operator is shown, as a person reads it. Pure. */
import {
  type AdminUser,
  type AdminUserDetail,
  type AuditFinding,
  type AuditReport,
  auditProblems,
  type BackupManifest,
} from '@vivim/contract/admin';
import { bytes, count, day, processorTime, table } from '../output/text.ts';

const engineWords = ({ running, requests, pendingJobs }: AdminUser['engine']): string =>
  [
    running ? 'running' : 'stopped',
    ...(requests > 0 ? [count(requests, 'request')] : []),
    ...(pendingJobs > 0 ? [count(pendingJobs, 'pending job')] : []),
  ].join(', ');

const useWords = ({ requests, engineMs }: AdminUser['used']): string =>
  `${count(requests, 'request')}, ${processorTime(engineMs)} of processor time`;

const statusWords = ({ status, eraseAt }: AdminUser): string =>
  eraseAt === null ? status : `${status}, erased ${day(eraseAt)}`;

export const userTable = (items: readonly AdminUser[]): string =>
  items.length === 0
    ? 'Nobody has an account here yet.'
    : table([
        [
          'id',
          'created',
          'last seen',
          'status',
          'on disk',
          'quota',
          'sessions',
          'devices',
          'requests',
          'processor',
          'engine',
        ],
        ...items.map((user) => [
          user.userId,
          day(user.createdAt),
          day(user.lastSeenAt),
          statusWords(user),
          bytes(user.diskBytes),
          bytes(user.quotaBytes),
          String(user.sessions),
          String(user.devices),
          String(user.used.requests),
          processorTime(user.used.engineMs),
          engineWords(user.engine),
        ]),
      ]);

const backupLine = ({ createdAt, bytes: size, sha256 }: BackupManifest): string =>
  `  backup     ${createdAt}, ${bytes(size)}, SHA-256 ${sha256.slice(0, 16)}…`;

export const userText = (user: AdminUser): string =>
  [
    user.userId,
    `  status     ${statusWords(user)}`,
    `  created    ${day(user.createdAt)}, last seen ${day(user.lastSeenAt)}`,
    `  on disk    ${bytes(user.diskBytes)} of ${bytes(user.quotaBytes)}`,
    `  engine     ${engineWords(user.engine)}`,
    `  used       ${useWords(user.used)} in 30 days`,
    `  signed in  ${count(user.sessions, 'session')}, ${count(user.devices, 'device')}`,
  ].join('\n');

export const detailText = (user: AdminUserDetail): string =>
  [
    userText(user),
    `  space      ${user.storageId}`,
    `  receipt    ${user.receipt}`,
    ...user.backups.map(backupLine),
  ].join('\n');

export const backupText = ({ storageId, file, bytes: size, sha256, schemaVersion }: BackupManifest): string =>
  `backups/${storageId}/${file}: ${bytes(size)}, schema ${schemaVersion}, SHA-256 ${sha256}`;

const findingLine = ({ book, chain, seq, problem }: AuditFinding): string =>
  `  ${book.padEnd(8)}  ${chain}  at ${seq}: ${auditProblems[problem]}`;

export function reportText(report: AuditReport): string {
  const read = [
    `${count(report.entries, 'entry', 'entries')} of ${count(report.chains, 'audit chain')}`,
    `${count(report.keyEntries, 'entry', 'entries')} of ${count(report.keyLogs, 'key log')}`,
    count(report.erasures, 'erasure'),
  ].join(', ');
  const rest = report.findingCount - report.findings.length;
  return [
    `${read}; ${count(report.witnessed, 'chain')} held against the witness beside the keys; ${report.ms} ms`,
    ...(report.clean ? ['Nothing was changed, taken out or cut off.'] : report.findings.map(findingLine)),
    ...(rest > 0 ? [`  … and ${rest.toLocaleString('en')} more`] : []),
  ].join('\n');
}
