/** Answers of Anthropic's messages, whole or as events → {@link LiveAnswer}. Pure. */
import { asArray, asName, asNumber, asRecord, asText, type JsonRecord } from '../sources/json-value.ts';
import { parsed, readEventStream } from './event-stream.ts';
import { faultIn, type LiveAnswer, noAnswer } from './live-answer.ts';

export function messagesAnswer(text: string, streamed: boolean): LiveAnswer {
  if (streamed) return ofEvents(text);
  const body = parsed(text);
  if (body === null) return noAnswer;
  if (body.type === 'error' || asRecord(body.error) !== null)
    return { ...noAnswer, fault: faultIn(body), complete: true };
  const blocks = asArray(body.content);
  return {
    ...noAnswer,
    turns: turnsOf(blocks),
    model: asName(body.model),
    finish: asName(body.stop_reason),
    usage: asRecord(body.usage),
    id: asName(body.id),
    complete: body.type === 'message' || blocks.length > 0,
  };
}

const turnsOf = (blocks: readonly unknown[]): LiveAnswer['turns'] =>
  blocks.length === 0 ? [] : [{ speaker: 'assistant', wire: { role: 'assistant', content: blocks } }];

/** One block while its pieces come in. */
interface Growing {
  readonly start: JsonRecord;
  text: string;
  thinking: string;
  signature: string;
  json: string;
  readonly citations: unknown[];
}

function ofEvents(text: string): LiveAnswer {
  const blocks = new Map<number, Growing>();
  let { model, finish, usage, id, complete, fault } = noAnswer;
  for (const { data } of readEventStream(text).events) {
    switch (data.type) {
      case 'message_start': {
        const message = asRecord(data.message);
        model = asName(message?.model);
        id = asName(message?.id);
        usage = asRecord(message?.usage);
        break;
      }
      case 'content_block_start': {
        const start = asRecord(data.content_block) ?? {};
        const said = { text: asText(start.text) ?? '', thinking: asText(start.thinking) ?? '' };
        blocks.set(asNumber(data.index) ?? blocks.size, { start, ...said, signature: '', json: '', citations: [] });
        break;
      }
      case 'content_block_delta': {
        const growing = blocks.get(asNumber(data.index) ?? -1);
        if (growing !== undefined) grow(growing, asRecord(data.delta) ?? {});
        break;
      }
      case 'message_delta':
        finish = asName(asRecord(data.delta)?.stop_reason) ?? finish;
        usage = { ...usage, ...asRecord(data.usage) };
        break;
      case 'message_stop':
        complete = true;
        break;
      case 'error':
        fault = faultIn(data);
        break;
    }
  }
  const inOrder = [...blocks].sort(([a], [b]) => a - b).map(([, growing]) => blockOf(growing));
  return { turns: turnsOf(inOrder), model, finish, usage, id, complete, fault };
}

function grow(growing: Growing, delta: JsonRecord): void {
  growing.text += asText(delta.text) ?? '';
  growing.thinking += asText(delta.thinking) ?? '';
  growing.signature += asText(delta.signature) ?? '';
  growing.json += asText(delta.partial_json) ?? '';
  if (delta.citation !== undefined) growing.citations.push(delta.citation);
}

/** The block as the service gives it to those who do not stream. Arguments that were cut off stay as far as they came. */
function blockOf({ start, text, thinking, signature, json, citations }: Growing): JsonRecord {
  return {
    ...start,
    ...('text' in start ? { text } : {}),
    ...('thinking' in start ? { thinking } : {}),
    ...(signature === '' ? {} : { signature }),
    ...(json === '' ? {} : { input: parsed(json) ?? json }),
    ...(citations.length === 0 ? {} : { citations }),
  };
}
