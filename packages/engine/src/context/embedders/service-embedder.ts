/** A service as an embedder. What leaves passes the gate; what comes back is checked before it is a vector. Opens no connection. */
import { AppError } from '@vivim/contract/errors';
import { askLength } from '@vivim/contract/model-asks';
import type { AskGateway } from '../../models/ask-gateway.ts';
import type { Embedder } from '../../models/embedder.ts';
import { storedDimensions, vectorsFrom } from '../../models/vectors-from.ts';
import type { ModelServiceRow } from '../../space/stores/model-services.ts';
import type { ServiceGate } from '../services/service-gate.ts';

export interface ServiceEmbedderDeps {
  readonly gate: ServiceGate;
  readonly ask: AskGateway;
}

/** A network lies between. Milliseconds. */
const patienceMs = 1_500;

/** What makes vectors comparable. */
export const vectorsName = ({ kind, baseUrl, model, dimensions }: ModelServiceRow): string =>
  `${kind}:${model}@${baseUrl}#${dimensions}`;

/** @param known as it was when it was chosen: of another address or size it is another embedder */
export function serviceEmbedder(known: ModelServiceRow, { gate, ask }: ServiceEmbedderDeps): Embedder {
  const dimensions = known.dimensions ?? 0;
  return {
    name: vectorsName(known),
    dimensions: storedDimensions(dimensions),
    patienceMs,
    mostLength: askLength,
    async embed(texts, options = {}) {
      if (texts.length === 0) return [];
      options.signal?.throwIfAborted();
      if (JSON.stringify(texts).length > askLength + texts.length + 2)
        throw new AppError('request_too_large', 'These are more texts than one request holds.');
      const passed = gate.pass({
        service: known.name,
        purpose: 'embed',
        isSame: (row) => vectorsName(row) === vectorsName(known),
        texts,
        urgent: options.urgent === true,
      });
      const { kind, baseUrl, model, key } = passed.row;
      const address = { kind, baseUrl, model, key };
      const answer = await ask({ service: known.name, address, texts: [...texts] }).catch((error: unknown) => {
        passed.failed({ code: 'engine_unavailable' });
        throw error;
      });
      if (!answer.ok) throw passed.failed(answer);
      try {
        const vectors = vectorsFrom(answer, texts.length, dimensions);
        passed.answered(answer.tokens === null ? null : { input: answer.tokens, output: 0 });
        return vectors;
      } catch (error) {
        passed.failed({ code: 'model_answer_invalid' });
        throw error;
      }
    },
  };
}
