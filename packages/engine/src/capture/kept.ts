/**
 * What an export keeps beside conversations, as every source gives it: memories, projects with documents, ratings of
 * answers. Values only, no database. Each statement names the text of the record it was read from and its place there.
 */
import type { MemoryKind } from '@vivim/contract/memory';
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

export interface KeptDocument {
  readonly externalId: string | null;
  readonly name: string | null;
  readonly text: string;
  readonly createdMs: number | null;
}

export interface KeptProject {
  readonly externalId: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly instructions: string | null;
  readonly createdMs: number | null;
  readonly updatedMs: number | null;
  readonly documents: readonly KeptDocument[];
}

/** A rating names its conversation, and often its message, by the source's own ids. */
export interface KeptFeedback {
  readonly externalId: string;
  readonly conversation: string;
  readonly message: string | null;
  readonly rating: 'up' | 'down' | 'other';
  readonly comment: string | null;
  readonly atMs: number | null;
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
