/** A unit that retrieval found, with where it stands and why it was found. */
import type { Role, Source } from '@vivim/contract/conversation';
import type { AcuId, ConversationId } from '@vivim/contract/ids';
import type { Reason } from '@vivim/contract/search';
import type { LocatedAcu } from '../space/located-acu.ts';

export interface Candidate extends LocatedAcu {
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
  /** When it is asked, ms UTC, and in which zone of the IANA database: "last week" depends on both. Now, and UTC. */
  readonly nowMs?: number;
  readonly timeZone?: string;
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
