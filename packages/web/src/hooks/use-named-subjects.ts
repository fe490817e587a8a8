/**
 * Topics, people and things by their names: at once those this browser knows, then those the server finds among all of them. What comes
 * late, for words that were typed over, is dropped; while the server is out of reach what is known is all there is.
 */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { EntitySummary, TopicSummary } from '@vivim/contract/profile';
import { topicsQuery } from '../api/queries.ts';
import { entityListQuery, namedQuery } from '../api/subjects-queries.ts';
import { distance, matches } from '../components/frame/palette-match.ts';

export type Subject = TopicSummary | EntitySummary;

export const nameOf = (subject: Subject): string => ('label' in subject ? subject.label : subject.name);

/** Of the pages of a list, whatever it was filtered by. */
const listed = (data: unknown): readonly Subject[] =>
  (data as { readonly pages?: readonly { readonly items: readonly Subject[] }[] } | undefined)?.pages?.flatMap(
    ({ items }) => items,
  ) ?? [];

/**
 * @param typed as it stands in the field
 * @param asked the same once it rests: what the server is asked for
 * @param most how many
 * @returns the nearest names first, then the most important
 */
export function useNamedSubjects(typed: string, asked: string, most: number): readonly Subject[] {
  const client = useQueryClient();
  // The first of each are asked for as soon as somebody may want one: they are most of what is looked for.
  useInfiniteQuery(topicsQuery(50));
  useInfiniteQuery(entityListQuery({}));
  const found = useQuery(namedQuery(asked));
  if (typed === '') return [];
  const seen = (['topics', 'entities'] as const).flatMap((key) =>
    client.getQueriesData({ queryKey: [key] }).flatMap(([, data]) => listed(data)),
  );
  const answered = asked === typed && !found.isPlaceholderData;
  const all = new Map<string, Subject>();
  for (const subject of seen) if (!subject.hidden && matches(nameOf(subject), typed)) all.set(subject.id, subject);
  for (const subject of found.data ?? []) if (answered || matches(nameOf(subject), typed)) all.set(subject.id, subject);
  const far = (subject: Subject): number => distance(nameOf(subject), typed);
  return [...all.values()].sort((a, b) => far(a) - far(b) || b.importance - a.importance).slice(0, most);
}
