/** Records of contexts: what was asked, by which session, what was given, and why each line is there or is not. */
import { z } from 'zod';
import { BundleLayer, ContextRequest, LayerName } from './context.ts';
import { AcuId, AssemblyId, ConversationId, MemoryId } from './ids.ts';
import { PageQuery, ReadQuery } from './page.ts';
import { RecipeName } from './recipe.ts';
import { Reason } from './search.ts';

/** Over which face of the engine it was asked. */
export const assemblyWays = ['api', 'mcp'] as const;
export const AssemblyWay = z.enum(assemblyWays);
export type AssemblyWay = z.infer<typeof AssemblyWay>;

/** Who asks, as far as an engine knows: the gateway says which session; its name stands among the sessions of the account. */
export interface Asker {
  readonly sessionId: string;
  readonly way: AssemblyWay;
  /** What the application calls itself that somebody let in; left out where a person asks themselves. Nobody has checked it. */
  readonly application?: string;
  /** It came with a token its person made for a program. */
  readonly byToken?: true;
}

export const AssemblySummary = z.strictObject({
  id: AssemblyId,
  at: z.string(),
  sessionId: z.uuid(),
  way: AssemblyWay,
  /** What the application called itself; null for a person's own session. */
  application: z.string().nullable(),
  /** The message, its first 2,000 characters, secrets in it masked. */
  query: z.string(),
  recipe: RecipeName,
  conversationId: ConversationId.nullable(),
  budget: z.int(),
  tokens: z.int(),
  tokenizer: z.string(),

  /** SHA-256 in hex of the text that was given. */
  hash: z.string(),
  /** Lines that were given. */
  lines: z.int(),
  tookMs: z.number(),
});
export type AssemblySummary = z.infer<typeof AssemblySummary>;

export const lineStates = ['given', 'budget', 'duplicate', 'excluded', 'low_score', 'empty'] as const;
export const LineState = z.enum(lineStates);
export type LineState = z.infer<typeof LineState>;

/** As it was; said and no longer so; kept out of contexts by now; hidden from them; no longer there. */
export const LineNow = z.enum(['same', 'past', 'kept_out', 'hidden', 'gone']);
export type LineNow = z.infer<typeof LineNow>;

/** One thing that was given or considered. What it says is looked up where it stands, and is gone where that is gone. */
export const AssemblyLine = z.strictObject({
  /** `given`, or why it was left out. */
  state: LineState,
  layer: LayerName,
  /** The mark in the text; null for what was not given. */
  ref: z.string().nullable(),
  acuId: AcuId.nullable(),
  memoryId: MemoryId.nullable(),
  /** Place among what retrieval found, 1 the best; null for what stands without being found. */
  rank: z.int().nullable(),
  score: z.number().nullable(),
  reasons: z.array(Reason),
  /** Of what was given: what has become of it since. */
  now: LineNow.optional(),
});
export type AssemblyLine = z.infer<typeof AssemblyLine>;

/** What was asked for beside the message. */
export const AskedSettings = ContextRequest.omit({ query: true, page: true });
export type AskedSettings = z.infer<typeof AskedSettings>;

export const Assembly = AssemblySummary.extend({
  /** The very text that was given, secrets in its message masked; null where only newer records have theirs. */
  text: z.string().nullable(),

  /** The settings that were asked for; null where nothing beside the message was kept. */
  request: AskedSettings.nullable(),
  layers: z.array(BundleLayer),
  /** Milliseconds by stage. */
  timings: z.record(z.string(), z.number()),
  /** How many units retrieval found. */
  found: z.int(),

  /** What stands in the text, in its order. */
  given: z.array(AssemblyLine),
  /** The first of what was considered and left out, best first. */
  left: z.array(AssemblyLine),
});
export type Assembly = z.infer<typeof Assembly>;

export const AssemblyQuery = PageQuery.extend({
  sessionId: z.uuid().optional(),
  way: AssemblyWay.optional(),
  /** From this time on, and before that one. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

export const WhyQuery = ReadQuery.extend({ acuId: AcuId.or(MemoryId) });

/** Why something is in a context, or is not. */
export const Why = z.strictObject({
  acuId: AcuId.or(MemoryId),
  /** `not_found`: retrieval brought up something else; `gone`: it is no longer there. */
  state: z.enum([...lineStates, 'not_found', 'hidden', 'gone']),

  /** Its line in the record; null where the record has none. */
  line: AssemblyLine.nullable(),
  /** For a person. */
  explanation: z.string(),
});
export type Why = z.infer<typeof Why>;
