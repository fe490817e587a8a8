/** Canonical conversation → what the store takes: ids made from what things are, and hashes that say whether they changed. Pure. */
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { contentId, nestedId, sha256 } from '../space/hash.ts';
import type {
  AttachmentInput,
  ConversationInput,
  MessageInput,
  PartInput,
} from '../space/stores/conversation-input.ts';
import type { CanonicalAttachment, CanonicalConversation, CanonicalMessage, CanonicalPart } from './canonical.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The id of a conversation: of its source, account and key. A UUID is unique without the account, and one export of a
 * person may name the account while another (a single file out of the archive) does not; so there it is left out.
 */
export function conversationIdOf(
  conversation: Pick<CanonicalConversation, 'source' | 'accountHash' | 'key' | 'knownAs'>,
): ConversationId {
  const { source, key } = conversation.knownAs ?? conversation;
  return contentId('c', [source, uuid.test(key) ? '' : conversation.accountHash, key]) as ConversationId;
}

/** The ids a message has in conversations of these ids. */
export const messageIdsIn =
  (conversations: readonly ConversationId[]) =>
  ({ key }: Pick<CanonicalMessage, 'key'>): MessageId[] =>
    conversations.map((id) => nestedId('m', id, [id, key]) as MessageId);

export function conversationInput(conversation: CanonicalConversation): ConversationInput {
  const id = conversationIdOf(conversation);
  const ids = new Map<string, MessageId>();
  const places = new Map<string, number>();
  conversation.messages.forEach((message, ix) => {
    ids.set(message.key, nestedId('m', id, [id, message.key]) as MessageId);
    places.set(message.key, ix);
  });
  const messages = conversation.messages.map(
    (message): MessageInput => ({
      id: ids.get(message.key) as MessageId,
      externalId: message.externalId,
      parentIx: message.parentKey === null ? null : (places.get(message.parentKey) ?? null),
      siblingIx: message.siblingIx,
      role: message.role,
      authorName: message.authorName,
      authorKind: message.authorKind,
      model: message.model,
      channel: message.channel,
      created: message.created,
      hidden: message.hidden,
      hiddenReason: message.hiddenReason,
      status: message.status,
      weight: message.weight,
      onActivePath: message.onActivePath,
      contentHash: messageHash(message),
      parts: message.parts.map(storedPart),
    }),
  );
  const activeLeafId = conversation.activeLeafKey === null ? null : (ids.get(conversation.activeLeafKey) ?? null);
  const fields = {
    source: conversation.source,
    accountHash: conversation.accountHash,
    externalId: conversation.externalId,
    title: conversation.title,
    created: conversation.created,
    updated: conversation.updated,
    activeLeafId,
    projectId: conversation.projectId,
    assistantId: conversation.assistantId,
    defaultModel: conversation.defaultModel,
    flags: conversation.flags,
  };
  const tree = messages.map(({ id: messageId, parentIx, siblingIx, onActivePath, contentHash }) => [
    messageId,
    parentIx,
    siblingIx,
    onActivePath,
    contentHash,
  ]);
  const contentHash =
    conversation.piece === true ? chainedHash(fields, tree.reduce(chain, '')) : digest([fields, tree]);
  return { id, ...fields, contentHash, messages };
}

/**
 * A conversation that is told in pieces has a hash that goes on with it: first 128 bits chained over its messages, then 128 bits
 * of its other fields. So what one more piece makes of it is known without what stands before.
 */
const chainedHash = (fields: object, chained: string): string => `${chained}${digest(fields)}`;
const chain = (before: string, message: readonly unknown[]): string => digest([before, message]);

/** The chain in a hash of a conversation, or null where it has none. */
const chainOf = (contentHash: string): string | null =>
  /^[0-9a-f]{64}$/.test(contentHash) ? contentHash.slice(0, 32) : null;

/**
 * What comes behind the last message of a conversation, as it would be with all that stands before: the fields of the whole, the
 * messages of the piece. Null where the conversation has no hash that goes on.
 * @param piece with the fields of the whole conversation
 * @param last the message its first one answers
 */
export function continuedInput(
  piece: CanonicalConversation,
  last: { readonly id: ConversationId; readonly contentHash: string; readonly seq: number },
): ConversationInput | null {
  const before = chainOf(last.contentHash);
  if (before === null) return null;
  const { contentHash: own, ...input } = { ...conversationInput(piece), id: last.id };
  const chained = input.messages.reduce((hash, message) => {
    const parentIx = message.parentIx === null ? last.seq : message.parentIx + last.seq + 1;
    return chain(hash, [message.id, parentIx, message.siblingIx, message.onActivePath, message.contentHash]);
  }, before);
  return { ...input, contentHash: `${chained}${own.slice(32)}` };
}

const messageHash = (message: CanonicalMessage): string =>
  digest([
    message.externalId,
    message.role,
    message.authorName,
    message.authorKind,
    message.model,
    message.channel,
    message.created.raw,
    message.hiddenReason,
    message.status,
    message.weight,
    message.parts.map(partFields),
  ]);

/** A file that stood inside the record in base64 becomes its bytes; what is no base64 at all stays without. */
const storedPart = ({ attachment, ...part }: CanonicalPart): PartInput =>
  attachment === undefined ? part : { ...part, attachment: storedAttachment(attachment) };

function storedAttachment({ inline, ...facts }: CanonicalAttachment): AttachmentInput {
  if (inline === undefined) return facts;
  const bytes = Buffer.from(inline, 'base64');
  return bytes.length === 0 ? facts : { ...facts, file: { sha256: sha256(bytes), bytes } };
}

/** Whether a file lay beside the conversation is no part of what was said: another export may hold it. */
const partFields = (part: CanonicalPart) => [
  part.kind,
  part.text,
  part.language,
  part.mime,
  part.toolName,
  part.toolCallId,
  part.json,
  part.attachment === undefined ? null : attachmentFields(part.attachment),
  part.citations,
];

const attachmentFields = ({ inline, sha256: _, ...facts }: CanonicalAttachment) => ({
  ...facts,
  status: null,
  ...(inline === undefined ? {} : { inline: sha256(inline) }),
});

/** 128 bits of SHA-256 over the JSON of a value, hex. */
const digest = (value: unknown): string => sha256(JSON.stringify(value)).slice(0, 32);
