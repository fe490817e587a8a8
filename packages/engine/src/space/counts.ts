/** How much of everything a space holds. */
import { sql } from 'kysely';
import type { Connection } from '../sqlite/database.ts';
import { statement } from './statement.ts';
import { isShown } from './stores/profile-tables.ts';

export interface SpaceCounts {
  conversations: number;
  messages: number;
  acus: number;
  topics: number;
  entities: number;
  bundles: number;
  imports: number;
  files: number;
}

const select = statement<Record<never, never>, SpaceCounts>(
  () => sql<SpaceCounts>`SELECT
    (SELECT count(*) FROM conversation) AS conversations,
    (SELECT count(*) FROM message) AS messages,
    (SELECT count(*) FROM acu) AS acus,
    (SELECT count(*) FROM topic WHERE ${isShown('topic')}) AS topics,
    (SELECT count(*) FROM entity WHERE visible = 1) AS entities,
    (SELECT count(*) FROM bundle) AS bundles,
    (SELECT count(*) FROM import_run) AS imports,
    (SELECT count(*) FROM blob WHERE complete = 1) AS files`,
);

export const countAll = (connection: Connection): SpaceCounts => {
  const counts = select.get(connection, {});
  if (counts === undefined) throw new Error('A SELECT of scalars answered no row.');
  return counts;
};
