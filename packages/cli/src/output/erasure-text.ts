/** Receipts of erasures in words. Pure. */
import type { ErasureReceipt, Removed } from '@vivim/contract/erasure';
import { count, day, table } from './text.ts';

const words: Readonly<Record<keyof Removed, readonly [string, string]>> = {
  conversations: ['conversation', 'conversations'],
  messages: ['message', 'messages'],
  redacted: ['message that stays with […] in it', 'messages that stay with […] in them'],
  acus: ['unit', 'units'],
  vectors: ['vector', 'vectors'],
  attachments: ['attachment', 'attachments'],
  topics: ['topic', 'topics'],
  entities: ['entity', 'entities'],
  bundles: ['bundle', 'bundles'],
  memories: ['memory', 'memories'],
  records: ['source record', 'source records'],
  imports: ['import', 'imports'],
  issues: ['line of reports', 'lines of reports'],
};

const figures = (removed: Removed): string[] =>
  (Object.keys(words) as (keyof Removed)[])
    .filter((what) => removed[what] > 0)
    .map((what) => `  ${count(removed[what], ...words[what])}`);

export function erasureText(receipt: ErasureReceipt): string {
  const { id, kind, removed, sameWordsElsewhere, remaining, allowedAt, left } = receipt;
  const head =
    id === null
      ? `This would go (${kind}):`
      : allowedAt === null
        ? `Erased (${kind}), receipt ${id}:`
        : `Let in again on ${day(allowedAt)} (${kind}), receipt ${id}. The next import brings it back. What went then:`;
  return [
    head,
    ...figures(removed),
    ...(left === 0 ? [] : ['Out of sight; still being wiped from the file.']),
    ...(sameWordsElsewhere === 0
      ? []
      : [`${count(sameWordsElsewhere, 'other unit says', 'other units say')} the same words and would stay.`]),
    ...remaining.map(({ detail, until }) => `${detail}${until === null ? '' : ` Gone by ${day(until)}.`}`),
  ].join('\n');
}

export const erasureList = (items: readonly ErasureReceipt[]): string =>
  items.length === 0
    ? 'Nothing was erased.'
    : table(
        items.map(({ id, kind, items: named, erasedAt, allowedAt, left }) => [
          id ?? '',
          day(erasedAt),
          `${named} ${kind}`,
          allowedAt !== null ? `let in again ${day(allowedAt)}` : left === 0 ? '' : `under way, ${left} left`,
        ]),
      );
