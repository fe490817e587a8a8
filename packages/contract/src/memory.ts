/**
 * Memories: what is kept about a person as one statement each, wherever it comes from; and the projects
 * and documents an export holds beside its conversations. Every memory says what it stands on.
 */
import { z } from 'zod';
import { Source } from './conversation.ts';
import { ConversationId, ImportId, MemoryId, MessageId, ProjectId } from './ids.ts';
import { memoryKinds, memoryOrigins, memoryStates } from './memory-words.ts';
import { Flag, PageQuery } from './page.ts';

export { memoryKinds, memoryOrigins, memoryStates };

export const MemoryKind = z.enum(memoryKinds);
export type MemoryKind = z.infer<typeof MemoryKind>;
export const MemoryOrigin = z.enum(memoryOrigins);
export type MemoryOrigin = z.infer<typeof MemoryOrigin>;
export const MemoryState = z.enum(memoryStates);
export type MemoryState = z.infer<typeof MemoryState>;

export const memoryLimits = { text: 4_000, evidence: 200, name: 200, aliases: 50, scopes: 20, related: 50 } as const;
const words = z.string().trim().min(1).max(memoryLimits.text);
const name = z.string().trim().min(1).max(memoryLimits.name);
/** A domain something holds in: `code`, `writing`, `work:acme`. Compared as it is written, in lower case. */
export const MemoryScope = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._:/-]{0,99}$/u,
    'A scope is letters and digits, with . _ : / - and spaces between.',
  );
export type MemoryScope = z.infer<typeof MemoryScope>;
const naming = {
  /** What it is about, in a word or few: `linting`, `Redis`. */
  name: name.nullable(),
  /** Other words for the same thing: the memory is found by any of them. */
  aliases: z.array(name).max(memoryLimits.aliases),
  /** It holds in these domains only; none: always. */
  scopes: z.array(MemoryScope).max(memoryLimits.scopes),
  /** Memories it ties together, as a relation does: they come with it. */
  related: z.array(MemoryId).max(memoryLimits.related),
};

/** Where a memory comes from, as a code with what it is said by; {@link Memory.label} says the same in English. */
export const MemoryFrom = z.strictObject({
  /** Stated by the person; said by them to an application; in an export; found by a model, or by rules, in what they said. */
  code: z.enum(['stated', 'told', 'imported', 'model', 'found']),
  /** The application or model; of an export what of it: `custom instructions`. */
  what: z.string().nullable(),
  /** When it was stated or imported, or first said: a day in UTC; null where nothing says it. */
  day: z.iso.date().nullable(),
  /** The person put it into other words since. */
  reworded: z.boolean(),
});
export type MemoryFrom = z.infer<typeof MemoryFrom>;

export const Memory = z.strictObject({
  id: MemoryId,

  /** What sort of statement it is: a fact, a preference, an instruction, a goal … */
  kind: MemoryKind,

  /** The statement, in the words it is told in. */
  text: z.string(),

  /** What it is about, in a word or few; null where nobody said. */
  name: z.string().nullable(),

  /** Other words for the same thing: it is found by any of them. */
  aliases: z.array(z.string()),

  /** Domains it holds in; empty: it holds always. */
  scopes: z.array(z.string()),

  /** Memories it ties together; they come with it. */
  related: z.array(MemoryId),
  /** What it says something of, where only one thing of it can be so at a time: `home`, `employer`. */
  attribute: z.string().nullable(),

  /** Whether the person stated it, an import brought it, or it was found in what they said. */
  origin: MemoryOrigin,
  /** The provider whose export said it; null for what was stated here. */
  source: Source.nullable(),
  /** Where it comes from, for a person: `ChatGPT custom instructions, imported 2026-11-26`; with the day it was said where that is known. */
  label: z.string(),

  /** The same as a code, to be said in another language. */
  from: MemoryFrom,
  /** It holds inside of this project only; null: always. */
  project: z.strictObject({ id: ProjectId, name: z.string().nullable() }).nullable(),

  /** `active` holds; `candidate` waits to be confirmed; `superseded`, `archived` and `resolved` no longer hold. */
  state: MemoryState,
  pinned: z.boolean(),
  /** 0–1. */
  confidence: z.number(),

  /** When it came in here, ISO 8601 in UTC. */
  learntAt: z.string(),
  /** When it held, as far as anything says: null is open. */
  validFrom: z.string().nullable(),

  /** When it ceased to hold; null: it holds, as far as anything says. */
  validTo: z.string().nullable(),
  /** When the person last changed it. What they changed, no import changes back. */
  changedAt: z.string().nullable(),
  /** The memory this one took the place of. */
  supersedes: MemoryId.nullable(),
  evidenceCount: z.int(),
  /** When it is to be looked at again; null: never. */
  reviewAt: z.string().nullable(),
  /** It reads like an order to whoever answers, to set their own rules aside. It is told as a quotation, and looked at first. */
  suspicious: z.boolean(),
});
export type Memory = z.infer<typeof Memory>;

