/** Answers of OpenAI's responses, whole or as events → {@link LiveAnswer}. Pure. */
import { asArray, asName, asNumber, asRecord, asRecords, asText, type JsonRecord } from '../sources/json-value.ts';
import { parsed, readEventStream } from './event-stream.ts';
import { faultIn, type LiveAnswer, noAnswer } from './live-answer.ts';

export function responsesAnswer(text: string, streamed: boolean): LiveAnswer {
  if (streamed) return ofEvents(text);
  const body = parsed(text);
  return body === null ? noAnswer : ofResponse(body);
}

const ended = new Set(['completed', 'incomplete', 'failed', 'cancelled']);

function ofResponse(body: JsonRecord): LiveAnswer {
  const status = asName(body.status);
  const fault = body.error === undefined || body.error === null ? null : faultIn(body);
  return {
    turns: turnsOf(asArray(body.output)),
    model: asName(body.model),
    finish: asName(asRecord(body.incomplete_details)?.reason) ?? status,
    usage: asRecord(body.usage),
    id: asName(body.id),
    complete: fault !== null || (status !== null && ended.has(status)),
    fault,
  };
}

const turnsOf = (items: readonly unknown[]): LiveAnswer['turns'] =>
  items.length === 0 ? [] : [{ speaker: 'assistant', wire: { items } }];

/** One item while its pieces come in: pieces of its content by their place, and what a tool is called with. */
interface Growing {
  item: JsonRecord;
  whole: boolean;
  readonly words: Map<string, { type: string; text: string }>;
  given: string;
}

function ofEvents(text: string): LiveAnswer {
  const items = new Map<number, Growing>();
  let begun: LiveAnswer = noAnswer;
  let { fault } = noAnswer;
  for (const { data } of readEventStream(text).events) {
    const type = asName(data.type) ?? '';
    const response = asRecord(data.response);
    if (response !== null && /^response\.(completed|incomplete|failed|cancelled)$/.test(type)) {
      const whole = ofResponse(response);
      // Some services leave the output out of the last event.
      return whole.turns.length > 0 ? whole : { ...whole, turns: grown(items) };
    }
    if (response !== null) begun = ofResponse(response);
    else if (type === 'error' || data.error !== undefined) fault = faultIn(data);
    else take(items, type, data);
  }
  return { ...begun, turns: grown(items), complete: false, finish: null, fault };
}

/** Which part of an item the pieces of an event go to. */
const wordsOf: Readonly<Record<string, string>> = {
  'response.output_text.delta': 'output_text',
  'response.refusal.delta': 'refusal',
  'response.reasoning_text.delta': 'reasoning_text',
  'response.reasoning_summary_text.delta': 'summary_text',
};
const argumentsOf = new Set([
  'response.function_call_arguments.delta',
  'response.custom_tool_call_input.delta',
  'response.mcp_call_arguments.delta',
]);

function take(items: Map<number, Growing>, type: string, data: JsonRecord): void {
  const ix = asNumber(data.output_index) ?? items.size;
  const item = asRecord(data.item);
  if (item !== null) {
    const whole = type === 'response.output_item.done';
    const known = items.get(ix);
    if (known === undefined) items.set(ix, { item, whole, words: new Map(), given: '' });
    else if (whole) Object.assign(known, { item, whole });
    return;
  }
  const growing = items.get(ix);
  if (growing === undefined) return;
  const delta = asText(data.delta) ?? '';
  const kind = wordsOf[type];
  if (kind !== undefined) {
    const place = `${kind} ${asNumber(data.content_index) ?? asNumber(data.summary_index) ?? 0}`;
    const piece = growing.words.get(place) ?? { type: kind, text: '' };
    piece.text += delta;
    growing.words.set(place, piece);
  } else if (argumentsOf.has(type)) growing.given += delta;
}

const grown = (items: ReadonlyMap<number, Growing>): LiveAnswer['turns'] =>
  turnsOf([...items].sort(([a], [b]) => a - b).map(([, growing]) => itemOf(growing)));

/** The item as far as it came. */
function itemOf({ item, whole, words, given }: Growing): JsonRecord {
  if (whole) return item;
  const pieces = [...words.values()];
  const summary = pieces.filter(({ type }) => type === 'summary_text');
  const content = pieces
    .filter(({ type }) => type !== 'summary_text')
    .map((piece) => (piece.type === 'refusal' ? { type: 'refusal', refusal: piece.text } : piece));
  return {
    ...item,
    ...(content.length === 0 ? {} : { content: [...asRecords(item.content), ...content] }),
    ...(summary.length === 0 ? {} : { summary }),
    ...(given === '' ? {} : { arguments: given }),
  };
}
