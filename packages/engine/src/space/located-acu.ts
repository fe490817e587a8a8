/** A unit together with where it stands. Values only; what retrieval and the compiler work on. */
import type { AcuType } from '@vivim/contract/acu';
import type { MemoryWhy } from '@vivim/contract/context';
import type { AuthorKind, Role, Source } from '@vivim/contract/conversation';
import type { AcuId, ConversationId, MemoryId, MessageId } from '@vivim/contract/ids';
import type { PinnedBy } from '@vivim/contract/pin';
import type { RecipeName } from '@vivim/contract/recipe';
import type { PastStatement } from './past-statement.ts';

/** A memory in a bundle, and why it is there. What a quotation is where it is no unit but a memory: the other fields then name the memory too, so that all is quoted alike. */
export interface MemoryMark {
  readonly id: MemoryId;
  /** Where it comes from, for a person. */
  readonly label: string;
  readonly learntMs: number;
  readonly why: MemoryWhy;
  /** The service it came from; null for one somebody stated, or that was found in what was said. */
  readonly source: Source | null;
  /** The person wrote it down themselves: stated, changed, or their instructions to a service. */
  readonly own?: true;
}

export interface LocatedAcu {
  readonly memory?: MemoryMark;
  /** The memory these words are quoted for, where it stands on them. */
  readonly standsFor?: MemoryMark;
  /** Its person pinned it, and where. */
  readonly pinned?: PinnedBy;
  /** What they say no longer holds; why, and what does. */
  readonly past?: PastStatement;
  /** The persona of a recipe, or of a request itself (null). */
  readonly persona?: { readonly recipe: RecipeName | null };
  readonly acu: {
    readonly pk: number;
    readonly id: AcuId;
    readonly type: AcuType;
    readonly text: string;
    readonly partIndex: number;
    /** UTF-16 offsets in the stored text of the part. */
    readonly start: number;
    readonly end: number;
    readonly quality: number;
  };
  readonly message: {
    readonly pk: number;
    readonly id: MessageId;
    readonly externalId: string | null;
    readonly role: Role;
    readonly authorKind: AuthorKind;
    readonly authorName: string | null;
    /** ms UTC; null where the source did not say. */
    readonly createdMs: number | null;
  };
  readonly conversation: {
    readonly pk: number;
    readonly id: ConversationId;
    readonly externalId: string | null;
    readonly title: string | null;
    readonly source: Source;
  };
}
