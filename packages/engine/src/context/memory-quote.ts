/** A memory as it is quoted: like a unit the person said, under the label of where it comes from. Pure. */
import type { MemoryWhy } from '@vivim/contract/context';
import type { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import type { MemoryKind } from '@vivim/contract/memory';
import { labelOf, type MemoryRow } from '../space/stores/memory-rows.ts';
import type { Quote } from './quote.ts';

/** What holds always for whoever answers, and what is so. */
export const wishKinds = ['instruction', 'preference'] as const satisfies readonly MemoryKind[];
export const factKinds = ['fact', 'goal', 'event', 'relation'] as const satisfies readonly MemoryKind[];

/** Told in every bundle where it holds always; the other kinds come when the message is about them. */
export const isStandingKind = (kind: MemoryKind): boolean =>
  ([...wishKinds, ...factKinds] as readonly MemoryKind[]).includes(kind);

const typeOf = { instruction: 'instruction', preference: 'preference' } as const;

/** Written down by the person: not found in what they said, nor noted about them by a service. */
const isOwn = ({ origin, what, changedMs }: MemoryRow): boolean =>
  origin === 'stated' || changedMs !== null || (origin === 'imported' && what.includes('instructions'));

/** A memory stands for a unit whose rows do not exist: its own id stands where theirs would. */
export function quoteOfMemory(row: MemoryRow, why: MemoryWhy): Quote {
  const { id, text, learntMs, confidence } = row;
  const label = labelOf(row);
  const type = row.kind === 'instruction' || row.kind === 'preference' ? typeOf[row.kind] : 'personal_fact';
  return {
    memory: { id, label, learntMs, source: row.source, why, ...(isOwn(row) ? { own: true as const } : {}) },
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

/** What a person said, quoted for the memory that stands on it. */
export const quoteOfEvidence = (row: MemoryRow, unit: Quote, why: MemoryWhy): Quote => ({
  ...unit,
  standsFor: { id: row.id, label: labelOf(row), learntMs: row.learntMs, source: row.source, why },
});

const asId = <T extends string>(id: string): T => id as T;
