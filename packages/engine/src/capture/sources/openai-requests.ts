/**
 * Where messages stand in what the interfaces of OpenAI and Anthropic take and give: in lines of training sets, batch files and their
 * results, logs of requests. Finds them; what one says is read by `openai.ts`. Pure.
 */
import { asArray, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import type { Claim } from './source-module.ts';

/** What was asked for: of a batch line, of a logged request, or the record itself. */
export const requestOf = (record: JsonRecord): JsonRecord =>
  asRecord(record.body) ?? asRecord(record.params) ?? asRecord(record.request) ?? record;

/** What was answered: of a line of results, of a logged response, or the record itself. */
export const answerOf = (record: JsonRecord): JsonRecord =>
  asRecord(asRecord(record.response)?.body) ??
  asRecord(record.response) ??
  asRecord(asRecord(record.result)?.message) ??
  record;

export interface Asked {
  readonly asked: readonly unknown[];
  /** Of a preference set: answers that were passed over. */
  readonly rejected: readonly unknown[];
  readonly answered: readonly unknown[];
}

const isMessage = (value: unknown): boolean => {
  const message = asRecord(value);
  return typeof message?.role === 'string' && ('content' in message || 'tool_calls' in message);
};

export const listsMessages = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 0 && value.slice(0, 5).every(isMessage);

const isItem = (value: unknown): boolean => isMessage(value) || typeof asRecord(value)?.type === 'string';
const listsItems = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isItem);

/** A thought may hold nothing but what is encrypted. */
const saysSomething = (item: unknown): boolean =>
  asRecord(item)?.type !== 'reasoning' ||
  [asRecord(item)?.summary, asRecord(item)?.content].some((list) => asArray(list).length > 0);

const said = (role: string, content: unknown): readonly unknown[] =>
  typeof content === 'string' ? [{ role, content }] : asArray(content);

/** The messages of a record; null where it holds none. */
export function messagesOf(record: JsonRecord): Asked | null {
  const request = requestOf(record);
  const answer = answerOf(record);
  const system = [...ofSystem(request.system), ...said('system', request.instructions)];
  const asked = request.messages ?? request.input ?? request.prompt;
  const before = Array.isArray(asked) ? asked : (asRecord(asked)?.messages ?? said('user', asked));
  const answered = [
    ...asRecords(answer.choices).flatMap((choice) => asRecord(choice.message) ?? said('assistant', choice.text)),
    ...(listsItems(answer.output) ? asArray(answer.output).filter(saysSomething) : []),
    ...(answer.type === 'message' && isMessage(answer) ? [answer] : []),
    ...said('assistant', record.completion),
    ...said('assistant', record.preferred_output ?? record.chosen),
    ...failureOf(record),
  ];
  if (isAlpaca(record)) return { asked: ofAlpaca(record), rejected: [], answered: said('assistant', record.output) };
  const rejected = said('assistant', record.non_preferred_output ?? record.rejected);
  const list = [...system, ...asArray(before)];
  return list.length + answered.length + rejected.length === 0 && !Array.isArray(asked)
    ? null
    : { asked: list, rejected, answered };
}

/** `{instruction, input?, output, history?}`: what is asked, what it is asked of, what was answered. */
const isAlpaca = (record: JsonRecord): boolean =>
  typeof record.instruction === 'string' && typeof record.output === 'string';

const ofAlpaca = (record: JsonRecord): unknown[] => [
  ...asArray(record.history).flatMap((pair) => [
    ...said('user', asArray(pair)[0]),
    ...said('assistant', asArray(pair)[1]),
  ]),
  ...said(
    'user',
    [record.instruction, record.input].filter((text) => typeof text === 'string' && text !== '').join('\n\n'),
  ),
];

/** Anthropic's interface has it apart from messages: words, or blocks. */
const ofSystem = (system: unknown): unknown[] =>
  typeof system === 'string' || Array.isArray(system) ? [{ role: 'system', content: system }] : [];

/** What a line of results says where there is no answer. */
function failureOf(record: JsonRecord): unknown[] {
  const error = asRecord(record.error) ?? asRecord(asRecord(record.result)?.error);
  const words = error?.message ?? asRecord(error?.error)?.message;
  return typeof words === 'string' ? [{ role: 'assistant', content: [{ type: 'failure', text: words }] }] : [];
}

const ofRequests = {
  confidence: 0.94,
  why: 'Its entries are requests as the interfaces of OpenAI and Anthropic take them.',
};
const ofAnswers = {
  confidence: 0.9,
  why: 'Its entries are answers as the interfaces of OpenAI and Anthropic give them.',
};
const ofPreferences = {
  confidence: 0.9,
  why: 'Its entries are prompts with their answers, as training sets have them.',
};

/** A request, an answer or a line of a training set without `messages` of its own. */
export function isLogged(record: JsonRecord): Claim | null {
  const request =
    asRecord(record.body) ?? asRecord(record.params) ?? asRecord(record.request) ?? asRecord(record.input);
  if (request !== null && (listsMessages(request.messages) || listsMessages(request.input))) return ofRequests;
  if (request !== null && 'model' in request && typeof request.input === 'string') return ofRequests;
  const answer = answerOf(record);
  const [choice] = asRecords(answer.choices);
  if (choice !== undefined && (isMessage(choice.message) || typeof choice.text === 'string')) return ofAnswers;
  if (answer.object === 'response' && listsItems(answer.output)) return ofAnswers;
  if (typeof record.custom_id === 'string' && isRecord(record.result)) return ofAnswers;
  if (isAlpaca(record)) return ofPreferences;
  if (typeof record.prompt === 'string' && typeof record.completion === 'string') return ofPreferences;
  return listsMessages(record.chosen) && listsMessages(record.rejected) ? ofPreferences : null;
}
