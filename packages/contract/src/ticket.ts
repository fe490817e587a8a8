/**
 * The ticket a gateway hands an engine with each request, and the words the two speak over the engine's pipes.
 * A ticket lives at most 30 s, names one audience, and is used once.
 */
import { z } from 'zod';
import { CopyCounts } from './backup.ts';
import { ErasureId, ErasureNote } from './erasure.ts';
import { Scope } from './identity.ts';
import { StorageId, UserId } from './ids.ts';
import { ChatAnswer, ChatAsk, EmbedAnswer, EmbedAsk } from './model-asks.ts';

export const ticketHeader = 'vivim-ticket';
export const ticketTag = 'VIVIM-TICKET-V1';
export const ticketLifetimeSeconds = 30;

export const TicketPayload = z.strictObject({
  /** The one space this ticket opens. */
  aud: StorageId,
  sub: UserId,
  /** Session id. */
  sid: z.uuid(),
  /** What the application of that session calls itself; left out for a person's own. Nobody has checked it. */
  app: z.string().max(100).optional(),
  /** The session is that of a token its person made for a program; left out for any other. */
  pat: z.literal(true).optional(),
  scopes: z.array(Scope),
  /** Ownership counter of the routing row: an engine refuses an older one than it has seen. */
  fence: z.int().min(0),
  jti: z.string().min(16).max(64),
  /** Seconds since the epoch. */
  exp: z.int(),
});
export type TicketPayload = z.infer<typeof TicketPayload>;

/** The bytes that are signed: tag, line feed, the encoded payload. */
export const ticketSigningInput = (encodedPayload: string): string => `${ticketTag}\n${encodedPayload}`;

/** A space on the disk, with what opens it. */
const placed = {
  storageId: StorageId,
  userId: UserId,
  /** As the engine sees it. */
  directory: z.string(),
  /** 32 bytes, hex. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  quotaBytes: z.int(),
};

/** Gateway → engine, one JSON object a line on standard input. The key never stands in argv, env or a file. */
export const EngineCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('open'),
    storageId: StorageId,
    userId: UserId,
    /** The directory of the space, as the engine sees it. */
    directory: z.string(),
    socketPath: z.string(),
    /** 32 bytes, hex. */
    key: z.string().regex(/^[0-9a-f]{64}$/),
    fence: z.int(),
    /** Ed25519 public key of the gateway, base64url of the raw 32 bytes. */
    ticketKey: z.string(),
    modelsSocketPath: z.string().nullable(),
    quotaBytes: z.int(),
    /** True once, for a space that does not exist yet. */
    create: z.boolean(),
    /** The whole book of erasures inside this space, oldest first. What the file has not seen yet is erased before it is served. */
    erased: z.array(ErasureNote),
  }),
  z.strictObject({ type: z.literal('close'), storageId: StorageId }),
  /** The note of an erasure is on disk, or could not be brought there: then nothing may be erased. */
  z.strictObject({
    type: z.literal('erasure-noted'),
    storageId: StorageId,
    id: ErasureId,
    noted: z.boolean(),
    /** Backups that were made before, and when the last of them goes (ms UTC); null where no time is set. */
    backups: z.int(),
    backupsUntil: z.int().nullable(),
  }),
  /** Copies the space, under the key it has, into `copies/<name>` of its directory. Nothing of it passes through the gateway. */
  z.strictObject({ type: z.literal('backup'), storageId: StorageId, name: z.string().regex(/^[a-z0-9-]{1,64}\.db$/) }),
  /**
   * Opens the database in a directory, says what is in it, and closes it again. Serves nothing and starts no work. `deep`: every
   * page and index is read first.
   */
  z.strictObject({
    type: z.literal('check'),
    storageId: StorageId,
    userId: UserId,
    directory: z.string(),
    key: z.string().regex(/^[0-9a-f]{64}$/),
    quotaBytes: z.int(),
    deep: z.boolean(),
    /** Of the book of erasures inside this space: counted is which of them the file has not seen. */
    erasures: z.array(ErasureId),
  }),
  /**
   * Before a space that may be behind is opened: says which schema it has, and where that is an older one leaves a copy of it as
   * `copies/<name>`. Serves nobody and changes nothing.
   */
  z.strictObject({
    type: z.literal('prepare'),
    ...placed,
    name: z.string().regex(/^[a-z0-9-]{1,64}\.db$/),
  }),
  /** Brings a space that is not open to the newest schema. Serves nobody. */
  z.strictObject({ type: z.literal('migrate'), ...placed }),
  /** What became of an `embed`. */
  z.strictObject({ type: z.literal('embedded'), storageId: StorageId, id: z.string(), answer: EmbedAnswer }),
  /** What became of a `chat`. */
  z.strictObject({ type: z.literal('chatted'), storageId: StorageId, id: z.string(), answer: ChatAnswer }),
]);
export type EngineCommand = z.infer<typeof EngineCommand>;
export type PrepareCommand = Extract<EngineCommand, { type: 'prepare' }>;
export type MigrateCommand = Extract<EngineCommand, { type: 'migrate' }>;
export type OpenCommand = Extract<EngineCommand, { type: 'open' }>;
export type CheckCommand = Extract<EngineCommand, { type: 'check' }>;

