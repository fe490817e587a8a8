/**
 * A service as an embedder. Before anything leaves: the person has agreed, the limits they set allow it, and it is written down.
 * What cannot be written down does not leave. Knows no address it was not given by the person, and opens no connection.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError, type ErrorCode, errorCodes } from '@vivim/contract/errors';
import { embedAskLength } from '@vivim/contract/model-services';
import type { AskGateway } from '../../models/embed-port.ts';
import type { Embedder } from '../../models/embedder.ts';
import { storedDimensions, vectorsFrom } from '../../models/vectors-from.ts';
import type { Leaving } from '../../space/stores/model-calls.ts';
import type { ModelServiceRow } from '../../space/stores/model-services.ts';
import type { UserSpace } from '../../space/user-space.ts';

export interface ServiceEmbedderDeps {
  readonly space: UserSpace;
  readonly ask: AskGateway;
  readonly clock: Clock;
}

/** A network lies between. Milliseconds. */
const patienceMs = 1_500;
const minuteMs = 60_000;
/** Of the requests of a minute the last fifth is kept for questions, which somebody waits for. */
const forBackground = 0.8;
/** UTF-16 units a token has at least, in most languages: where a service does not count, rather too many are counted. */
const unitsOfToken = 3;

/** What makes vectors comparable. */
export const vectorsName = ({ kind, baseUrl, model, dimensions }: ModelServiceRow): string =>
  `${kind}:${model}@${baseUrl}#${dimensions}`;

/** @param known as it was when it was chosen: of another address or size it is another embedder */
export function serviceEmbedder(known: ModelServiceRow, deps: ServiceEmbedderDeps): Embedder {
  const { space, ask, clock } = deps;
  const dimensions = known.dimensions ?? 0;
  const recent: number[] = [];

  /** @throws AppError `model_not_allowed`, `model_limit_reached`, `rate_limited`, `quota_exceeded` */
  function begin(texts: readonly string[], urgent: boolean) {
    const row = space.read((r) => r.modelServices.find(known.name));
    if (row === null || row.embedAgreedMs === null || vectorsName(row) !== vectorsName(known))
      throw new AppError('model_not_allowed', undefined, { retryAfterSeconds: 60 });
    const now = clock();
    const characters = texts.reduce((sum, text) => sum + text.length, 0);
    const tokens = Math.ceil(characters / unitsOfToken);
    const { monthlyTokens, perMinute } = row;
    if (monthlyTokens !== null && space.read((r) => r.modelCalls.month(row.name, now)).tokens + tokens > monthlyTokens)
      throw new AppError('model_limit_reached', `This month's ${monthlyTokens} tokens for ${row.name} are used up.`, {
        retryAfterSeconds: 600,
      });
    while ((recent[0] ?? now) <= now - minuteMs) recent.shift();
    if (recent.length >= Math.max(1, urgent ? perMinute : Math.floor(perMinute * forBackground)))
      throw new AppError('rate_limited', `${row.name} is asked ${perMinute} times a minute at most.`, {
        retryAfterSeconds: Math.max(1, Math.ceil(((recent[0] ?? now) + minuteMs - now) / 1_000)),
      });
    const leaving: Leaving = {
      atMs: now,
      service: row.name,
      host: new URL(row.baseUrl).host,
      model: row.model,
      purpose: 'embed',
      texts: texts.length,
      characters,
      tokens,
    };
    recent.push(now);
    const pk = space.write((w) => w.modelCalls.begin(leaving));
    return {
      row,
      end: (outcome: string, counted: number | null) =>
        space.write((w) => w.modelCalls.end(pk, leaving, outcome, counted, clock())),
    };
  }

  return {
    name: vectorsName(known),
    dimensions: storedDimensions(dimensions),
    patienceMs,
    mostLength: embedAskLength,
    async embed(texts, options = {}) {
      if (texts.length === 0) return [];
      options.signal?.throwIfAborted();
      if (JSON.stringify(texts).length > embedAskLength + texts.length + 2)
        throw new AppError('request_too_large', 'These are more texts than one request holds.');
      const { row, end } = begin(texts, options.urgent === true);
      const { kind, baseUrl, model, key } = row;
      const answer = await ask({ service: row.name, address: { kind, baseUrl, model, key }, texts: [...texts] }).catch(
        (error: unknown) => {
          end('engine_unavailable', null);
          throw error;
        },
      );
      if (!answer.ok) {
        const code: ErrorCode = errorCodes.find((one) => one === answer.code) ?? 'models_unavailable';
        end(code, null);
        const { detail, retryAfterSeconds } = answer;
        throw new AppError(code, detail, retryAfterSeconds === null ? {} : { retryAfterSeconds });
      }
      try {
        const vectors = vectorsFrom(answer, texts.length, dimensions);
        end('answered', answer.tokens);
        return vectors;
      } catch (error) {
        end('model_answer_invalid', answer.tokens);
        throw error;
      }
    },
  };
}
