/** Writes what was read beside and inside of conversations: records, projects, ratings, memories. Inside the caller's transaction. */

import type { KeptCounts } from '../space/stores/import-counts.ts';
import type { SaidInput, SidecarInput } from '../space/stores/kept-input.ts';
import type { SpaceWriter } from '../space/transactors.ts';
import type { CanonicalConversation } from './canonical.ts';
import { projectIdOf } from './kept-record.ts';

/** @returns what of it was not here before; null where all of it was */
export function putSidecar(w: SpaceWriter, input: SidecarInput, runPk: number, nowMs: number): KeptCounts | null {
  const { pk, isNew } = w.projects.putRecord(input, runPk);
  const memories = isNew ? w.memories.putFromRecord(pk, input.memories, nowMs) : 0;
  // A record that says nothing any more supersedes what older ones said; one that is seen again may hold again.
  w.memories.settle([input.slot]);
  if (!isNew) return null;
  w.secrets.putRecord(pk, input.secrets);
  return {
    memories,
    projects: input.projects.length,
    documents: input.projects.reduce((sum, { documents }) => sum + documents.length, 0),
    feedback: input.feedback.length,
  };
}

/**
 * What a conversation says of the person, and the project it names. Which statements of a slot hold is settled after, once for
 * many conversations: {@link slotsOf}.
 * @param isNew its messages said nothing here before
 * @returns how many memories are new
 */
export function putSaid(
  w: SpaceWriter,
  { source, accountHash, projectId }: Pick<CanonicalConversation, 'source' | 'accountHash' | 'projectId'>,
  said: readonly SaidInput[],
  messagePks: readonly number[],
  { isNew, nowMs }: { readonly isNew: boolean; readonly nowMs: number },
): number {
  if (projectId !== null)
    w.projects.ensure(projectIdOf(source, accountHash, projectId), source, accountHash, projectId);
  const placed = said.flatMap(({ message, ...input }) => {
    const messagePk = messagePks[message];
    return messagePk === undefined ? [] : [{ ...input, messagePk }];
  });
  return w.memories.putFromMessages(placed, isNew ? [] : messagePks, nowMs);
}

export const slotsOf = (said: readonly SaidInput[]): string[] => [...new Set(said.flatMap(({ slot }) => slot ?? []))];