/** Marks of a note in one line of a report: the gateway reads no line over 64 KiB. */
export const marksToALine = 1_000;

/** Engine → gateway, one JSON object a line on standard output. */
export const EngineReport = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('opened'), storageId: StorageId }),
  z.strictObject({ type: z.literal('refused'), storageId: StorageId, code: z.string(), detail: z.string() }),
  z.strictObject({ type: z.literal('closed'), storageId: StorageId }),
  /** Jobs under way: while above zero the engine is not evicted, and if it dies it is started again. */
  // `computing`: whether any of it is computed in this process, and not awaited from another.
  z.strictObject({ type: z.literal('jobs'), storageId: StorageId, pending: z.int(), computing: z.boolean() }),
  /** Marks of a note that is too long for one line; they come before the rest of it. */
  z.strictObject({
    type: z.literal('erasing-marks'),
    storageId: StorageId,
    id: ErasureId,
    marks: ErasureNote.shape.marks.max(marksToALine),
  }),
  /** Something is about to be erased. The engine waits for `erasure-noted` before it touches anything. */
  z.strictObject({ type: z.literal('erasing'), storageId: StorageId, note: ErasureNote }),
  /** The copy is whole and was checked. */
  z.strictObject({
    type: z.literal('backed-up'),
    storageId: StorageId,
    name: z.string(),
    bytes: z.int(),
    schemaVersion: z.int(),
    /** How many writes the space had seen. */
    version: z.int(),
    counts: CopyCounts,
  }),
  z.strictObject({ type: z.literal('not-backed-up'), storageId: StorageId, code: z.string(), detail: z.string() }),
  z.strictObject({
    type: z.literal('checked'),
    storageId: StorageId,
    schemaVersion: z.int(),
    version: z.int(),
    counts: CopyCounts,
    /** Erasures that were asked for by name and that it has not seen. */
    erasuresUnseen: z.int(),
  }),
  z.strictObject({ type: z.literal('not-checked'), storageId: StorageId, code: z.string(), detail: z.string() }),
  z.strictObject({
    type: z.literal('prepared'),
    storageId: StorageId,
    /** As it lies there. */
    schemaVersion: z.int(),
    /** Null where it is the newest already: nothing will be changed. */
    copy: z.strictObject({ bytes: z.int(), version: z.int() }).nullable(),
  }),
  z.strictObject({ type: z.literal('migrated'), storageId: StorageId }),
  /** Nothing was changed. Answers `prepare` and `migrate`. */
  z.strictObject({ type: z.literal('not-migrated'), storageId: StorageId, code: z.string(), detail: z.string() }),
  /** Texts to be sent to a service the owner of the space agreed to. Answered with `embedded`. */
  z.strictObject({ type: z.literal('embed'), storageId: StorageId, id: z.string().max(64), ask: EmbedAsk }),
  /** The same of a question to a model. Answered with `chatted`. */
  z.strictObject({ type: z.literal('chat'), storageId: StorageId, id: z.string().max(64), ask: ChatAsk }),
]);
export type EngineReport = z.infer<typeof EngineReport>;
