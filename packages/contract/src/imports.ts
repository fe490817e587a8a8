/** One run of bringing an export in: a durable job, its progress, and a report that accounts for everything. */
import { z } from 'zod';
import { Source, sources } from './conversation.ts';
import { importSourceNames } from './conversation-words.ts';
import { ErasureReceipt } from './erasure.ts';
import { ConversationId, ImportId, MemoryId, ProjectId } from './ids.ts';

export { importSourceNames };

export const ImportSource = z.enum([...sources, 'vivim']);
export type ImportSource = z.infer<typeof ImportSource>;

/** The query of an upload. The body is the file itself. */
export const UploadQuery = z.strictObject({
  fileName: z.string().min(1).max(255),
  /** Set to override what detection finds. */
  source: ImportSource.optional(),
});

/** As a run is stored; one that waits or runs may be paused besides. */
export const storedImportStates = ['receiving', 'queued', 'running', 'done', 'failed', 'cancelled'] as const;
export const StoredImportState = z.enum(storedImportStates);
export type StoredImportState = z.infer<typeof StoredImportState>;
export const ImportState = z.enum([...storedImportStates, 'paused']);
export type ImportState = z.infer<typeof ImportState>;

/** A run in one of these is not over. */
export const activeImportStates: ReadonlySet<ImportState> = new Set(['receiving', 'queued', 'running', 'paused']);

const outcomes = { added: z.int(), updated: z.int(), unchanged: z.int(), skipped: z.int(), degraded: z.int() };

/** A record of an import by where it stands: the file in it, and its place in the file, both from one. */
export const ImportEntryId = z
  .string()
  .regex(/^[1-9]\d{0,8}-[1-9]\d{0,8}$/)
  .brand<'ImportEntryId'>();
export type ImportEntryId = z.infer<typeof ImportEntryId>;

export const ImportIssue = z.strictObject({
  /** Left out, in with something missing, or only to be known. */
  severity: z.enum(['skipped', 'degraded', 'note']),
  code: z.string(),
  /** Where: file, entry of the archive, index or id of the conversation. */
  path: z.string(),
  externalId: z.string().nullable(),
  title: z.string().nullable(),
  /** What was wrong, for a person. */
  detail: z.string(),
  /** The record it is of; left out or null where it is of none. */
  entry: z.string().nullish(),
});
export type ImportIssue = z.infer<typeof ImportIssue>;

/**
 * added + updated + unchanged + skipped = conversations found; degraded counts those of them that came in
 * with something missing, so it overlaps the others.
 */
const files = {
  /** Bytes that were not here before. */
  stored: z.int(),
  /** Files whose bytes were here already. */
  known: z.int(),
  /** Of both, those no conversation mentions. */
  unmentioned: z.int(),
  /** Not taken in; an issue says why of each. */
  leftOut: z.int(),
};

