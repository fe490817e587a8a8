/** What the stores of memories, projects and ratings take: ids made, places named. Values only. */
import type { Source } from '@vivim/contract/conversation';
import type { MemoryId, ProjectId } from '@vivim/contract/ids';
import type { MemoryKind } from '@vivim/contract/memory';

export interface EvidencePlace {
  readonly place: string;
  readonly start: number;
  readonly end: number;
  readonly atMs: number | null;
}

export interface MemoryInput extends EvidencePlace {
  readonly id: MemoryId;
  readonly kind: MemoryKind;
  readonly text: string;
  readonly source: Source;
  readonly accountHash: string;
  readonly what: string;
  readonly slot: string | null;
  readonly projectId: ProjectId | null;
}

/** A memory of a message: `message` is its place among those of the conversation. */
export interface SaidInput extends MemoryInput {
  readonly message: number;
}

export interface ProjectDocumentInput {
  readonly id: string;
  readonly externalId: string | null;
  readonly name: string | null;
  readonly text: string;
  readonly createdMs: number | null;
}

export interface ProjectInput {
  readonly id: ProjectId;
  readonly externalId: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly instructions: string | null;
  readonly createdMs: number | null;
  readonly updatedMs: number | null;
  readonly documents: readonly ProjectDocumentInput[];
}

/** A rating names its conversation, and often its message, by the source's own ids. */
export interface FeedbackInput {
  readonly id: string;
  readonly conversation: string;
  readonly message: string | null;
  readonly rating: 'up' | 'down' | 'other';
  readonly comment: string | null;
  readonly atMs: number | null;
}

/** One record, whole. */
export interface SidecarInput {
  readonly source: Source;
  readonly accountHash: string;
  readonly slot: string;
  readonly sha256: string;
  readonly asOfMs: number | null;
  readonly zstd: Uint8Array;
  readonly size: number;
  readonly memories: readonly MemoryInput[];
  readonly projects: readonly ProjectInput[];
  readonly feedback: readonly FeedbackInput[];
  /** Secrets that stay in it, and how many were masked. */
  readonly secrets: readonly FoundSecret[];
  readonly masked: number;
}

export interface FoundSecret {
  readonly secret: string;
  readonly label: string;
}

/** Compared as text, the later record is the greater; of two of one time, one of them always. */
export const versionOf = ({ asOfMs, sha256 }: Pick<SidecarInput, 'asOfMs' | 'sha256'>): string =>
  `${String(Math.max(0, asOfMs ?? 0)).padStart(16, '0')} ${sha256}`;
