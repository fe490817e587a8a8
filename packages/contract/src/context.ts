/** Context bundles: compiled text inside a token budget, each line cited, what was left out said. */
import { z } from 'zod';
import { Arm } from './arms.ts';
import { AsOf } from './as-of.ts';
import {
  AcuId,
  AssemblyId,
  BundleId,
  ConversationId,
  EntityId,
  MemoryId,
  MessageId,
  ProjectId,
  TopicId,
} from './ids.ts';
import { layerNames, layerTitles } from './layer-words.ts';
import { MemoryScope, memoryLimits } from './memory.ts';
import { PinnedBy } from './pin.ts';
import { PageName } from './presence.ts';
import { BundleFormat, contextSettings, RecipeName } from './recipe.ts';
import { TimeZone } from './time-zone.ts';

export { layerNames, layerTitles };
export const LayerName = z.enum(layerNames);
export type LayerName = z.infer<typeof LayerName>;

export const ContextRequest = z.strictObject({
  /** The message the context is for; empty where there is none yet: what holds always. */
  query: z.string().trim().max(100_000),
  ...contextSettings,
  /** Named settings; what the request says itself goes before them. */
  recipe: RecipeName.optional(),
  /** A captured conversation that is being continued: fills L4 and L6. */
  conversationId: ConversationId.optional(),
  /** When the message is written and where: what "last week" means in it. Now, in UTC. */
  at: z.iso.datetime({ offset: true }).optional(),
  timeZone: TimeZone.optional(),
  /** The context as it would have been at this time: what was said, and which memories held, by then. */
  asOf: AsOf.optional(),
  /** Arms of retrieval left out: what each is worth is seen by its absence. */
  without: z.array(Arm).max(8).optional(),
  /** The domains at hand: memories of other domains stay away, pinned ones of these come. Left out: those the message names come. */
  scopes: z.array(MemoryScope).max(memoryLimits.scopes).optional(),
  /** At most so many memories beside those that hold always; pinned ones first. */
  maxMemories: z.int().min(0).max(1_000).optional(),
  /** Who asks: a newer question under this name ends an older one that is not answered yet. */
  page: PageName.optional(),
  /** The project at hand, where no conversation of it is continued: what holds in it is told. */
  projectId: ProjectId.optional(),
  /** These lines stand in it, before what is found; beside them what its person pinned for good. */
  pin: z
    .strictObject({ acuIds: z.array(AcuId).max(100).default([]), memoryIds: z.array(MemoryId).max(100).default([]) })
    .optional(),
  /** Leave out whole sources of context. */
  exclude: z
    .strictObject({
      conversationIds: z.array(ConversationId).max(1_000).default([]),
      acuIds: z.array(AcuId).max(1_000).default([]),
      memoryIds: z.array(MemoryId).max(1_000).default([]),
      /** With everything known to belong to them. */
      topicIds: z.array(TopicId).max(100).default([]),
      entityIds: z.array(EntityId).max(100).default([]),

      /** Slots of the text that stay empty: `L0` to `L7`. */
      layers: z.array(LayerName).max(7).default([]),
    })
    .optional(),
});
export type ContextRequest = z.infer<typeof ContextRequest>;

export const BundleLayer = z.strictObject({
  layer: LayerName,
  /** Tokens the budget gave, and tokens used. */
  allotted: z.int(),

  /** Tokens its lines take. */
  used: z.int(),
  /** Tokens all it had to say would take, counted no further than the budget; not in records of earlier servers. */
  wanted: z.int().optional(),
  reason: z.string(),
});
export type BundleLayer = z.infer<typeof BundleLayer>;

