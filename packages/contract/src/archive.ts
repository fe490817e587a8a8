/**
 * The JSON archive of a space, version 1: every file and every field of it (docs/guide/archive-format.md). Times are integer
 * milliseconds UTC. Holds no row number of a database and no name of an account: what refers to something names its id.
 */
import { z } from 'zod';
import { AcuType } from './acu.ts';
import { ArchivedConversation } from './archive-conversations.ts';
import {
  ArchivedAnnotation,
  ArchivedCorrection,
  ArchivedExclusion,
  ArchivedPin,
  ArchivedRecipe,
  ArchivedSecret,
} from './archive-decisions.ts';
import { ArchivedFeedback, ArchivedMemory, ArchivedProject, ArchivedSidecarRecord } from './archive-memories.ts';
import { count, maybe, ms, recordName, sha256, text } from './archive-values.ts';
import { MemoryWhy, StandingKind } from './context.ts';
import { AuthorKind, Role, Source } from './conversation.ts';
import { AcuId, BundleId, ConversationId, EntityId, ImportId, MemoryId, MessageId, TopicId } from './ids.ts';
import { ImportSource, RecognisedPart, StoredImportState } from './imports.ts';
import { UpstreamKind, UpstreamName, UpstreamUrl } from './live.ts';
import { ChatForm, ModelPurpose, ModelServiceKind } from './model-services.ts';

export const archiveFormat = 'vivim-archive';
export const archiveVersion = 1;
/** The files of records, in the order they are read; each holds one JSON object a line. */
export const archiveFiles = [
  'imports.jsonl',
  'import-issues.jsonl',
  'raw-records.jsonl',
  'conversations.jsonl',
  'sidecar-records.jsonl',
  'projects.jsonl',
  'feedback.jsonl',
  'memories.jsonl',
  'topics.jsonl',
  'entities.jsonl',
  'corrections.jsonl',
  'bundles.jsonl',
  'blobs.jsonl',
  'blob-pieces.jsonl',
  'files.jsonl',
  'secrets.jsonl',
  'recipes.jsonl',
  'exclusions.jsonl',
  'pins.jsonl',
  'annotations.jsonl',
] as const;
export type ArchiveFile = (typeof archiveFiles)[number];

/** Files that came with later servers: an archive of an earlier one is whole without them. */
export const addedFiles: ReadonlySet<ArchiveFile> = new Set<ArchiveFile>([
  'blobs.jsonl',
  'blob-pieces.jsonl',
  'files.jsonl',
  'sidecar-records.jsonl',
  'projects.jsonl',
  'feedback.jsonl',
  'memories.jsonl',
  'corrections.jsonl',
  'secrets.jsonl',
  'recipes.jsonl',
  'exclusions.jsonl',
  'pins.jsonl',
  'annotations.jsonl',
]);

export const ArchiveManifest = z.strictObject({
  format: z.literal(archiveFormat),
  formatVersion: z.int(),
  /** The VIVIM that wrote it, and the schema of the space then: for people, not for reading. */
  writtenBy: text,
  schemaVersion: count,
  spaceVersion: count,
  createdAt: text,
  counts: z.record(z.string(), count),
  files: z.array(z.strictObject({ name: text, bytes: count, records: count, sha256 })),
});
export type ArchiveManifest = z.infer<typeof ArchiveManifest>;

/** Ed25519 (RFC 8032) over the bytes of `manifest.json`; both base64url. */
export const ArchiveSignature = z.strictObject({
  algorithm: z.literal('Ed25519'),
  publicKey: text,
  signature: text,
});
export type ArchiveSignature = z.infer<typeof ArchiveSignature>;

/** A service conversations can go through. The key is null unless it was asked for when the archive was made. */
const ArchivedUpstream = z.strictObject({
  name: UpstreamName,
  kind: UpstreamKind,
  baseUrl: UpstreamUrl,
  key: z.string().max(1000).nullable(),
  isDefault: z.boolean(),
  record: z.boolean(),
  createdMs: ms,
});

/**
 * A service of a person's own that makes vectors or answers. The key is null unless keys were asked for when the archive was made.
 * What was agreed to says what to agree to again: consent is not in a file that whoever holds it could have written.
 */
