/**
 * Sends texts to a service and reads the vectors that come back, for people who agreed to it. The address is judged and pinned
 * like every upstream's; an answer is bounded and checked before an engine sees it. Keeps no text, no key and no vector.
 */
import { AppError } from '@vivim/contract/errors';
import type { UserId } from '@vivim/contract/ids';
import { type EmbedAnswer, type EmbedAsk, type ModelAddress, mostDimensions } from '@vivim/contract/model-services';
import type { ModelGrants } from './model-grants.ts';
import { readVectors } from './read-vectors.ts';
import { readSmall, type Upstreams } from './upstreams.ts';

export interface EmbeddingCalls {
  /** For an engine. Whatever goes wrong stands in the answer. */
  forEngine(userId: UserId, ask: EmbedAsk): Promise<EmbedAnswer>;
  /** For a person who tries what they set: no text of theirs. @throws AppError */
  tried(address: ModelAddress, texts: readonly string[]): Promise<Extract<EmbedAnswer, { ok: true }>>;
}

export interface EmbeddingCallDeps {
  readonly upstreams: Upstreams;
  /** Asked anew for each request. */
  readonly grants: Pick<ModelGrants, 'has'>;
  readonly withinMs?: number;
}

const withinMs = 60_000;
/** Of one person. */
const atOnce = 4;
/** Of one number as JSON writes it, with its comma. */
const numberBytes = 32;
const spareBytes = 64 * 1024;
const longestWaitSeconds = 3_600;

export function createEmbeddingCalls(deps: EmbeddingCallDeps): EmbeddingCalls {
  const open = new Map<UserId, number>();
  const patience = deps.withinMs ?? withinMs;

  async function send(address: ModelAddress, texts: readonly string[]): Promise<Extract<EmbedAnswer, { ok: true }>> {
    const { kind, baseUrl, model, key } = address;
    const asked = kind === 'ollama' ? { model, input: texts } : { model, input: texts, encoding_format: 'float' };
    const signal = AbortSignal.timeout(patience);
    try {
      const answer = await deps.upstreams.call({
        method: 'POST',
        url: `${baseUrl}${kind === 'ollama' ? '/api/embed' : '/embeddings'}`,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'content-type': 'application/json',
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        },
        body: Buffer.from(JSON.stringify(asked)),
        signal,
      });
      if (answer.status !== 200) {
        answer.body.destroy();
        throw refusalOf(answer.status, answer.headers['retry-after']);
      }
      const most = texts.length * mostDimensions * numberBytes + spareBytes;
      const body = await readSmall(answer.body, most).catch((error: unknown) => {
        if (signal.aborted || !(error instanceof Error) || error.message !== 'the answer is too large') throw error;
        throw new AppError('model_answer_invalid', 'The service answered with more than vectors take.');
      });
      return readVectors(kind, body, texts.length);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError(
        'upstream_unavailable',
        signal.aborted ? 'The service did not answer in time.' : 'The service broke off its answer.',
        { cause: error },
      );
    }
  }

  return {
    tried: send,
    async forEngine(userId, { service, address, texts }) {
      if ((open.get(userId) ?? 0) >= atOnce)
        return refused(new AppError('rate_limited', undefined, { retryAfterSeconds: 1 }));
      open.set(userId, (open.get(userId) ?? 0) + 1);
      try {
        const { kind, baseUrl, model } = address;
        if (!(await deps.grants.has(userId, { service, purpose: 'embed', address: { kind, baseUrl, model } })))
          return refused(new AppError('model_not_allowed', undefined, { retryAfterSeconds: 60 }));
        return await send(address, texts);
      } catch (error) {
        return refused(error);
      } finally {
        const left = (open.get(userId) ?? 1) - 1;
        if (left > 0) open.set(userId, left);
        else open.delete(userId);
      }
    },
  };
}

function refused(error: unknown): EmbedAnswer {
  const known = error instanceof AppError ? error : new AppError('models_unavailable');
  return { ok: false, code: known.code, detail: known.message, retryAfterSeconds: known.retryAfterSeconds ?? null };
}

/** What a status says to do. The words of the service are not handed on: they may repeat what was sent. */
function refusalOf(status: number, retryAfter: string | undefined): AppError {
  if (status === 429 || status === 503) {
    const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Math.min(Number(retryAfter), longestWaitSeconds) : 10;
    return new AppError('rate_limited', `The service asks to wait (status ${status}).`, { retryAfterSeconds: seconds });
  }
  const why = status === 401 || status === 403 ? 'does not take the key' : `answered with status ${status}`;
  return new AppError('upstream_unavailable', `The service ${why}.`);
}
