/** Every source there is. A new one is its module and a line here (and its name in the contract). */
import type { Source } from '@vivim/contract/conversation';
import { aider } from './aider.ts';
import { aistudio } from './aistudio.ts';
import { anythingllm } from './anythingllm.ts';
import { chatgpt } from './chatgpt-source.ts';
import { claudeCode } from './claude-code.ts';
import { claudeDesign } from './claude-design.ts';
import { claude } from './claude-source.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { continueSessions } from './continue.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import { deepseek } from './deepseek.ts';
import { gemini } from './gemini.ts';
import { geminiCli } from './gemini-cli.ts';
import { generic } from './generic.ts';
import { grok } from './grok.ts';
import { jan } from './jan.ts';
import { librechat } from './librechat.ts';
import { anthropicApi, openaiApi } from './live.ts';
import { llm } from './llm.ts';
import { lmstudio } from './lmstudio.ts';
import { markdown } from './markdown.ts';
import { mistral } from './mistral.ts';
import { openai } from './openai.ts';
import { opencode } from './opencode.ts';
import { openwebui } from './openwebui.ts';
import { perplexity } from './perplexity.ts';
import { sharegpt } from './sharegpt.ts';
import { sillytavern } from './sillytavern.ts';
import type { SourceModule } from './source-module.ts';
import { vscodeCopilot } from './vscode-copilot.ts';

const bySource = {
  chatgpt,
  claude,
  'claude-design': claudeDesign,
  'claude-code': claudeCode,
  codex,
  openai,
  sharegpt,
  markdown,
  gemini,
  aistudio,
  openwebui,
  librechat,
  grok,
  deepseek,
  'gemini-cli': geminiCli,
  lmstudio,
  llm,
  cursor,
  aider,
  copilot,
  mistral,
  perplexity,
  sillytavern,
  jan,
  anythingllm,
  continue: continueSessions,
  'vscode-copilot': vscodeCopilot,
  cline,
  opencode,
  'openai-api': openaiApi,
  'anthropic-api': anthropicApi,
  generic,
} satisfies Record<Source, SourceModule>;

export const sourceModules: readonly SourceModule[] = Object.values(bySource);

/**
 * Goes up when records of every source give more or better than before. 1: a conversation without a date is dated by what it holds.
 * 2: what is kept as it came is told in words. 3: a picture a tool answered with stands no more in letters beside itself; calls that ran
 * at a provider are calls.
 */
const commonVersion = 3;

/** Of the reader of a source. */
export const parserVersionOf = (source: Source): number =>
  ((bySource[source] as SourceModule).version ?? 1) + commonVersion;

export const moduleOf = (source: Source): SourceModule => bySource[source];
