/**
 * A conversation on its way into the database: what capture hands to {@link ConversationWriter.put}. Values only; the
 * ids are content addresses made by capture.
 */
import type { AuthorKind, PartKind, Role, Source } from '@vivim/contract/conversation';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import type { FileBytes } from './blobs.ts';

export interface AttachmentInput {
  readonly externalId: string | null;
  readonly name: string | null;
  readonly mime: string | null;
  /** Bytes. */
  readonly size: number | null;
  /** `skipped`: the export holds the file, and it was not taken in. `missing`: the export does not hold it. */
  readonly status: 'present' | 'missing' | 'skipped';
  readonly textExtract: string | null;
  /** SHA-256 of its bytes, where they are stored already. */
  readonly sha256?: string;
  /** Its bytes, where they stood inside the message: stored with it. */
  readonly file?: FileBytes;
}

export interface CitationInput {
  /** UTF-16 offsets in the part's text, or null where the source gives none that hold. */
  readonly start: number | null;
  readonly end: number | null;
  readonly url: string | null;
  readonly title: string | null;
  readonly snippet: string | null;
}

export interface PartInput {
  readonly kind: PartKind;
  readonly text: string | null;
  readonly language?: string;
  readonly mime?: string;
  readonly toolName?: string;
  readonly toolCallId?: string;
  /** What the source said beyond the text, as JSON. */
  readonly json?: string;
  readonly attachment?: AttachmentInput;
  readonly citations?: readonly CitationInput[];
}

/** Milliseconds UTC or null, and what the source really wrote. Null and 0 stay null. */
export interface TimeInput {
  readonly ms: number | null;
  readonly raw: string | null;
}

export interface MessageInput {
  readonly id: MessageId;
  readonly externalId: string | null;
  /** Place of the parent in the list, always before this one; null for a root. */
  readonly parentIx: number | null;
  readonly siblingIx: number;
  readonly role: Role;
  readonly authorName: string | null;
  readonly authorKind: AuthorKind;
  readonly model: string | null;
  readonly channel: string | null;
  readonly created: TimeInput;
  readonly hidden: boolean;
  readonly hiddenReason: string | null;
  readonly status: string | null;
  readonly weight: number | null;
  readonly onActivePath: boolean;
  /** Of everything above but its place in the tree. */
  readonly contentHash: string;
  readonly parts: readonly PartInput[];
}

export interface ConversationInput {
  readonly id: ConversationId;
  readonly source: Source;
  readonly accountHash: string;
  readonly externalId: string | null;
  readonly title: string | null;
  readonly created: TimeInput;
  readonly updated: TimeInput;
  readonly activeLeafId: MessageId | null;
  readonly projectId: string | null;
  readonly assistantId: string | null;
  readonly defaultModel: string | null;
  readonly flags: Readonly<Record<string, unknown>>;
  /** Of all of it: two inputs with one hash are the same conversation in the same state. */
  readonly contentHash: string;
  /** Depth-first, parents before children: their order is the order a reader follows. */
  readonly messages: readonly MessageInput[];
}

export type Outcome = 'added' | 'updated' | 'unchanged';

/** What putting a conversation did. */
export interface Put {
  readonly pk: number;
  readonly outcome: Outcome;
  /** Row of each message, in the order they were handed in. */
  readonly messagePks: readonly number[];
  readonly messages: { readonly added: number; readonly updated: number; readonly unchanged: number };
  /** Place of the first message that is new, says something else or stands elsewhere; all before it is as it was. */
  readonly firstSeq: number;
  /** What this same run made of the conversation earlier, or null when it is the first sighting. */
  readonly before: Outcome | null;
}
