/**
 * Which messages name somebody or something a question names, however either writes it: by the profiles of entities, whose ways
 * of writing count as one. Reads only, and only by an index; knows no question.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { foldKey } from '../name-links.ts';
import { statement } from '../statement.ts';

export interface EntityMessages {
  /** As its profile has it. */
  readonly name: string;
  readonly messagePks: readonly number[];
}

interface Row {
  readonly name: string;
  readonly messagePk: number;
}

const named = statement<{ names: string; folds: string; most: number }, Row>(
  (_, p) => sql<Row>`
    WITH said AS (
      SELECT e.key, e.head_key FROM json_each(${p.folds}) j JOIN entity e ON e.fold = j.value
      UNION SELECT e.key, e.head_key FROM json_each(${p.names}) j JOIN entity e ON e.key = j.value
    ), head AS MATERIALIZED (
      SELECT DISTINCT h.pk, h.key, h.name FROM said JOIN entity h ON h.key = coalesce(said.head_key, said.key)
      WHERE h.hidden = 0 AND h.acus <= ${p.most}
    ), part AS (
      SELECT head.name, head.pk FROM head
      UNION ALL SELECT head.name, e.pk FROM head JOIN entity e ON e.head_key = head.key
    )
    SELECT DISTINCT part.name, a.message_pk AS messagePk
    FROM part JOIN entity_acu u ON u.entity_pk = part.pk JOIN acu a ON a.pk = u.acu_pk AND a.state = 'active'
    ORDER BY part.name, a.message_pk`,
);

export class EntityMessageReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * @param names runs of words that may be a name, lower case, in any spelling
   * @param most units at most of one entity: who is named everywhere says nothing of what is meant
   */
  named(names: readonly string[], most: number): EntityMessages[] {
    const folds = [...new Set(names.map(foldKey))].filter((fold) => fold !== '');
    if (names.length === 0) return [];
    const rows = named.all(this.#connection, { names: JSON.stringify(names), folds: JSON.stringify(folds), most });
    return [...Map.groupBy(rows, ({ name }) => name)].map(([name, of]) => ({
      name,
      messagePks: of.map(({ messagePk }) => messagePk),
    }));
  }
}
