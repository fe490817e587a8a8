/** Where the units of a message were used: what they are about, what is known by them, and which contexts quoted them. */
import { z } from 'zod';
import { AssemblyWay } from './assembly.ts';
import { LayerName } from './context.ts';
import { AcuId, AssemblyId, EntityId, MemoryId, TopicId } from './ids.ts';
import { MemoryState } from './memory.ts';

/** A context that was given the words of a unit. Only contexts that are still on record are known. */
export const UnitContext = z.strictObject({
  /** The record of that context. */
  assemblyId: AssemblyId,
  at: z.string(),
  /** Who asked: its name stands among the sessions of the account. */
  sessionId: z.uuid(),
  way: AssemblyWay,

  /** The message it was made for, shortened, secrets in it masked. */
  query: z.string(),
  layer: LayerName,

  /** The mark its words have in that text. */
  ref: z.string().nullable(),
});
export type UnitContext = z.infer<typeof UnitContext>;

export const UnitUse = z.strictObject({
  acuId: AcuId,

  /** What it is about. */
  topics: z.array(z.strictObject({ id: TopicId, label: z.string() })),

  /** Whom and what it names. */
  entities: z.array(z.strictObject({ id: EntityId, name: z.string() })),
  /** Memories that stand on words of it. */
  memories: z.array(
    z.strictObject({
      id: MemoryId,
      /** The statement. */
      text: z.string(),
      state: MemoryState,
    }),
  ),
  /** The newest first, at most so many. */
  contexts: z.array(UnitContext),
  /** Kept out of contexts, for itself or with what it belongs to. */
  excluded: z.boolean(),
});
export type UnitUse = z.infer<typeof UnitUse>;

/** Contexts told for one unit. */
export const contextsPerUnit = 20;

export const MessageUse = z.strictObject({
  /** One for each unit of the message, in its order. */
  items: z.array(UnitUse),
});
export type MessageUse = z.infer<typeof MessageUse>;
