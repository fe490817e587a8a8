/** How the server and one space are doing. Health is open to guests and names nobody. */
import { z } from 'zod';
import { Following } from './imports.ts';

/** How an engine is walled in, strongest first. `node-permission` alone is not isolation and says so. */
export const jailLevels = ['bubblewrap', 'landlock', 'node-permission', 'none'] as const;
export const JailLevel = z.enum(jailLevels);
export type JailLevel = z.infer<typeof JailLevel>;

/** A wall stronger than the one in force, and why it does not hold there. */
export const MissedJail = z.strictObject({ level: JailLevel, reason: z.string() });
export type MissedJail = z.infer<typeof MissedJail>;

export const EngineMode = z.enum(['dedicated', 'pooled']);
export type EngineMode = z.infer<typeof EngineMode>;

export const Health = z.strictObject({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  master: z.strictObject({ status: z.enum(['ok', 'down']), kind: z.enum(['embedded', 'external']) }),
  models: z.strictObject({ status: z.enum(['ok', 'down']), embedder: z.string().nullable() }),
  engines: z.strictObject({
    mode: EngineMode,
    jail: JailLevel,
    /** Strongest first; empty where none is stronger, or none was wanted. */
    missed: z.array(MissedJail),
    running: z.int(),
  }),
});
export type Health = z.infer<typeof Health>;

export const SpaceStatus = z.strictObject({
  version: z.int(),
  schemaVersion: z.int(),
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
  bytes: z.strictObject({ database: z.int(), quota: z.int(), files: z.int() }),
  pending: z.strictObject({
    imports: z.int(),
    rollup: z.int(),
    embedding: z.int(),
    reembedding: z.int(),
    reparse: z.int(),
    memories: z.int(),
  }),
  following: Following,
  embedder: z.string().nullable(),
  /** Fingerprint of the key every archive of this space is signed with. */
  archivesSignedBy: z.string(),
});
export type SpaceStatus = z.infer<typeof SpaceStatus>;
