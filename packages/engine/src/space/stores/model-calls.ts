/**
 * What left for which service: when, how much, and what became of it; and the sums of each month and day. Never a word of what left.
 * Bounded: the latest are kept.
 */
import { isoTime } from '@vivim/contract/clock';
import { type ModelCall, type ModelPurpose, modelCallsKept } from '@vivim/contract/model-services';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { ModelTallyTable } from '../schema/models-tables.ts';
import { statement } from '../statement.ts';
import type { ServiceTally } from './model-services.ts';

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
  /** By the price that is set; null where none is. */
  readonly cost: number | null;
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
      'cost',
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
      cost: p.cost,
      outcome: 'sent',
      took_ms: null,
    })
    .returning('pk'),
);
const end = statement<{ pk: number; outcome: string; tokens: number; cost: number | null; tookMs: number }>((db, p) =>
  db
    .updateTable('model_call')
    .set({ outcome: p.outcome, tokens: p.tokens, cost: p.cost, took_ms: p.tookMs })
    .where('pk', '=', p.pk),
);
const prune = statement<{ upTo: number }>((db, p) => db.deleteFrom('model_call').where('pk', '<=', p.upTo));
const tally = statement<{ service: string; period: string }, ServiceTally>((db, p) =>
  db
    .selectFrom('model_tally')
    .select(['requests', 'texts', 'characters', 'tokens', 'cost'])
    .where('service', '=', p.service)
    .where('period', '=', p.period),
);
const add = statement<ModelTallyTable>(
  (_, p) => sql`
    INSERT INTO model_tally (service, period, requests, texts, characters, tokens, cost)
    VALUES (${p.service}, ${p.period}, ${p.requests}, ${p.texts}, ${p.characters}, ${p.tokens}, ${p.cost})
    ON CONFLICT (service, period) DO UPDATE SET requests = requests + excluded.requests, texts = texts + excluded.texts,
      characters = characters + excluded.characters, tokens = max(0, tokens + excluded.tokens),
      cost = max(0, cost + excluded.cost)`,
);
const forget = statement<{ before: string }>((db, p) => db.deleteFrom('model_tally').where('period', '<', p.before));

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const monthOf = (ms: number): string => dayOf(ms).slice(0, 7);
/** About this long sums are kept. */
const keptMs = 400 * 86_400_000;
const none: ServiceTally = { requests: 0, texts: 0, characters: 0, tokens: 0, cost: 0 };

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
  month(service: string, nowMs: number): ServiceTally {
    return tally.get(this.connection, { service, period: monthOf(nowMs) }) ?? none;
  }

  /** The same on its day. */
  day(service: string, nowMs: number): ServiceTally {
    return tally.get(this.connection, { service, period: dayOf(nowMs) }) ?? none;
  }
}

export class ModelCallWriter extends ModelCallReader {
  /** Note that something leaves. @returns by what its end is noted */
  begin(leaving: Leaving): number {
    const { pk } = insert.get(this.connection, leaving) as { pk: number };
    prune.run(this.connection, { upTo: pk - modelCallsKept });
    this.#add(leaving, { ...leaving, requests: 1, cost: leaving.cost ?? 0 });
    forget.run(this.connection, { before: monthOf(leaving.atMs - keptMs) });
    return pk;
  }

  /** @param used as it turned out */
  end(pk: number, begun: Leaving, outcome: string, used: Pick<Leaving, 'tokens' | 'cost'>, nowMs: number): void {
    const { tokens, cost } = used;
    end.run(this.connection, { pk, outcome, tokens, cost, tookMs: Math.max(0, nowMs - begun.atMs) });
    const more = { tokens: tokens - begun.tokens, cost: (cost ?? 0) - (begun.cost ?? 0) };
    this.#add(begun, { requests: 0, texts: 0, characters: 0, ...more });
  }

  #add({ service, atMs }: Leaving, { requests, texts, characters, tokens, cost }: ServiceTally): void {
    for (const period of [monthOf(atMs), dayOf(atMs)])
      add.run(this.connection, { service, period, requests, texts, characters, tokens, cost });
  }
}
