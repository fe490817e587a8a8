/** Versions of the documents of a conversation, as capture worked them out. Replaced whole with their conversation. */
import type { Artifact, ArtifactVersion } from '@vivim/contract/artifact';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface ArtifactVersionInput {
  readonly messagePk: number;
  readonly partIx: number;
  readonly key: string;
  /** From 1, in reading order over all branches. */
  readonly version: number;
  readonly op: 'create' | 'update' | 'rewrite';
  readonly title: string | null;
  readonly mime: string | null;
  readonly language: string | null;
  readonly text: string;
  readonly problem: string | null;
  /** The active branch ends with it. */
  readonly latest: boolean;
}

type Row = Omit<ArtifactVersion, 'latest' | 'messageId'> & {
  key: string;
  mime: string | null;
  language: string | null;
  latest: number;
  messageId: MessageId;
};

const removeOf = statement<{ pk: number }>((db, p) =>
  db.deleteFrom('artifact_version').where('conversation_pk', '=', p.pk),
);
const insert = statement<Omit<ArtifactVersionInput, 'latest'> & { pk: number; latest: number }>((db, p) =>
  db.insertInto('artifact_version').values({
    conversation_pk: p.pk,
    message_pk: p.messagePk,
    part_ix: p.partIx,
    key: p.key,
    version: p.version,
    op: p.op,
    title: p.title,
    mime: p.mime,
    language: p.language,
    text: p.text,
    problem: p.problem,
    latest: p.latest,
  }),
);
const versionsOf = statement<{ id: string }, Row>(
  (_, p) => sql<Row>`
    SELECT v.key, v.version, v.op, v.title, v.mime, v.language, v.text, v.problem, v.latest, m.id AS messageId
    FROM conversation c JOIN artifact_version v ON v.conversation_pk = c.pk JOIN message m ON m.pk = v.message_pk
    WHERE c.id = ${p.id} ORDER BY v.pk`,
);

export class ArtifactReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Documents in the order they were begun, each with its versions, oldest first. */
  of(id: ConversationId): Artifact[] {
    const groups = Map.groupBy(versionsOf.all(this.connection, { id }), (row) => row.key);
    return [...groups.values()].map((rows): Artifact => {
      const shown = rows.findLast(({ latest }) => latest === 1) ?? (rows.at(-1) as Row);
      const { key, title, mime, language } = shown;
      return {
        key,
        title,
        mime,
        language,
        versions: rows.map(({ version, op, messageId, text, problem, title: named, latest }) => ({
          version,
          op,
          messageId,
          title: named,
          text,
          problem,
          latest: latest === 1,
        })),
      };
    });
  }
}

export class ArtifactWriter extends ArtifactReader {
  replace(conversationPk: number, versions: readonly ArtifactVersionInput[]): void {
    removeOf.run(this.connection, { pk: conversationPk });
    for (const version of versions)
      insert.run(this.connection, { ...version, pk: conversationPk, latest: version.latest ? 1 : 0 });
  }
}
