/** From what a person names to the marks of it. Reads, changes nothing, and never looks beyond what was named. */

import type { ErasureKind, Mentions } from '@vivim/contract/erasure';
import { AppError } from '@vivim/contract/errors';
import type { AcuId, ConversationId, EntityId, MemoryId, MessageId, SecretId, TopicId } from '@vivim/contract/ids';
import { nameWords } from '../capture/redact-names.ts';
import { normalText } from '../capture/unit-key.ts';
import { plainWords } from '../space/plain-words.ts';
import type { ErasedFile, ProfileSubject } from '../space/stores/erase-rows.ts';
import type { SpaceWriter } from '../space/transactors.ts';

export interface EraseWish {
  readonly kind: ErasureKind;
  readonly ids: readonly string[];
  readonly mentions: Mentions;
}

export interface ErasePlan {
  readonly marks: readonly string[];
  /** Conversations that go whole. */
  readonly going: readonly number[];
  /** Where units that were named stand; null where all of the space has to be looked through. */
  readonly conversations: readonly number[] | null;
  readonly sameWordsElsewhere: number;
  /** Messages that say what is erased and stay: a memory was read from them. */
  readonly messages: number;
}

/** Names of more words than this are taken by their first words. */
const mostNameWords = 8;

/** Of anything but an import; that is `planImports`. @throws AppError `not_found` (an id that names nothing) */
export function planErasure(
  w: SpaceWriter,
  wish: EraseWish & { readonly kind: Exclude<ErasureKind, 'import'> },
): ErasePlan {
  const marks = new Set<string>();
  const conversations = new Set<number>();
  const going: number[] = [];
  let sameWordsElsewhere = 0;
  let messages = 0;
  for (const id of new Set(wish.ids)) {
    switch (wish.kind) {
      case 'conversation':
        going.push(found(w.conversations.stored(id as ConversationId)).pk);
        marks.add(w.erasures.markOf('conversation', id));
        for (const mark of marksOfFiles(w, w.eraseRows.filesShown(id as ConversationId))) marks.add(mark);
        break;
      case 'message':
        found(w.conversations.message(id as MessageId));
        marks.add(w.erasures.markOf('message', id));
        for (const mark of marksOfFiles(w, w.eraseRows.filesShown(id as MessageId))) marks.add(mark);
        break;
      case 'acu': {
        const unit = found(w.acus.byId(id as AcuId));
        const conversation = found(w.conversations.stored(unit.conversationId));
        sameWordsElsewhere += w.eraseRows.sameWords(id);
        conversations.add(conversation.pk);
        marks.add(w.erasures.markOf('acu', unit.messageId, normalText(unit.text)));
        break;
      }
      case 'topic':
      case 'entity':
        for (const mark of marksOfSubject(w, wish.kind, id, wish.mentions)) marks.add(mark);
        break;
      case 'memory': {
        const memory = found(w.memories.find(id as MemoryId));
        messages += w.memories.evidence(memory.pk).filter(({ from }) => from === 'message').length;
        marks.add(w.erasures.markOf('memory', id));
        // A model must not find it in other words.
        marks.add(w.erasures.markOf('memory', 'plain', plainWords(memory.text)));
        for (const unit of w.modelFindings.unitsUnder(memory.pk)) marks.add(w.erasures.markOf('memory', 'unit', unit));
        break;
      }
      case 'secret': {
        const mark = found(w.secrets.markOf(id as SecretId));
        for (const pk of w.secrets.conversationsOf(mark)) conversations.add(pk);
        marks.add(mark);
        break;
      }
    }
  }
  return {
    marks: [...marks],
    going,
    conversations: wish.kind === 'acu' || wish.kind === 'secret' ? [...conversations] : null,
    sameWordsElsewhere,
    messages,
  };
}

/**
 * A file that went with what showed it must not come in again as one nobody mentions. Shown by another conversation, it is that
 * one's.
 */
export const marksOfFiles = (w: SpaceWriter, files: readonly ErasedFile[]): string[] =>
  files.flatMap(({ externalId, sha256 }) =>
    [externalId, sha256].flatMap((name) => (name === null ? [] : [w.erasures.markOf('file', name)])),
  );

export function found<T>(value: T | null): T {
  if (value === null) throw new AppError('not_found');
  return value;
}

function marksOfSubject(w: SpaceWriter, kind: ProfileSubject, id: string, mentions: Mentions): string[] {
  const { pk } = found(kind === 'topic' ? w.topics.byId(id as TopicId, 0) : w.entities.byId(id as EntityId, 0));
  // Every way it is written goes: none of them becomes it again.
  const marks = w.eraseRows.memberIds(kind, pk).map((member) => w.erasures.markOf(kind, member));
  if (mentions === 'keep') return marks;
  for (const name of w.eraseRows.namesOf(kind, pk)) {
    const words = nameWords(name).slice(0, mostNameWords);
    if (words.length > 0) marks.push(w.erasures.markOf(`name${words.length}`, ...words));
  }
  return marks;
}
