/**
 * The services of a person, what they agreed to and the limits they set, and which of them makes vectors. A key goes in and comes out for one request alone
 * ({@link ModelServiceReader.address}); everything that is shown has its last characters at most.
 */
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type {
  ChatForm,
  ModelAddress,
  ModelAgreed,
  ModelLearnt,
  ModelPurpose,
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
  readonly chatForm: ChatForm | null;
  readonly embedAgreedMs: number | null;
  readonly memoriesAgreedMs: number | null;
  readonly perMinute: number;
  readonly monthlyTokens: number | null;
  readonly dailyTokens: number | null;
  /** Of a million tokens; both or none. */
  readonly priceInput: number | null;
  readonly priceOutput: number | null;
  readonly monthlyCost: number | null;
  readonly createdMs: number;
}

/** What went to a service in a month or on a day. */
export interface ServiceTally {
  readonly requests: number;
  readonly texts: number;
  readonly characters: number;
  readonly tokens: number;
  readonly cost: number;
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
  'chat_form as chatForm',
  'embed_agreed_ms as embedAgreedMs',
  'memories_agreed_ms as memoriesAgreedMs',
  'per_minute as perMinute',
  'monthly_tokens as monthlyTokens',
  'daily_tokens as dailyTokens',
  'price_input as priceInput',
  'price_output as priceOutput',
  'monthly_cost as monthlyCost',
  'created_ms as createdMs',
] as const;
const all = statement<Record<never, never>, ModelServiceRow>((db) =>
  db.selectFrom('model_service').select(columns).orderBy('name').$castTo<ModelServiceRow>(),
);
const byName = statement<{ name: string }, ModelServiceRow>((db, p) =>
  db.selectFrom('model_service').select(columns).where('name', '=', p.name).$castTo<ModelServiceRow>(),
);
type Values = ModelServiceRow & { now: number };
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
      chat_form: p.chatForm,
      embed_agreed_ms: p.embedAgreedMs,
      memories_agreed_ms: p.memoriesAgreedMs,
      per_minute: p.perMinute,
      monthly_tokens: p.monthlyTokens,
      daily_tokens: p.dailyTokens,
      price_input: p.priceInput,
      price_output: p.priceOutput,
      monthly_cost: p.monthlyCost,
      created_ms: p.now,
    })
    .onConflict((c) =>
      c.column('name').doUpdateSet((e) => ({
        kind: e.ref('excluded.kind'),
        base_url: e.ref('excluded.base_url'),
        model: e.ref('excluded.model'),
        key: e.ref('excluded.key'),
        dimensions: e.ref('excluded.dimensions'),
        chat_form: e.ref('excluded.chat_form'),
        embed_agreed_ms: e.ref('excluded.embed_agreed_ms'),
        memories_agreed_ms: e.ref('excluded.memories_agreed_ms'),
        per_minute: e.ref('excluded.per_minute'),
        monthly_tokens: e.ref('excluded.monthly_tokens'),
        daily_tokens: e.ref('excluded.daily_tokens'),
        price_input: e.ref('excluded.price_input'),
        price_output: e.ref('excluded.price_output'),
        monthly_cost: e.ref('excluded.monthly_cost'),
      })),
    ),
);
const remove = statement<{ name: string }>((db, p) => db.deleteFrom('model_service').where('name', '=', p.name));
const learn = statement<{ name: string; dimensions: number | null; chatForm: string | null }>((db, p) =>
  db
    .updateTable('model_service')
    .set((e) => ({
      dimensions: e.fn.coalesce(e.val(p.dimensions), 'dimensions'),
      chat_form: e.fn.coalesce(e.val(p.chatForm), 'chat_form'),
    }))
    .where('name', '=', p.name),
);
const agree = {
  embed: statement<{ name: string; ms: number | null }>((db, p) =>
    db.updateTable('model_service').set({ embed_agreed_ms: p.ms }).where('name', '=', p.name),
  ),
  memories: statement<{ name: string; ms: number | null }>((db, p) =>
    db.updateTable('model_service').set({ memories_agreed_ms: p.ms }).where('name', '=', p.name),
  ),
} as const satisfies Record<ModelPurpose, unknown>;
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
  /**
   * Where the address, the interface or the model changes, nothing that was learnt, agreed to or given for it stays.
   * @throws AppError `request_invalid` for a cost without a price
   */
  put(name: string, given: PutModelService, nowMs: number): ModelServiceRow {
    const before = this.find(name);
    const same = before !== null && isSame(before, given);
    const keyStays = before !== null && before.baseUrl === given.baseUrl && before.kind === given.kind;
    const kept = same ? before : null;
    const price = given.price === undefined ? priceOf(before) : given.price;
    const monthlyCost = given.monthlyCost === undefined ? (before?.monthlyCost ?? null) : given.monthlyCost;
    if (monthlyCost !== null && price === null)
      throw new AppError('request_invalid', 'Say what a million tokens cost, so that the most of a month can be held.');
    put.run(this.connection, {
      name,
      kind: given.kind,
      baseUrl: given.baseUrl,
      model: given.model,
      key: given.key === undefined ? (keyStays ? before.key : null) : given.key,
      dimensions: kept?.dimensions ?? null,
      chatForm: kept?.chatForm ?? null,
      embedAgreedMs: kept?.embedAgreedMs ?? null,
      memoriesAgreedMs: kept?.memoriesAgreedMs ?? null,
      perMinute: given.perMinute ?? before?.perMinute ?? usualPerMinute,
      monthlyTokens: given.monthlyTokens === undefined ? (before?.monthlyTokens ?? null) : given.monthlyTokens,
      dailyTokens: given.dailyTokens === undefined ? (before?.dailyTokens ?? null) : given.dailyTokens,
      priceInput: price?.input ?? null,
      priceOutput: price?.output ?? null,
      monthlyCost,
      createdMs: nowMs,
      now: nowMs,
    });
    return this.find(name) as ModelServiceRow;
  }

  remove(name: string): void {
    remove.run(this.connection, { name });
  }

  /** @returns whether it still is what was tested */
  learn({ name, dimensions, chatForm, ...tested }: ModelLearnt): boolean {
    const row = this.find(name);
    if (row === null || !isSame(row, tested)) return false;
    learn.run(this.connection, { name, dimensions, chatForm });
    return true;
  }

  /** @returns whether it still is what the person was shown */
  agree({ name, purpose, seen, atMs }: ModelAgreed): boolean {
    const row = this.find(name);
    if (atMs !== null && (row === null || seen === null || !isSame(row, seen))) return false;
    agree[purpose].run(this.connection, { name, ms: atMs });
    return true;
  }

  choose(answering: string | null, chosen: string | null, switchedMs: number | null): void {
    choose.run(this.connection, { answering, chosen, ms: switchedMs });
  }
}

