/**
 * What gateways tell each other through PostgreSQL's LISTEN and NOTIFY: a session ended, everything of a person ended,
 * something happened to an account. Says that something changed, never what it was; who cares reads it from the tables.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import type { MasterReader } from './reader.ts';

export const newsChannel = 'vivim_news';

export const News = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('session-ended'), sessionId: z.string() }),
  /** `except` goes on. */
  z.object({ kind: z.literal('person-ended'), userId: z.string(), except: z.string().nullable() }),
  z.object({ kind: z.literal('account-event'), userId: z.string(), seq: z.number() }),
  /** The line was cut for a while: look at everything again. */
  z.object({ kind: z.literal('missed') }),
]);
export type News = z.infer<typeof News>;

export const parseNews = (payload: string): News | null => {
  try {
    return News.parse(JSON.parse(payload));
  } catch {
    return null;
  }
};

/** An expression that tells of ended sessions, for a statement that ends them: `select ${tellEnded(id)} from ended`. */
export const tellEnded = (sessionId: ReturnType<typeof sql.ref>) =>
  sql`pg_notify(${newsChannel}, json_build_object('kind', 'session-ended', 'sessionId', ${sessionId})::text)`;

export async function tell(db: MasterReader, news: News): Promise<void> {
  await sql`select pg_notify(${newsChannel}, ${JSON.stringify(news)})`.execute(db);
}
