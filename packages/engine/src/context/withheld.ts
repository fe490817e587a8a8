/**
 * What its person keeps out of contexts for good, taken out of what was gathered: quotations, memories, topics and entities. The
 * stores say what is kept out; here it is done, the same for a context, for a bundle that stands and for a tool of an AI.
 */
import type { EntityId, MemoryId, TopicId } from '@vivim/contract/ids';
import type { SubjectKind } from '../space/stores/bundle-material.ts';
import type { SpaceReader } from '../space/transactors.ts';
import { NameIndex } from './name-index.ts';
import type { Quote } from './quote.ts';

/** Whether a quotation may be used. Memories are judged by {@link withoutWithheld}, where they are chosen. */
export function quotable(r: SpaceReader, quotes: readonly Quote[]): (quote: Quote) => boolean {
  const pks = quotes.flatMap(({ acu, memory, persona }) =>
    memory === undefined && persona === undefined ? acu.pk : [],
  );
  const out = r.exclusions.units(pks);
  return ({ acu, memory, persona }) => memory !== undefined || persona !== undefined || !out.has(acu.pk);
}

/** As much of a memory as is looked at. */
interface Told {
  readonly pk: number;
  readonly text: string;
  readonly name: string | null;
}

/** Memories that may be told: they stand on something that is not kept out, and name no topic or entity that is. */
export function withoutWithheld<T extends Told>(r: SpaceReader, memories: readonly T[]): T[] {
  if (memories.length === 0 || !r.exclusions.any()) return [...memories];
  const out = r.exclusions.memories(memories.map(({ pk }) => pk));
  const names = (['topic', 'entity'] as const).map((kind) => new NameIndex(withheldSubjects(r, kind)));
  return memories.filter(
    ({ pk, text, name }) =>
      !out.has(pk) && !names.some((index) => index.namedIn(`${name ?? ''}\n${text}`, 1).length > 0),
  );
}

/** The same by ids: those that may be told. */
export function withoutWithheldIds(r: SpaceReader, ids: readonly MemoryId[]): Set<MemoryId> {
  const rows = [...new Set(ids)].flatMap((id) => r.memories.find(id) ?? []);
  return new Set(withoutWithheld(r, rows).map(({ id }) => id));
}

const withheldSubjects = (r: SpaceReader, kind: SubjectKind) =>
  [...r.exclusions.subjects(kind)].flatMap((id) => r.bundles.material.subject(kind, id) ?? []);

/** Topics or entities without those that are kept out. */
export function subjectsToldOf<T extends { readonly id: TopicId | EntityId }>(
  r: SpaceReader,
  kind: SubjectKind,
  subjects: readonly T[],
): T[] {
  const out = r.exclusions.subjects(kind);
  return out.size === 0 ? [...subjects] : subjects.filter(({ id }) => !out.has(id));
}