const ArchivedModelService = z.strictObject({
  name: UpstreamName,
  kind: ModelServiceKind,
  baseUrl: UpstreamUrl,
  model: z.string().max(200),
  key: z.string().max(1000).nullable(),
  dimensions: count.nullable(),
  chatForm: ChatForm.nullable(),
  perMinute: z.int().min(1).max(600),
  monthlyTokens: count.nullable(),
  dailyTokens: count.nullable(),
  price: z.strictObject({ input: z.number().min(0), output: z.number().min(0) }).nullable(),
  monthlyCost: z.number().min(0).nullable(),
  /** What it was used for, or might have been. */
  agreedFor: z.array(ModelPurpose),
  createdMs: ms,
});
export type ArchivedModelService = z.infer<typeof ArchivedModelService>;

/** `salt` goes into the ids of topics, entities and bundles: with it they are the same elsewhere. */
export const ArchivedSpace = z.strictObject({
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  createdMs: ms,
  upstreams: z.array(ArchivedUpstream).optional(),
  modelServices: z.array(ArchivedModelService).optional(),
});
export type ArchivedSpace = z.infer<typeof ArchivedSpace>;

const outcomes = z.strictObject({ added: count, updated: count, unchanged: count, skipped: count, degraded: count });

export const ArchivedImport = z.strictObject({
  id: ImportId,
  state: StoredImportState,
  fileName: text,
  fileBytes: count,
  fileSha256: maybe,
  askedSource: ImportSource.nullable(),
  source: ImportSource.nullable(),
  confidence: z.number().nullable(),
  why: maybe,
  createdMs: ms,
  startedMs: ms.nullable(),
  finishedMs: ms.nullable(),
  counts: z.strictObject({
    conversations: outcomes.optional(),
    messages: outcomes.optional(),
    acus: count.optional(),
    files: z.strictObject({ stored: count, known: count, unmentioned: count, leftOut: count }).optional(),
    kept: z.strictObject({ memories: count, projects: count, documents: count, feedback: count }).optional(),
    secrets: z.strictObject({ found: count, masked: count }).optional(),
    bytesRead: count.optional(),
    bytesTotal: count.nullable().optional(),
    workedMs: z.number().min(0).optional(),
  }),
  errorCode: maybe,
  errorDetail: maybe,
  sameFileAs: ImportId.nullable(),
  /** All of an account, as it was when the export was made. */
  whole: z.strictObject({ source: Source, account: text, asOfMs: ms }).nullable().default(null),
  /** Whether it took in the files of its export too. */
  takesFiles: z.boolean().default(false),
  /** What each part of it was recognised as, and how a file begins that could not be read. */
  parts: z.array(RecognisedPart).nullable().default(null),
  begins: z.array(text).nullable().default(null),
});
export type ArchivedImport = z.infer<typeof ArchivedImport>;

export const ArchivedIssue = z.strictObject({
  import: ImportId,
  severity: z.enum(['skipped', 'degraded', 'note']),
  code: text,
  path: text,
  externalId: maybe,
  title: maybe,
  detail: text,
});
export type ArchivedIssue = z.infer<typeof ArchivedIssue>;

export const ArchivedRawRecord = z.strictObject({
  import: ImportId,
  source: Source,
  conversation: ConversationId,
  sha256: recordName,
  /** `canonical`: something was erased from it, and this is what VIVIM had understood of the rest. */
  form: z.enum(['source', 'canonical']).default('source'),
  /** Bytes before compression. */
  size: count,
  /** The source's own bytes, zstd (RFC 8878), base64. */
  zstd: z.base64(),
});
export type ArchivedRawRecord = z.infer<typeof ArchivedRawRecord>;

export { ArchivedConversation };

const profile = {
  key: text,
  aliases: z.array(text),
  conversations: count,
  messages: count,
  acus: count,
  firstMs: ms.nullable(),
  lastMs: ms.nullable(),
  titled: z.int(),
  strength: z.int(),
  weight: z.number(),
  visible: z.boolean(),
  /** Key of the profile this way of writing counts as, where it is no profile of its own. */
  into: maybe.optional(),
  forms: z.array(z.strictObject({ kind: text, value: text, weight: z.int() })),
  /** What each conversation contributes. */
  contributions: z.array(
    z.strictObject({
      conversation: ConversationId,
      titled: z.int(),
      strength: z.int(),
      messages: count,
      acus: count,
      firstMs: ms.nullable(),
      lastMs: ms.nullable(),
      forms: z.array(z.tuple([text, text, z.int()])),
      /** `[message, unit, …]`: places in the conversation where it is said. */
      said: z.array(count).optional(),
    }),
  ),
  units: z.array(z.strictObject({ unit: AcuId, weight: z.number() })),
};
export const ArchivedTopic = z.strictObject({ id: TopicId, label: text, ...profile });
export const ArchivedEntity = z.strictObject({ id: EntityId, name: text, type: text, ...profile });
export type ArchivedProfile = z.infer<typeof ArchivedTopic> | z.infer<typeof ArchivedEntity>;

