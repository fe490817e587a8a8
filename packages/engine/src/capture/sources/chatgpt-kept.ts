/**
 * What ChatGPT's export says of the person: custom instructions (in the settings, or in front of conversations), what the
 * model was told to remember, and ratings of answers. Pure. The list of saved memories itself is in no export.
 */
import type { MemoryKind } from '@vivim/contract/memory';
import type { CanonicalConversation } from '../canonical.ts';
import { type Kept, keptNothing, type SaidMemory } from '../kept.ts';
import { statementsIn } from '../statements.ts';
import { asId, asName, asRecord, type JsonRecord } from './json-value.ts';
import { memoriesOf } from './kept-memories.ts';
import { sourceTime } from './source-time.ts';

const instructionsKey = 'custom-instructions';
const what = 'custom instructions';
/** Fields of custom instructions, in whatever file they stand. */
const fields: readonly (readonly [string, MemoryKind])[] = [
  ['about_user_message', 'fact'],
  ['user_profile', 'fact'],
  ['about_model_message', 'instruction'],
  ['user_instructions', 'instruction'],
];

/** Members of a record that may hold the fields; the empty one is the record itself. */
const holders = ['custom_instructions', 'settings', 'user_context_message_data', ''] as const;
const heldBy = (record: JsonRecord, holder: string): JsonRecord | null =>
  holder === '' ? record : asRecord(record[holder]);
const holderOf = (record: JsonRecord): string | undefined =>
  holders.find((holder) => fields.some(([field]) => asName(heldBy(record, holder)?.[field]) !== null));

export const hasInstructions = (record: JsonRecord): boolean => holderOf(record) !== undefined;

/** Settings with custom instructions in them. */
export function readInstructions(record: JsonRecord): Kept {
  const holder = holderOf(record) ?? '';
  const held = heldBy(record, holder);
  return {
    ...keptNothing,
    key: instructionsKey,
    account: asId(record.user_id) ?? asId(record.id),
    asOfMs: sourceTime(record.updated_at ?? record.update_time).ms,
    memories: fields.flatMap(([field, kind]) =>
      memoriesOf(held?.[field], { field: holder === '' ? field : `${holder}/${field}`, kind, what }),
    ),
  };
}

/** `thumbs_up`, `thumbsUp`; anything else the source may come to say is told as it is. */
export function readFeedback(record: JsonRecord): Kept | null {
  const externalId = asId(record.id) ?? asId(record.message_id);
  const conversation = asId(record.conversation_id);
  if (externalId === null || conversation === null) return null;
  const said = (asName(record.rating) ?? '').toLowerCase().replace(/[^a-z]/g, '');
  const rating = said.includes('up') ? 'up' : said.includes('down') ? 'down' : 'other';
  const atMs = sourceTime(record.update_time ?? record.create_time).ms;
  return {
    ...keptNothing,
    key: `feedback:${externalId}`,
    account: asId(record.user_id),
    asOfMs: atMs,
    feedback: [
      {
        externalId,
        conversation,
        message: asId(record.message_id) ?? externalId,
        rating,
        comment: commentOf(record.content),
        atMs,
      },
    ],
  };
}

const choices = ['completion_comparison_rating', 'selected_side', 'comparison_rating'] as const;
const inputOf = (record: JsonRecord): JsonRecord => asRecord(record.input) ?? record;

/** Of `model_comparisons.json`: which of two answers somebody chose. */
export const isComparison = (record: JsonRecord): boolean =>
  asId(record.id) !== null && choices.some((field) => Object.hasOwn(inputOf(record), field));

/** The choice stands on the conversation as a rating of neither kind; one that names no conversation says nothing. */
export function readComparison(record: JsonRecord): Kept | null {
  const externalId = asId(record.id);
  const [input, metadata] = [inputOf(record), asRecord(record.metadata)];
  const named = (...fields: string[]): string | null => {
    for (const holder of [record, input, metadata])
      for (const field of fields) if (asName(holder?.[field]) !== null) return asName(holder?.[field]);
    return null;
  };
  const conversation = named('conversation_id');
  if (externalId === null || conversation === null) return null;
  const chosen = choices.flatMap((field) => asName(input[field]) ?? []);
  const atMs = sourceTime(record.update_time ?? record.create_time).ms;
  return {
    ...keptNothing,
    key: `comparison:${externalId}`,
    account: asId(record.user_id),
    asOfMs: atMs,
    feedback: [
      {
        externalId,
        conversation,
        message: named('message_id', 'chosen_message_id', 'feedback_message_id', 'original_message_id'),
        rating: 'other',
        comment: ['Compared two answers', ...chosen, named('text', 'comment')]
          .filter((each) => each !== null)
          .join('; '),
        atMs,
      },
    ],
  };
}

/** The content is JSON in a text: `{}`, or tags and words. */
function commentOf(content: unknown): string | null {
  const text = asName(content)?.trim() ?? '';
  if (text === '' || text === '{}' || text === 'null') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const record = asRecord(value);
  const tags = Array.isArray(record?.tags) ? record.tags.flatMap((tag) => asName(tag) ?? []) : [];
  return [...tags, asName(record?.text)].filter((each) => each !== null).join('; ') || text;
}

const toldTo = { user_profile: 'fact', user_instructions: 'instruction', model_set_context: 'fact' } as const;
const isTold = (name: string | undefined): name is keyof typeof toldTo => name !== undefined && name in toldTo;

/** The part of such a text a person wrote: ChatGPT puts a sentence in front and fences around it. */
const fence = /```(?:\w*\n)?([\s\S]*?)```/;
/** `[2024-05-01]. ` in front of what the model keeps. */
const dated = /^\[\d{4}-\d{2}-\d{2}\][.:]?\s*/;

/** What conversations were begun with, and what the model was told to keep in them. */
export function saidToChatGpt({ messages }: CanonicalConversation): SaidMemory[] {
  return messages.flatMap((message, messageIx) =>
    message.parts.flatMap((part, partIx): SaidMemory[] => {
      const { text, toolName } = part;
      if (text === null) return [];
      const at = { message: messageIx, part: partIx, project: null };
      if (part.kind === 'context' && isTold(toolName)) {
        const saved = toolName === 'model_set_context';
        return statementsWithin(text).map((statement) => ({
          ...statement,
          ...at,
          kind: toldTo[toolName],
          what: saved ? 'saved memory' : what,
          key: saved ? null : instructionsKey,
        }));
      }
      if (part.kind !== 'tool_call' || toolName !== 'bio') return [];
      return statementsIn(text).map((statement) => ({
        ...statement,
        ...at,
        kind: 'fact',
        what: 'saved memory',
        key: null,
      }));
    }),
  );
}

function statementsWithin(text: string): ReturnType<typeof statementsIn> {
  const match = fence.exec(text);
  const from = match === null ? 0 : match.index + match[0].indexOf(match[1] ?? '');
  return statementsIn(match?.[1] ?? text).map(({ text: words, start, end }) => {
    const skip = dated.exec(words)?.[0].length ?? 0;
    return { text: words.slice(skip), start: from + start + skip, end: from + end };
  });
}
