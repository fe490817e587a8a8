/**
 * One record of a source, as bytes → a reading. Import, merge and, later, reparse all read through here, so that the
 * same bytes always give the same conversation.
 */
import type { Source } from '@vivim/contract/conversation';
import type { CanonicalConversation, Reading, SourceContext } from './canonical.ts';
import { dated } from './dated.ts';
import { notedOf } from './noted.ts';
import { contentKey } from './sources/content-key.ts';
import { skippedReading } from './sources/reading.ts';
import { moduleOf } from './sources/registry.ts';

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
  const { conversation } = reading;
  const key = conversation.key === '' ? beginning(conversation) : conversation.key;
  const keyed = { ...conversation, key: twin === 0 ? key : `${key}#${twin + 1}` };
  const noted = notedOf(conversation, bytes);
  return {
    ...reading,
    conversation: dated(keyed),
    issues: noted.length === 0 ? reading.issues : [...noted, ...reading.issues],
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