/** In bundles made before memories had domains all of them hold always. */
const quotedMemory = z.strictObject({
  id: MemoryId,
  label: text,
  learntMs: ms,
  source: Source.nullable().default(null),
  why: MemoryWhy.default('standing'),
  own: z.literal(true).optional(),
});

const Quote = z.strictObject({
  /** Of a quoted memory its id stands for those of unit, message and conversation. */
  memory: quotedMemory.optional(),
  /** The memory these words are quoted for. */
  standsFor: quotedMemory.optional(),
  acu: z.strictObject({
    id: AcuId.or(MemoryId),
    type: AcuType,
    text,
    partIndex: count,
    start: count,
    end: count,
    quality: z.number(),
  }),
  message: z.strictObject({
    id: MessageId.or(MemoryId),
    externalId: maybe,
    role: Role,
    authorKind: AuthorKind,
    authorName: maybe,
    createdMs: ms.nullable(),
  }),
  conversation: z.strictObject({
    id: ConversationId.or(MemoryId),
    externalId: maybe,
    title: maybe,
    source: Source,
  }),
});
export const ArchivedBundle = z.strictObject({
  id: BundleId,
  kind: StandingKind,
  subject: text,
  label: text,
  version: count,
  dirty: z.boolean(),
  text,
  tokens: count,
  tokenizer: text,
  hash: text,
  compiledMs: ms,
  /** What the text quotes, in the order of its marks. */
  citations: z.array(Quote),
  sources: z.array(
    // Bundles were made from types of units before memories were found in them.
    z.strictObject({ kind: z.enum(['topic', 'entity', 'conversation', 'acu_type', 'memory', 'exclusion']), key: text }),
  ),
});
export type ArchivedBundle = z.infer<typeof ArchivedBundle>;

/** The bytes of a file, by their hash; they follow in pieces. */
export const ArchivedBlob = z.strictObject({ sha256, size: count });
export type ArchivedBlob = z.infer<typeof ArchivedBlob>;
export const ArchivedBlobPiece = z.strictObject({ sha256, ix: count, base64: z.base64() });
export type ArchivedBlobPiece = z.infer<typeof ArchivedBlobPiece>;
/** A file no conversation mentions, with the import that brought it. */
export const ArchivedFile = z.strictObject({
  import: ImportId,
  externalId: maybe,
  name: maybe,
  mime: maybe,
  size: count,
  sha256,
});
export type ArchivedFile = z.infer<typeof ArchivedFile>;
export const archiveRecords = {
  'imports.jsonl': ArchivedImport,
  'import-issues.jsonl': ArchivedIssue,
  'raw-records.jsonl': ArchivedRawRecord,
  'conversations.jsonl': ArchivedConversation,
  'sidecar-records.jsonl': ArchivedSidecarRecord,
  'projects.jsonl': ArchivedProject,
  'feedback.jsonl': ArchivedFeedback,
  'memories.jsonl': ArchivedMemory,
  'topics.jsonl': ArchivedTopic,
  'entities.jsonl': ArchivedEntity,
  'corrections.jsonl': ArchivedCorrection,
  'bundles.jsonl': ArchivedBundle,
  'blobs.jsonl': ArchivedBlob,
  'blob-pieces.jsonl': ArchivedBlobPiece,
  'files.jsonl': ArchivedFile,
  'secrets.jsonl': ArchivedSecret,
  'recipes.jsonl': ArchivedRecipe,
  'exclusions.jsonl': ArchivedExclusion,
  'pins.jsonl': ArchivedPin,
  'annotations.jsonl': ArchivedAnnotation,
} as const satisfies Record<ArchiveFile, z.ZodType>;

/** What a line of a file holds. */
export type ArchiveRecord<F extends ArchiveFile = ArchiveFile> = z.infer<(typeof archiveRecords)[F]>;