const cited = {
  /** The mark in the text, e.g. `1` for `[1]`. */
  ref: z.string(),
  layer: LayerName,
  /** The words quoted, and where they stand in the stored text (UTF-16). */
  quoted: z.string(),
  start: z.int(),
  end: z.int(),
  at: z.string().nullable(),
  /** By whom it is pinned, where it is. */
  pinned: PinnedBy.optional(),
};
/** Why a memory stands in a bundle: it holds always, in this project, is pinned in a domain at hand, the message names it, or it is a question still open there. */
export const MemoryWhy = z.enum(['standing', 'project', 'pinned', 'relevant', 'open_question']);
export type MemoryWhy = z.infer<typeof MemoryWhy>;
const citedMemory = z.strictObject({ id: MemoryId, label: z.string(), why: MemoryWhy });
/** Of words in a conversation. */
export const UnitCitation = z.strictObject({
  ...cited,
  /** The memory that stands on these words, where they are quoted for it. */
  memory: citedMemory.optional(),
  acuId: AcuId,
  message: z.strictObject({ id: MessageId, externalId: z.string().nullable() }),
  conversation: z.strictObject({ id: ConversationId, externalId: z.string().nullable(), title: z.string().nullable() }),
  partIndex: z.int(),
  /** What they say no longer holds: it was superseded, put away or resolved; the text says so too. */
  past: z
    .strictObject({
      /** What became of it. */
      state: z.enum(['superseded', 'archived', 'resolved']),

      /** What holds in its place; null where nothing does. */
      later: z
        .strictObject({
          memoryId: MemoryId,
          /** What it says. */
          text: z.string(),
          at: z.string().nullable(),
        })
        .nullable(),
    })
    .optional(),
});
export type UnitCitation = z.infer<typeof UnitCitation>;
/** Of a memory; what the memory itself stands on is told by `/v1/memories/{id}`. */
export const MemoryCitation = z.strictObject({
  ...cited,
  acuId: z.null(),
  message: z.null(),
  conversation: z.null(),
  partIndex: z.null(),
  memory: citedMemory,
});
/** Of the persona a recipe or the request itself sets. */
export const PersonaCitation = z.strictObject({
  ...cited,
  acuId: z.null(),
  message: z.null(),
  conversation: z.null(),
  partIndex: z.null(),

  /** Where the persona comes from. */
  persona: z.strictObject({
    /** The recipe that sets it; null: this very request. */
    recipe: RecipeName.nullable(),
  }),
});
export const BundleCitation = z.union([UnitCitation, MemoryCitation, PersonaCitation]);
export type BundleCitation = z.infer<typeof BundleCitation>;

/** The memory a line stands in a bundle for, or null. */
export const citedFor = (citation: BundleCitation): z.infer<typeof citedMemory> | null =>
  'memory' in citation ? (citation.memory ?? null) : null;

/** Where the words come from that come from no conversation, for a person; null for those that do. */
export function citedBeside(citation: BundleCitation): string | null {
  if (citation.conversation !== null) return null;
  if ('memory' in citation) return citation.memory.label;
  const { recipe } = citation.persona;
  return recipe === null ? 'Persona of this request' : `Persona of the recipe ${recipe}`;
}

export const BundleOmission = z.strictObject({
  layer: LayerName,

  /** What it would have said, shortened, or what sort of thing it is. */
  what: z.string(),

  /** No room, said already, kept out, too far from the message, or nothing to say. */
  reason: z.enum(['budget', 'duplicate', 'excluded', 'low_score', 'empty']),
  acuId: AcuId.optional(),
  memoryId: MemoryId.optional(),

  /** How many of the sort were left out. */
  count: z.int().optional(),
  /** Its person pinned it: it did not fit, or may not be told. */
  pinned: z.literal(true).optional(),
});
export type BundleOmission = z.infer<typeof BundleOmission>;

export const Bundle = z.strictObject({
  /** Of the record of it: `/v1/assemblies/{id}` says why each line is there. */
  id: AssemblyId,
  text: z.string(),
  format: BundleFormat,
  /** The recipe whose settings it was made by. */
  recipe: RecipeName,
  budget: z.int(),
  /** Tokens of `text` by the named tokenizer. Never above `budget`. */
  tokens: z.int(),
  tokenizer: z.string(),
  /** SHA-256 of the text, hex: the same inputs give the same bytes. */
  hash: z.string(),
  layers: z.array(BundleLayer),
  citations: z.array(BundleCitation),

  /** What was considered and left out, with why. */
  omitted: z.array(BundleOmission),
  /** Milliseconds by stage. */
  timings: z.record(z.string(), z.number()),
});
export type Bundle = z.infer<typeof Bundle>;

export const standingKinds = ['identity_core', 'global_prefs', 'topic', 'entity', 'conversation'] as const;
export const StandingKind = z.enum(standingKinds);
export type StandingKind = z.infer<typeof StandingKind>;

/** A bundle compiled ahead, kept with what it was made from. */
export const StandingBundleSummary = z.strictObject({
  id: BundleId,

  /** What it is of; `identity_core` and `global_prefs` hold always. */
  kind: StandingKind,

  /** The topic, entity or conversation it is of; null for what holds always. */
  subject: TopicId.or(EntityId).or(ConversationId).nullable(),
  label: z.string(),

  /** Grows each time it comes out otherwise. */
  version: z.int(),

  /** Something it was made from changed since: it is compiled again when asked for. */
  dirty: z.boolean(),
  tokens: z.int(),
  tokenizer: z.string(),
  hash: z.string(),

  /** When it was last made, ISO 8601 in UTC. */
  compiledAt: z.string(),
});
export type StandingBundleSummary = z.infer<typeof StandingBundleSummary>;

export const StandingBundle = StandingBundleSummary.extend({ text: z.string(), citations: z.array(BundleCitation) });
export type StandingBundle = z.infer<typeof StandingBundle>;
