/**
 * The imports that steady capture counts under: one for each source and day, so that a day can be looked at, and erased, like any
 * other import. They are over from the beginning: nothing waits in them.
 */
import type { Source } from '@vivim/contract/conversation';
import type { ImportId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { type ImportCounts, noCounts, parseCounts } from './import-counts.ts';

export interface DayRun {
  readonly pk: number;
  readonly id: ImportId;
  readonly counts: ImportCounts;
}

/** How something came in day by day: the beginning of the run's name, and why its source is known. */
export const dayWays = {
  watched: 'A folder is watched, and it grew.',
  live: 'It came through this server, as it was said.',
  saved: 'It was saved by itself, and not in a file.',
} as const;
export type DayWay = keyof typeof dayWays;

const find = statement<{ fileName: string; source: string }, { pk: number; id: ImportId; counts: string }>((db, p) =>
  db
    .selectFrom('import_run')
    .select(['pk', 'id', 'counts'])
    .where('file_name', '=', p.fileName)
    .where('source', '=', p.source)
    .where('state', '=', 'done')
    .limit(1)
    .$castTo<{ pk: number; id: ImportId; counts: string }>(),
);
const insert = statement<{ id: string; fileName: string; source: string; why: string; counts: string; now: number }>(
  (db, p) =>
    db.insertInto('import_run').values({
      id: p.id,
      state: 'done',
      file_name: p.fileName,
      asked_source: p.source,
      source: p.source,
      confidence: 1,
      why: p.why,
      counts: p.counts,
      created_ms: p.now,
      started_ms: p.now,
      finished_ms: p.now,
    }),
);
const count = statement<{ pk: number; counts: string; bytes: number; now: number }>((db, p) =>
  db
    .updateTable('import_run')
    .set((e) => ({ counts: p.counts, file_bytes: e('file_bytes', '+', p.bytes), finished_ms: p.now }))
    .where('pk', '=', p.pk),
);

export class DayRuns {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The run of a way, source and day, made where it is the first of the day. */
  of(way: DayWay, source: Source, nowMs: number): DayRun {
    const fileName = `${way}-${new Date(nowMs).toISOString().slice(0, 10)}`;
    const found = find.get(this.#connection, { fileName, source });
    if (found !== undefined) return { ...found, counts: parseCounts(found.counts) };
    const id = uuidv7(nowMs) as ImportId;
    const counts = JSON.stringify(noCounts);
    const { lastInsertRowid: pk } = insert.run(this.#connection, {
      id,
      fileName,
      source,
      why: dayWays[way],
      counts,
      now: nowMs,
    });
    return { pk, id, counts: noCounts };
  }

  /** @param bytes how much more came in */
  count(pk: number, counts: ImportCounts, bytes: number, nowMs: number): void {
    count.run(this.#connection, { pk, counts: JSON.stringify(counts), bytes, now: nowMs });
  }
}
