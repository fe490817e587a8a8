/** What the archive of a space holds beside conversations: records of exports, projects, ratings, memories. See `archive.ts`. */
import { z } from 'zod';
import { count, maybe, ms, sha256, text } from './archive-values.ts';
import { Source } from './conversation.ts';
import { ImportId, MemoryId, MessageId, ProjectId } from './ids.ts';
import { MemoryKind, MemoryOrigin, MemoryState } from './memory.ts';

/** A record of an export that was no conversation. */
export const ArchivedSidecarRecord = z.strictObject({
  import: ImportId,
  source: Source,
  accountHash: text,
  /** What it is a version of. */
  slot: text,
  sha256,
  firstMs: ms.nullable(),
  asOfMs: ms.nullable(),
  size: count,
  zstd: z.base64(),
});
export type ArchivedSidecarRecord = z.infer<typeof ArchivedSidecarRecord>;

/** A record is named by its slot and SHA-256. */
const recordRef = z.strictObject({ slot: text, sha256 });
export const ArchivedProject = z.strictObject({
  id: ProjectId,
  source: Source,
  accountHash: text,
  externalId: text,
  name: maybe,
  description: maybe,
  instructions: maybe,
  createdMs: ms.nullable(),
  updatedMs: ms.nullable(),
  record: recordRef.nullable(),
  version: text,
  documents: z.array(
    z.strictObject({
      id: z.string().regex(/^d_[a-z2-7]{32}$/),
      externalId: maybe,
      name: maybe,
      text,
      createdMs: ms.nullable(),
      version: text,
    }),
  ),
});
export type ArchivedProject = z.infer<typeof ArchivedProject>;

export const ArchivedFeedback = z.strictObject({
  id: z.string().regex(/^f_[a-z2-7]{32}$/),
  source: Source,
  conversation: text,
  message: maybe,
  rating: z.enum(['up', 'down', 'other']),
  comment: maybe,
  atMs: ms.nullable(),
  record: recordRef,
  version: text,
});
export type ArchivedFeedback = z.infer<typeof ArchivedFeedback>;

export const ArchivedMemory = z.strictObject({
  id: MemoryId,
  kind: MemoryKind,
  text,
  origin: MemoryOrigin,
  source: Source.nullable(),
  accountHash: text,
  what: text,
  slot: maybe,
  project: ProjectId.nullable(),
  state: MemoryState,
  pinned: z.boolean(),
  confidence: z.number(),
  learntMs: ms,
  validFromMs: ms.nullable(),
  validToMs: ms.nullable(),
  changedMs: ms.nullable(),
  supersedes: MemoryId.nullable(),
  // An archive made before memories had names and domains has none of these.
  name: maybe.default(null),
  aliases: z.array(text).default([]),
  scopes: z.array(text).default([]),
  attribute: maybe.default(null),
  value: maybe.default(null),
  applies: maybe.default(null),
  settledMs: ms.nullable().default(null),
  reviewMs: ms.nullable().default(null),
  reviewDays: count.default(0),
  /** Told of at either end: the later of the two finds the earlier. */
  links: z
    .array(z.strictObject({ as: z.enum(['related', 'merged', 'supersedes']), from: MemoryId, to: MemoryId }))
    .default([]),
  /** Of a message or of a record, one of them. */
  evidence: z.array(
    z.strictObject({
      message: MessageId.nullable(),
      record: recordRef.nullable(),
      place: text,
      start: count,
      end: count,
      atMs: ms.nullable(),
      weight: z.number().default(1),
      /** Who found it; left out: as the memory's origin says. */
      finder: z.enum(['rule', 'model']).nullable().optional(),
      /** When it held by its own words. */
      heldFromMs: ms.nullable().default(null),
      heldToMs: ms.nullable().default(null),
    }),
  ),
});
export type ArchivedMemory = z.infer<typeof ArchivedMemory>;
