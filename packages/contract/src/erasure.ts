/**
 * Erasing inside a space: what is asked, the receipt that is answered, and the note of it that outlives the database.
 * A receipt and a note hold ids, figures and times; never a word of what was erased.
 */
import { z } from 'zod';
import { Source } from './conversation.ts';
import { Flag, ReadQuery } from './page.ts';

export const erasureKinds = [
  'conversation',
  'message',
  'acu',
  'entity',
  'topic',
  'import',
  'memory',
  'secret',
] as const;
export const ErasureKind = z.enum(erasureKinds);
export type ErasureKind = z.infer<typeof ErasureKind>;

export const ErasureId = z.uuid().brand<'ErasureId'>();
export type ErasureId = z.infer<typeof ErasureId>;

/** What becomes of the name of an erased topic or entity where messages say it. */
export const Mentions = z.enum(['keep', 'redact']);
export type Mentions = z.infer<typeof Mentions>;

export const EraseQuery = ReadQuery.extend({
  /** Say what would go, and erase nothing. */
  preview: Flag.optional(),
});
export const EraseSubjectQuery = EraseQuery.extend({ mentions: Mentions.default('keep') });

/** Many of one kind in one go. */
export const EraseRequest = z.strictObject({
  /** What the ids are of. */
  kind: ErasureKind,

  /** Of that kind; one that is not there refuses all of them. */
  ids: z.array(z.string().min(1).max(64)).min(1).max(500),

  /** What becomes of its name where messages say it; topics and entities alone. */
  mentions: Mentions.default('keep'),
});
export type EraseRequest = z.infer<typeof EraseRequest>;

/** Many at once mean a slip more often than a wish; beyond these one names a shorter time. */
export const mostByRange = 5_000;

/** Conversations of a source, or last spoken in within a time, or both. Those without a time are in no time. */
export const EraseRange = z
  .strictObject({
    /** Only what came from there. */
    source: Source.optional(),
    /** The first moment that is in. */
    from: z.iso.datetime({ offset: true }).optional(),
    /** The first moment that is not in any more. */
    until: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(
    ({
      /** Only what came from there. */
      source,
      from,
      until,
    }) => source !== undefined || from !== undefined || until !== undefined,
    {
      message: 'Name a source, a time, or both: erasing everything is erasing the account.',
    },
  );
export type EraseRange = z.infer<typeof EraseRange>;

/** Rows that went, or were written again without what was erased. */
export const Removed = z.strictObject({
  conversations: z.int(),
  messages: z.int(),
  /** Messages that stay with `[…]` where words were. */
  redacted: z.int(),
  acus: z.int(),

  /** Vectors of units. */
  vectors: z.int(),

  /** Files of messages. */
  attachments: z.int(),
  topics: z.int(),
  entities: z.int(),
  bundles: z.int(),
  /** Receipts from before memories were kept name none. */
  memories: z.int().default(0),
  /** Source records removed, or kept as what VIVIM understood of them without what was erased. */
  records: z.int(),
  imports: z.int(),
  /** Lines of import reports. */
  issues: z.int(),
});
export type Removed = z.infer<typeof Removed>;

/** Where the erased may still be, and until when; null where no time is set. */
export const Remainder = z.strictObject({
  /** In which place. */
  where: z.enum(['backups', 'log', 'uploads', 'messages']),

  /** ISO 8601 in UTC; null where no time is set. */
  until: z.string().nullable(),
  detail: z.string(),
});
export type Remainder = z.infer<typeof Remainder>;

export const ErasureReceipt = z.strictObject({
  /** Null in a preview. */
  id: ErasureId.nullable(),

  /** What was erased. */
  kind: ErasureKind,
  /** How many things were named. */
  items: z.int(),
  erasedAt: z.string().nullable(),

  /** What went. */
  removed: Removed,
  /** Units elsewhere that say the same words. They are other things that were said, and stay. */
  sameWordsElsewhere: z.int(),

  /** Where it may still be, and until when. */
  remaining: z.array(Remainder),
  /** When the last backup that may hold it is gone; null where there is none, or where nobody set a time. */
  backupsExpireBy: z.string().nullable(),
  /** When it was let in again, or null. */
  allowedAt: z.string().nullable(),
  /** Pieces of work left of a large erasure: shown to nobody from the start, and on their way out. Zero once all is gone. */
  left: z.int().default(0),
});
export type ErasureReceipt = z.infer<typeof ErasureReceipt>;

/** How far a large erasure is: conversations wiped from the file, and the index of words as one more. */
export function erasureProgress({ left, removed }: Pick<ErasureReceipt, 'left' | 'removed'>): {
  readonly done: number;
  readonly total: number;
} {
  const total = Math.max(left, removed.conversations + 1);
  return { done: total - left, total };
}

/**
 * The note of an erasure in the book beside the keys. A mark is a hash under the salt of the space, which lies inside the
 * encrypted database alone: the book says how much was erased and when, and nothing of what.
 */
export const ErasureNote = z.strictObject({
  id: ErasureId,
  kind: ErasureKind,
  /** Milliseconds UTC. */
  at: z.int(),
  items: z.int(),
  /** `<kind>:<base64url>`; empty where this note lets an earlier erasure's things in again. */
  marks: z.array(z.string().regex(/^[a-z0-9]+:[\w-]{22}$/)),
  /** The erasure whose things may come in again. */
  allows: ErasureId.nullable(),
});
export type ErasureNote = z.infer<typeof ErasureNote>;

/** What stands where erased words stood. Signs alone, so that no index and no topic learns a word from it. */
export const erasedMark = '[…]';
