/**
 * What each connected AI and program asked for and was given, in one list with the contexts that were compiled. A record names what
 * was given by its id and never repeats it; what the ids stand for is looked up when somebody looks.
 */
import { z } from 'zod';
import { askedKinds } from './asked-words.ts';
import { AssemblyWay } from './assembly.ts';
import { AskedId, ConversationId } from './ids.ts';
import { PageQuery, ReadQuery } from './page.ts';
import { RecipeName } from './recipe.ts';

/**
 * `conversation`: read in one; `conversations`: a list of them; `profile`: what is known of a topic, a person or a thing; `subjects`:
 * a list of those; `bundle`: a standing bundle; `other`: another list. From `remember` on something was written.
 */
export const AskedKind = z.enum(askedKinds);
export type AskedKind = z.infer<typeof AskedKind>;

/** UTF-16 units of what was asked for that are kept. */
export const askedWordsKept = 500;
/** Ids of what was given that are kept of one question. */
export const givenKept = 60;

export const AskedSummary = z.strictObject({
  /** Of a context: that of its record, `/v1/assemblies/{id}`. */
  id: AskedId,
  /** When it was given. */
  at: z.string(),
  /** Who asked: its name stands among the sessions of the account as long as it lasts. */
  sessionId: z.uuid(),
  way: AssemblyWay,
  /** What the application called itself, which nobody has checked; null for a token and for its person's own session. */
  application: z.string().nullable(),
  kind: AskedKind,
  /** The question or the name that was asked for, secrets in it masked. Null where none was, or an erasure took it. */
  words: z.string().nullable(),
  /** How many messages, lines, profiles, memories or other things were given or written. */
  count: z.int(),
  /** Of a context. */
  tokens: z.int().nullable(),
  recipe: RecipeName.nullable(),
  /** Length of the answer, UTF-16 units; null for a context, and for a file. */
  characters: z.int().nullable(),
});
export type AskedSummary = z.infer<typeof AskedSummary>;

export const askedThings = [
  'conversation',
  'message',
  'unit',
  'topic',
  'entity',
  'memory',
  'bundle',
  'file',
  'project',
] as const;

/** One thing that was given, as it stands now. */
export const AskedThing = z.strictObject({
  id: z.string(),
  kind: z.enum(askedThings),
  /** The title of the conversation, the name, the memory, as it is now; null where it is no longer there, or has none. */
  name: z.string().nullable(),
  /** Where a message or a unit stands. */
  conversationId: ConversationId.nullable(),
  /** Whether it is no longer there. */
  gone: z.boolean(),
});
export type AskedThing = z.infer<typeof AskedThing>;

export const Asked = AskedSummary.extend({
  /** The first so many; null where only newer records have theirs. */
  given: z.array(AskedThing).nullable(),
});
export type Asked = z.infer<typeof Asked>;

export const AskedQuery = PageQuery.extend({
  sessionId: z.uuid().optional(),
  application: z.string().min(1).max(100).optional(),
  kind: AskedKind.optional(),
  way: AssemblyWay.optional(),
  /** Only by which something of this conversation was given: it, one of its messages, or a line of a context out of it. */
  conversation: ConversationId.optional(),
  /** From this time on, and before that one. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type AskedQuery = z.infer<typeof AskedQuery>;

export const AskersQuery = ReadQuery.extend({
  /** Only who was given something of this conversation, counted by the records that say so. */
  conversation: ConversationId.optional(),
});
export type AskersQuery = z.infer<typeof AskersQuery>;

/** Somebody who asked: an application by its name, whatever sessions it had; anybody else by session. */
export const AskerTotals = z.strictObject({
  /** What the application called itself; null for a token and for its person's own session. */
  application: z.string().nullable(),
  /** The newest of them. */
  sessionId: z.uuid(),
  way: AssemblyWay,
  /** Records there are. */
  count: z.int(),
  /** When it asked last. */
  lastAt: z.string(),
});
export type AskerTotals = z.infer<typeof AskerTotals>;

export const ClearedRecords = z.strictObject({
  /** How many records were removed. */
  cleared: z.int(),
});
