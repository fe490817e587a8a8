/**
 * Topics and entities of a memory: as tools and resources show them, and found by their names, as the
 * lists of the API find them.
 */
import { AppError } from '@vivim/contract/errors';
import { EntityId, TopicId } from '@vivim/contract/ids';
import { type EntitySummary, EntityType, TopicSummary } from '@vivim/contract/profile';
import { z } from 'zod';
import { readCall, type ToolWorld } from './tool.ts';

export const subjectKinds = ['topic', 'entity'] as const;
export const SubjectKind = z.enum(subjectKinds);
export type SubjectKind = z.infer<typeof SubjectKind>;

export const Subject = z.strictObject({
  id: TopicId.or(EntityId),
  kind: SubjectKind,
  name: z.string(),
  type: EntityType.nullable().describe('Of a person, place or thing; null for a topic.'),
  aliases: z.array(z.string()),
  counts: TopicSummary.shape.counts,
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
  importance: z.number().describe('0 to 1; falls with the time since it last came up.'),
});
export type Subject = z.infer<typeof Subject>;

const subjectOf = (summary: TopicSummary | EntitySummary): Subject => {
  const { id, aliases, counts, firstSeenAt, lastSeenAt, importance } = summary;
  const named =
    'label' in summary
      ? { kind: 'topic' as const, name: summary.label, type: null }
      : { kind: 'entity' as const, name: summary.name, type: summary.type };
  return { id, ...named, aliases, counts, firstSeenAt, lastSeenAt, importance: Number(importance.toPrecision(3)) };
};

export interface SubjectPage {
  readonly items: readonly Subject[];
  readonly nextCursor: string | null;
}

/** Which subjects: all of them, or those of a name; compared as lists of the API are, case and accents aside. */
export interface SubjectNames {
  /** A part of what it is called. */
  readonly q?: string | undefined;
  /** All of what it is called, or of another way it is written. */
  readonly called?: string | undefined;
}

/** The most important first. @throws AppError `cursor_invalid` */
export async function subjectPage(
  world: ToolWorld,
  kind: SubjectKind,
  query: SubjectNames & { readonly limit: number; readonly cursor?: string | undefined },
): Promise<SubjectPage> {
  const call = readCall(world, { params: {}, query: { ...query, sort: 'importance' as const }, body: undefined });
  const page = kind === 'topic' ? await world.handlers.listTopics(call) : await world.handlers.listEntities(call);
  return { items: page.items.map(subjectOf), nextCursor: page.nextCursor };
}

/** The most important of a name. A page may come with few of them: what is kept out is taken from it. */
export async function subjectsNamed(
  world: ToolWorld,
  kind: SubjectKind,
  names: SubjectNames,
  limit: number,
): Promise<Subject[]> {
  const found: Subject[] = [];
  let cursor: string | undefined;
  do {
    world.signal.throwIfAborted();
    const { items, nextCursor } = await subjectPage(world, kind, { ...names, limit, cursor });
    found.push(...items);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined && found.length < limit);
  return found.slice(0, limit);
}

/** The subject an id or a name means. @throws AppError `not_found`; `request_invalid` for a name several have */
export async function subjectId(
  world: ToolWorld,
  idOrName: string,
  kinds: readonly SubjectKind[] = subjectKinds,
): Promise<TopicId | EntityId> {
  const id = TopicId.or(EntityId).safeParse(idOrName);
  if (id.success) return id.data;
  const called = await Promise.all(kinds.map((kind) => subjectsNamed(world, kind, { called: idOrName }, 5)));
  const [only, ...others] = called.flat();
  if (only === undefined) throw new AppError('not_found', undefined, { field: 'name' });
  if (others.length === 0) return only.id;
  const ids = called.flat().map(({ id, kind }) => `${id} (${kind})`);
  throw new AppError('request_invalid', `Several are called so. Ask by id: ${ids.join(', ')}.`, { field: 'name' });
}
