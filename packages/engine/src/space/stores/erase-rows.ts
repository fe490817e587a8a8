/**
 * Takes rows away for good. Decides nothing: whoever calls says what goes, inside one transaction, and first takes back
 * what profiles and words were told of it. What each table is to an erasure stands in `erasure-tables.ts`.
 */
import type { ErasureKind, Removed } from '@vivim/contract/erasure';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { randomBytes } from '@vivim/contract/random';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { dropUnshown } from './blobs.ts';
import type { MessageInput } from './conversation-input.ts';
import { movePlace, type Place, replaceContent } from './message-rows.ts';
import { vectorsChanged } from './vector-changes.ts';
import { type WrittenConversation, writtenConversation } from './written-conversation.ts';

type Nothing = Record<never, never>;
type Tally = Omit<Removed, 'redacted'>;
const tally = statement<Nothing, Tally>(
  () => sql<Tally>`SELECT
    (SELECT count(*) FROM conversation) AS conversations, (SELECT count(*) FROM message) AS messages,
    (SELECT count(*) FROM acu) AS acus, (SELECT count(*) FROM embedding) AS vectors,
    (SELECT count(*) FROM attachment) AS attachments, (SELECT count(*) FROM topic) AS topics,
    (SELECT count(*) FROM entity) AS entities, (SELECT count(*) FROM bundle) AS bundles,
    (SELECT count(*) FROM memory) AS memories,
    (SELECT count(*) FROM raw_record) + (SELECT count(*) FROM sidecar_record) AS records, (SELECT count(*) FROM import_run) AS imports,
    (SELECT count(*) FROM import_issue) AS issues`,
);

/** A file as an export knows it. */
export interface ErasedFile {
  readonly externalId: string | null;
  readonly sha256: string | null;
  readonly name: string | null;
}

