/**
 * One record of a source, as bytes → a reading. Import, merge and, later, reparse all read through here, so that the
 * same bytes always give the same conversation.
 */
import type { Source } from '@vivim/contract/conversation';
import type { CanonicalConversation, Reading, SourceContext } from './canonical.ts';
import { dated } from './dated.ts';
import { notedOf } from './noted.ts';
import { withRawWords } from './raw-words.ts';
import { contentKey } from './sources/content-key.ts';
import { skippedReading } from './sources/reading.ts';
import { moduleOf } from './sources/registry.ts';
import { type Aside, unreadFields, unreadIssues } from './unread.ts';

const nothing: Aside = () => false;
/** Issues that say already that something was kept as it came. */
const saysRaw: ReadonlySet<string> = new Set(['content_unknown', 'content_malformed', 'message_malformed']);

/**
 * Never throws, whatever the bytes are.
 * @param twin how many records of the same bytes stood before it in its file, where the format counts them
 */
export function readRecord(source: Source, bytes: Buffer, context: SourceContext, twin = 0): Reading {
  let reading: Reading;
  try {
    reading = moduleOf(source).read(bytes, context);
  } catch {
    return skippedReading('record_unreadable', 'The entry is of a shape that cannot be read.');
  }
  if (reading.outcome !== 'conversation') return reading;
  const { conversation, given = [], formerKeys = [] } = reading;
  const key = conversation.key === '' ? beginning(conversation) : conversation.key;
  const keyed = { ...conversation, key: twin === 0 ? key : `${key}#${twin + 1}` };
  const { aside = nothing, keepsRaw = false } = moduleOf(source);
  const tellRaw = !keepsRaw && !reading.issues.some(({ code }) => saysRaw.has(code));
  const left = given.length === 0 ? [] : unreadFields(given, conversation, aside);
  return {
    outcome: 'conversation',
    conversation: withRawWords(dated(keyed)),
    issues: [...notedOf(conversation, bytes, tellRaw), ...reading.issues, ...unreadIssues(left)],
    ...(formerKeys.length === 0 || twin > 0 ? {} : { formerKeys }),
  };
}

/** A conversation without an id is known by how it begins: its time as written and its first two turns. */
function beginning(conversation: CanonicalConversation): string {
  const turns = conversation.messages
    .filter((message) => !message.hidden)
    .slice(0, 2)
    .flatMap((message) => [
      message.role,
      message.created.raw,
      ...message.parts.map((part) => part.text ?? part.json ?? ''),
    ]);
  return `#${contentKey([conversation.source, conversation.created.raw, ...turns])}`;
}
