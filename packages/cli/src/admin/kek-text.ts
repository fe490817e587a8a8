/** The key-encryption key in words for the operator. Pure. */
import type { KekReport, KekStatus } from '@vivim/contract/admin-kek';
import { type KekSource, kekSetting } from '@vivim/contract/kek';
import { count, day } from '../output/text.ts';

const sourceWords = (source: KekSource): string => {
  if (source.kind === 'file') return `the file ${source.path}`;
  return source.kind === 'command' ? `the program ${source.command[0]}` : 'a passphrase';
};

function rotationLines({ rotation }: KekStatus): string[] {
  if (rotation === null) return [];
  const { from, source, since, running, moved, failed } = rotation;
  const words = running
    ? 'goes on by itself'
    : failed > 0
      ? `stands still: ${count(failed, 'wrap')} could not be moved. Put them back from a backup of the keys, or erase their accounts, then run \`vivim admin kek rotate\` again`
      : 'stands still; `vivim admin kek rotate` goes on with it';
  return [
    `  rotation   from ${from} (${sourceWords(source)}) since ${day(since)}; ${count(moved, 'wrap')} moved; ${words}`,
  ];
}

export function kekText(status: KekStatus): string {
  const { id, source, setting, wraps, damaged, rotation, retired } = status;
  const known = new Set([id, rotation?.from]);
  return [
    `${id}, from ${sourceWords(source)}`,
    ...wraps.map(
      (each) =>
        `  ${each.id}  ${count(each.wraps, 'wrap')}${known.has(each.id) ? '' : '; this key is not known here, so they do not open'}`,
    ),
    ...(damaged > 0 ? [`  damaged    ${count(damaged, 'wrap')}`] : []),
    ...rotationLines(status),
    ...retired.map((each) => `  retired    ${each.id} (${sourceWords(each.source)}) on ${day(each.at)}`),
    `The next start needs ${setting}`,
  ].join('\n');
}

/** What became of a rotation, and what is to be done now. */
export function rotatedText(status: KekStatus): string {
  const gone = status.retired.at(-1);
  const inPlace = gone?.source.kind === 'file' && kekSetting(gone.source) === status.setting;
  const old =
    inPlace && gone.source.kind === 'file' ? ` The old key is kept in ${gone.source.path}.retired-${gone.id}.` : '';
  return [
    kekText(status),
    `Every wrap has moved; the old key opens none of them.${old}`,
    'Make a backup of the keys now. The old key opens old backups of them and nothing else: destroy it when you destroy those.',
  ].join('\n');
}

export const reportText = ({ checked, failed, users, nobodys, ms }: KekReport): string =>
  [
    `${count(checked, 'key')} of spaces tried in ${ms} ms; ${failed === 0 ? 'every one opens.' : `${failed} did not open:`}`,
    ...users,
    ...(nobodys > 0 ? [`${count(nobodys, 'wrap')} of nobody who has an account`] : []),
  ].join('\n');
