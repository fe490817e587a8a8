/**
 * A conversation without what its owner erased. Pure: the same conversation and the same marks give the same answer, be it
 * read from an export, from a record kept before, or from the rows. Nothing comes in, and nothing is kept, except through here
 * once a space has erased anything.
 */
import { erasedMark } from '@vivim/contract/erasure';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import type { Marks } from '../space/marks.ts';
import type { CanonicalConversation, CanonicalMessage } from './canonical.ts';
import { wordsSegmented } from './conversation-units.ts';
import { redactNames } from './redact-names.ts';
import { mapPart, mapValue, replaceSpan } from './redact-part.ts';
import { guardSecrets } from './secrets/guard-secrets.ts';
import { type AcuDraft, segmentMessage, unitsVersion } from './segment.ts';
import { normalText } from './unit-key.ts';

export interface Withheld {
  readonly conversation: CanonicalConversation;
  /** Keys of messages whose words changed. */
  readonly redacted: ReadonlySet<string>;
  readonly changed: boolean;
}

/** Ids a message goes by. More than one where an id once depended on an account that was learnt later. */
export type IdsOf = (message: CanonicalMessage) => readonly MessageId[];

/** A text this long is taken out wherever else its message repeats it; a shorter one only where it stands alone. Characters. */
const telling = 12;
/** Taking a unit out may make new units of its neighbours, which may have been erased next. */
const mostRounds = 50;

/** Whether something inside of conversations may be marked. */
export const marksInside = (marks: Marks): boolean =>
  marks.any('message') || marks.any('acu') || marks.any('secret') || marks.nameLengths.length > 0;

export function withhold(conversation: CanonicalConversation, idsOf: IdsOf, marks: Marks): Withheld {
  if (!marksInside(marks)) return { conversation, redacted: new Set(), changed: false };
  const rest = withoutMessages(conversation, (message) => idsOf(message).some((id) => marks.has('message', id)));
  const guarded = marks.any('secret') ? guardSecrets(rest, (secret) => marks.has('secret', secret)) : null;
  const left = guarded !== null && guarded.masked > 0 ? guarded.conversation : rest;
  const redacted = new Set<string>(guarded?.redacted);
  let { title } = left;
  let messages = left.messages;
  if (marks.any('acu')) {
    messages = messages.map((message) => {
      const { message: without, texts } = withoutUnits(message, idsOf(message), marks);
      if (texts.length === 0) return message;
      redacted.add(message.key);
      if (title !== null) title = withoutTexts(title, texts);
      return without;
    });
  }
  let { flags } = left;
  if (marks.nameLengths.length > 0) {
    const redact = (text: string) => redactNames(text, marks);
    title = title === null ? null : redact(title);
    flags = mapValue(flags, redact) as typeof flags;
    messages = messages.map((message) => {
      const without = {
        ...message,
        authorName: message.authorName === null ? null : redact(message.authorName),
        parts: message.parts.map((part) => mapPart(part, redact)),
      };
      if (JSON.stringify(without) === JSON.stringify(message)) return message;
      redacted.add(message.key);
      return without;
    });
  }
  const changed =
    left !== conversation ||
    redacted.size > 0 ||
    title !== left.title ||
    JSON.stringify(flags) !== JSON.stringify(left.flags);
  return { conversation: changed ? { ...left, title, flags, messages } : conversation, redacted, changed };
}

/** What replied to a message that goes replies to what that message replied to, in its place. */
function withoutMessages(
  conversation: CanonicalConversation,
  goes: (message: CanonicalMessage) => boolean,
): CanonicalConversation {
  const gone = new Map(conversation.messages.filter(goes).map((message) => [message.key, message.parentKey] as const));
  if (gone.size === 0) return conversation;
  const standing = (key: string | null): string | null => {
    let at = key;
    while (at !== null && gone.has(at)) at = gone.get(at) ?? null;
    return at;
  };
  const siblings = new Map<string | null, number>();
  const touched = new Set<string | null>([...gone.values()].map(standing));
  const messages = conversation.messages
    .filter((message) => !gone.has(message.key))
    .map((message): CanonicalMessage => {
      const parentKey = standing(message.parentKey);
      const nth = siblings.get(parentKey) ?? 0;
      siblings.set(parentKey, nth + 1);
      const orphan = conversation.piece === true && parentKey === null && message.parentKey !== null;
      return {
        ...message,
        parentKey,
        // Where it hangs is found when the pieces are joined, from what stays of the one that went.
        ...(orphan ? { answersKey: message.parentKey as string } : {}),
        siblingIx: touched.has(parentKey) ? nth : message.siblingIx,
      };
    });
  const left = { ...conversation, messages, activeLeafKey: standing(conversation.activeLeafKey) };
  if (conversation.piece !== true) return left;
  const goneHere = conversation.messages
    .filter(({ key }) => gone.has(key))
    .map(({ key, parentKey, answersKey }) => [key, parentKey ?? answersKey ?? null]);
  return { ...left, gone: { ...conversation.gone, ...Object.fromEntries(goneHere) } };
}

function withoutUnits(
  message: CanonicalMessage,
  ids: readonly MessageId[],
  marks: Marks,
): { message: CanonicalMessage; texts: readonly string[] } {
  const texts: string[] = [];
  let left = message;
  for (let round = 0; round < mostRounds; round += 1) {
    const segmentable = {
      id: ids[0] as MessageId,
      conversationId: '' as ConversationId,
      role: left.role,
      authorKind: left.authorKind,
      parts: wordsSegmented(left.parts),
    };
    const isHit = (unit: AcuDraft): boolean => {
      const text = left.parts[unit.partIndex]?.text?.slice(unit.start, unit.end) ?? '';
      return text !== erasedMark && ids.some((id) => marks.has('acu', id, normalText(text)));
    };
    // It may have been erased when texts were cut by older rules: as it was cut then, it must not come back.
    let hits: AcuDraft[] = [];
    for (let version = unitsVersion; version >= 0 && hits.length === 0; version -= 1)
      hits = segmentMessage(segmentable, null, version).filter(isHit);
    if (hits.length === 0) break;
    const parts = [...left.parts];
    // From the end, so that what stands before keeps its place.
    for (const { partIndex, start, end } of hits.toReversed()) {
      const part = parts[partIndex];
      if (part?.text == null) continue;
      texts.push(part.text.slice(start, end));
      parts[partIndex] = replaceSpan(part, start, end, erasedMark);
    }
    left = { ...left, parts };
  }
  if (texts.length === 0) return { message, texts };
  return {
    message: { ...left, parts: left.parts.map((part) => mapPart(part, (at) => withoutTexts(at, texts))) },
    texts,
  };
}

const withoutTexts = (value: string, texts: readonly string[]): string =>
  texts.reduce((left, text) => {
    if (left === text) return erasedMark;
    return text.length >= telling ? left.replaceAll(text, erasedMark) : left;
  }, value);
