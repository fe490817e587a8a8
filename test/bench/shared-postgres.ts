/** The rival: one PostgreSQL for everybody, a user column, and a GIN index over user and words. What the peers of this field do. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { openMaster } from '@vivim/gateway/master/db';
import { startEmbedded } from '@vivim/gateway/master/embedded/server';
import { sql } from 'kysely';
import { type Figure, ms, percentile, time } from './measure.ts';
import { messagesOf } from './raw-sqlite.ts';

const people = 50;
const batch = 2_000;

/** @param vivimMs the same question asked of one person's space */
export async function benchSharedPostgres(
  scratch: string,
  exportPath: string,
  question: (round: number) => string,
  vivimMs: number,
): Promise<Figure[]> {
  // Under root PostgreSQL runs as its own user, which has to pass.
  chmodSync(scratch, 0o711);
  const server = await startEmbedded(join(scratch, 'shared'), { unsafeFast: true });
  const { db, close } = await openMaster(server.target);
  try {
    await sql`create extension btree_gin`.execute(db);
    await sql`create table message (user_id int not null, id text not null, text text not null,
      words tsvector generated always as (to_tsvector('english', text)) stored)`.execute(db);
    const messages = [...messagesOf(exportPath)];
    for (let user = 0; user < people; user += 1) {
      for (let from = 0; from < messages.length; from += batch) {
        const rows = JSON.stringify(messages.slice(from, from + batch));
        await sql`insert into message (user_id, id, text)
          select ${user}::int, row->>'id', row->>'text' from jsonb_array_elements(${rows}::jsonb) row`.execute(db);
      }
    }
    await sql`create index on message using gin (user_id, words)`.execute(db);
    await sql`vacuum analyze message`.execute(db);
    const taken = await time(
      100,
      (round) => {
        const terms = question(Math.abs(round)).split(' ').join(' | ');
        return sql`select id, text, ts_rank(words, q) as rank from message, to_tsquery('english', ${terms}) q
          where user_id = ${Math.abs(round) % people} and words @@ q order by rank desc limit 20`.execute(db);
      },
      10,
    );
    const shared = percentile(taken, 0.5);
    return [
      {
        what: `the best 20 of 10,000 messages, against one PostgreSQL shared by ${people} people (GIN over user and words)`,
        value: ms(vivimMs),
        raw: ms(shared),
        ratio: `${(shared / vivimMs).toFixed(1)}x faster`,
        goal: '≥ 20x faster',
      },
    ];
  } finally {
    await close();
    await server.stop();
  }
}