export interface Named {
  readonly pk: number;
  readonly id: string;
}
const ids = {
  conversation: statement<Nothing, Named>((db) => db.selectFrom('conversation').select(['pk', 'id'])),
  topic: statement<Nothing, Named>((db) => db.selectFrom('topic').select(['pk', 'id'])),
  entity: statement<Nothing, Named>((db) => db.selectFrom('entity').select(['pk', 'id'])),
  run: statement<Nothing, Named>((db) => db.selectFrom('import_run').select(['pk', 'id'])),
};
const messageIds = statement<Nothing, { conversationPk: number; id: string }>((db) =>
  db.selectFrom('message').select(['conversation_pk as conversationPk', 'id']),
);
/** Conversations no other import saw. */
const broughtAlone = statement<{ pk: number }, Named>(
  (_, p) => sql<Named>`
    SELECT pk, id FROM conversation c WHERE first_run_pk = ${p.pk} AND last_run_pk = ${p.pk}
      AND NOT EXISTS (SELECT 1 FROM raw_record r WHERE r.external_key = c.id AND r.run_pk <> ${p.pk})
      AND NOT EXISTS (SELECT 1 FROM import_entry e WHERE e.conversation_pk = c.pk AND e.run_pk <> ${p.pk})`,
);
const removeRecords = statement<{ id: string }>((db, p) =>
  db.deleteFrom('raw_record').where('external_key', '=', p.id),
);
const removeConversation = statement<{ pk: number }>((db, p) => db.deleteFrom('conversation').where('pk', '=', p.pk));
const removeMessages = statement<{ pks: string }>(
  (_, p) => sql`DELETE FROM message WHERE pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const forgetVectors = statement<{ pks: string }>(
  (_, p) => sql`DELETE FROM embedding WHERE message_pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const setHead = statement<{ pk: number; title: string | null; flags: string; leaf: string | null; hash: string }>(
  (_, p) => sql`
    UPDATE conversation SET title = ${p.title}, flags_json = ${p.flags}, active_leaf_id = ${p.leaf},
      content_hash = ${p.hash}, message_count = (SELECT count(*) FROM message WHERE conversation_pk = ${p.pk})
    WHERE pk = ${p.pk}`,
);
/** A file several messages show has one row; what it is called and says is written over. */
const setAttachment = statement<{ externalId: string; name: string | null; textExtract: string | null }>((db, p) =>
  db
    .updateTable('attachment')
    .set({ name: p.name, text_extract: p.textExtract })
    .where('external_id', '=', p.externalId),
);
const filesShown = statement<{ id: string }, ErasedFile>(
  (_, p) => sql<ErasedFile>`
    SELECT DISTINCT a.external_id AS externalId, a.sha256, a.name FROM message m JOIN part p ON p.message_pk = m.pk
      JOIN attachment a ON a.pk = p.attachment_pk
    WHERE m.id = ${p.id} OR m.conversation_pk = (SELECT pk FROM conversation WHERE id = ${p.id})`,
);
/** From the files on: few messages show any. */
const filesOf = statement<{ pks: string }, ErasedFile>(
  (_, p) => sql<ErasedFile>`
    SELECT DISTINCT a.external_id AS externalId, a.sha256, a.name FROM attachment a
      CROSS JOIN part p ON p.attachment_pk = a.pk CROSS JOIN message m ON m.pk = p.message_pk
    WHERE m.conversation_pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const looseFiles = statement<Nothing, ErasedFile & { pk: number; runPk: number }>(
  () => sql<ErasedFile & { pk: number; runPk: number }>`
    SELECT pk, run_pk AS runPk, external_id AS externalId, sha256, name FROM attachment WHERE run_pk IS NOT NULL`,
);
const removeAttachment = statement<{ pk: number }>((db, p) => db.deleteFrom('attachment').where('pk', '=', p.pk));
const renameAttachment = statement<{ pk: number; name: string }>((db, p) =>
  db.updateTable('attachment').set({ name: p.name }).where('pk', '=', p.pk),
);
const silentSpeakers = statement<Nothing>(
  () => sql`DELETE FROM speaker WHERE name NOT IN (SELECT lower(author_name) FROM message WHERE author_name <> '')`,
);
const allBundles = statement<Nothing>((db) => db.deleteFrom('bundle'));
const removeProfile = {
  topic: statement<{ pk: number }>((db, p) => db.deleteFrom('topic').where('pk', '=', p.pk)),
  entity: statement<{ pk: number }>((db, p) => db.deleteFrom('entity').where('pk', '=', p.pk)),
};
/** Every way of writing that counts as the profile of this row. */
const membersOf = (of: ProfileSubject, pk: unknown) => sql`(
  SELECT pk FROM ${sql.table(of)} WHERE pk = ${pk} OR head_key = (SELECT key FROM ${sql.table(of)} WHERE pk = ${pk}))`;
const namesOf = { topic: namesStatement('topic'), entity: namesStatement('entity') };
const memberIds = { topic: memberStatement('topic'), entity: memberStatement('entity') };

function namesStatement(of: ProfileSubject) {
  const profile = sql.table(of);
  return statement<{ pk: number }, { name: string }>(
    (_, p) => sql<{ name: string }>`
      SELECT ${sql.ref(of === 'topic' ? 'label' : 'name')} AS name FROM ${profile} WHERE pk = ${p.pk}
      UNION SELECT key FROM ${profile} WHERE pk IN ${membersOf(of, p.pk)}
      UNION SELECT value FROM ${sql.table(`${of}_form`)}
        WHERE ${sql.ref(`${of}_pk`)} IN ${membersOf(of, p.pk)} AND kind = 'name'`,
  );
}

function memberStatement(of: ProfileSubject) {
  return statement<{ pk: number }, { id: string }>(
    (_, p) => sql<{ id: string }>`SELECT id FROM ${sql.table(of)} WHERE pk IN ${membersOf(of, p.pk)} ORDER BY pk`,
  );
}
/** Merging segments leaves out what was deleted; until then an index without content keeps its words. */
const rewriteWords = statement<Nothing>(() => sql`INSERT INTO message_words(message_words) VALUES ('optimize')`);
const rewriteWordsBefore = statement<Nothing>(
  () => sql`INSERT INTO message_words_before(message_words_before) VALUES ('optimize')`,
);
const rewriteBranchWords = statement<Nothing>(() => sql`INSERT INTO branch_words(branch_words) VALUES ('optimize')`);
const sameWords = statement<{ id: string }, { n: number }>(
  (_, p) => sql<{ n: number }>`
    SELECT count(*) AS n FROM acu a JOIN acu other ON other.text_key = a.text_key AND other.pk <> a.pk
    WHERE a.id = ${p.id}`,
);

export type ProfileSubject = Extract<ErasureKind, 'topic' | 'entity'>;

export class EraseRows {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  tally(): Tally {
    const found = tally.get(this.#connection, {});
    if (found === undefined) throw new Error('A SELECT of scalars answered no row.');
    return found;
  }

  ids(of: keyof typeof ids): Named[] {
    return ids[of].all(this.#connection, {});
  }

  messageIds(): { conversationPk: number; id: string }[] {
    return messageIds.all(this.#connection, {});
  }

  broughtAlone(runPk: number): Named[] {
    return broughtAlone.all(this.#connection, { pk: runPk });
  }

  written(pk: number): WrittenConversation | null {
    return writtenConversation(this.#connection, pk);
  }

  /** A conversation with all that hangs on it. Its units and contributions were taken back before. */
  conversation(pk: number, id: ConversationId): void {
    removeConversation.run(this.#connection, { pk });
    vectorsChanged(this.#connection, null);
    removeRecords.run(this.#connection, { id });
  }

  /** Put what is left of a conversation in place of what was there. */
  rewrite(
    pk: number,
    left: {
      readonly title: string | null;
      readonly flags: Readonly<Record<string, unknown>>;
      readonly activeLeafId: string | null;
      readonly gone: readonly number[];
      readonly moved: ReadonlyMap<number, Place>;
      readonly changed: ReadonlyMap<number, MessageInput>;
    },
  ): void {
    const connection = this.#connection;
    for (const [messagePk, message] of left.changed) {
      replaceContent(connection, messagePk, message);
      for (const { attachment } of message.parts) {
        const externalId = attachment?.externalId ?? null;
        if (attachment !== undefined && externalId !== null)
          setAttachment.run(connection, { externalId, name: attachment.name, textExtract: attachment.textExtract });
      }
    }
    for (const [messagePk, place] of left.moved) movePlace(connection, messagePk, place);
    removeMessages.run(connection, { pks: JSON.stringify(left.gone) });
    forgetVectors.run(connection, { pks: JSON.stringify([...left.changed.keys()]) });
    vectorsChanged(connection, null);
    // No capture makes this hash: whatever comes next is compared message by message.
    const hash = `erased ${Buffer.from(randomBytes(12)).toString('hex')}`;
    setHead.run(connection, {
      pk,
      title: left.title,
      flags: JSON.stringify(left.flags),
      leaf: left.activeLeafId,
      hash,
    });
  }

  /** Files a conversation or a message shows. */
  filesShown(id: ConversationId | MessageId): ErasedFile[] {
    return filesShown.all(this.#connection, { id });
  }

  /** Files any of these conversations shows. */
  filesOf(conversationPks: readonly number[]): ErasedFile[] {
    return filesOf.all(this.#connection, { pks: JSON.stringify(conversationPks) });
  }

  /** Files no conversation mentions, with the import each belongs to. */
  looseFiles(): (ErasedFile & { pk: number; runPk: number })[] {
    return looseFiles.all(this.#connection, {});
  }

  looseFile(pk: number): void {
    removeAttachment.run(this.#connection, { pk });
  }

  renameLooseFile(pk: number, name: string): void {
    renameAttachment.run(this.#connection, { pk, name });
  }

  profile(of: ProfileSubject, pk: number): void {
    removeProfile[of].run(this.#connection, { pk });
  }

  /** Ids of every way of writing that counts as a profile, its own among them. */
  memberIds(of: ProfileSubject, pk: number): string[] {
    return memberIds[of].all(this.#connection, { pk }).map((row) => row.id);
  }

  /** Every way a profile's subject is written. */
  namesOf(of: ProfileSubject, pk: number): string[] {
    return namesOf[of].all(this.#connection, { pk }).map((row) => row.name);
  }

  /** How many other units say what this one says. */
  sameWords(unitId: string): number {
    return sameWords.get(this.#connection, { id: unitId })?.n ?? 0;
  }

  /** What only the erased held on to, and every text that was compiled. */
  leftovers(): void {
    dropUnshown(this.#connection);
    silentSpeakers.run(this.#connection, {});
    allBundles.run(this.#connection, {});
  }

  /** Write the index of words anew, so that no word of what left it is in its pages. */
  rewriteWords(): void {
    rewriteWords.run(this.#connection, {});
    rewriteWordsBefore.run(this.#connection, {});
    rewriteBranchWords.run(this.#connection, {});
  }
}
