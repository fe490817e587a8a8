/** What has to be said of a record whatever its source is: that it holds no message, and that letters of it are no UTF-8. Pure. */
import { isUtf8 } from 'node:buffer';
import type { CanonicalConversation, CanonicalIssue } from './canonical.ts';

const replacement = '\ufffd';

/**
 * @param bytes those the conversation was read from
 * @param tellRaw whether nothing was said yet of what was not understood
 */
export function notedOf(conversation: CanonicalConversation, bytes: Buffer, tellRaw: boolean): CanonicalIssue[] {
  return [
    ...(conversation.messages.length === 0 ? [empty] : []),
    ...(tellRaw ? rawParts(conversation) : []),
    ...(isUtf8(bytes) ? [] : [replaced(conversation, bytes)]),
  ];
}

const empty: CanonicalIssue = {
  severity: 'note',
  code: 'conversation_empty',
  path: '',
  detail: 'The conversation holds no messages; its title and times came in.',
};

function rawParts({ messages }: CanonicalConversation): CanonicalIssue[] {
  const first = messages.find(({ parts }) => parts.some(({ kind }) => kind === 'raw'));
  if (first === undefined) return [];
  const path = `messages/${(first.externalId ?? first.key).toWellFormed()}`;
  const detail = 'Content of the message is of a shape not known yet; it is kept as it came.';
  return [{ severity: 'degraded', code: 'content_unknown', path, detail }];
}

function replaced({ messages }: CanonicalConversation, bytes: Buffer): CanonicalIssue {
  const spoilt = messages.filter(({ parts }) => parts.some(({ text }) => text?.includes(replacement)));
  const first = spoilt[0];
  const where =
    spoilt.length === 0
      ? 'outside of what was said'
      : `in ${spoilt.length === 1 ? 'one message' : `${spoilt.length} messages, this one first`}`;
  const detail = `Bytes that are no UTF-8 were replaced by ${replacement} ${where}; the first stands at byte ${firstBad(bytes)} of the record. If the file was saved in another encoding, save it as UTF-8 and import it again.`;
  const path = first === undefined ? '' : `messages/${(first.externalId ?? first.key).toWellFormed()}`;
  return { severity: 'degraded', code: 'letters_replaced', path, detail };
}

/** Where the bytes differ from what they were read as. */
function firstBad(bytes: Buffer): number {
  const read = Buffer.from(bytes.toString('utf8'));
  const at = bytes.findIndex((byte, ix) => byte !== read[ix]);
  return at === -1 ? bytes.length : at;
}
