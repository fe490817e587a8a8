/**
 * ShareGPT: `{id, conversations: [{from, value}]}`, in a list or a line each → canonical. Pure. Ids repeat across files and
 * say nothing; a conversation is known by all it holds.
 */
import type { AuthorKind, PartKind, Role } from '@vivim/contract/conversation';
import type { CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { linkedPart } from './attachments.ts';
import { buildConversation, type Turn, wholeKey } from './build-conversation.ts';
import { rawPart, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, isRecord, type JsonRecord } from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { asideFields, firstClaim, type SourceModule } from './source-module.ts';

interface Speaker {
  readonly role: Role;
  readonly kind: AuthorKind;
  readonly part: PartKind;
}

const person: Speaker = { role: 'user', kind: 'human', part: 'text' };
const model: Speaker = { role: 'assistant', kind: 'model', part: 'text' };
const speakers: ReadonlyMap<string, Speaker> = new Map([
  ['human', person],
  ['user', person],
  ['gpt', model],
  ['chatgpt', model],
  ['assistant', model],
  ['bing', model],
  ['bard', model],
  ['system', { role: 'system', kind: 'runtime', part: 'text' }],
  ['function_call', { role: 'assistant', kind: 'model', part: 'tool_call' }],
  ['tool_call', { role: 'assistant', kind: 'model', part: 'tool_call' }],
  ['observation', { role: 'tool', kind: 'tool', part: 'tool_result' }],
  ['tool', { role: 'tool', kind: 'tool', part: 'tool_result' }],
  ['tool_response', { role: 'tool', kind: 'tool', part: 'tool_result' }],
]);

function listOf(record: JsonRecord): readonly unknown[] | null {
  for (const list of [record.conversations, record.conversation, record.items]) if (Array.isArray(list)) return list;
  return null;
}

function readShareGpt(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const list = record === null ? null : listOf(record);
  if (record === null || list === null) return notAConversation('The entry has no list of `conversations`.');
  const system = wordsPart(record.system, 'context');
  const pictures = [...asArray(record.images), ...asArray(record.image === undefined ? [] : [record.image])];
  const turns = list.map((entry, ix): Turn => {
    const turn = turnOf(entry);
    if (ix > 0) return turn;
    return { ...turn, parts: [...system, ...turn.parts, ...pictures.map((picture) => linkedPart(picture, 'image'))] };
  });
  return buildConversation(
    {
      source: 'sharegpt',
      externalId: asId(record.id),
      key: wholeKey('sharegpt', record),
      title: asName(record.title),
      created: record.create_time ?? record.timestamp,
      model: asName(record.model),
    },
    turns,
    context,
    'conversations',
  );
}

function turnOf(entry: unknown): Turn {
  const turn = asRecord(entry);
  const said = asName(turn?.from) ?? asName(turn?.role) ?? '';
  const speaker = speakers.get(said.toLowerCase()) ?? person;
  const words = turn?.value ?? turn?.content ?? turn?.text;
  const parts: CanonicalPart[] =
    turn === null || (words !== undefined && typeof words !== 'string')
      ? [rawPart(entry)]
      : wordsPart(words, speaker.part);
  const name = speakers.has(said.toLowerCase()) ? null : said || null;
  return { id: null, role: speaker.role, kind: speaker.kind, name, parts };
}

const isTurn = (value: unknown): boolean => isRecord(value) && typeof value.from === 'string' && 'value' in value;

const why = 'Its conversations are lists of `from` and `value`, as ShareGPT writes them.';
/** `conversations` of a single object is taken for a list of entries: then the entries are its turns. */
const ofOne = firstClaim((record) => (isTurn(record) ? { confidence: 0.93, why } : null));
const ofMany = firstClaim((record) => {
  const list = listOf(record);
  return list !== null && list.length > 0 && list.slice(0, 5).every(isTurn) ? { confidence: 0.97, why } : null;
});

export const sharegpt: SourceModule = {
  source: 'sharegpt',
  formats: [
    { kind: 'json', cut: { kind: 'list', twins: true }, claim: (look) => (look.rows ? null : ofMany(look)) },
    { kind: 'json', cut: { kind: 'lines', twins: true }, claim: (look) => (look.rows ? ofMany(look) : null) },
    { kind: 'json', cut: { kind: 'whole' }, claim: (look) => (look.rows ? null : ofOne(look)) },
  ],
  // Definitions of tools.
  aside: asideFields('tools'),
  read: jsonReader(readShareGpt),
};
