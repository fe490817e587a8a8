/**
 * Bookmarks, notes, tags and what is archived: rows by the ids of what they hang on. Whether that is here is asked when they are
 * made and told when they are read; capture never touches them. Never changes what was said.
 */
import {
  Annotation,
  type AnnotationKind,
  type AnnotationResult,
  type AnnotationStep,
  Tag,
} from '@vivim/contract/annotation';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { ConversationId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { latestPage } from '../latest-page.ts';
import { statement } from '../statement.ts';

/** A row as an archive knows it too. */
export interface AnnotationRow {
  readonly kind: AnnotationKind;
  readonly conversationId: string;
  /** '' for none. */
  readonly messageId: string;
  readonly text: string | null;
  readonly atMs: number;
  readonly changedMs: number;
}

interface Stored extends AnnotationRow {
  readonly pk: number;
}

interface Shown extends Stored {
  readonly title: string | null;
  readonly here: number;
}

type Place = Pick<AnnotationRow, 'kind' | 'conversationId' | 'messageId'> & { readonly key: string };

const columns = sql`a.pk, a.kind, a.conversation_id AS conversationId, a.message_id AS messageId, a.text, a.at_ms AS atMs,
  a.changed_ms AS changedMs`;
const shownColumns = sql`${columns}, c.title,
  a.message_id = '' OR EXISTS (SELECT 1 FROM message m WHERE m.id = a.message_id) AS here`;
const pageOf = statement<
  { kind: string | null; conversation: string | null; notes: number; before: number; limit: number },
  Shown
>(
  (_, p) => sql<Shown>`
    SELECT ${shownColumns} FROM annotation a JOIN conversation c ON c.id = a.conversation_id
    WHERE a.pk < ${p.before} AND (${p.kind} IS NULL OR a.kind = ${p.kind}) AND (${p.notes} = 1 OR a.kind <> 'note')
      AND (${p.conversation} IS NULL OR a.conversation_id = ${p.conversation})
    ORDER BY a.pk DESC LIMIT ${p.limit}`,
);
const searched = statement<{ match: string; limit: number }, Shown & { score: number }>(
  (_, p) => sql<Shown & { score: number }>`
    SELECT ${shownColumns}, -f.rank AS score FROM (
      SELECT rowid, rank FROM note_words WHERE note_words MATCH ${p.match} ORDER BY rank LIMIT 200) f
    JOIN annotation a ON a.pk = f.rowid JOIN conversation c ON c.id = a.conversation_id
    ORDER BY f.rank, a.pk LIMIT ${p.limit}`,
);
const all = statement<Record<never, never>, Stored>(
  () => sql<Stored>`SELECT ${columns} FROM annotation a ORDER BY a.pk`,
);
const at = statement<Place, Stored>(
  (_, p) => sql<Stored>`
    SELECT ${columns} FROM annotation a WHERE a.conversation_id = ${p.conversationId} AND a.kind = ${p.kind}
      AND a.message_id = ${p.messageId} AND a.key = ${p.key}`,
);
const insert = statement<Omit<Stored, 'pk'> & { key: string }>(
  (_, p) => sql`
    INSERT OR IGNORE INTO annotation (kind, conversation_id, message_id, key, text, at_ms, changed_ms)
    VALUES (${p.kind}, ${p.conversationId}, ${p.messageId}, ${p.key}, ${p.text}, ${p.atMs}, ${p.changedMs})`,
);
const rewrite = statement<{ pk: number; text: string; changedMs: number }>((db, p) =>
  db.updateTable('annotation').set({ text: p.text, changed_ms: p.changedMs }).where('pk', '=', p.pk),
);
const remove = statement<{ pk: number }>((db, p) => db.deleteFrom('annotation').where('pk', '=', p.pk));
const addWords = statement<{ pk: number; text: string }>(
  (_, p) => sql`INSERT OR REPLACE INTO note_words (rowid, text) VALUES (${p.pk}, ${p.text})`,
);
const removeWords = statement<{ pk: number }>((_, p) => sql`DELETE FROM note_words WHERE rowid = ${p.pk}`);
const emptyWords = statement<Record<never, never>>(() => sql`INSERT INTO note_words(note_words) VALUES ('delete-all')`);
const conversationOf = statement<{ of: string }, { id: string }>(
  (_, p) => sql<{ id: string }>`
    SELECT id FROM conversation WHERE id = ${p.of}
    UNION ALL SELECT c.id FROM message m JOIN conversation c ON c.pk = m.conversation_pk WHERE m.id = ${p.of}`,
);
const isHere = statement<{ id: string }, { one: number }>(
  (_, p) => sql<{ one: number }>`SELECT 1 AS one FROM conversation WHERE id = ${p.id}`,
);

/** What one tag is known by. */
export const tagKey = (tag: string): string => tag.normalize('NFC').toLowerCase();

export class AnnotationReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The latest first. @throws AppError `cursor_invalid` */
  page(options: {
    readonly kind?: AnnotationKind | undefined;
    readonly conversation?: ConversationId | undefined;
    readonly withoutNotes?: boolean;
    readonly limit: number;
    readonly cursor?: string | undefined;
  }): Page<Annotation> {
    const { kind = null, conversation = null, withoutNotes = false } = options;
    const notes = withoutNotes ? 0 : 1;
    return latestPage(
      options,
      (before, limit) => pageOf.all(this.connection, { kind, conversation, notes, before, limit }),
      shown,
    );
  }

  /** Notes that hold the words, the best first. @param match an expression of FTS5 */
  search(match: string, limit: number): { readonly note: Annotation; readonly score: number }[] {
    return searched.all(this.connection, { match, limit }).map((row) => ({ note: shown(row), score: row.score }));
  }

  /** All of them, in the order they were made. */
  all(): Stored[] {
    return all.all(this.connection, {});
  }

  /** Whether the conversation is here that one hangs on. */
  isHere(conversationId: string): boolean {
    return isHere.get(this.connection, { id: conversationId }) !== undefined;
  }
}

