/** How the server and one space are doing. Health is open to guests and names nobody. */
import { z } from 'zod';
import { Following } from './imports.ts';

/** How an engine is walled in, strongest first. `node-permission` alone is not isolation and says so. */
export const jailLevels = ['bubblewrap', 'landlock', 'node-permission', 'none'] as const;
export const JailLevel = z.enum(jailLevels);
export type JailLevel = z.infer<typeof JailLevel>;

/** A wall stronger than the one in force, and why it does not hold there. */
export const MissedJail = z.strictObject({
  /** The wall that would be stronger. */
  level: JailLevel,
  reason: z.string(),
});
export type MissedJail = z.infer<typeof MissedJail>;

export const EngineMode = z.enum(['dedicated', 'pooled']);
export type EngineMode = z.infer<typeof EngineMode>;

export const Health = z.strictObject({
  /** `degraded`: something is down or less walled in than it could be; it still answers. */
  status: z.enum(['ok', 'degraded']),

  /** Of the server: its release. */
  version: z.string(),

  /** The database of accounts. */
  master: z.strictObject({
    /** Whether it answers. */
    status: z.enum(['ok', 'down']),
    /** `embedded`: it came with the server. `external`: the operator runs it. */
    kind: z.enum(['embedded', 'external']),
  }),

  /** The process that turns text into vectors. */
  models: z.strictObject({
    /** Whether it answers. Where it is down, search goes by words alone. */
    status: z.enum(['ok', 'down']),
    embedder: z.string().nullable(),
  }),

  /** The processes that serve spaces. */
  engines: z.strictObject({
    /** A process for each space, or a few that serve several. */
    mode: EngineMode,

    /** The wall that is in force. */
    jail: JailLevel,
    /** Strongest first; empty where none is stronger, or none was wanted. */
    missed: z.array(MissedJail),

    /** How many there are right now. */
    running: z.int(),
  }),
});
export type Health = z.infer<typeof Health>;

export const SpaceStatus = z.strictObject({
  /** How many writes the space has seen. */
  version: z.int(),

  /** The step its tables have come to. */
  schemaVersion: z.int(),

  /** In words: the cipher of its file, and whose key it is under. */
  encryption: z.string(),
  counts: z.strictObject({
    conversations: z.int(),
    messages: z.int(),
    acus: z.int(),
    topics: z.int(),
    entities: z.int(),
    bundles: z.int(),
    imports: z.int(),
    files: z.int(),
  }),

  /** How large it is, in bytes. */
  bytes: z.strictObject({
    /** Of its file, with the files in it. */
    database: z.int(),
    /** The most it may take. */
    quota: z.int(),
    /** Of files of messages, as they are kept. */
    files: z.int(),
  }),

  /** Work that waits; 0 everywhere when it is at rest. */
  pending: z.strictObject({
    /** Imports that are not over. */
    imports: z.int(),

    /** Conversations topics and entities do not know yet. */
    rollup: z.int(),

    /** Conversations without vectors. */
    embedding: z.int(),

    /** Conversations that wait for vectors of the newly chosen embedder. */
    reembedding: z.int(),

    /** Conversations that are to be read anew. */
    reparse: z.int(),

    /** Conversations a model has not looked through yet. */
    memories: z.int(),
  }),
  following: Following,
  embedder: z.string().nullable(),
  /** Fingerprint of the key every archive of this space is signed with. */
  archivesSignedBy: z.string(),
});
export type SpaceStatus = z.infer<typeof SpaceStatus>;
