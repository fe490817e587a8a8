/**
 * What an export keeps beside conversations, as every source gives it: memories, projects with documents, ratings of
 * answers. Values only, no database. Each statement names the text of the record it was read from and its place there.
 */
import type { MemoryKind } from '@vivim/contract/memory';
import type { FeedbackInput, ProjectDocumentInput, ProjectInput } from '../space/stores/kept-input.ts';
import type { Statement } from './statements.ts';

/** One statement about the person, or for the model. */
export interface KeptMemory extends Statement {
  readonly kind: MemoryKind;
  /** In words: `memory`, `custom instructions`, `project instructions`. */
  readonly what: string;
  /** External id of the project it holds in, or null where it always does. */
  readonly project: string | null;
  /** Names the text inside of the record, e.g. `conversations_memory`. */
  readonly field: string;
}

export type KeptDocument = Omit<ProjectDocumentInput, 'id'>;

/** A project by the source's own id, as all of these. */
export interface KeptProject extends Omit<ProjectInput, 'id' | 'documents'> {
  readonly documents: readonly KeptDocument[];
}

export interface KeptFeedback extends Omit<FeedbackInput, 'id'> {
  readonly externalId: string;
}

/** What one record of an export says. */
export interface Kept {
  /** What later exports hold a newer version of, e.g. `memories` or `project:<id>`. */
  readonly key: string;
  /** The account the record names, or null. */
  readonly account: string | null;
  /** When the source last changed it; null where it does not say. */
  readonly asOfMs: number | null;
  readonly memories: readonly KeptMemory[];
  readonly projects: readonly KeptProject[];
  readonly feedback: readonly KeptFeedback[];
}

export const keptNothing = { account: null, asOfMs: null, memories: [], projects: [], feedback: [] } as const;

/** A statement that stands in a message. */
export interface SaidMemory extends Omit<KeptMemory, 'field'> {
  /** Places in the conversation's messages, and in the message's parts. */
  readonly message: number;
  readonly part: number;
  /** What newer conversations hold a newer version of; null where a statement stands for itself. */
  readonly key: string | null;
}
