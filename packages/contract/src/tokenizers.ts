/** Which tokenizer counts for which model. Exact where the model's own is public, else conservative; always named in the answer. */
import { z } from 'zod';
import { tokenizerNames } from './tokenizer-names.ts';

export { tokenizerNames };
export const TokenizerName = z.enum(tokenizerNames);
export type TokenizerName = z.infer<typeof TokenizerName>;

/** Beginnings of the names of models that count exactly by one of ours. The first that fits decides. */
const exact: readonly (readonly [RegExp, TokenizerName])[] = [
  [/^(gpt-4o|gpt-4\.|gpt-[5-9]|chatgpt-4o|o[1-9]\b|gpt-oss|codex)/, 'o200k_base'],
  [/^(gpt-4|gpt-3\.5|text-embedding-)/, 'cl100k_base'],
];

/**
 * The tokenizer for a model by its name, as services and clients write it: `gpt-4o-mini`, `openai/gpt-4.1`,
 * `claude-sonnet-4-5`, `gemini-2.5-pro`, `llama3.1:8b`. A name nobody knows counts conservatively.
 */
export function tokenizerOfModel(model: string): TokenizerName {
  const name = model.trim().toLowerCase().split('/').at(-1) ?? '';
  return exact.find(([pattern]) => pattern.test(name))?.[1] ?? 'conservative';
}