const quoted = {
  /** The words it was read from; null where they can no longer be read. */
  quoted: z.string().nullable(),
  /** UTF-16. */
  start: z.int(),
  end: z.int(),
  at: z.string().nullable(),
};
export const MemoryEvidence = z.discriminatedUnion('from', [
  z.strictObject({
    /** Whether it stands in a message or in a record of an export. */
    from: z.literal('message'),
    conversationId: ConversationId,
    title: z.string().nullable(),
    messageId: MessageId,
    partIndex: z.int(),
    ...quoted,
  }),
  z.strictObject({
    /** Whether it stands in a message or in a record of an export. */
    from: z.literal('import'),
    importId: ImportId,
    /** Which record of the export, and which text of it. */
    record: z.string(),

    /** Which text of the record. */
    field: z.string(),
    ...quoted,
  }),
]);
export type MemoryEvidence = z.infer<typeof MemoryEvidence>;

/** Another memory, as far as it has to be told apart. */
export const MemoryBeside = z.strictObject({ id: MemoryId, text: z.string(), state: MemoryState });
export type MemoryBeside = z.infer<typeof MemoryBeside>;

export const MemoryDetail = Memory.extend({
  evidence: z.array(MemoryEvidence),
  /** The memory this one took the place of; null where it took none, or that one is gone. */
  replaced: MemoryBeside.nullable(),
  /** What took its place, or what it became one with. */
  replacedBy: z.array(MemoryBeside),
  /** Those of `related`. */
  beside: z.array(MemoryBeside),
});
export type MemoryDetail = z.infer<typeof MemoryDetail>;

export const MemoryQuery = PageQuery.extend({
  /** Only those whose text holds these words as they are written, case and accents aside. */
  says: words.optional(),
  /** Only those whose whole text is this, case and accents aside. */
  exactly: words.optional(),
  kind: MemoryKind.optional(),
  origin: MemoryOrigin.optional(),
  state: MemoryState.optional(),
  /** Only those that hold in this domain. */
  domain: MemoryScope.optional(),
  /** Only those that are to be looked at again by now. */
  due: Flag.optional(),
  projectId: ProjectId.optional(),
});

/** How many there are of each kind of thing a list of them can be narrowed to. */
export const MemoryChoices = z.strictObject({
  /** How many there are in each state. */
  states: z.strictObject({
    /** That hold. */
    active: z.int(),
    /** Found, and not confirmed or rejected yet. */
    candidate: z.int(),
    /** Another took their place. */
    superseded: z.int(),
    /** Put away by their person, or rejected. */
    archived: z.int(),
    /** Questions and tasks that are closed. */
    resolved: z.int(),
  }),
  /** Active ones that are to be looked at again by now. */
  due: z.int(),
  /** Domains of active ones, by how many. */
  domains: z.array(z.strictObject({ name: z.string(), memories: z.int() })),
});
export type MemoryChoices = z.infer<typeof MemoryChoices>;