export class AnnotationWriter extends AnnotationReader {
  /** All of them or none. @throws AppError `not_found` where a step names what is not here */
  take(steps: readonly AnnotationStep[], nowMs: number): AnnotationResult {
    const undo = steps.flatMap((step) => this.#step(step, nowMs) ?? []);
    return { changed: undo.length, undo: undo.reverse() };
  }

  /** One of an archive; where there is one at its place that one stays. */
  put(row: AnnotationRow): void {
    this.#add({ ...row, key: row.kind === 'tag' ? tagKey(row.text ?? '') : '' });
  }

  reword(pk: number, text: string, changedMs: number): void {
    rewrite.run(this.connection, { pk, text, changedMs });
    addWords.run(this.connection, { pk, text });
  }

  drop(pk: number): void {
    removeWords.run(this.connection, { pk });
    remove.run(this.connection, { pk });
  }

  /** Write the index of words anew, so that no word of what left it is in its pages. */
  rewriteWords(): void {
    emptyWords.run(this.connection, {});
    for (const { pk, kind, text } of this.all())
      if (kind === 'note') addWords.run(this.connection, { pk, text: text ?? '' });
  }

  #add(row: Omit<Stored, 'pk'> & { key: string }): void {
    const { changes, lastInsertRowid: pk } = insert.run(this.connection, row);
    if (changes === 1 && row.kind === 'note') addWords.run(this.connection, { pk, text: row.text ?? '' });
  }

  /** @returns what takes it back, or null where nothing changed */
  #step(step: AnnotationStep, nowMs: number): AnnotationStep | null {
    const conversationId = conversationOf.get(this.connection, { of: step.of })?.id;
    if (conversationId === undefined) throw new AppError('not_found', undefined, { field: 'of' });
    const { kind, of } = step;
    const messageId = of === conversationId ? '' : of;
    const place = { kind, conversationId, messageId, key: kind === 'tag' ? tagKey(step.tag) : '' };
    const before = at.get(this.connection, place);
    if (kind === 'note') return this.#note(step, place, before, nowMs);
    if (step.on === (before !== undefined)) return null;
    if (before === undefined)
      this.#add({ ...place, text: kind === 'tag' ? step.tag : null, atMs: nowMs, changedMs: nowMs });
    else this.drop(before.pk);
    const was = kind === 'tag' ? { ...step, tag: before?.text ?? step.tag } : step;
    return { ...was, on: !step.on };
  }

  #note(
    step: AnnotationStep & { kind: 'note' },
    place: Place,
    before: Stored | undefined,
    nowMs: number,
  ): AnnotationStep | null {
    const text = step.text.trim();
    if (text === (before?.text ?? '')) return null;
    if (text === '' && before !== undefined) this.drop(before.pk);
    else if (before !== undefined) this.reword(before.pk, text, nowMs);
    else this.#add({ ...place, text, atMs: nowMs, changedMs: nowMs });
    return { ...step, text: before?.text ?? '' };
  }
}

const shown = ({ pk: _, title, here, atMs, changedMs, messageId, ...row }: Shown): Annotation =>
  Annotation.parse({
    kind: row.kind,
    conversationId: row.conversationId,
    conversationTitle: title,
    messageId: messageId === '' ? null : messageId,
    here: here === 1,
    text: row.text,
    at: isoTime(atMs),
    changedAt: isoTime(changedMs),
  });

/** A row out of an archive, or null where it says nothing a person could have said here. */
export function readAnnotation(row: AnnotationRow): AnnotationRow | null {
  if (row.kind === 'bookmark') return { ...row, text: null };
  if (row.kind === 'archive') return { ...row, text: null, messageId: '' };
  if (row.kind === 'note') return row.text === null || row.text.trim() === '' ? null : row;
  const tag = Tag.safeParse(row.text);
  return tag.success ? { ...row, text: tag.data, messageId: '' } : null;
}
