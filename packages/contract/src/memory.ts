/**
 * Memories: what is kept about a person as one statement each, wherever it comes from; and the projects
 * and documents an export holds beside its conversations. Every memory says what it stands on.
 */
import { z } from 'zod';
import { Source } from './conversation.ts';
import { ConversationId, ImportId, MemoryId, MessageId, ProjectId } from './ids.ts';
import { PageQuery } from './page.ts';

export const memoryKinds = ['fact', 'preference', 'instruction', 'goal', 'event', 'relation'] as const;
export const MemoryKind = z.enum(memoryKinds);
export type MemoryKind = z.infer<typeof MemoryKind>;

/** `imported`: an export says it. `stated`: the person wrote it here. `rule`, `model`: found in what was said. */
export const memoryOrigins = ['imported', 'stated', 'rule', 'model'] as const;
export const MemoryOrigin = z.enum(memoryOrigins);
export type MemoryOrigin = z.infer<typeof MemoryOrigin>;

/** What is forgotten has no state: it is gone. */
export const memoryStates = ['active', 'archived', 'superseded'] as const;
export const MemoryState = z.enum(memoryStates);
export type MemoryState = z.infer<typeof MemoryState>;

export const memoryLimits = { text: 4_000, evidence: 200 } as const;
const words = z.string().trim().min(1).max(memoryLimits.text);

export const Memory = z.strictObject({
  id: MemoryId,
  kind: MemoryKind,
  text: z.string(),
  origin: MemoryOrigin,
  /** The provider whose export said it; null for what was stated here. */
  source: Source.nullable(),
  /** Where it comes from, for a person: `ChatGPT custom instructions, imported 2026-11-26`. */
  label: z.string(),
  /** It holds inside of this project only; null: always. */
  project: z.strictObject({ id: ProjectId, name: z.string().nullable() }).nullable(),
  state: MemoryState,
  pinned: z.boolean(),
  /** 0–1. */
  confidence: z.number(),
  learntAt: z.string(),
  /** When it held, as far as anything says: null is open. */
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  /** When the person last changed it. What they changed, no import changes back. */
  changedAt: z.string().nullable(),
  /** The memory this one took the place of. */
  supersedes: MemoryId.nullable(),
  evidenceCount: z.int(),
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
    from: z.literal('message'),
    conversationId: ConversationId,
    title: z.string().nullable(),
    messageId: MessageId,
    partIndex: z.int(),
    ...quoted,
  }),
  z.strictObject({
    from: z.literal('import'),
    importId: ImportId,
    /** Which record of the export, and which text of it. */
    record: z.string(),
    field: z.string(),
    ...quoted,
  }),
]);
export type MemoryEvidence = z.infer<typeof MemoryEvidence>;

export const MemoryDetail = Memory.extend({ evidence: z.array(MemoryEvidence) });
export type MemoryDetail = z.infer<typeof MemoryDetail>;

export const MemoryQuery = PageQuery.extend({
  kind: MemoryKind.optional(),
  origin: MemoryOrigin.optional(),
  state: MemoryState.optional(),
  projectId: ProjectId.optional(),
});

export const MemoryRequest = z.strictObject({
  text: words,
  kind: MemoryKind.default('fact'),
  projectId: ProjectId.optional(),
  pinned: z.boolean().default(false),
});
export type MemoryRequest = z.infer<typeof MemoryRequest>;

export const MemoryChange = z
  .strictObject({
    text: words.optional(),
    kind: MemoryKind.optional(),
    pinned: z.boolean().optional(),
    state: z.enum(['active', 'archived']).optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'Name what to change.');
export type MemoryChange = z.infer<typeof MemoryChange>;

export const ProjectSummary = z.strictObject({
  id: ProjectId,
  source: Source,
  externalId: z.string(),
  name: z.string().nullable(),
  createdAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
  conversations: z.int(),
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
  instructions: z.string().nullable(),
  content: z.array(ProjectDocument),
});
export type Project = z.infer<typeof Project>;
