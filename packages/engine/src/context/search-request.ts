/** What a search looks for: from the words and filters a person set to a request of retrieval. Pure. */
import type { Arm } from '@vivim/contract/arms';
import type { SearchQuery } from '@vivim/contract/search';
import { decodeCursor } from '../space/cursor.ts';
import type { MessageFilter } from '../space/stores/message-filter.ts';
import { viewOf } from '../space/view.ts';
import { codeLanguage } from '../space/words/code-language.ts';
import { symbolRange } from '../space/words/code-symbols.ts';
import type { RetrievalRequest } from './candidate.ts';
import { startOf } from './retrieval/calendar.ts';
import { parseSearch, type SearchSyntax } from './retrieval/search-syntax.ts';

/**
 * @param like the words of a message whose like is looked for; empty where none is
 * @param typed `query.q`, parsed
 * @throws AppError `cursor_invalid`
 */
export function searchRequest(
  query: SearchQuery,
  like = '',
  typed: SearchSyntax = parseSearch(query.q ?? ''),
): RetrievalRequest {
  const named = typed.fields.symbol ?? query.symbol;
  const symbol = named === undefined ? null : symbolRange(named);
  // What defines a name says it: the name is a word to rank by.
  const beginning = symbol?.name.endsWith('*') === true ? symbol.name.slice(0, -1) : null;
  const whole = symbol === null || beginning !== null ? '' : symbol.name;
  const after =
    query.cursor === undefined ? undefined : decodeCursor<[number, number]>(query.cursor, ['number', 'number']);
  const view = viewOf(query);
  return {
    text: [typed.text, whole, like].filter((part) => part !== '').join('\n'),
    prefixes: beginning === null ? typed.prefixes : [...typed.prefixes, beginning],
    // One more than is shown says whether there is a next page.
    limit: query.limit + 1,
    perMessage: 1,
    ...filterOf(query, typed),
    ...(symbol === null ? {} : { symbolFrom: symbol.from, symbolTo: symbol.to }),
    ...(query.branches === 'all' ? { allBranches: true as const } : {}),
    ...(view === undefined ? {} : { view }),
    ...(query.like === undefined ? {} : { like: query.like }),
    ...(query.at === undefined ? {} : { nowMs: Date.parse(query.at) }),
    ...(query.without === undefined ? {} : { without: query.without.split(',') as Arm[] }),
    ...(query.timeZone === undefined ? {} : { timeZone: query.timeZone }),
    ...(after === undefined ? {} : { after: { score: after[0], messagePk: after[1] } }),
  };
}

const startIn = (day: string | undefined, zone: string | undefined): number | undefined =>
  day === undefined ? undefined : startOf(day, zone ?? 'UTC');

const filterOf = (query: SearchQuery, { must, mustNot, fields }: SearchSyntax): MessageFilter => ({
  source: fields.source ?? query.source,
  role: fields.role ?? query.role,
  fromMs: startIn(fields.from ?? query.from, query.timeZone),
  toMs: startIn(fields.to ?? query.to, query.timeZone),
  conversationId: query.conversation,
  projectId: query.project,
  tag: query.tag,
  archived: query.archived,
  bookmarked: query.bookmarked,
  topicId: query.topic,
  entityId: query.entity,
  type: fields.type ?? query.type,
  language: fields.language ?? codeLanguage(query.language ?? null) ?? undefined,
  model: query.model,
  must,
  mustNot,
});
