/** What is made of one entry of an import before a transaction writes it. Types alone. */
import type { ConversationId } from '@vivim/contract/ids';
import type { SidecarInput } from '../space/stores/kept-input.ts';
import type { CanonicalConversation, CanonicalIssue } from './canonical.ts';
import type { Fresh } from './drafts/draft-record.ts';
import type { ImportElement, Position } from './import-element.ts';
import type { VersionMemory } from './version-memory.ts';

export interface Prepared {
  readonly after: Position;
  readonly bytesRead: number;
  /** Where the entry stands, e.g. `conversations-001.json#4`. */
  readonly path: string;
  readonly externalId: string | null;
  readonly title: string | null;
  readonly issues: readonly CanonicalIssue[];
}

export interface SkippedRecord extends Prepared {
  readonly kind: 'skipped';
}

/** Bytes that were read into this space before: there is nothing to do but to say so. */
export interface KnownRecord extends Prepared {
  readonly kind: 'known';
  readonly source: CanonicalConversation['source'];
  readonly id: ConversationId;
  readonly sha256: string;
  /** How many messages the entry itself holds. */
  readonly messages: number;
}

/** The entry, joined with the versions of it that were kept. */
export interface FreshRecord extends Prepared, Fresh {
  readonly kind: 'fresh';
  readonly id: ConversationId;
  readonly sha256: string;
  readonly messages: number;
  /** Messages that versions of it say different things of. */
  readonly conflicts: number;
  /** Rows of versions that say nothing others do not, now that this one is here. */
  readonly superfluous: readonly number[];
  /** How many secrets the entry brought in, and how many of them were masked. */
  readonly found: number;
  readonly masked: number;
}

/** One that was drafted, and the space knows nothing of it: opened where it is written, so that what waits for that is small. */
export interface DraftedRecord extends Prepared {
  readonly kind: 'drafted';
  readonly id: ConversationId;
  readonly sha256: string;
  open(): FreshRecord;
}

/** What stands beside conversations; its input is null where it is left out, for the reason its issue names. */
export interface BesideRecord extends Prepared {
  readonly kind: 'beside';
  readonly input: SidecarInput | null;
}

/** An entry to be prepared: of a file, or made here. */
export type RecordEntry = Omit<ImportElement, 'stream'> & {
  readonly stream: Pick<ImportElement['stream'], 'source' | 'path' | 'beside'>;
  /** Key of the file it stands in, where that is watched and written anew each time. */
  readonly watchedKey?: string | null;
  /** What versions before it said, where many of one conversation follow each other. */
  readonly memory?: VersionMemory;
};

export type PreparedRecord = SkippedRecord | KnownRecord | FreshRecord | DraftedRecord | BesideRecord;

/** Conversations prepared and not yet written, with the hash of the bytes each came from. */
export type Unwritten = ReadonlyMap<ConversationId, string>;
