/** Where the units of a message were used: what they are about, what is known by them, and which contexts quoted them. */
import { z } from 'zod';
import { AskedSummary } from './asked.ts';
import { AssemblyWay } from './assembly.ts';
import { LayerName } from './context.ts';
import { AcuId, AskedId, AssemblyId, EntityId, MemoryId, TopicId } from './ids.ts';
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

/** A record of somebody who was given this message, or a place in it. Only records that are kept are known. */
export const MessageTold = AskedSummary.pick({
  at: true,
  sessionId: true,
  way: true,
  application: true,
  kind: true,
  words: true,
}).extend({
  /** The record of it. */
  askedId: AskedId,
});
export type MessageTold = z.infer<typeof MessageTold>;

/** Records told for one message. */
export const toldPerMessage = 20;

export const MessageUse = z.strictObject({
  /** One for each unit of the message, in its order. */
  items: z.array(UnitUse),
  /** By which AIs and programs it was found or read, the newest first, at most so many; contexts stand with the units. */
  told: z.array(MessageTold),
});
export type MessageUse = z.infer<typeof MessageUse>;
