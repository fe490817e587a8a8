/** Answers of OpenAI's chat completions, whole or in chunks → {@link LiveAnswer}. Pure. */
import { asArray, asName, asNumber, asRecord, asRecords, asText, type JsonRecord } from '../sources/json-value.ts';
import { parsed, readEventStream } from './event-stream.ts';
import { faultIn, type LiveAnswer, noAnswer } from './live-answer.ts';

export function chatAnswer(text: string, streamed: boolean): LiveAnswer {
  if (streamed) return ofChunks(text);
  const body = parsed(text);
  if (body === null) return noAnswer;
  if (body.error !== undefined && body.error !== null) return { ...noAnswer, fault: faultIn(body), complete: true };
  const choices = asRecords(body.choices);
  return {
    ...noAnswer,
    turns: choices.flatMap((choice) => {
      const message = asRecord(choice.message);
      return message === null ? [] : [{ speaker: 'assistant' as const, wire: { role: 'assistant', ...message } }];
    }),
    model: asName(body.model),
    finish: asName(choices[0]?.finish_reason),
    usage: asRecord(body.usage),
    id: asName(body.id),
    complete: choices.length > 0,
  };
}

/** One choice while its pieces come in. */
interface Growing {
  content: string;
  reasoning: string;
  refusal: string;
  finish: string | null;
  readonly calls: Map<number, { id: string | null; type: string; name: string; arguments: string }>;
}

function ofChunks(text: string): LiveAnswer {
  const { events, done } = readEventStream(text);
  const choices = new Map<number, Growing>();
  let { model, usage, id, fault } = noAnswer;
  for (const { data } of events) {
    if (data.error !== undefined && data.error !== null) fault = faultIn(data);
    model ??= asName(data.model);
    id ??= asName(data.id);
    usage = asRecord(data.usage) ?? usage;
    for (const choice of asRecords(data.choices)) {
      const ix = asNumber(choice.index) ?? 0;
      const growing = choices.get(ix) ?? { content: '', reasoning: '', refusal: '', finish: null, calls: new Map() };
      choices.set(ix, growing);
      growing.finish = asName(choice.finish_reason) ?? growing.finish;
      grow(growing, asRecord(choice.delta) ?? {});
    }
  }
  const inOrder = [...choices].sort(([a], [b]) => a - b).map(([, growing]) => growing);
  const finish = inOrder[0]?.finish ?? null;
  return {
    turns: inOrder.flatMap((growing) => {
      const wire = messageOf(growing);
      return wire === null ? [] : [{ speaker: 'assistant' as const, wire }];
    }),
    model,
    finish,
    usage,
    id,
    complete: done || finish !== null,
    fault,
  };
}

function grow(growing: Growing, delta: JsonRecord): void {
  growing.content += asText(delta.content) ?? '';
  growing.reasoning += asText(delta.reasoning_content) ?? asText(delta.reasoning) ?? '';
  growing.refusal += asText(delta.refusal) ?? '';
  const older = asRecord(delta.function_call);
  const pieces = older === null ? asArray(delta.tool_calls) : [{ index: 0, function: older }];
  pieces.forEach((piece, place) => {
    const call = asRecord(piece);
    if (call === null) return;
    const ix = asNumber(call.index) ?? place;
    const known = growing.calls.get(ix) ?? { id: null, type: 'function', name: '', arguments: '' };
    growing.calls.set(ix, known);
    const asked = asRecord(call.function);
    known.id = asName(call.id) ?? known.id;
    known.type = asName(call.type) ?? known.type;
    known.name += asText(asked?.name) ?? '';
    known.arguments += asText(asked?.arguments) ?? '';
  });
}

/** The message as the service gives it to those who do not stream; null where nothing came. */
function messageOf({ content, reasoning, refusal, calls, finish }: Growing): JsonRecord | null {
  if (content === '' && reasoning === '' && refusal === '' && calls.size === 0 && finish === null) return null;
  return {
    role: 'assistant',
    content: content === '' ? null : content,
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(refusal === '' ? {} : { refusal }),
    ...(calls.size === 0
      ? {}
      : {
          tool_calls: [...calls]
            .sort(([a], [b]) => a - b)
            .map(([, { id, type, name, arguments: given }]) => ({ id, type, function: { name, arguments: given } })),
        }),
  };
}
