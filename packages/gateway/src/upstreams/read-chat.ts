/** The answer of a service, read as what a model said and how many tokens that took. Pure. */
import { type ChatAnswer, longestChatAnswer } from '@vivim/contract/model-asks';
import type { ModelServiceKind } from '@vivim/contract/model-services';
import { z } from 'zod';
import { answerJson, invalid } from './answer-json.ts';

const count = z.int().min(0).optional();
/** @see https://platform.openai.com/docs/api-reference/chat/object */
const OpenAiAnswer = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        finish_reason: z.string().nullish(),
        message: z.looseObject({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.looseObject({ prompt_tokens: count, completion_tokens: count }).nullish(),
});
/** @see https://docs.ollama.com/api/chat */
const OllamaAnswer = z.looseObject({
  message: z.looseObject({ content: z.string() }),
  done_reason: z.string().nullish(),
  prompt_eval_count: count,
  eval_count: count,
});

/** @throws AppError `model_answer_invalid`, also where it was cut off at its limit */
export function readChat(kind: ModelServiceKind, body: string): Extract<ChatAnswer, { ok: true }> {
  const { text, end, input, output } = parsed(kind, body);
  if (end === 'length') throw invalid('It did not come to the end of its answer.');
  if (text === null || text.trim() === '') throw invalid('It said nothing.');
  if (text.length > longestChatAnswer) throw invalid('It said more than such an answer takes.');
  return { ok: true, text, tokens: input === undefined || output === undefined ? null : { input, output } };
}

interface Said {
  readonly text: string | null;
  readonly end: string | null;
  readonly input: number | undefined;
  readonly output: number | undefined;
}

function parsed(kind: ModelServiceKind, body: string): Said {
  const value = answerJson(body);
  if (kind === 'ollama') {
    const read = OllamaAnswer.safeParse(value);
    if (!read.success) throw invalid('What answers there does not chat as Ollama does.');
    const { message, done_reason: end = null, prompt_eval_count: input, eval_count: output } = read.data;
    return { text: message.content, end, input, output };
  }
  const read = OpenAiAnswer.safeParse(value);
  const [choice] = read.data?.choices ?? [];
  if (!read.success || choice === undefined)
    throw invalid("What answers there does not chat as OpenAI's interface does.");
  const { prompt_tokens: input, completion_tokens: output } = read.data.usage ?? {};
  return { text: choice.message.content ?? null, end: choice.finish_reason ?? null, input, output };
}
