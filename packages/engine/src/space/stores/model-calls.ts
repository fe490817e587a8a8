/**
 * What left for which service: when, how much, and what became of it; and the sums of each month. Never a word of what left.
 * Bounded: the latest are kept.
 */
import { isoTime } from '@vivim/contract/clock';
import { type ModelCall, type ModelPurpose, modelCallsKept } from '@vivim/contract/model-services';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { ModelMonthTable } from '../schema/models-tables.ts';
import { statement } from '../statement.ts';
import type { MonthTally } from './model-services.ts';

/** What is about to leave. */
export interface Leaving {
  readonly atMs: number;
  readonly service: string;
  readonly host: string;
  readonly model: string;
  readonly purpose: ModelPurpose;
  readonly texts: number;
  readonly characters: number;
  /** Estimated; put right when the service has counted. */
  readonly tokens: number;
}

interface CallRow extends Leaving {
  readonly outcome: string;
  readonly tookMs: number | null;
}

const latest = statement<{ limit: number }, CallRow>((db, p) =>
  db
    .selectFrom('model_call')
    .select([
      'at_ms as atMs',
      'service',
      'host',
      'model',
      'purpose',
      'texts',
      'characters',
      'tokens',
      'outcome',
      'took_ms as tookMs',
    ])
    .orderBy('pk', 'desc')
    .limit(p.limit)
    .$castTo<CallRow>(),
);
const insert = statement<Leaving, { pk: number }>((db, p) =>
  db
    .insertInto('model_call')
    .values({
      at_ms: p.atMs,
      service: p.service,
      host: p.host,
      model: p.model,
      purpose: p.purpose,
      texts: p.texts,
      characters: p.characters,
      tokens: p.tokens,
      outcome: 'sent',
      took_ms: null,
    })
    .returning('pk'),
);
const end = statement<{ pk: number; outcome: string; tokens: number; tookMs: number }>((db, p) =>
  db.updateTable('model_call').set({ outcome: p.outcome, tokens: p.tokens, took_ms: p.tookMs }).where('pk', '=', p.pk),
);
const prune = statement<{ upTo: number }>((db, p) => db.deleteFrom('model_call').where('pk', '<=', p.upTo));
const month = statement<{ service: string; month: string }, MonthTally>((db, p) =>
  db
    .selectFrom('model_month')
    .select(['requests', 'texts', 'characters', 'tokens'])
    .where('service', '=', p.service)
    .where('month', '=', p.month),
);
const addToMonth = statement<ModelMonthTable>(
  (_, p) => sql`
    INSERT INTO model_month (service, month, requests, texts, characters, tokens)
    VALUES (${p.service}, ${p.month}, ${p.requests}, ${p.texts}, ${p.characters}, ${p.tokens})
    ON CONFLICT (service, month) DO UPDATE SET requests = requests + excluded.requests, texts = texts + excluded.texts,
      characters = characters + excluded.characters, tokens = max(0, tokens + excluded.tokens)`,
);
const forgetMonths = statement<{ before: string }>((db, p) =>
  db.deleteFrom('model_month').where('month', '<', p.before),
);

const monthOf = (ms: number): string => new Date(ms).toISOString().slice(0, 7);
/** About this long sums are kept. */
const keptMs = 400 * 86_400_000;
const none: MonthTally = { requests: 0, texts: 0, characters: 0, tokens: 0 };

export class ModelCallReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Newest first. */
  latest(limit: number): ModelCall[] {
    const rows = latest.all(this.connection, { limit });
    return rows.map(({ atMs, ...rest }) => ({ at: isoTime(atMs), ...rest }));
  }

  /** What went to a service in the month of a time, UTC. */
  month(service: string, nowMs: number): MonthTally {
    return month.get(this.connection, { service, month: monthOf(nowMs) }) ?? none;
  }
}

export class ModelCallWriter extends ModelCallReader {
  /** Note that something leaves. @returns by what its end is noted */
  begin(leaving: Leaving): number {
    const { pk } = insert.get(this.connection, leaving) as { pk: number };
    prune.run(this.connection, { upTo: pk - modelCallsKept });
    const { service, texts, characters, tokens, atMs } = leaving;
    addToMonth.run(this.connection, { service, month: monthOf(atMs), requests: 1, texts, characters, tokens });
    forgetMonths.run(this.connection, { before: monthOf(atMs - keptMs) });
    return pk;
  }

  /** @param tokens as the service counted them; null keeps the estimate */
  end(pk: number, begun: Leaving, outcome: string, tokens: number | null, nowMs: number): void {
    const counted = tokens ?? begun.tokens;
    end.run(this.connection, { pk, outcome, tokens: counted, tookMs: Math.max(0, nowMs - begun.atMs) });
    const nothing = { requests: 0, texts: 0, characters: 0 };
    const { service, atMs } = begun;
    addToMonth.run(this.connection, { service, month: monthOf(atMs), ...nothing, tokens: counted - begun.tokens });
  }
}
