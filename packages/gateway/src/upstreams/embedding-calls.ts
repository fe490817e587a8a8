/**
 * Sends texts to a service and reads the vectors that come back, for people who agreed to it. An answer is bounded and checked
 * before an engine sees it. Keeps no text, no key and no vector.
 */
import type { UserId } from '@vivim/contract/ids';
import type { EmbedAnswer, EmbedAsk } from '@vivim/contract/model-asks';
import { type ModelAddress, mostDimensions } from '@vivim/contract/model-services';
import type { Outgoing } from './outgoing.ts';
import { readVectors } from './read-vectors.ts';

export interface EmbeddingCalls {
  /** For an engine. Whatever goes wrong stands in the answer. */
  forEngine(userId: UserId, ask: EmbedAsk): Promise<EmbedAnswer>;
  /** For a person who tries what they set: no text of theirs. @throws AppError */
  tried(address: ModelAddress, texts: readonly string[]): Promise<Extract<EmbedAnswer, { ok: true }>>;
}

const withinMs = 60_000;
/** Of one number as JSON writes it, with its comma. */
const numberBytes = 32;
const spareBytes = 64 * 1024;

export function createEmbeddingCalls(outgoing: Outgoing): EmbeddingCalls {
  async function send(address: ModelAddress, texts: readonly string[], stop?: AbortSignal) {
    const { kind, model } = address;
    const isOllama = kind === 'ollama';
    const body = await outgoing.post(
      {
        address,
        path: isOllama ? '/api/embed' : '/embeddings',
        body: isOllama ? { model, input: texts } : { model, input: texts, encoding_format: 'float' },
        most: texts.length * mostDimensions * numberBytes + spareBytes,
        withinMs,
      },
      stop,
    );
    return readVectors(kind, body, texts.length);
  }

  return {
    tried: (address, texts) => send(address, texts),
    forEngine(userId, { service, address, texts }) {
      const { key: _, ...where } = address;
      return outgoing.asAgreed(userId, { service, purpose: 'embed', address: where }, (stop) =>
        send(address, texts, stop),
      );
    },
  };
}
