/**
 * A memory that is stated where one in the same words is there: which it is, what the request says beside them, and which memories
 * it takes the place of. Never writes the statement itself.
 */
import type { MemoryId } from '@vivim/contract/ids';
import type { Memory, MemoryChange, MemoryRequest } from '@vivim/contract/memory';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

/** What a person states; what they leave out is as a request has it. */
export type StatedMemory = Pick<MemoryRequest, 'text' | 'kind' | 'projectId' | 'pinned'> &
  Partial<Pick<MemoryRequest, 'name' | 'aliases' | 'scopes' | 'related' | 'state' | 'supersedes'>>;

const before = statement<
  { text: string; kind: string; projectId: string | null; scopesJson: string },
  { id: MemoryId }
>(
  (_, p) => sql<{ id: MemoryId }>`
    SELECT id FROM memory INDEXED BY memory_stated WHERE origin = 'stated' AND state = 'active' AND merged_pk IS NULL AND kind = ${p.kind}
      AND text = ${p.text} AND project_id IS ${p.projectId} AND scopes_json = ${p.scopesJson} ORDER BY pk LIMIT 1`,
);
const supersede = statement<{ id: string; ids: string; now: number }>(
  (_, p) => sql`
    UPDATE memory SET state = 'superseded', valid_to_ms = coalesce(valid_to_ms, ${p.now}), changed_ms = ${p.now}
    WHERE id IN (SELECT value FROM json_each(${p.ids})) AND id <> ${p.id}`,
);
const replaces = statement<{ id: string; other: string }>(
  (_, p) => sql`UPDATE memory SET supersedes_pk = (SELECT pk FROM memory WHERE id = ${p.other}) WHERE id = ${p.id}`,
);

/** Written down before in the same words, and it holds: of one kind, project and domain. */
export function statedBefore(connection: Connection, request: StatedMemory): MemoryId | null {
  const { text, kind, projectId = null, scopes = [], state = 'active' } = request;
  if (state !== 'active') return null;
  return before.get(connection, { text, kind, projectId, scopesJson: JSON.stringify(scopes) })?.id ?? null;
}

/** What a request says that the memory does not have. Nothing is taken from it: what is left out stays. Pure. */
export function saidMore(memory: Memory, { pinned, name, aliases = [], related = [] }: StatedMemory): MemoryChange {
  const both = <T>(there: readonly T[], said: readonly T[]): T[] => [...new Set([...there, ...said])];
  return {
    ...(pinned && !memory.pinned ? { pinned } : {}),
    ...(name === undefined || name === null || name === memory.name ? {} : { name }),
    ...(aliases.every((one) => memory.aliases.includes(one)) ? {} : { aliases: both(memory.aliases, aliases) }),
    ...(related.every((one) => memory.related.includes(one)) ? {} : { related: both(memory.related, related) }),
  };
}

/** These hold no longer, for this one does. */
export function takePlaces(connection: Connection, id: MemoryId, of: readonly MemoryId[], nowMs: number): void {
  const others = of.filter((other) => other !== id);
  const [other] = others;
  if (other === undefined) return;
  supersede.run(connection, { id, ids: JSON.stringify(others), now: nowMs });
  replaces.run(connection, { id, other });
}
