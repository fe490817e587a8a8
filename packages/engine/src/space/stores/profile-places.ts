/** Where a topic or an entity is spoken of: its latest conversations and their projects, and others that may be the same. Reads only. */
import { isoTime } from '@vivim/contract/clock';
import type { ConversationId, ProjectId } from '@vivim/contract/ids';
import type { TopicProfile } from '@vivim/contract/profile';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { isShown, type ProfileKind } from './profile-tables.ts';

const mostConversations = 8;
const mostProjects = 5;
const mostAlike = 4;

interface Spoken {
  id: ConversationId;
  title: string | null;
  lastMs: number | null;
  messages: number;
}
interface InProject {
  id: ProjectId;
  name: string;
  conversations: number;
}

const members = (kind: ProfileKind, pk: unknown) => sql`(
  SELECT o.pk FROM ${sql.table(kind)} h JOIN ${sql.table(kind)} o ON o.pk = h.pk OR o.head_key = h.key WHERE h.pk = ${pk})`;

function conversationsStatement(kind: ProfileKind) {
  return statement<{ pk: number }, Spoken>(
    (_, p) => sql<Spoken>`
      SELECT v.id, v.title, max(c.last_ms) AS lastMs, max(c.messages) AS messages
      FROM ${sql.table(`${kind}_conversation`)} c JOIN conversation v ON v.pk = c.conversation_pk
      WHERE c.${sql.ref(`${kind}_pk`)} IN ${members(kind, p.pk)} GROUP BY v.pk
      ORDER BY lastMs DESC, v.id LIMIT ${sql.lit(mostConversations)}`,
  );
}
function projectsStatement(kind: ProfileKind) {
  return statement<{ pk: number }, InProject>(
    (_, p) => sql<InProject>`
      SELECT j.id, coalesce(j.name, j.external_id) AS name, count(DISTINCT v.pk) AS conversations
      FROM ${sql.table(`${kind}_conversation`)} c JOIN conversation v ON v.pk = c.conversation_pk
        JOIN project j ON j.source = v.source AND j.external_id = v.project_id
      WHERE c.${sql.ref(`${kind}_pk`)} IN ${members(kind, p.pk)} GROUP BY j.pk
      ORDER BY conversations DESC, j.id LIMIT ${sql.lit(mostProjects)}`,
  );
}
/** Its first or last word is the whole of the other's name, or the other way round. */
function alikeStatement(kind: ProfileKind) {
  const name = sql.ref(kind === 'topic' ? 'o.label' : 'o.name');
  return statement<{ key: string; words: string }, { id: string; name: string }>(
    (_, p) => sql<{ id: string; name: string }>`
      SELECT DISTINCT o.id, ${name} AS name, o.weight FROM ${sql.table(kind)} o
      WHERE ${isShown(kind, 'o')} AND o.key <> ${p.key} AND (
        o.key IN (SELECT value FROM json_each(${p.words}))
        OR (o.key >= ${p.key} || ' ' AND o.key < ${p.key} || '!')
        OR (substr(o.key, -length(${p.key}) - 1) = ' ' || ${p.key}))
        AND NOT EXISTS (SELECT 1 FROM correction r WHERE r.kind = ${sql.lit(kind)} AND r.action = 'apart'
          AND ((r.key = ${p.key} AND r.value = o.key) OR (r.key = o.key AND r.value = ${p.key})))
      ORDER BY o.weight DESC, o.key LIMIT ${sql.lit(mostAlike)}`,
  );
}

const of = {
  topic: {
    conversations: conversationsStatement('topic'),
    projects: projectsStatement('topic'),
    alike: alikeStatement('topic'),
  },
  entity: {
    conversations: conversationsStatement('entity'),
    projects: projectsStatement('entity'),
    alike: alikeStatement('entity'),
  },
};

export function profilePlaces(
  connection: Connection,
  kind: ProfileKind,
  pk: number,
): Pick<TopicProfile, 'conversations' | 'projects'> {
  return {
    conversations: of[kind].conversations
      .all(connection, { pk })
      .map(({ lastMs, ...row }) => ({ ...row, at: isoTime(lastMs) })),
    projects: of[kind].projects.all(connection, { pk }),
  };
}

/** Others of its kind whose name shares a whole beginning or end with this one: "Emma" and "Emma Watson". */
export function profilesAlike(connection: Connection, kind: ProfileKind, key: string): { id: string; name: string }[] {
  const words = key.split(' ');
  const parts = words.length > 1 ? [words[0], words.at(-1)] : [];
  return of[kind].alike.all(connection, { key, words: JSON.stringify(parts) }).map(({ id, name }) => ({ id, name }));
}
