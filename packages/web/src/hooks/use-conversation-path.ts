/**
 * The messages a reader sees: the active branch page by page, and the whole tree once another branch is wanted.
 * Never fetches the tree of a conversation that is only read along its active branch.
 */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Message } from '@vivim/contract/conversation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Choices, choicesTo, choose, pathOf } from '../api/branches.ts';
import { activeMessagesQuery, allMessagesQuery } from '../api/queries.ts';

export interface ConversationPath {
  readonly messages: readonly Message[];
  readonly error: unknown;
  readonly loading: boolean;
  /** The other branches are on their way. */
  readonly branching: boolean;
  /** Set when more of the branch can be loaded. */
  readonly loadMore: (() => void) | null;
  readonly loadingMore: boolean;
  readonly show: (message: Message, sibling: string) => void;
  /** What became of the message asked for. */
  readonly target: 'none' | 'finding' | 'found' | 'absent';
}

/** @param wanted id of a message to bring into view, on whatever branch it lies */
export function useConversationPath(id: string, wanted: string | undefined): ConversationPath {
  const [choices, setChoices] = useState<Choices | null>(null);
  const active = useInfiniteQuery(activeMessagesQuery(id));
  const linear = useMemo(() => active.data?.pages.flatMap((page) => page.items) ?? [], [active.data]);
  const onBranch = wanted !== undefined && linear.some((message) => message.id === wanted);
  const { hasNextPage, isFetching, isSuccess, fetchNextPage } = active;
  const elsewhere = wanted !== undefined && isSuccess && !hasNextPage && !onBranch;
  const tree = useQuery({ ...allMessagesQuery(id), enabled: choices !== null || elsewhere });

  // A wanted message further down: read on until it is there.
  useEffect(() => {
    if (wanted !== undefined && !onBranch && hasNextPage && !isFetching) void fetchNextPage();
  }, [wanted, onBranch, hasNextPage, isFetching, fetchNextPage]);

  const chosen = useMemo(
    () =>
      choices ?? (elsewhere && tree.data !== undefined && wanted !== undefined ? choicesTo(tree.data, wanted) : null),
    [choices, elsewhere, tree.data, wanted],
  );
  const messages = useMemo(
    () => (chosen !== null && tree.data !== undefined ? pathOf(tree.data, chosen) : linear),
    [chosen, tree.data, linear],
  );

  // Stable for the life of the page, so that a switch does not render a thousand untouched messages again.
  const latest = useRef(chosen);
  useEffect(() => {
    latest.current = chosen;
  }, [chosen]);
  const show = useCallback(
    (message: Message, sibling: string) => setChoices(choose(latest.current ?? new Map(), message, sibling)),
    [],
  );

  const found = wanted !== undefined && messages.some((message) => message.id === wanted);
  const searching = wanted !== undefined && !found && (active.isPending || hasNextPage || tree.isFetching);
  return {
    messages,
    error: active.error ?? tree.error,
    loading: active.isPending,
    branching: tree.isFetching,
    loadMore: hasNextPage && messages === linear ? () => void fetchNextPage() : null,
    loadingMore: active.isFetchingNextPage,
    show,
    target: wanted === undefined ? 'none' : found ? 'found' : searching ? 'finding' : 'absent',
  };
}
