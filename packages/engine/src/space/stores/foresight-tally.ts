/** How often what was predicted was asked: figures alone, never what it was. */
import { isoTime } from '@vivim/contract/clock';
import { type ForesightSignal, type ForesightTally, foresightSignals } from '@vivim/contract/presence';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

/** What one question adds. */
export interface Foreseen {
  readonly result: 'hits' | 'misses' | 'unpredicted';
  readonly subjects: number;
  readonly foreseen: number;
  readonly signals: Readonly<Partial<Record<ForesightSignal, { readonly predicted: number; readonly right: number }>>>;
}

const all = statement<Record<never, never>, { name: string; n: number }>((db) =>
  db.selectFrom('foresight_tally').select(['name', 'n']),
);
const add = statement<{ name: string; n: number }>(
  (_, p) => sql`
    INSERT INTO foresight_tally (name, n) VALUES (${p.name}, ${p.n}) ON CONFLICT (name) DO UPDATE SET n = n + excluded.n`,
);
const begin = statement<{ atMs: number }>(
  (_, p) => sql`INSERT OR IGNORE INTO foresight_tally (name, n) VALUES ('since', ${p.atMs})`,
);

export class ForesightTallyReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  read(): ForesightTally {
    const figures = new Map(all.all(this.connection, {}).map(({ name, n }) => [name, n]));
    const of = (name: string): number => figures.get(name) ?? 0;
    const [hits, misses, unpredicted] = [of('hits'), of('misses'), of('unpredicted')];
    const signals = foresightSignals.map((signal) => [
      signal,
      { predicted: of(`${signal}.predicted`), right: of(`${signal}.right`) },
    ]);
    return {
      questions: hits + misses + unpredicted,
      hits,
      misses,
      unpredicted,
      subjects: of('subjects'),
      foreseen: of('foreseen'),
      signals: Object.fromEntries(signals) as ForesightTally['signals'],
      since: isoTime(figures.get('since') ?? null),
    };
  }
}

export class ForesightTallyWriter extends ForesightTallyReader {
  add({ result, subjects, foreseen, signals }: Foreseen, atMs: number): void {
    const figures: [string, number][] = [
      [result, 1],
      ['subjects', subjects],
      ['foreseen', foreseen],
      ...Object.entries(signals).flatMap(([signal, { predicted, right }]): [string, number][] => [
        [`${signal}.predicted`, predicted],
        [`${signal}.right`, right],
      ]),
    ];
    begin.run(this.connection, { atMs });
    for (const [name, n] of figures) if (n > 0) add.run(this.connection, { name, n });
  }
}
