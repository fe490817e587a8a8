/**
 * Conversations put straight into a space's tables, for tests of what comes after capture. Units are given, not made:
 * each message is one unit unless it says otherwise.
 */

import { join } from 'node:path';
import type { AcuType } from '@vivim/contract/acu';
import type { ConversationId } from '@vivim/contract/ids';
import { findMemories } from '@vivim/engine/context/memories/find-memories';
import { rulesVersion } from '@vivim/engine/context/memories/rules/rule-books';
import { contentId, sha256 } from '@vivim/engine/space/hash';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { openConnection } from '@vivim/engine/sqlite/database';

export interface FilledUnit {
  /** Must stand in the message's text. */
  readonly text: string;
  readonly type?: AcuType;
  readonly quality?: number;
  /** BCP 47; left out: not known. */
  readonly language?: string;
  /** Labels of topics and names of entities it belongs to; made when new. */
  readonly topics?: readonly string[];
  readonly entities?: readonly string[];
}

export interface FilledMessage {
  readonly role?: 'user' | 'assistant';
  readonly author?: string;
  readonly text: string;
  readonly at?: string;
  readonly units?: readonly FilledUnit[];
}

export interface FilledConversation {
  readonly externalId: string;
  readonly title?: string | null;
  readonly messages: readonly FilledMessage[];
}

type Value = string | number | null;

/** @returns the ids of the conversations, in order */
export function fillSpace(space: UserSpace, conversations: readonly FilledConversation[]): ConversationId[] {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  const insert = (table: string, row: Readonly<Record<string, Value>>): number => {
    const names = Object.keys(row);
    const sql = `INSERT INTO ${table} (${names.join(',')}) VALUES (${names.map(() => '?').join(',')})`;
    return Number(connection.prepare<Value[]>(sql).run(...Object.values(row)).lastInsertRowid);
  };
  const pkOf = (table: string, id: string): number | undefined =>
    connection.prepare<[string], { pk: number }>(`SELECT pk FROM ${table} WHERE id = ?`).get(id)?.pk;
  const belong = (kind: 'topic' | 'entity', name: string, acu: number): void => {
    const id = contentId(kind[0] as string, [name]);
    const label = kind === 'topic' ? { label: name } : { name, type: 'person' };
    const make = (): number => {
      const made = insert(kind, { id, key: name, ...label, conversations: 1, weight: 1, visible: 1 });
      if (kind === 'topic') insert('topic_vector', { topic_pk: made, label: name });
      return made;
    };
    const pk = pkOf(kind, id) ?? make();
    insert(`${kind}_acu`, { [`${kind}_pk`]: pk, acu_pk: acu, weight: 1 });
  };
  const run = () =>
    connection.prepare<[], { pk: number }>('SELECT pk FROM import_run').get()?.pk ??
    insert('import_run', { id: 'run', state: 'done', file_name: 'test.json', created_ms: 0 });

  const fill = ({ externalId, title = null, messages }: FilledConversation): ConversationId => {
    const id = contentId('c', [externalId]) as ConversationId;
    const runPk = run();
    const conversation = insert('conversation', {
      id,
      source: 'generic',
      external_id: externalId,
      title,
      sort_ms: 0,
      content_hash: '',
      message_count: messages.length,
      first_run_pk: runPk,
      last_run_pk: runPk,
      last_outcome: 'added',
    });
    let parent: number | null = null;
    for (const [seq, message] of messages.entries()) {
      const { role = 'user', author = null, text, at } = message;
      const ms = at === undefined ? null : Date.parse(at);
      const authorKind = role === 'user' ? 'human' : 'model';
      const messageId = contentId('m', [id, String(seq)]);
      const messagePk: number = insert('message', {
        id: messageId,
        conversation_pk: conversation,
        external_id: `${externalId}/${seq}`,
        parent_pk: parent,
        seq,
        role,
        author_name: author,
        author_kind: authorKind,
        created_ms: ms,
        on_active_path: 1,
        content_hash: '',
      });
      parent = messagePk;
      const partPk = insert('part', { message_pk: messagePk, ix: 0, kind: 'text', text });
      for (const [ordinal, unit] of (message.units ?? [{ text }]).entries()) {
        const start = text.indexOf(unit.text);
        const acu = insert('acu', {
          id: contentId('a', [messageId, String(ordinal), unit.text]),
          conversation_pk: conversation,
          message_pk: messagePk,
          part_pk: partPk,
          ordinal,
          start_ix: start,
          end_ix: start + unit.text.length,
          type: unit.type ?? 'statement',
          author_kind: authorKind,
          created_ms: ms,
          quality: unit.quality ?? 0.5,
          language: unit.language ?? null,
          text_key: sha256(unit.text.toLowerCase()).slice(0, 16),
        });
        for (const topic of unit.topics ?? []) belong('topic', topic, acu);
        for (const entity of unit.entities ?? []) belong('entity', entity, acu);
      }
    }
    return id;
  };
  try {
    const ids = connection.transaction(() => conversations.map(fill))();
    findMemoriesIn(space, ids);
    return ids;
  } finally {
    connection.close();
  }
}

/** What the rules find in them, at once. */
function findMemoriesIn(space: UserSpace, ids: readonly string[]): void {
  const found = space.read((r) =>
    ids.flatMap((id) => {
      const pk = r.bundles.material.conversation(id)?.pk;
      if (pk === undefined) return [];
      const looking = findMemories(r.memoryFindings.said(pk));
      let step = looking.next();
      while (!step.done) step = looking.next();
      return step.value.length === 0 ? [] : [{ pk, memories: step.value }];
    }),
  );
  // A space of an older schema has no room for what is found.
  if (found.length === 0 || space.schemaVersion < 3) return;
  space.write((w) => {
    for (const { pk, memories } of found) w.memoryFindings.replaceForConversation(pk, memories, rulesVersion, 1);
  });
}

/** Have the words of conversations found, as after an import. */
export const indexWords = (space: UserSpace, ids: readonly ConversationId[]): void =>
  space.write((w) => w.words.index(ids.flatMap((id) => w.bundles.material.conversation(id)?.pk ?? [])));
