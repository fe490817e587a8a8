/**
 * A conversation of Amazon Q's and Kiro's command line: pairs of what went in and what came out, as its database and `/save` hold them → nearly the
 * generic format. JSON in, JSON out: knows no part of ours. Pure.
 */
import { asArray, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';

export const isQConversation = (record: JsonRecord): boolean =>
  asName(record.conversation_id) !== null &&
  asArray(record.history)
    .slice(0, 3)
    .some((entry) => pairOf(entry) !== null);

/** A list of two, or an object that names them. */
function pairOf(entry: unknown): { readonly asked: JsonRecord; readonly said: JsonRecord } | null {
  const [first, second] = Array.isArray(entry) ? entry : [asRecord(entry)?.user, asRecord(entry)?.assistant];
  const asked = asRecord(first);
  return asked !== null && isRecord(second) && isRecord(asked.content) ? { asked, said: second } : null;
}

/** @returns null where it is none of these */
export function qConversation(record: JsonRecord): JsonRecord | null {
  const { conversation_id: id } = record;
  if (asName(id) === null || !Array.isArray(record.history)) return null;
  const messages = record.history.flatMap((entry: unknown): JsonRecord[] => {
    const pair = pairOf(entry);
    return pair === null ? [{ role: 'system', content: [entry] }] : [...askedOf(pair.asked), ...saidOf(pair.said)];
  });
  return { id, messages };
}

function askedOf({ content, timestamp, images }: JsonRecord): JsonRecord[] {
  const held = asRecord(content) ?? {};
  const results = asRecord(held.ToolUseResults) ?? asRecord(held.CancelledToolUses);
  const blocks = asRecords(results?.tool_use_results).map((result) => ({
    type: 'tool_result',
    tool_use_id: result.tool_use_id,
    content: asRecords(result.content)
      .map((one) => asName(one.Text) ?? JSON.stringify(one.Json ?? one))
      .join('\n'),
    is_error: result.status !== 'Success',
  }));
  const prompt = asName(asRecord(held.Prompt)?.prompt) ?? asName(results?.prompt);
  const words = prompt === null ? [] : [{ type: 'text', text: prompt }];
  const pictures = asRecords(images).map((image) => ({
    type: 'image',
    source: { data: asRecord(image.source)?.Bytes, media_type: 'image/png' },
  }));
  const all = [...blocks, ...words, ...pictures];
  return all.length === 0 ? [] : [{ role: 'user', content: all, createdAt: timestamp }];
}

function saidOf(said: JsonRecord): JsonRecord[] {
  const answer = asRecord(said.Response) ?? asRecord(said.ToolUse);
  if (answer === null) return [{ role: 'system', content: [said] }];
  const words = asName(answer.content);
  const calls = asRecords(answer.tool_uses).map(({ id, name, args }) => ({
    type: 'tool_call',
    name,
    id,
    arguments: args ?? {},
  }));
  return [
    {
      id: answer.message_id,
      role: 'assistant',
      content: [...(words === null ? [] : [{ type: 'text', text: words }]), ...calls],
    },
  ];
}
