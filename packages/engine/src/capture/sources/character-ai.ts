/**
 * Character.AI, as CAI-Tools saves its chats for SillyTavern: `{histories: {histories: [{msgs}]}}` → canonical. Pure. One history is
 * one conversation; few of its messages have a time.
 */
import type { Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, type JsonRecord, toJson } from './json-value.ts';
import { notAConversation } from './reading.ts';
import { writtenTime } from './written-time.ts';

const historiesIn = (record: JsonRecord): readonly unknown[] => asArray(asRecord(record.histories)?.histories);

export const isCharacterExport = (record: JsonRecord): boolean =>
  historiesIn(record).some((history) => Array.isArray(asRecord(history)?.msgs));

/** Each history, with the character it was led with. */
export function characterHistories(text: string): string[] {
  let record: JsonRecord | null;
  try {
    record = asRecord(JSON.parse(text));
  } catch {
    return [text];
  }
  if (record === null || !isCharacterExport(record)) return [text];
  const info = asRecord(record.info) ?? {};
  const character = asRecord(info.character) ?? info;
  const name = asName(character.name) ?? asName(record.character_name);
  return historiesIn(record).map(
    (history) => toJson({ characterHistory: history, name }) ?? '{"characterHistory":null}',
  );
}

/** Null where the bytes are no history of these. */
export function readCharacterHistory(bytes: Buffer, context: SourceContext): Reading | null {
  if (!bytes.subarray(0, 40).includes('"characterHistory"')) return null;
  const record = asRecord(JSON.parse(bytes.toString('utf8')));
  const history = asRecord(record?.characterHistory);
  const externalId = asId(history?.external_id);
  const list = asArray(history?.msgs);
  if (list.length === 0) return notAConversation('The history has no messages.', { externalId });
  const branched = list.some((value) => asRecord(value)?.is_alternative === true);
  // An answer the person swiped away stands among the messages: it is a branch beside the one that was taken.
  let shown: string | null = null;
  let asked: string | null = null;
  const turns = list.map((value, ix): Turn => {
    const message = asRecord(value);
    if (message === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
    const from = asRecord(message.src) ?? {};
    const human = from.is_human === true;
    const key = asId(message.uuid) ?? asId(message.id) ?? `#${ix}`;
    const aside = message.is_alternative === true;
    const parent = aside ? asked : shown;
    if (!aside) shown = key;
    if (human) asked = key;
    return {
      id: asId(message.uuid) ?? asId(message.id),
      ...(branched ? { key, parent } : {}),
      role: human ? 'user' : 'assistant',
      kind: human ? 'human' : 'model',
      name: asName(from.name),
      parts: wordsPart(message.text),
      time: writtenTime(message.created ?? message.created_at),
    };
  });
  const character = asName(record?.name) ?? turns.find(({ kind }) => kind === 'model')?.name ?? null;
  return buildConversation(
    {
      source: 'sillytavern',
      externalId,
      title: character,
      created: writtenTime(history?.created),
      updated: writtenTime(history?.last_interaction),
      assistantId: character,
      ...(branched ? { leaf: shown } : {}),
    },
    turns,
    context,
    'msgs',
  );
}
