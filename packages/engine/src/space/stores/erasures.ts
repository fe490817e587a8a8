/**
 * What was erased: receipts, and marks that keep it away. Knows nothing of how anything is erased; see `erase-rows.ts`.
 */
import { isoTime } from '@vivim/contract/clock';
import {
  type ErasureId,
  type ErasureKind,
  type ErasureNote,
  ErasureReceipt,
  type Remainder,
} from '@vivim/contract/erasure';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { type MarkKind, type Marks, markOf, marksBy, marksOfNote } from '../marks.ts';
import { statement } from '../statement.ts';

/** What a receipt says beyond the note. */
export type ReceiptFigures = Pick<ErasureReceipt, 'removed' | 'sameWordsElsewhere' | 'remaining' | 'backupsExpireBy'>;

interface Row {
  pk: number;
  id: ErasureId;
  kind: ErasureKind;
  items: number;
  atMs: number;
  receipt: string;
  allowedMs: number | null;
  left: number;
}

const columns = sql`e.pk, e.id, e.kind, e.items, e.at_ms AS atMs, e.receipt, e.allowed_ms AS allowedMs,
  (e.stage > 0) + (SELECT count(*) FROM erasing g WHERE g.erasure_pk = e.pk) AS left`;
const byId = statement<{ id: string }, Row>((_, p) => sql<Row>`SELECT ${columns} FROM erasure e WHERE e.id = ${p.id}`);
const byMark = statement<{ mark: string }, Row>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM erased m JOIN erasure e ON e.pk = m.erasure_pk WHERE m.mark = ${p.mark}`,
);
const newest = statement<{ before: number | null; limit: number }, Row>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM erasure e WHERE ${p.before} IS NULL OR e.pk < ${p.before} ORDER BY e.pk DESC LIMIT ${p.limit}`,
);
const kinds = statement<Record<never, never>, { kind: string }>(
  // From kind to kind by the key: an erased import leaves thousands of marks of one kind. ';' comes after ':'.
  () => sql<{ kind: string }>`
    WITH RECURSIVE k(kind) AS (
      SELECT (SELECT substr(mark, 1, instr(mark, ':') - 1) FROM erased ORDER BY mark LIMIT 1)
      UNION ALL
      SELECT (SELECT substr(mark, 1, instr(mark, ':') - 1) FROM erased WHERE mark > k.kind || ';' ORDER BY mark LIMIT 1)
      FROM k WHERE k.kind IS NOT NULL)
    SELECT kind FROM k WHERE kind IS NOT NULL`,
);
const holds = statement<{ mark: string }, { one: number }>(
  (_, p) => sql<{ one: number }>`SELECT 1 AS one FROM erased WHERE mark = ${p.mark}`,
);
const epoch = statement<Record<never, never>, { epoch: string }>(
  () => sql<{ epoch: string }>`SELECT count(*) || ' ' || count(allowed_ms) AS epoch FROM erasure`,
);
const insert = statement<{ id: string; kind: string; items: number; at: number; receipt: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    INSERT INTO erasure (id, kind, items, at_ms, receipt)
    VALUES (${p.id}, ${p.kind}, ${p.items}, ${p.at}, ${p.receipt}) RETURNING pk`,
);
const addMarks = statement<{ pk: number; marks: string }>(
  (_, p) => sql`
    INSERT INTO erased (mark, erasure_pk) SELECT value, ${p.pk} FROM json_each(${p.marks}) WHERE true
    ON CONFLICT (mark) DO UPDATE SET erasure_pk = excluded.erasure_pk`,
);
const allow = statement<{ id: string; now: number }>((db, p) =>
  db.updateTable('erasure').set({ allowed_ms: p.now }).where('id', '=', p.id).where('allowed_ms', 'is', null),
);
const dropMarks = statement<{ id: string }>(
  (_, p) => sql`DELETE FROM erased WHERE erasure_pk = (SELECT pk FROM erasure WHERE id = ${p.id})`,
);
const setReceipt = statement<{ id: string; receipt: string }>((db, p) =>
  db.updateTable('erasure').set({ receipt: p.receipt }).where('id', '=', p.id),
);

const Figures = ErasureReceipt.pick({
  removed: true,
  sameWordsElsewhere: true,
  remaining: true,
  backupsExpireBy: true,
});

const shown = (row: Row): ErasureReceipt => ({
  id: row.id,
  kind: row.kind,
  items: row.items,
  erasedAt: isoTime(row.atMs),
  ...Figures.parse(JSON.parse(row.receipt)),
  allowedAt: isoTime(row.allowedMs),
  left: row.left,
});

export class ErasureReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  find(id: ErasureId): ErasureReceipt | null {
    const row = byId.get(this.connection, { id });
    return row === undefined ? null : shown(row);
  }

  /** Of the last erasure that took this; null where it was never erased, or let in again. */
  receiptFor(kind: MarkKind, ...parts: readonly string[]): ErasureReceipt | null {
    const row = byMark.get(this.connection, { mark: this.markOf(kind, ...parts) });
    return row === undefined ? null : shown(row);
  }

  /** Newest first. @throws AppError `cursor_invalid` */
  page(options: { readonly limit: number; readonly cursor?: string | undefined }): Page<ErasureReceipt> {
    const [before] =
      options.cursor === undefined ? [null] : decodeCursor<readonly [number]>(options.cursor, ['number']);
    const rows = newest.all(this.connection, { before, limit: options.limit + 1 });
    const items = rows.slice(0, options.limit);
    const last = items.at(-1);
    const more = rows.length > options.limit && last !== undefined;
    return { items: items.map(shown), nextCursor: more ? encodeCursor([last.pk]) : null };
  }

  markOf(kind: MarkKind, ...parts: readonly string[]): string {
    return markOf(this.connection, kind, parts);
  }

  /** Everything that is kept away. */
  marks(): Marks {
    const found = new Set(kinds.all(this.connection, {}).map(({ kind }) => kind));
    return marksBy(this.connection, found, (mark) => holds.get(this.connection, { mark }) !== undefined);
  }

  /** Whether anything is kept away. */
  keepsAway(): boolean {
    return kinds.get(this.connection, {}) !== undefined;
  }

  /** What one erasure names. */
  marksOf(note: ErasureNote): Marks {
    return marksOfNote(this.connection, note.marks);
  }

  /** Changes with every erasure and every permission: what was prepared under another one is prepared again. */
  epoch(): string {
    return epoch.get(this.connection, {})?.epoch ?? '';
  }
}

export class ErasureWriter extends ErasureReader {
  /** Keep the receipt, and keep away what the note names. */
  record(note: ErasureNote, figures: ReceiptFigures): ErasureReceipt {
    const { id, kind, items, at } = note;
    const row = insert.get(this.connection, { id, kind, items, at, receipt: JSON.stringify(figures) });
    if (row === undefined) throw new Error('An erasure that was just written is not there.');
    addMarks.run(this.connection, { pk: row.pk, marks: JSON.stringify(note.marks) });
    return { id, kind, items, erasedAt: isoTime(at), ...figures, allowedAt: null, left: 0 };
  }

  /** Say what was learnt after the rows were gone. */
  setFigures(id: ErasureId, figures: ReceiptFigures): void {
    setReceipt.run(this.connection, { id, receipt: JSON.stringify(figures) });
  }

  /** Say where it may still be, once that is known. */
  addRemainder(id: ErasureId, remainder: Remainder): void {
    const receipt = this.find(id);
    if (receipt === null) return;
    const { removed, sameWordsElsewhere, remaining, backupsExpireBy } = receipt;
    this.setFigures(id, { removed, sameWordsElsewhere, remaining: [...remaining, remainder], backupsExpireBy });
  }

  /** What it took may come in again. */
  allow(id: ErasureId, nowMs: number): void {
    allow.run(this.connection, { id, now: nowMs });
    dropMarks.run(this.connection, { id });
  }
}
