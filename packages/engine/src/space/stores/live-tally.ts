/** What became of the exchanges that went through the proxy: figures, and when the last could not be kept. No content. */
import { isoTime } from '@vivim/contract/clock';
import type { LiveTally } from '@vivim/contract/live';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

interface Row {
  readonly recorded: number;
  readonly partial: number;
  readonly withheld: number;
  readonly missed: number;
  readonly missedMs: number | null;
  readonly missedFor: string | null;
}
const select = statement<Record<never, never>, Row>((db) =>
  db
    .selectFrom('live_tally')
    .select(['recorded', 'partial', 'withheld', 'missed', 'missed_ms as missedMs', 'missed_for as missedFor']),
);
const add = statement<{ recorded: number; partial: number; withheld: number }>(
  (_, p) => sql`
    UPDATE live_tally SET recorded = recorded + ${p.recorded}, partial = partial + ${p.partial},
      withheld = withheld + ${p.withheld}`,
);
const miss = statement<{ count: number; reason: string; atMs: number }>(
  (_, p) => sql`UPDATE live_tally SET missed = missed + ${p.count}, missed_ms = ${p.atMs}, missed_for = ${p.reason}`,
);

export class LiveTallyReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  read(): LiveTally {
    const row = select.get(this.connection, {});
    if (row === undefined) throw new Error('A space without its tally.');
    const { missedMs, missedFor, ...counts } = row;
    return { ...counts, lastMissedAt: isoTime(missedMs), lastMissedFor: missedFor };
  }
}

export class LiveTallyWriter extends LiveTallyReader {
  add(more: { readonly recorded?: number; readonly partial?: number; readonly withheld?: number }): void {
    add.run(this.connection, { recorded: 0, partial: 0, withheld: 0, ...more });
  }

  miss(missed: { readonly count: number; readonly reason: string; readonly atMs: number }): void {
    miss.run(this.connection, missed);
  }
}
