/** Where the units of one message were used. Looks through the records of contexts that are kept, and reads only. */
import type { AssemblyWay } from '@vivim/contract/assembly';
import { isoTime } from '@vivim/contract/clock';
import type { AcuId, AssemblyId, EntityId, MemoryId, MessageId, TopicId } from '@vivim/contract/ids';
import type { MemoryState } from '@vivim/contract/memory';
import { contextsPerUnit, type MessageUse, type UnitContext, type UnitUse } from '@vivim/contract/message-use';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { AskedReader } from './asked.ts';
import { detailsOf } from './assemblies.ts';
import { ExclusionReader } from './exclusions.ts';

interface Unit {
  readonly pk: number;
  readonly id: AcuId;
}
type Asked = { readonly messagePk: number };

const messagePk = statement<{ id: string }, { pk: number }>((db, p) =>
  db.selectFrom('message').select('pk').where('id', '=', p.id),
);
const units = statement<Asked, Unit>(
  (_, p) => sql<Unit>`SELECT pk, id FROM acu WHERE message_pk = ${p.messagePk} ORDER BY ordinal`,
);
const formerIds = statement<Asked, { id: AcuId; pk: number }>(
  (_, p) => sql<{ id: AcuId; pk: number }>`
    SELECT f.id, f.acu_pk AS pk FROM acu a JOIN former_acu f ON f.acu_pk = a.pk WHERE a.message_pk = ${p.messagePk}`,
);
const subjects = (kind: 'topic' | 'entity', name: string) =>
  statement<Asked, { pk: number; id: string; name: string }>(
    (_, p) => sql<{ pk: number; id: string; name: string }>`
      SELECT DISTINCT u.acu_pk AS pk, h.id, h.${sql.ref(name)} AS name
      FROM acu a JOIN ${sql.table(`${kind}_acu`)} u ON u.acu_pk = a.pk JOIN ${sql.table(kind)} s ON s.pk = ${sql.ref(`u.${kind}_pk`)}
        JOIN ${sql.table(kind)} h ON h.key = coalesce(s.head_key, s.key)
      WHERE a.message_pk = ${p.messagePk} AND h.visible = 1 ORDER BY u.acu_pk, h.weight DESC, h.pk`,
  );
const topics = subjects('topic', 'label');
const entities = subjects('entity', 'name');
const memories = statement<Asked, { pk: number; id: MemoryId; text: string; state: MemoryState }>(
  (_, p) => sql<{ pk: number; id: MemoryId; text: string; state: MemoryState }>`
    SELECT DISTINCT a.pk, k.id, k.text, k.state
    FROM acu a JOIN part p ON p.pk = a.part_pk
      JOIN memory_evidence e ON e.message_pk = a.message_pk AND CAST(e.place AS INTEGER) = p.ix
        AND e.start_ix < a.end_ix AND e.end_ix > a.start_ix
      JOIN memory k ON k.pk = e.memory_pk
    WHERE a.message_pk = ${p.messagePk} ORDER BY a.pk, k.pk`,
);
interface Kept {
  readonly id: AssemblyId;
  readonly atMs: number;
  readonly sessionId: string;
  readonly way: AssemblyWay;
  readonly query: string;
  readonly details: Buffer;
}
/** A record names the units it gave: the few that name one of these are read. */
const naming = statement<{ ids: string }, Kept>(
  (_, p) => sql<Kept>`
    SELECT id, at_ms AS atMs, session_id AS sessionId, way, query, details_deflated AS details FROM assembly
    WHERE EXISTS (SELECT 1 FROM json_each(${p.ids}) j WHERE instr(given_ids, j.value) > 0) ORDER BY pk DESC`,
);

/** Null where there is no such message. */
export function messageUse(connection: Connection, id: MessageId): MessageUse | null {
  const message = messagePk.get(connection, { id });
  if (message === undefined) return null;
  const asked = { messagePk: message.pk };
  const found = units.all(connection, asked);
  const pkOf = new Map<string, number>([
    ...found.map((unit) => [unit.id, unit.pk] as const),
    ...formerIds.all(connection, asked).map((unit) => [unit.id, unit.pk] as const),
  ]);
  const contexts = contextsBy(connection, pkOf);
  const excluded = new ExclusionReader(connection).units(found.map(({ pk }) => pk));
  const grouped = <T extends { pk: number }>(rows: T[]) => Map.groupBy(rows, ({ pk }) => pk);
  const of = {
    topics: grouped(topics.all(connection, asked)),
    entities: grouped(entities.all(connection, asked)),
    memories: grouped(memories.all(connection, asked)),
  };
  return {
    items: found.map(
      ({ pk, id: acuId }): UnitUse => ({
        acuId,
        topics: (of.topics.get(pk) ?? []).map((one) => ({ id: one.id as TopicId, label: one.name })),
        entities: (of.entities.get(pk) ?? []).map((one) => ({ id: one.id as EntityId, name: one.name })),
        memories: (of.memories.get(pk) ?? []).map(({ pk: _, ...memory }) => memory),
        contexts: contexts.get(pk) ?? [],
        excluded: excluded.has(pk),
      }),
    ),
    told: new AskedReader(connection).naming(id),
  };
}

function contextsBy(connection: Connection, pkOf: ReadonlyMap<string, number>): Map<number, UnitContext[]> {
  const contexts = new Map<number, UnitContext[]>();
  if (pkOf.size === 0) return contexts;
  for (const { id, atMs, sessionId, way, query, details } of naming.all(connection, {
    ids: JSON.stringify([...pkOf.keys()]),
  })) {
    const { given } = detailsOf(details);
    const named = new Set<number>();
    for (const line of given) {
      const pk = line.acuId === null ? undefined : pkOf.get(line.acuId);
      if (pk === undefined || line.state !== 'given' || named.has(pk)) continue;
      named.add(pk);
      const list = contexts.get(pk) ?? [];
      contexts.set(pk, list);
      if (list.length < contextsPerUnit)
        list.push({ assemblyId: id, at: isoTime(atMs), sessionId, way, query, layer: line.layer, ref: line.ref });
    }
  }
  return contexts;
}
