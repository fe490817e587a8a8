/** What exports disagree about, and deciding it; each decision with the way back. */
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { ResolveConflicts, VersionRule } from '@vivim/contract/conflicts';
import type { ConversationId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { sayProblem, undoable } from '../components/kit/toast-queue.ts';
import { strings } from '../strings.ts';
import { api } from './client.ts';

const key = ['export-conflicts'] as const;
/** Conversations that are decided on in one request. */
const atOnce = 500;

/** Texts whole, side by side. @param decided also those somebody decided on */
export const exportConflictsQuery = (decided: boolean) =>
  infiniteQueryOptions({
    queryKey: [...key, decided],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.listConflicts({
        query: {
          limit: 10,
          whole: 'true',
          ...(decided ? { decided: 'true' as const } : {}),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** Whether there is one that nobody decided on. */
export const anyConflictQuery = queryOptions({
  queryKey: [...key, 'any'],
  queryFn: async ({ signal }) => (await api.listConflicts({ query: { limit: 1 }, signal })).items.length > 0,
});

const resolve = (body: ResolveConflicts) => api.resolveConflicts({ body, idempotencyKey: uuidv7() });

/** @param ids null: every conversation with a conflict @returns whether it was done; where it was not, that has been said */
export async function decideConflicts(
  client: QueryClient,
  keep: VersionRule,
  ids: readonly ConversationId[] | null,
): Promise<boolean> {
  const refresh = () => client.invalidateQueries({ queryKey: key });
  const answers: Awaited<ReturnType<typeof resolve>>[] = [];
  try {
    for (const named of ids === null ? [null] : pieces(ids))
      answers.push(await resolve({ keep, conversationIds: named }));
  } catch (error) {
    sayProblem(error);
    if (answers.length === 0) return false;
  }
  const decided = answers.reduce((sum, { conversations }) => sum + conversations, 0);
  return undoable(refresh, {
    say: strings.import.conflicts.said(decided, keep),
    undo: async () => {
      for (const held of answers.flatMap(({ before }) => before))
        for (const named of pieces(held.conversationIds)) await resolve({ keep: held.keep, conversationIds: named });
      await refresh();
    },
  });
}

const pieces = (ids: readonly ConversationId[]): ConversationId[][] =>
  Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, at) => ids.slice(at * atOnce, (at + 1) * atOnce));
