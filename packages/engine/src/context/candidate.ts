/** A unit that retrieval found, with where it stands and why it was found. */
import type { Arm } from '@vivim/contract/arms';
import type { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import type { Reason } from '@vivim/contract/search';
import type { LocatedAcu } from '../space/located-acu.ts';
import type { MessageFilter } from '../space/stores/message-filter.ts';
import type { View } from '../space/view.ts';
import type { Meaning } from './profiles/near-topics.ts';
import type { Spelt } from './retrieval/keyword.ts';

export interface Candidate extends LocatedAcu {
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** A message on another branch than the one that is shown, of which no units are made. */
export interface BranchCandidate {
  readonly message: LocatedAcu['message'];
  readonly conversation: LocatedAcu['conversation'];
  /** The passage of it that says most of what was asked. */
  readonly text: string;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export interface RetrievalRequest extends MessageFilter {
  readonly text: string;
  /** Beginnings of words that are looked for too. */
  readonly prefixes?: readonly string[];
  /** The text is this message's own, which is not found again. */
  readonly like?: MessageId;
  /** How many candidates at most. */
  readonly limit: number;
  /** How many units of one message at most; a search shows the best one, a bundle may want its neighbours too. */
  readonly perMessage: number;
  /** What of the space is looked at; all of it as it is now where it is left out. */
  readonly view?: View;
  /** When it is asked, ms UTC, and in which zone of the IANA database: "last week" depends on both. Now, and UTC. */
  readonly nowMs?: number;
  readonly timeZone?: string;
  /** Arms left out. */
  readonly without?: readonly Arm[];
  readonly excludeConversationIds?: readonly ConversationId[];
  readonly excludeAcuIds?: readonly AcuId[];
  /** What its person keeps out of contexts is not found. */
  readonly heedsExclusions?: true;
  /** The same words are found once, where they count most: a prompt said every day leaves room for what else was said. */
  readonly distinct?: true;
  /** What stands on other branches is found too, by its words. */
  readonly allBranches?: true;
  /** Only what ranks after this message: the next page. */
  readonly after?: { readonly score: number; readonly messagePk: number };
}

export interface Retrieval {
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** Best first; only where all branches were asked for, as many as candidates at most. */
  readonly elsewhere: readonly BranchCandidate[];
  /** What was looked for, word by word: each as it was typed, lower case. */
  readonly terms: readonly string[];
  /** Those of them that no message of what is seen holds, in no form. */
  readonly nowhere: readonly string[];
  /** Words that nothing holds and that were looked for as words spelt nearly so. */
  readonly spelt: readonly Spelt[];
  /** What the question quotes and no message of what is seen holds word behind word, lower case. */
  readonly unheld: readonly string[];
  /** False while embeddings are missing for part of the space, or no embedder answered. */
  readonly meaningReady: boolean;
  /** What was asked, as a vector, for whoever compares it with something else; null where none was made in time. */
  readonly asked: Meaning | null;
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Whatever answers retrieval requests. Ends with the signal's reason where that aborts. */
export interface Retrieving {
  retrieve(request: RetrievalRequest, signal?: AbortSignal): Promise<Retrieval>;
}