/** When it was agreed to, for a purpose. */
export const agreedMs = (row: ModelServiceRow, purpose: ModelPurpose): number | null =>
  ({ embed: row.embedAgreedMs, memories: row.memoriesAgreedMs })[purpose];

/** Of a million tokens; null where nobody said. */
export const priceOf = (
  row: Pick<ModelServiceRow, 'priceInput' | 'priceOutput'> | null,
): { input: number; output: number } | null =>
  row === null || row.priceInput === null || row.priceOutput === null
    ? null
    : { input: row.priceInput, output: row.priceOutput };

/** As a person is shown it. */
export const shownService = (row: ModelServiceRow, thisMonth: ServiceTally, today: ServiceTally): ModelService => ({
  name: row.name,
  kind: row.kind,
  baseUrl: row.baseUrl,
  model: row.model,
  keyEnding: endingOf(row.key),
  dimensions: row.dimensions,
  chatForm: row.chatForm,
  agreedAt: { embed: isoTime(row.embedAgreedMs), memories: isoTime(row.memoriesAgreedMs) },
  perMinute: row.perMinute,
  monthlyTokens: row.monthlyTokens,
  dailyTokens: row.dailyTokens,
  price: priceOf(row),
  monthlyCost: row.monthlyCost,
  thisMonth,
  today,
  createdAt: isoTime(row.createdMs),
});
