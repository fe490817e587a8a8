/**
 * A chat of Character.AI as its site has it since 2023: turns, newest first, each with its candidates (`{turns: [{turn_key, author, candidates,
 * primary_candidate_id}]}`, or the list alone) → canonical. Pure. Candidates that were not taken are branches.
 */
import type { Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { oldestFirst } from './oldest-first.ts';
import { notAConversation } from './reading.ts';
import { model, person, program } from './speakers.ts';

const isTurn = (value: unknown): boolean =>
  isRecord(value) && asId(asRecord(value.turn_key)?.turn_id) !== null && Array.isArray(value.candidates);

export const isTurns = (record: JsonRecord): boolean =>
  isTurn(record) || asArray(record.turns).slice(0, 3).some(isTurn);

export function readTurns(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const listed = asArray(Array.isArray(value) ? value : (record?.turns ?? (record === null ? [] : [record])));
  const list = oldestFirst(listed, (turn) => asRecord(turn)?.create_time);
  const chat = asId(asRecord(record?.chat)?.chat_id) ?? asId(asRecord(asRecord(list[0])?.turn_key)?.chat_id);
  if (list.length === 0) return notAConversation('The chat has no turns.', { externalId: chat });
  const turns: Turn[] = [];
  let before: string | null = null;
  list.forEach((value, ix) => {
    const turn = asRecord(value);
    const id = asId(asRecord(turn?.turn_key)?.turn_id) ?? `#${ix}`;
    const parent = before;
    if (turn === null) {
      turns.push({ id: null, key: id, parent, ...program, parts: [rawPart(value)] });
      before = id;
      return;
    }
    const author = asRecord(turn.author) ?? {};
    const candidates = asRecords(turn.candidates);
    const keys = candidates.map((candidate, number) => asId(candidate.candidate_id) ?? `${id}/${number}`);
    const taken = keys.find((key) => key === asId(turn.primary_candidate_id)) ?? keys[0];
    candidates.forEach((candidate, number) => {
      turns.push({
        id: asId(candidate.candidate_id),
        key: keys[number] ?? id,
        parent,
        ...(author.is_human === true ? person : model),
        name: asName(author.name),
        parts: wordsPart(candidate.raw_content),
        time: candidate.create_time ?? turn.create_time,
      });
    });
    before = taken ?? before;
  });
  const character = turns.find(({ kind }) => kind === 'model')?.name ?? null;
  return buildConversation(
    {
      source: 'sillytavern',
      externalId: chat,
      title: character,
      created: asRecord(list[0])?.create_time,
      updated: asRecord(list.at(-1))?.create_time,
      assistantId: character,
      leaf: before,
    },
    turns,
    context,
    'turns',
  );
}
