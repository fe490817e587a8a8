/**
 * The services that make a person's vectors, and which of them was chosen. A key goes in and comes out for one request alone
 * ({@link ModelServiceReader.address}); everything that is shown has its last characters at most.
 */
import { isoTime } from '@vivim/contract/clock';
import type {
  ModelAddress,
  ModelAgreed,
  ModelLearnt,
  ModelService,
  ModelServiceKind,
  PutModelService,
} from '@vivim/contract/model-services';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { endingOf } from './upstreams.ts';

/** A service as the engine uses it. */
export interface ModelServiceRow {
  readonly name: string;
  readonly kind: ModelServiceKind;
  readonly baseUrl: string;
  readonly model: string;
  readonly key: string | null;
  readonly dimensions: number | null;
  readonly embedAgreedMs: number | null;
  readonly perMinute: number;
  readonly monthlyTokens: number | null;
  readonly createdMs: number;
}

export interface MonthTally {
  readonly requests: number;
  readonly texts: number;
  readonly characters: number;
  readonly tokens: number;
}

/** Names of services; null is the built-in embedder. */
export interface ChoiceRow {
  readonly answering: string | null;
  readonly chosen: string | null;
  readonly switchedMs: number | null;
}

const columns = [
  'name',
  'kind',
  'base_url as baseUrl',
  'model',
  'key',
  'dimensions',
  'embed_agreed_ms as embedAgreedMs',
  'per_minute as perMinute',
  'monthly_tokens as monthlyTokens',
  'created_ms as createdMs',
] as const;
const all = statement<Record<never, never>, ModelServiceRow>((db) =>
  db.selectFrom('model_service').select(columns).orderBy('name').$castTo<ModelServiceRow>(),
);
const byName = statement<{ name: string }, ModelServiceRow>((db, p) =>
  db.selectFrom('model_service').select(columns).where('name', '=', p.name).$castTo<ModelServiceRow>(),
);
interface Values {
  name: string;
  kind: string;
  baseUrl: string;
  model: string;
  key: string | null;
  dimensions: number | null;
  agreedMs: number | null;
  perMinute: number;
  monthlyTokens: number | null;
  now: number;
}
const put = statement<Values>((db, p) =>
  db
    .insertInto('model_service')
    .values({
      name: p.name,
      kind: p.kind,
      base_url: p.baseUrl,
      model: p.model,
      key: p.key,
      dimensions: p.dimensions,
      embed_agreed_ms: p.agreedMs,
      per_minute: p.perMinute,
      monthly_tokens: p.monthlyTokens,
      created_ms: p.now,
    })
    .onConflict((c) =>
      c.column('name').doUpdateSet((e) => ({
        kind: e.ref('excluded.kind'),
        base_url: e.ref('excluded.base_url'),
        model: e.ref('excluded.model'),
        key: e.ref('excluded.key'),
        dimensions: e.ref('excluded.dimensions'),
        embed_agreed_ms: e.ref('excluded.embed_agreed_ms'),
        per_minute: e.ref('excluded.per_minute'),
        monthly_tokens: e.ref('excluded.monthly_tokens'),
      })),
    ),
);
const remove = statement<{ name: string }>((db, p) => db.deleteFrom('model_service').where('name', '=', p.name));
const learn = statement<{ name: string; dimensions: number }>((db, p) =>
  db.updateTable('model_service').set({ dimensions: p.dimensions }).where('name', '=', p.name),
);
const agree = statement<{ name: string; ms: number | null }>((db, p) =>
  db.updateTable('model_service').set({ embed_agreed_ms: p.ms }).where('name', '=', p.name),
);
const choice = statement<Record<never, never>, ChoiceRow>((db) =>
  db.selectFrom('embedder_choice').select(['answering', 'chosen', 'switched_ms as switchedMs']).$castTo<ChoiceRow>(),
);
const choose = statement<{ answering: string | null; chosen: string | null; ms: number | null }>((db, p) =>
  db.updateTable('embedder_choice').set({ answering: p.answering, chosen: p.chosen, switched_ms: p.ms }),
);

/** Requests in a minute where nobody said how many. */
const usualPerMinute = 60;

type Address = Pick<ModelServiceRow, 'kind' | 'baseUrl' | 'model'>;
const isSame = (a: Address, b: Address): boolean => a.kind === b.kind && a.baseUrl === b.baseUrl && a.model === b.model;

export class ModelServiceReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  all(): ModelServiceRow[] {
    return all.all(this.connection, {});
  }

  find(name: string): ModelServiceRow | null {
    return byName.get(this.connection, { name }) ?? null;
  }

  /** With its key, for one request. */
  address(name: string): ModelAddress | null {
    const row = this.find(name);
    return row && { kind: row.kind, baseUrl: row.baseUrl, model: row.model, key: row.key };
  }

  choice(): ChoiceRow {
    return choice.get(this.connection, {}) as ChoiceRow;
  }
}

export class ModelServiceWriter extends ModelServiceReader {
  /** Where the address, the interface or the model changes, nothing that was learnt, agreed to or given for it stays. */
  put(name: string, given: PutModelService, nowMs: number): ModelServiceRow {
    const before = this.find(name);
    const same = before !== null && isSame(before, given);
    const keyStays = before !== null && before.baseUrl === given.baseUrl && before.kind === given.kind;
    put.run(this.connection, {
      name,
      kind: given.kind,
      baseUrl: given.baseUrl,
      model: given.model,
      key: given.key === undefined ? (keyStays ? before.key : null) : given.key,
      dimensions: same ? before.dimensions : null,
      agreedMs: same ? before.embedAgreedMs : null,
      perMinute: given.perMinute ?? before?.perMinute ?? usualPerMinute,
      monthlyTokens: given.monthlyTokens === undefined ? (before?.monthlyTokens ?? null) : given.monthlyTokens,
      now: nowMs,
    });
    return this.find(name) as ModelServiceRow;
  }

  remove(name: string): void {
    remove.run(this.connection, { name });
  }

  /** @returns whether it still is what was tested */
  learn({ name, dimensions, ...tested }: ModelLearnt): boolean {
    const row = this.find(name);
    if (row === null || !isSame(row, tested)) return false;
    learn.run(this.connection, { name, dimensions });
    return true;
  }

  /** @returns whether it still is what the person was shown */
  agree({ name, seen, atMs }: ModelAgreed): boolean {
    const row = this.find(name);
    if (atMs !== null && (row === null || seen === null || !isSame(row, seen))) return false;
    agree.run(this.connection, { name, ms: atMs });
    return true;
  }

  choose(answering: string | null, chosen: string | null, switchedMs: number | null): void {
    choose.run(this.connection, { answering, chosen, ms: switchedMs });
  }
}

/** As a person is shown it. */
export const shownService = (row: ModelServiceRow, month: MonthTally): ModelService => ({
  name: row.name,
  kind: row.kind,
  baseUrl: row.baseUrl,
  model: row.model,
  keyEnding: endingOf(row.key),
  dimensions: row.dimensions,
  embedAgreedAt: isoTime(row.embedAgreedMs),
  perMinute: row.perMinute,
  monthlyTokens: row.monthlyTokens,
  thisMonth: { requests: month.requests, texts: month.texts, characters: month.characters, tokens: month.tokens },
  createdAt: isoTime(row.createdMs),
});
