/**
 * What a person put right in topics and entities: kept in the order it was said, laid over what is found in the same
 * transaction. Never changes what conversations said.
 */
import type { Correction, EntityCorrection, TopicCorrection } from '@vivim/contract/correction';
import { AppError } from '@vivim/contract/errors';
import type { ConversationId, CorrectionId, EntityId, TopicId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { type CorrectionRow, type CorrectionRules, correctionRules } from '../correction-rules.ts';
import { contentId } from '../hash.ts';
import { latestPage } from '../latest-page.ts';
import { derivedId } from '../space-row.ts';
import { statement } from '../statement.ts';
import { phraseTokens } from '../words/index-words.ts';
import { BundleWriter } from './bundles.ts';
import { OutboxWriter } from './outbox.ts';
import { ProfileGroups } from './profile-groups.ts';
import { type ProfileKind, type ProfileRow, tablesOf } from './profile-tables.ts';
import { settleProfile } from './settle-profiles.ts';

interface Row extends Omit<CorrectionRow, 'of'> {
  ofJson: string;
}

const columns = sql`pk, id, kind, action, key, value, of_json AS ofJson, name, value_name AS valueName, at_ms AS atMs`;
const ofKind = statement<{ kind: string }, Row>(
  (_, p) => sql<Row>`SELECT ${columns} FROM correction WHERE kind = ${p.kind} ORDER BY pk`,
);
const byId = statement<{ id: string }, Row>((_, p) => sql<Row>`SELECT ${columns} FROM correction WHERE id = ${p.id}`);
const pageOf = statement<{ kind: string | null; before: number; limit: number }, Row>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM correction WHERE pk < ${p.before} AND (${p.kind} IS NULL OR kind = ${p.kind})
    ORDER BY pk DESC LIMIT ${p.limit}`,
);
const insert = statement<Omit<Row, 'pk'>>(
  (_, p) => sql`
    INSERT OR IGNORE INTO correction (id, kind, action, key, value, of_json, name, value_name, at_ms)
    VALUES (${p.id}, ${p.kind}, ${p.action}, ${p.key}, ${p.value}, ${p.ofJson}, ${p.name}, ${p.valueName}, ${p.atMs})`,
);
const remove = statement<{ id: string }>((db, p) => db.deleteFrom('correction').where('id', '=', p.id));
const saying = statement<{ match: string }, { rowid: number }>(
  (_, p) => sql<{ rowid: number }>`SELECT rowid FROM message_words WHERE message_words MATCH ${p.match} LIMIT 1`,
);
const conversationPks = statement<{ ids: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`SELECT pk FROM conversation WHERE id IN (SELECT value FROM json_each(${p.ids}))`,
);
const conversationId = statement<{ pk: number }, { id: ConversationId }>((db, p) =>
  db.selectFrom('conversation').select('id').where('pk', '=', p.pk).$castTo<{ id: ConversationId }>(),
);

const whole = ({ ofJson, ...row }: Row): CorrectionRow => ({ ...row, of: JSON.parse(ofJson) as string[] });

export class CorrectionReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  rules(kind: ProfileKind): CorrectionRules {
    return correctionRules(ofKind.all(this.connection, { kind }).map(whole));
  }

  /** The latest first. @throws AppError `cursor_invalid` */
  page(options: { kind?: ProfileKind | undefined; limit: number; cursor?: string | undefined }): Page<Correction> {
    const { kind = null } = options;
    return latestPage(
      options,
      (before, limit) => pageOf.all(this.connection, { kind, before, limit }),
      (row) => this.#shown(row),
    );
  }

  /** All of them, in the order they were made. */
  all(): CorrectionRow[] {
    return [...ofKind.all(this.connection, { kind: 'topic' }), ...ofKind.all(this.connection, { kind: 'entity' })].map(
      whole,
    );
  }

  /** Of the profile a key names. */
  idOf(kind: ProfileKind, key: string): string {
    return derivedId(this.connection, kind === 'topic' ? 't' : 'e', [key]);
  }

  /** Whether any message that is here says this, by the index of words. */
  isSaid(key: string): boolean {
    const phrase = phraseTokens(key).join(' ');
    return phrase !== '' && saying.get(this.connection, { match: `"${phrase}"` }) !== undefined;
  }

  conversationId(pk: number): ConversationId | null {
    return conversationId.get(this.connection, { pk })?.id ?? null;
  }

  protected shownById(id: string): Correction {
    const row = byId.get(this.connection, { id });
    if (row === undefined) throw new AppError('not_found');
    return this.#shown(row);
  }

  #shown({ id, kind, action, key, value, name, valueName, atMs }: Row): Correction {
    const about = action === 'merge' || action === 'move' || action === 'split' ? value : key;
    const head = tablesOf(kind).byKey.get(this.connection, { key: about })?.headKey ?? about;
    const subject = this.idOf(kind, head) as TopicId | EntityId;
    const at = new Date(atMs).toISOString();
    return { id: id as CorrectionId, kind, action, name, value: valueName, subject, at };
  }
}

export class CorrectionWriter extends CorrectionReader {
  /** @throws AppError `not_found`, `request_invalid` where it would say nothing */
  make(
    kind: ProfileKind,
    id: TopicId | EntityId,
    to: TopicCorrection | EntityCorrection,
    verb: string,
    nowMs: number,
  ): Correction {
    const tables = tablesOf(kind);
    const subject = this.#profile(tables.byId.get(this.connection, { id }), kind);
    const made = contentId('r', [verb]);
    const row = { id: made, kind, action: to.action, key: subject.key, ofJson: '[]', name: subject.name, atMs: nowMs };
    const put = (value: string, valueName = value, of: readonly string[] = []): void => {
      insert.run(this.connection, { ...row, value, valueName, ofJson: JSON.stringify(of) });
    };
    switch (to.action) {
      case 'rename':
        put(to.name);
        break;
      case 'pin':
        put(String(to.pinned));
        break;
      case 'hide':
        put(String(to.hidden));
        break;
      case 'type':
        put(to.type);
        break;
      case 'merge': {
        const other = this.#profile(tables.byId.get(this.connection, { id: to.into }), kind);
        if (other.key === subject.key) throw new AppError('request_invalid', 'It cannot be merged into itself.');
        put(other.key, other.name);
        break;
      }
      case 'apart': {
        const other = this.#profile(tables.byId.get(this.connection, { id: to.from }), kind);
        if (other.key === subject.key)
          throw new AppError(
            'request_invalid',
            'Both are one now: split off the way of writing that is something else.',
          );
        put(other.key, other.name);
        break;
      }
      case 'split': {
        const parts = this.#splitOff(kind, subject.key, to.parts);
        put(parts[0] as string, parts.join(', '), parts);
        break;
      }
      case 'move': {
        const key = to.name.toLowerCase().normalize('NFC');
        if (key === subject.key) throw new AppError('request_invalid', 'Give it another name than the one it has.');
        put(key, to.name, to.conversationIds);
        break;
      }
    }
    const correction = byId.get(this.connection, { id: made });
    if (correction === undefined) throw new Error('The correction that was just written is not there.');
    this.#apply(whole(correction), nowMs);
    return this.shownById(made);
  }

  /** One of an archive; one that is here already changes nothing. */
  put({ of, ...row }: Omit<CorrectionRow, 'pk'>, nowMs: number): void {
    insert.run(this.connection, { ...row, ofJson: JSON.stringify(of) });
    this.#apply({ pk: 0, of, ...row }, nowMs);
  }

  /** As if it had never been made. @returns what was undone @throws AppError `not_found` */
  undo(id: CorrectionId, nowMs: number): Correction {
    const row = byId.get(this.connection, { id });
    if (row === undefined) throw new AppError('not_found');
    const undone = this.shownById(id);
    remove.run(this.connection, { id });
    this.#apply(whole(row), nowMs);
    return undone;
  }

  #profile(row: ProfileRow | undefined, kind: ProfileKind): ProfileRow {
    if (row === undefined) throw new AppError('not_found');
    if (row.headKey === null) return row;
    return this.#profile(tablesOf(kind).byKey.get(this.connection, { key: row.headKey }), kind);
  }

  /** The ways of writing that leave: never the one the profile is known by, in whose place the others go. */
  #splitOff(kind: ProfileKind, head: string, parts: readonly string[]): string[] {
    const members = tablesOf(kind)
      .members.all(this.connection, { key: head })
      .map(({ key }) => key);
    const chosen = new Set(parts);
    if (parts.some((part) => !members.includes(part)))
      throw new AppError('request_invalid', 'Only what it is written as can be split off: see its parts.');
    const leaving = members.filter((key) => chosen.has(key) !== chosen.has(head));
    if (leaving.length === 0) throw new AppError('request_invalid', 'Something has to stay: name fewer of its parts.');
    return leaving;
  }

  /** Everything the correction bears on, said anew. Called after it was written or taken away. */
  #apply({ kind, action, key, value, of }: CorrectionRow, nowMs: number): void {
    const rules = this.rules(kind);
    const groups = new ProfileGroups(this.connection, kind, rules);
    const tables = tablesOf(kind);
    const changed = new Set<string>();
    const headOf = (of: string): string => tables.byKey.get(this.connection, { key: of })?.headKey ?? of;
    if (action === 'merge' || action === 'split' || action === 'apart') {
      const keys = [key, value, ...of];
      const near = keys.flatMap((one) => groups.around(one));
      for (const one of keys) changed.add(headOf(one));
      for (const one of groups.regroup(near)) changed.add(one);
      for (const one of keys) changed.add(headOf(one));
    } else if (action === 'move') {
      const pks = conversationPks.all(this.connection, { ids: JSON.stringify(of) }).map(({ pk }) => pk);
      new OutboxWriter(this.connection).put('rollup', pks, nowMs);
      for (const one of groups.regroup([key, value].flatMap((one) => groups.around(one)))) changed.add(one);
      changed.add(headOf(value));
    } else changed.add(headOf(key));
    for (const one of changed) settleProfile(this.connection, kind, rules, one, null);
    new BundleWriter(this.connection).markDirty(
      kind,
      [...changed].map((one) => this.idOf(kind, one)),
    );
  }
}
