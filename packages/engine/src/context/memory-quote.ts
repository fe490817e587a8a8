/** A memory as it is quoted: like a unit the person said, under the label of where it comes from. Pure. */
import type { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import type { MemoryKind } from '@vivim/contract/memory';
import { labelOf, type MemoryRow } from '../space/stores/memory-rows.ts';
import type { Quote } from './quote.ts';

/** What holds always for whoever answers, and what is so. */
export const wishKinds = ['instruction', 'preference'] as const satisfies readonly MemoryKind[];
export const factKinds = ['fact', 'goal', 'event', 'relation'] as const satisfies readonly MemoryKind[];

const typeOf = { instruction: 'instruction', preference: 'preference' } as const;

/** A memory stands for a unit whose rows do not exist: its own id stands where theirs would. */
export function quoteOfMemory(row: MemoryRow): Quote {
  const { id, text, learntMs, confidence } = row;
  const label = labelOf(row);
  const type = row.kind === 'instruction' || row.kind === 'preference' ? typeOf[row.kind] : 'personal_fact';
  return {
    memory: { id, label, learntMs, source: row.source },
    acu: {
      pk: -row.pk,
      id: asId<AcuId>(id),
      type,
      text,
      partIndex: 0,
      start: 0,
      end: text.length,
      quality: confidence,
    },
    message: {
      pk: -row.pk,
      id: asId<MessageId>(id),
      externalId: null,
      role: 'user',
      authorKind: 'human',
      authorName: label,
      createdMs: null,
    },
    conversation: {
      pk: -row.pk,
      id: asId<ConversationId>(id),
      externalId: null,
      title: null,
      source: row.source ?? 'generic',
    },
  };
}

const asId = <T extends string>(id: string): T => id as T;