export const ImportReport = z.strictObject({
  /** What became of each conversation found; `degraded` overlaps the others. */
  conversations: z.strictObject(outcomes),

  /** What became of each message found; `degraded` overlaps the others. */
  messages: z.strictObject(outcomes),
  acus: z.int(),
  /** Files that lay beside the conversations in the export. */
  files: z.strictObject(files),
  /** What stood beside conversations, or in front of them, and was not here before. */
  kept: z.strictObject({
    /** What the provider remembered, and custom instructions. */
    memories: z.int(),
    /** Projects and their instructions. */
    projects: z.int(),
    /** Files of projects whose text can be read. */
    documents: z.int(),
    /** Ratings of answers. */
    feedback: z.int(),
  }),
  /** Keys, tokens and card numbers in what was added or updated; masked ones are not stored. */
  secrets: z.strictObject({
    /** How many there are. */
    found: z.int(),
    /** Of those, how many are not stored. */
    masked: z.int(),
  }),
  issues: z.array(ImportIssue),
  /** Issues are listed up to a limit here; all of them under `/v1/imports/{id}/issues`. */
  issueCount: z.int(),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** `again`: the same conversation stood in the file before; it is counted where it stood first. */
export const importOutcomes = ['added', 'updated', 'unchanged', 'skipped', 'again'] as const;
export const ImportOutcome = z.enum(importOutcomes);
export type ImportOutcome = z.infer<typeof ImportOutcome>;

/** What became of one record of a file. */
export const ImportEntry = z.strictObject({
  id: ImportEntryId,
  /** Where it stands, in words: `conversations.json, conversation 12`. */
  place: z.string(),
  /** What its conversation is of; null where none came of it. */
  source: Source.nullable(),

  /** What became of its conversation. */
  outcome: ImportOutcome,
  /** It came in with something missing. */
  degraded: z.boolean(),
  conversationId: ConversationId.nullable(),
  externalId: z.string().nullable(),
  title: z.string().nullable(),
  /** It came in, and its owner erased it since. */
  erased: z.boolean(),
  /** Where its own bytes are; null: none are kept. `canonical`: what VIVIM understood of them, without what is erased or masked. */
  raw: z
    .strictObject({
      /** Where its bytes are asked for. */
      path: z.string(),
      bytes: z.int(),
      /** `canonical`: what VIVIM understood of them, without what is erased or masked. */
      form: z.enum(['source', 'canonical']),
    })
    .nullable(),
  issues: z.array(ImportIssue),
});
export type ImportEntry = z.infer<typeof ImportEntry>;

export const keptKinds = ['project', 'document', 'memory', 'rating'] as const;

/** One thing an import brought beside conversations, as it is now: what was erased or forgotten since is listed no more. */
export const ImportKept = z.strictObject({
  /** What sort of thing it is. */
  kind: z.enum(keptKinds),
  source: Source.nullable(),
  /** Its name, or the words of it: the first 300 letters. */
  label: z.string().nullable(),
  memoryId: MemoryId.nullable(),
  projectId: ProjectId.nullable(),
  /** The conversation that says it, or that was rated. */
  conversationId: ConversationId.nullable(),
});
export type ImportKept = z.infer<typeof ImportKept>;

export const importReportFormats = ['markdown', 'csv', 'json'] as const;
export const ImportReportFormat = z.enum(importReportFormats);
export type ImportReportFormat = z.infer<typeof ImportReportFormat>;

export const ImportProgress = z.strictObject({
  /** Bytes that were read so far. */
  bytesRead: z.int(),

  /** Bytes there are to read; null where that is not known yet. */
  bytesTotal: z.int().nullable(),
  conversations: z.int(),
  messages: z.int(),
  /** Over the last seconds while it runs; over all of it once it ended. */
  bytesPerSecond: z.number(),
  /** Null until the speed is known. */
  remainingSeconds: z.number().nullable(),
});
export type ImportProgress = z.infer<typeof ImportProgress>;

/** One of several sources whose files an import holds. */
export const RecognisedPart = z.strictObject({
  source: Source,
  /** How many files of it. */
  files: z.int(),
  /** Of the file it was surest of, and why. */
  confidence: z.number(),

  /** By what the file was recognised. */
  why: z.string(),
});
export type RecognisedPart = z.infer<typeof RecognisedPart>;

export const ImportRun = z.strictObject({
  id: ImportId,

  /** `receiving` while it arrives, then `queued`, `running`, and one of `done`, `failed`, `cancelled`; `paused` in between where its owner stopped it. */
  state: ImportState,
  fileName: z.string(),
  /** Of the whole file, also while it arrives. */
  fileBytes: z.int(),

  /** Of the whole file, in hex; null while it arrives. */
  fileSha256: z.string().nullable(),
  /** What was recognised, how sure, and why. `parts`: each source of a file that holds several, else none. */
  detected: z
    .strictObject({
      /** What wrote the file. */
      source: ImportSource,
      confidence: z.number(),

      /** By what the file was recognised. */
      why: z.string(),

      /** Each source of a file that holds several; else empty. */
      parts: z.array(RecognisedPart).default([]),
    })
    .nullable(),
  /** How a file begins that could not be read: its first lines, or the first names in it. Null where it was read. */
  begins: z.array(z.string()).nullish(),

  /** When it was handed in, ISO 8601 in UTC. */
  createdAt: z.string(),
  startedAt: z.string().nullable(),

  /** When it ended, ISO 8601 in UTC, however it ended; null while it goes on. */
  finishedAt: z.string().nullable(),

  /** How far it has come, and how fast it goes. */
  progress: ImportProgress,
  /** Grows while the run goes on; final when `state` is done. */
  report: ImportReport,
  /** Why it failed, or null. */
  error: z
    .strictObject({
      code: z.string(),
      /** For a person, in English: what was wrong and what to do. */
      detail: z.string(),
    })
    .nullable(),
  /** The earlier run that brought in the very same bytes. */
  sameFileAs: ImportId.nullable(),
  /** While a file arrives that can be gone on with: how far it is, what its first MiB hashes to, and when it is given up. */
  upload: z
    .strictObject({
      /** Bytes that are here. */
      received: z.int(),

      /** SHA-256 in hex of its first MiB, to know the file again; null where its sender did not say. */
      head: z.string().nullable(),
      /** What it is to be taken for, where its sender said. */
      source: ImportSource.nullable(),
      expiresAt: z.string(),
    })
    .nullable(),
  /** When its owner erased it: what it counts came in, and went. */
  erasedAt: z.string().nullable(),
});
export type ImportRun = z.infer<typeof ImportRun>;

/** Work over every conversation of the space; what came in can be searched by its words meanwhile. */
export const FollowingWork = z.strictObject({
  /** Conversations that are done, of all there are. */
  done: z.int(),

  /** All there are. */
  total: z.int(),
  /** At the pace of the last seconds; null until there is one. */
  remainingSeconds: z.int().nullable(),
});
export type FollowingWork = z.infer<typeof FollowingWork>;

/** What follows an import. */
export const Following = z.strictObject({
  /** Read into topics, people and things. */
  profiles: FollowingWork,
  /** Made searchable by meaning; null where nothing makes vectors. */
  meaning: FollowingWork.nullable(),
});
export type Following = z.infer<typeof Following>;

/** Server-sent events of a space (`/v1/events`) and of one import (`/v1/imports/{id}/events`). */
export const SpaceEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    /** Version of the space when the stream began: what is newer will be told. */
    version: z.int(),
  }),
  z.strictObject({
    type: z.literal('import'),
    /** The import as it stands now. */
    run: ImportRun,
  }),
  z.strictObject({ type: z.literal('following'), following: Following }),
  /** A large erasure, while it is wiped from the file and once more when it is over. */
  z.strictObject({ type: z.literal('erasing'), receipt: ErasureReceipt }),
]);
export type SpaceEvent = z.infer<typeof SpaceEvent>;

/** The generic import format: what a person can write by hand and another tool can produce. */
export const GenericMessage = z.object({
  externalId: z.string().nullish(),
  parentId: z.string().nullish(),
  role: z.string(),
  author: z.string().nullish(),
  createdAt: z.string().or(z.number()).nullish(),
  content: z.string(),
});
export const GenericConversation = z.object({
  /** Under the same one again it is joined with what is here; left out, it is made of the content. */
  externalId: z.string().nullish(),

  /** What it is called; null or left out where it has no name. */
  title: z.string().nullish(),

  /** When it began: ISO 8601, or seconds or milliseconds since 1970; null or left out where unknown. */
  createdAt: z.string().or(z.number()).nullish(),

  /** In order; each is a message of the generic import format. */
  messages: z.array(z.unknown()),
});
