/** How many messages lie between days, by an index alone. Knows no time zone: it is given where days begin. */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface DayCount {
  /** Which of the days. */
  readonly nth: number;
  readonly said: number;
  readonly answered: number;
}

const counted = statement<{ starts: string; endMs: number }, DayCount>(
  (_, p) => sql<DayCount>`
    WITH day AS (SELECT key AS nth, value AS fromMs, lead(value, 1, ${p.endMs}) OVER (ORDER BY key) AS toMs FROM json_each(${p.starts}))
    SELECT day.nth, sum(m.author_kind = 'human') AS said, sum(m.author_kind = 'model') AS answered
    FROM day JOIN message m INDEXED BY message_said ON m.created_ms >= day.fromMs AND m.created_ms < day.toMs
    WHERE m.on_active_path = 1 AND m.hidden = 0 AND m.created_ms IS NOT NULL AND m.author_kind IN ('human', 'model')
    GROUP BY day.nth ORDER BY day.nth`,
);

export class ActivityReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Messages of people and of models, as conversations are shown, of days on which there are any.
   * @param starts where each day begins, ms UTC, ascending
   * @param endMs where the last one ends
   */
  ofDays(starts: readonly number[], endMs: number): DayCount[] {
    return counted.all(this.#connection, { starts: JSON.stringify(starts), endMs });
  }
}
