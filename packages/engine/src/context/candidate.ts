/** A unit that retrieval found, with where it stands and why it was found. */
import type { AcuType } from '@vivim/contract/acu';
import type { AuthorKind, Role, Source } from '@vivim/contract/conversation';
import type { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import type { Reason } from '@vivim/contract/search';

export interface Candidate {
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
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export interface RetrievalRequest {
  readonly text: string;
  /** How many candidates at most. */
  readonly limit: number;
  /** How many units of one message at most; a search shows the best one, a bundle may want its neighbours too. */
  readonly perMessage: number;
  readonly source?: Source;
  readonly role?: Role;
  /** Inclusive and exclusive bounds of the message's time, ms UTC. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly excludeConversationIds?: readonly ConversationId[];
  readonly excludeAcuIds?: readonly AcuId[];
  /** Only what ranks after this message: the next page. */
  readonly after?: { readonly score: number; readonly messagePk: number };
}

export interface Retrieval {
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** False while embeddings are missing for part of the space, or no embedder answered. */
  readonly meaningReady: boolean;
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
}
