/**
 * The canonical tree every source is turned into: conversation → message → part. Values only, no database.
 * What a source says and we do not understand is kept as a `raw` part, never dropped.
 */
import type { Source } from '@vivim/contract/conversation';
import type {
  AttachmentInput,
  CitationInput,
  MessageInput,
  PartInput,
  TimeInput,
} from '../space/stores/conversation-input.ts';

// What a part holds is stored as it is read: one shape for both, but for files that stand inside of records.
export type { CitationInput as CanonicalCitation, TimeInput as CanonicalTime };

export interface CanonicalAttachment extends Omit<AttachmentInput, 'file'> {
  /** Its bytes in base64, where they stand inside the record. */
  readonly inline?: string;
}

export interface CanonicalPart extends Omit<PartInput, 'attachment'> {
  readonly attachment?: CanonicalAttachment;
}

export interface CanonicalMessage extends Omit<MessageInput, 'id' | 'parentIx' | 'contentHash' | 'parts'> {
  /** Unique within its conversation; the source's own id, or made from parent, role and parts. */
  readonly key: string;
  /** Key of the parent, or null for a root. Always names a message of the same conversation. */
  readonly parentKey: string | null;
  /** Of a {@link CanonicalConversation.piece}: key of the message of another version it answers; it has no parent here. */
  readonly answersKey?: string;
  readonly parts: readonly CanonicalPart[];
}

export interface CanonicalConversation {
  readonly source: Source;
  readonly accountHash: string;
  readonly externalId: string | null;
  /** What the conversation's id is made from: its external id, or a hash of how it begins. A source may leave '' to have that made. */
  readonly key: string;
  /** What the ids are made from instead, where it came in before its source had a reader of its own. */
  readonly knownAs?: { readonly source: Source; readonly key: string };
  readonly title: string | null;
  readonly created: TimeInput;
  readonly updated: TimeInput;
  readonly activeLeafKey: string | null;
  readonly projectId: string | null;
  readonly assistantId: string | null;
  readonly defaultModel: string | null;
  readonly flags: Readonly<Record<string, unknown>>;
  /** Places of the source's tree where it branches. Not stored: the tree itself is. */
  readonly branchPoints: number;
  /** Each version holds what was new when it was made, and not all of the conversation. */
  readonly piece?: true;
  /** Of a piece: messages that were erased from it, with what they answered. What hangs on one in another piece moves up. */
  readonly gone?: Readonly<Record<string, string | null>>;
  /** Depth-first, parents before children, siblings in the source's order. */
  readonly messages: readonly CanonicalMessage[];
}

/** Something that came in with less than the source held, or not at all. */
export interface CanonicalIssue {
  readonly severity: 'skipped' | 'degraded' | 'note';
  readonly code: string;
  /** Where inside the record, e.g. `mapping/abc`. */
  readonly path: string;
  readonly detail: string;
}

/** What a source makes of one record: a conversation with what was lost of it, or nothing and why. */
export type Reading =
  | {
      readonly outcome: 'conversation';
      readonly conversation: CanonicalConversation;
      readonly issues: readonly CanonicalIssue[];
      /** What it was made from, parsed, for the account of what was left. Goes no further than `readRecord`. */
      readonly given?: readonly unknown[];
      /** Keys an older reader of the same source gave it. */
      readonly formerKeys?: readonly string[];
    }
  | {
      readonly outcome: 'skipped';
      readonly externalId: string | null;
      readonly title: string | null;
      readonly issue: CanonicalIssue;
    };

/** What a source needs to know of the file a record stood in. */
export interface SourceContext {
  /** Hash of the account the export names, or '' where it names none. */
  readonly accountHash: string;
  /** Ids of the files that stand beside the conversations in the same archive. */
  readonly assetIds: ReadonlySet<string>;
  /** Titles of conversations by their external id, where they stand in a file of their own. */
  readonly titles: ReadonlyMap<string, string>;
}

export const noContext: SourceContext = { accountHash: '', assetIds: new Set(), titles: new Map() };
