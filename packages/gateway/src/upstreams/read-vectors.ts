/** The answer of a service, read as vectors: as many as texts were sent, all of one size, every number finite. Pure. */
import type { EmbedAnswer } from '@vivim/contract/model-asks';
import { type ModelServiceKind, mostDimensions } from '@vivim/contract/model-services';
import { z } from 'zod';
import { answerJson, invalid } from './answer-json.ts';

const Numbers = z.array(z.number()).min(1).max(mostDimensions);
/** @see https://platform.openai.com/docs/api-reference/embeddings/create */
const OpenAiAnswer = z.looseObject({
  data: z.array(z.looseObject({ index: z.int().min(0).optional(), embedding: Numbers })),
  usage: z.looseObject({ total_tokens: z.int().min(0).optional() }).nullish(),
});
/** @see https://docs.ollama.com/api/embed */
const OllamaAnswer = z.looseObject({
  embeddings: z.array(Numbers),
  prompt_eval_count: z.int().min(0).optional(),
});

/** @throws AppError `model_answer_invalid` */
export function readVectors(kind: ModelServiceKind, body: string, count: number): Extract<EmbedAnswer, { ok: true }> {
  const { vectors, tokens } = parsed(kind, body);
  const dimensions = vectors[0]?.length ?? 0;
  if (vectors.length !== count) throw invalid(`It answered with ${vectors.length} vectors for ${count} texts.`);
  if (vectors.some((vector) => vector.length !== dimensions)) throw invalid('Its vectors are of several sizes.');
  const all = Buffer.alloc(count * dimensions * 4);
  vectors.forEach((vector, index) => {
    vector.forEach((value, i) => {
      const at = (index * dimensions + i) * 4;
      all.writeFloatLE(value, at);
      if (!Number.isFinite(all.readFloatLE(at))) throw invalid('It answered with something that is no vector.');
    });
    if (vector.every((value) => value === 0)) throw invalid('It answered with a vector of noughts.');
  });
  return { ok: true, dimensions, vectors: all.toString('base64'), tokens };
}

function parsed(kind: ModelServiceKind, body: string): { vectors: number[][]; tokens: number | null } {
  const value = answerJson(body);
  if (kind === 'ollama') {
    const read = OllamaAnswer.safeParse(value);
    if (!read.success) throw invalid('What answers there does not embed as Ollama does.');
    return { vectors: read.data.embeddings, tokens: read.data.prompt_eval_count ?? null };
  }
  const read = OpenAiAnswer.safeParse(value);
  if (!read.success) throw invalid("What answers there does not embed as OpenAI's interface does.");
  const { data, usage } = read.data;
  const inOrder = data.map(({ index, embedding }, at) => ({ index: index ?? at, embedding }));
  inOrder.sort((a, b) => a.index - b.index);
  if (inOrder.some(({ index }, at) => index !== at)) throw invalid('It does not say which vector is of which text.');
  return { vectors: inOrder.map(({ embedding }) => embedding), tokens: usage?.total_tokens ?? null };
}
