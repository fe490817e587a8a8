/**
 * Whether a record is of a conversation that is here under an identity it was given before, and whether that may become one of its new
 * source: asked of the space, writes nothing.
 */
import type { Source } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import type { StoredConversation } from '../space/stores/put-conversation.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { ReadEntry } from './drafts/draft-record.ts';
import { hasTakers, takenOverBy } from './former-identity.ts';
import { plainBytes } from './record-bytes.ts';

/** The id it is here under; one that was erased counts, so that it stays away. Its own where it is not here. */
export function idInSpace(r: SpaceReader, { id, formerly }: Pick<ReadEntry, 'id' | 'formerly'>): ConversationId {
  const isKnown = (one: ConversationId): boolean =>
    r.conversations.stored(one) !== null || r.erasures.receiptFor('conversation', one) !== null;
  return [id, ...formerly].find(isKnown) ?? id;
}

/**
 * The source a stored conversation is read by from now on. It stays with the one it came in by where something of its records was
 * erased or masked (what is left of them is of the older reader's making), and where its person keeps that whole source out of contexts.
 */
export function sourceFromNowOn(
  r: SpaceReader,
  id: ConversationId,
  { source }: Pick<StoredConversation, 'source'>,
): Source {
  if (!hasTakers(source)) return source;
  const versions = r.rawRecords.versionsOf({ source, externalKey: id });
  if (versions.some(({ form }) => form !== 'source')) return source;
  if (r.exclusions.all().some(({ kind, key }) => kind === 'source' && key === source)) return source;
  const taker = takenOverBy(
    source,
    versions.map(({ bytesZstd }) => plainBytes(bytesZstd)),
  );
  return taker ?? source;
}
