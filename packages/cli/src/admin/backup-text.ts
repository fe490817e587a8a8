/** Backups as the operator reads of them. Pure. */
import type { BackupManifest, BackupOverview, BackupRun, RestoredSpace, VerifyReport } from '@vivim/contract/backup';
import { bytes, count, periodOf, spanOf, table } from '../output/text.ts';

export function runText({ set, copied, bytes: size, unchanged, failed, passed, removed, code, ms }: BackupRun): string {
  return [
    `${count(copied, 'space')} copied (${bytes(size)}), ${unchanged.toLocaleString('en')} unchanged; ${spanOf(ms)}`,
    ...(set === null ? [] : [`set ${set}`]),
    ...(passed > 0 ? [`${count(passed, 'account')} without a space, or on the way out`] : []),
    ...(removed > 0 ? [`${count(removed, 'older backup')} removed`] : []),
    ...(code === null ? [] : [`NO SET was made: ${code}`]),
    ...failed.map((one) => `NOT COPIED: ${one.userId}: ${one.code}`),
  ].join('\n');
}

export function overviewText(overview: BackupOverview): string {
  const { place, everyMs, keep, nextAt, lastSuccessAt, lastRun, overdue, running, sets } = overview;
  return [
    `place      ${place}`,
    `every      ${everyMs === null ? 'only when asked (VIVIM_BACKUP_EVERY)' : periodOf(everyMs)}, the last ${keep.last} and one a week for ${keep.weekly} weeks are kept`,
    `last whole ${lastSuccessAt ?? 'never'}${overdue ? '  OVERDUE' : ''}`,
    `next       ${running ? 'under way' : (nextAt ?? '—')}`,
    ...(lastRun === null ? [] : ['', `last run, ${lastRun.startedAt}:`, runText(lastRun)]),
    '',
    sets.length === 0
      ? 'There is no backup set yet. Make one with `vivim backup run`.'
      : table([
          ['set', 'spaces', 'without a copy', 'size'],
          ...sets.map((set) => [set.id, String(set.spaces), String(set.without), bytes(set.bytes)]),
        ]),
  ].join('\n');
}

export const copiesText = ({ items }: { readonly items: readonly BackupManifest[] }): string =>
  items.length === 0
    ? 'There is no backup of this space.'
    : table([
        ['made', 'size', 'writes seen', 'schema', 'how', 'SHA-256'],
        ...items.map((item) => [
          item.createdAt,
          bytes(item.bytes),
          item.spaceVersion === null ? '—' : String(item.spaceVersion),
          item.schemaVersion === null ? '—' : String(item.schemaVersion),
          item.made,
          `${item.sha256.slice(0, 16)}…`,
        ]),
      ]);

export function verifyText({ sound, set, masterProblem, spaces, without, ms }: VerifyReport): string {
  const broken = spaces.filter(({ problem }) => problem !== null);
  const unopened = spaces.filter(({ problem, opened }) => problem === null && !opened).length;
  return [
    ...(set === null
      ? []
      : [
          `set ${set}: master ${masterProblem === null ? 'loads, and comes out as it went in' : `NOT SOUND: ${masterProblem}`}`,
        ]),
    `${count(spaces.length - broken.length - unopened, 'space')} restored into a scratch place, opened, read whole and as counted; ${spanOf(ms)}`,
    ...(unopened > 0
      ? [`${count(unopened, 'sealed space')} compared byte for byte and not opened: only the owner's key opens it`]
      : []),
    ...(without > 0 ? [`${count(without, 'account')} of the set had no copy`] : []),
    ...broken.map(({ userId, createdAt, problem }) => `NOT SOUND: ${userId}, copy of ${createdAt}: ${problem}`),
    sound ? 'Everything that was looked at can be restored.' : 'Not everything can be restored.',
  ].join('\n');
}

export const restoredText = ({
  backupAt,
  bytes: size,
  writesLost,
  counts,
  erasuresRepeated,
  keptAside,
}: RestoredSpace): string =>
  [
    `Put back to ${backupAt} (${bytes(size)}): ${count(counts.conversations, 'conversation')}, ${count(counts.messages, 'message')}.`,
    writesLost === null
      ? 'What was written since then is not in it; how much that was cannot be said.'
      : `${count(writesLost, 'write')} made since then ${writesLost === 1 ? 'is' : 'are'} not in it.`,
    ...(erasuresRepeated === 0
      ? []
      : [
          `${count(erasuresRepeated, 'erasure')} made since then ${erasuresRepeated === 1 ? 'was' : 'were'} repeated: what ${erasuresRepeated === 1 ? 'it' : 'they'} took stays erased, though the copy held it.`,
        ]),
    ...(keptAside === null ? [] : [`What was there is kept beside it for a week, as ${keptAside}.`]),
  ].join('\n');
