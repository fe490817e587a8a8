/** Server-sent events as services write them (WHATWG HTML, 9.2) → the JSON of each. Pure. What is cut off at the end is left out. */
import { asRecord, type JsonRecord } from '../sources/json-value.ts';

export interface StreamedEvent {
  /** The `event` field; '' where there was none. */
  readonly name: string;
  readonly data: JsonRecord;
}

export interface EventStream {
  readonly events: readonly StreamedEvent[];
  /** Whether OpenAI's mark of the end came. */
  readonly done: boolean;
}

export function readEventStream(text: string): EventStream {
  const events: StreamedEvent[] = [];
  let done = false;
  const blocks = text.replace(/^\ufeff/, '').split(/\r\n\r\n|\n\n|\r\r/);
  // Without an empty line behind it an event is not whole.
  for (const block of blocks.slice(0, -1)) {
    let name = '';
    const data: string[] = [];
    for (const line of block.split(/\r\n|\n|\r/)) {
      const colon = line.indexOf(':');
      if (colon === 0) continue;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') name = value;
      if (field === 'data') data.push(value);
    }
    if (data.length === 0) continue;
    const joined = data.join('\n');
    if (joined.trim() === '[DONE]') {
      done = true;
      continue;
    }
    const value = parsed(joined);
    if (value !== null) events.push({ name, data: value });
  }
  return { events, done };
}

/** A JSON object, or null for anything else. */
export function parsed(text: string): JsonRecord | null {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return null;
  }
}
