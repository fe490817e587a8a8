/** What was found, conversation by conversation within each page of results. The last results stay until the next are there. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { AppError } from '@vivim/contract/errors';
import type { SearchHit as Hit, SearchResult } from '@vivim/contract/search';
import { isOnlyMeant, wordsFound } from '@vivim/contract/words-found';
import { useEffect, useMemo } from 'react';
import { spaceQuery } from '../../api/queries.ts';
import { rememberSearch } from '../../api/recent-searches.ts';
import type { SearchAddress } from '../../api/search-filters.ts';
import { searchQuery } from '../../api/search-queries.ts';
import { milliseconds } from '../../format.ts';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { VirtualList } from '../kit/virtual-list.tsx';
import { FoundMemories, FoundNotes, FoundTitles } from './found-beside.tsx';
import { NothingFound } from './nothing-found.tsx';
import { SearchHit } from './search-hit.tsx';

interface Props {
  asked: SearchAddress;
  go: (asked: SearchAddress) => void;
}

interface Row {
  readonly hit: Hit;
  readonly leads: boolean;
}

/** Height of a result before it is measured, px. */
const usualHeight = 150;
/** A search that was looked at for so long is one to come back to. */
const restMs = 2_500;

export function SearchResults({ asked, go }: Props) {
  const result = useInfiniteQuery(searchQuery(asked));
  const pages = result.data?.pages;
  const rows = useMemo(() => (pages ?? []).flatMap(({ items }) => byConversation(items)), [pages]);
  useRemembered(asked.q ?? '', rows.length > 0 && !result.isPlaceholderData);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = result;
  const onEnd = useMemo(
    () => (hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : null),
    [hasNextPage, isFetchingNextPage, fetchNextPage],
  );
  // Half of a filter was typed, or nothing but filters.
  if (result.error instanceof AppError && result.error.code === 'query_invalid')
    return (
      <p className="note" role="status">
        {strings.search.onlyFilters}
      </p>
    );
  if (result.error !== null) return <Problem error={result.error} retry={() => void result.refetch()} />;
  const [first] = pages ?? [];
  if (first === undefined) return <Skeleton shape="rows" count={6} />;
  return (
    <div className={result.isPlaceholderData ? 'results stale' : 'results'} aria-busy={result.isPlaceholderData}>
      <p className="meta" role="status">
        <span>{strings.search.results(rows.length, hasNextPage)}</span>
        <span>{strings.search.took(milliseconds(first.tookMs))}</span>
        {!first.meaningReady && asked.mode !== 'words' && <MeaningNote />}
        {first.unknownFilters.map(({ field, value, known }) => (
          <span key={`${field} ${value}`}>{strings.search.unknownFilter(`${field}:${value}`, `${field}:`, known)}</span>
        ))}
        {first.spelt.map(({ word, as }) => (
          <span key={word}>{strings.search.spelt(word, as)}</span>
        ))}
        <PartialNote first={first} />
      </p>
      <FoundMemories first={first} />
      <FoundNotes first={first} />
      <FoundTitles first={first} />
      {rows.length + first.memories.length + first.notes.length + first.titles.length === 0 ? (
        <NothingFound asked={asked} go={go} unheld={first.unheld} />
      ) : (
        <>
          <p className="visually-hidden">{strings.search.keys}</p>
          <VirtualList
            items={rows}
            keyOf={({ hit }) => hit.message.id}
            estimate={usualHeight}
            label={strings.search.resultsLabel}
            className="hits"
            onEnd={onEnd}
          >
            {({ hit, leads }) => <SearchHit hit={hit} leads={leads} words={first.terms.join(' ')} />}
          </VirtualList>
        </>
      )}
    </div>
  );
}

/** Those of one conversation beside each other, where the best of them stands. */
function byConversation(items: readonly Hit[]): Row[] {
  const groups = Map.groupBy(items, ({ conversation }) => conversation.id);
  return [...groups.values()].flatMap((hits) => hits.map((hit, nth) => ({ hit, leads: nth === 0 })));
}

/** That no message says all of the words, and which none says: what is only close in meaning is not what was looked for. */
function PartialNote({ first }: { first: SearchResult }) {
  const found = wordsFound(first);
  if (first.unheld.length > 0 && first.items.length > 0)
    return <span>{strings.search.shownWithout(first.unheld)}</span>;
  if (found === null || found.together) return null;
  const { nowhere } = found;
  if (isOnlyMeant(first)) return <span>{strings.search.onlyMeant}</span>;
  return (
    <span>
      {strings.search.someWords} {nowhere.length > 0 && nowhere.length < 4 && strings.search.nowhere(nowhere)}
    </span>
  );
}

/** That meaning has not found all it will; or, on a server without an embedder, that it never does. */
function MeaningNote() {
  const space = useQuery(spaceQuery).data;
  return <span>{space?.embedder === null ? strings.search.meaningIsOff : strings.search.meaningNotReady}</span>;
}

function useRemembered(words: string, found: boolean): void {
  const userId = useMe()?.userId;
  useEffect(() => {
    if (userId === undefined || words === '' || !found) return;
    const timer = setTimeout(() => rememberSearch(userId, words), restMs);
    return () => clearTimeout(timer);
  }, [userId, words, found]);
}
