/**
 * The one way to a service. Before anything leaves: its owner agreed to it for this purpose, the limits they set allow it, and it is
 * written down. What cannot be written down does not leave. Sends nothing itself, and keeps no text.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError, type ErrorCode, errorCodes } from '@vivim/contract/errors';
import type { ModelRefusal } from '@vivim/contract/model-asks';
import type { ModelPurpose } from '@vivim/contract/model-services';
import type { Leaving } from '../../space/stores/model-calls.ts';
import { agreedMs, type ModelServiceRow, priceOf, type ServiceTally } from '../../space/stores/model-services.ts';
import type { UserSpace } from '../../space/user-space.ts';

export interface ServiceGateDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
}

/** What is to leave. */
export interface Passage {
  readonly service: string;
  readonly purpose: ModelPurpose;
  /** Whether the service still is what was chosen. */
  readonly isSame: (row: ModelServiceRow) => boolean;
  readonly texts: readonly string[];
  /** Tokens of an answer at most. */
  readonly mostOutput?: number;
  /** Somebody waits for it. */
  readonly urgent?: boolean;
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

export interface Passed {
  /** As it is now, with its key. */
  readonly row: ModelServiceRow;
  /** Note what came of it. @param counted null where the service did not count */
  answered(counted: Tokens | null, charactersBack?: number): void;
  /** Note that nothing did. @returns what to throw */
  failed(refusal: Pick<ModelRefusal, 'code'> & Partial<ModelRefusal>): AppError;
}

const minuteMs = 60_000;
/** Of the requests of a minute the last fifth is kept for what somebody waits for. */
const forBackground = 0.8;
/** UTF-16 units a token has at least, in most languages: where a service does not count, rather too many are counted. */
const unitsOfToken = 3;
/** When to look again whether a limit of a day or a month leaves room. Seconds. */
const limitWait = 600;

export class ServiceGate {
  readonly #deps: ServiceGateDeps;
  /** Times of the requests of the last minute, by service. */
  readonly #recent = new Map<string, number[]>();

  constructor(deps: ServiceGateDeps) {
    this.#deps = deps;
  }

  /** @throws AppError `model_not_allowed`, `model_limit_reached`, `rate_limited`, `quota_exceeded` */
  pass({ service, purpose, isSame, texts, mostOutput = 0, urgent = false }: Passage): Passed {
    const { space, clock } = this.#deps;
    const now = clock();
    const { row, month, day } = space.read((r) => ({
      row: r.modelServices.find(service),
      month: r.modelCalls.month(service, now),
      day: r.modelCalls.day(service, now),
    }));
    if (row === null || agreedMs(row, purpose) === null || !isSame(row))
      throw new AppError('model_not_allowed', undefined, { retryAfterSeconds: 60 });
    const characters = texts.reduce((sum, text) => sum + text.length, 0);
    const input = Math.ceil(characters / unitsOfToken);
    refuseBeyond(row, { month, day }, { input, output: mostOutput });
    this.#count(row, now, urgent);
    const sent = { input, output: 0 };
    const leaving: Leaving = {
      atMs: now,
      service,
      host: new URL(row.baseUrl).host,
      model: row.model,
      purpose,
      texts: texts.length,
      characters,
      ...usedBy(row, sent),
    };
    const pk = space.write((w) => w.modelCalls.begin(leaving));
    const end = (outcome: string, used: Tokens) =>
      space.write((w) => w.modelCalls.end(pk, leaving, outcome, usedBy(row, used), clock()));
    return {
      row,
      answered: (counted, charactersBack = 0) =>
        end('answered', counted ?? { input, output: Math.ceil(charactersBack / unitsOfToken) }),
      failed: ({ code, detail, retryAfterSeconds }) => {
        const known: ErrorCode = errorCodes.find((one) => one === code) ?? 'models_unavailable';
        end(known, sent);
        return new AppError(known, detail, retryAfterSeconds == null ? {} : { retryAfterSeconds });
      },
    };
  }

  /** @throws AppError `rate_limited` */
  #count({ name, perMinute }: ModelServiceRow, now: number, urgent: boolean): void {
    const recent = (this.#recent.get(name) ?? []).filter((at) => at > now - minuteMs);
    if (recent.length >= Math.max(1, urgent ? perMinute : Math.floor(perMinute * forBackground)))
      throw new AppError('rate_limited', `${name} is asked ${perMinute} times a minute at most.`, {
        retryAfterSeconds: Math.max(1, Math.ceil(((recent[0] ?? now) + minuteMs - now) / 1_000)),
      });
    this.#recent.set(name, [...recent, now]);
  }
}

const usedBy = (row: ModelServiceRow, { input, output }: Tokens): Pick<Leaving, 'tokens' | 'cost'> => {
  const price = priceOf(row);
  return {
    tokens: input + output,
    cost: price === null ? null : (input * price.input + output * price.output) / 1_000_000,
  };
};

/** @param next what it may take at most @throws AppError `model_limit_reached` */
function refuseBeyond(
  row: ModelServiceRow,
  so: { readonly month: ServiceTally; readonly day: ServiceTally },
  next: Tokens,
): void {
  const { tokens, cost } = usedBy(row, next);
  const beyond = (most: number | null, used: number, more: number | null) => most !== null && used + (more ?? 0) > most;
  const limit = beyond(row.dailyTokens, so.day.tokens, tokens)
    ? `Today's ${row.dailyTokens} tokens`
    : beyond(row.monthlyTokens, so.month.tokens, tokens)
      ? `This month's ${row.monthlyTokens} tokens`
      : beyond(row.monthlyCost, so.month.cost, cost)
        ? `The ${row.monthlyCost} of this month`
        : null;
  if (limit !== null)
    throw new AppError('model_limit_reached', `${limit} for ${row.name} are used up.`, {
      retryAfterSeconds: limitWait,
    });
}
