/**
 * A date for a conversation whose source gives none: of its first dated message, or of an id that holds the moment it was made in.
 * `created.raw` says which. What the record itself does not hold is never taken (when a file was written or came in): the same
 * record has the same date, whatever it stood in. Pure.
 */
import type { CanonicalConversation, CanonicalTime } from './canonical.ts';
import { idTime } from './sources/id-time.ts';

export function dated(conversation: CanonicalConversation): CanonicalConversation {
  // A piece that goes on in the middle knows nothing of the beginning: the conversation is dated by the piece that begins it.
  if (conversation.created.ms !== null || goesOn(conversation)) return conversation;
  const found = firstMessage(conversation) ?? ofItsId(conversation) ?? firstMessageId(conversation);
  if (found === null) return conversation;
  const { raw } = conversation.created;
  // What the source wrote and nobody can read stays beside it.
  return { ...conversation, created: { ms: found.ms, raw: raw === null ? found.raw : `${found.raw}; written ${raw}` } };
}

const goesOn = ({ messages }: CanonicalConversation): boolean =>
  messages.some(({ answersKey }) => answersKey !== undefined);

interface Found extends CanonicalTime {
  readonly ms: number;
}

const earliest = (times: readonly Found[]): Found | null =>
  times.reduce<Found | null>((first, time) => (first === null || time.ms < first.ms ? time : first), null);

const firstMessage = ({ messages }: CanonicalConversation): Found | null =>
  earliest(
    messages.flatMap(({ created: { ms, raw } }) => (ms === null ? [] : [{ ms, raw: `first message ${raw ?? ms}` }])),
  );

function ofItsId({ externalId }: CanonicalConversation): Found | null {
  const ms = idTime(externalId);
  return ms === null ? null : { ms, raw: `id ${externalId}` };
}

const firstMessageId = ({ messages }: CanonicalConversation): Found | null =>
  earliest(
    messages.flatMap(({ externalId }) => {
      const ms = idTime(externalId);
      return ms === null ? [] : [{ ms, raw: `id of a message ${externalId}` }];
    }),
  );
