/** A record in words: what was asked for, and how much was given. */
import type { AskedSummary } from '@vivim/contract/asked';
import { number } from '../../count.ts';
import { strings } from '../../strings.ts';

const words = strings.records;

export const askedTitle = ({ kind, words: said }: Pick<AskedSummary, 'kind' | 'words'>): string => {
  if (kind === 'context') return said === null || said === '' ? words.noQuery : said;
  return said === null || said === '' ? words.did[kind] : words.didWith(words.did[kind], said);
};

export const askedAmount = ({ tokens, count }: Pick<AskedSummary, 'tokens' | 'count'>): string =>
  tokens === null ? words.things(count) : words.row(number(tokens), count);