/** A step is called by the `Idempotency-Key` it was made with. */
export const MemoryStepKey = z.string().min(1).max(255);
/** A step that can still be taken back, the newest first. */
export const MemoryStep = z.strictObject({
  /** The `Idempotency-Key` the step was made with. */
  key: MemoryStepKey,
  at: z.string(),
  /** What was done: an edit, pin or decision; two made one; a review; which of contradicting ones hold. */
  what: z.enum(['change', 'merge', 'review', 'settle']),
  /** The memories it was about, as they stood before it. */
  memories: z.array(Memory),
  /** A later step changed one of them: that one has to be taken back first. */
  covered: z.boolean(),
});
export type MemoryStep = z.infer<typeof MemoryStep>;
/** The memories a step was about, as they stand again. */
export const MemoryStepUndone = z.strictObject({
  /** As they stand again. */
  memories: z.array(Memory),
});

export const MemoryRequest = z.strictObject({
  /** The statement, as it is to be told. */
  text: words,

  /** What sort of statement it is. */
  kind: MemoryKind.default('fact'),

  /** It holds inside of this project only; left out: always. */
  projectId: ProjectId.optional(),

  /** Put it into every context. */
  pinned: z.boolean().default(false),
  name: naming.name.default(null),
  aliases: naming.aliases.default([]),
  scopes: naming.scopes.default([]),
  related: naming.related.default([]),

  /** `resolved` for a question that is closed already. */
  state: z.enum(['active', 'resolved']).default('active'),
  /** Memories this one takes the place of. */
  supersedes: z.array(MemoryId).max(memoryLimits.related).default([]),
});
export type MemoryRequest = z.infer<typeof MemoryRequest>;

export const MemoryChange = z
  .strictObject({
    /** The statement in other words. */
    text: words.optional(),

    /** What sort of statement it is. */
    kind: MemoryKind.optional(),

    /** Put it into every context, or no longer. */
    pinned: z.boolean().optional(),
    name: naming.name.optional(),
    aliases: naming.aliases.optional(),
    scopes: naming.scopes.optional(),
    related: naming.related.optional(),
    /** `active` confirms a candidate, `archived` rejects it, `resolved` closes a question. */
    state: z.enum(['active', 'archived', 'resolved']).optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'Name what to change.');
export type MemoryChange = z.infer<typeof MemoryChange>;

/** Memories of which only one can be so, and nothing says which. */
export const MemoryConflict = z.strictObject({
  /** `home`, `employer` … */
  attribute: z.string(),

  /** Those of which only one can be so. */
  memories: z.array(Memory),
});
export type MemoryConflict = z.infer<typeof MemoryConflict>;

/** What the person decides: which of them hold. The others are superseded by the first that does. */
export const ConflictDecision = z.strictObject({
  /** The attribute of the conflict: `home`, `employer`. */
  attribute: z.string().min(1).max(200),

  /** Those that hold; the others are superseded by the first of them. */
  keep: z.array(MemoryId).min(1).max(memoryLimits.related),
});
export type ConflictDecision = z.infer<typeof ConflictDecision>;

export const MemoryMerge = z.strictObject({
  /** The memory that stays, and gets what the other stands on. */
  into: MemoryId,
});

/** `holds`: ask again after a time twice as long. `gone`: no longer so, kept among the archived. */
export const MemoryReview = z.strictObject({
  /** What the person says of it now. */
  outcome: z.enum(['holds', 'gone']),
});

export const ProjectSummary = z.strictObject({
  id: ProjectId,
  source: Source,
  externalId: z.string(),
  name: z.string().nullable(),
  createdAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
  conversations: z.int(),

  /** How many of its files there are. */
  documents: z.int(),
  memories: z.int(),
});
export type ProjectSummary = z.infer<typeof ProjectSummary>;

export const ProjectDocument = z.strictObject({
  externalId: z.string().nullable(),
  name: z.string().nullable(),
  text: z.string(),
  createdAt: z.string().nullable(),
  /** False where the newest export that knows the project no longer holds it. */
  inNewest: z.boolean(),
});

export const Project = ProjectSummary.extend({
  description: z.string().nullable(),

  /** What the project tells every conversation in it; null where there is nothing. */
  instructions: z.string().nullable(),

  /** Documents whose text can be read. */
  content: z.array(ProjectDocument),
});
export type Project = z.infer<typeof Project>;
