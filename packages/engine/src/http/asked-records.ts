/**
 * Writes down what a connected AI or a program asked for and was given: one row beside the answer. What its person does themselves, in
 * a browser or with a key of theirs, is never written down.
 */
import { type AskedKind, askedWordsKept } from '@vivim/contract/asked';
import type { Asker } from '@vivim/contract/assembly';
import type { Clock } from '@vivim/contract/clock';
import { AskedId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import type { UserSpace } from '../space/user-space.ts';

/** What is written down of one answer. */
export interface AskedFacts {
  readonly kind: AskedKind;
  /** What was looked for, as it was asked; never what was given or written. */
  readonly words: string | null;
  /** Ids of what was given. */
  readonly given: readonly string[];
  readonly count: number;
}

/** Whether it is written down what whoever asks is given: an AI over MCP, an application that was let in, a token. */
export const isConnected = ({ way, application, byToken }: Asker): boolean =>
  way === 'mcp' || application !== undefined || byToken === true;

/** The one session whose records whoever asks may look at; null for their person, who sees all. */
export const onlySessionOf = (asker: Asker): string | null => (isConnected(asker) ? asker.sessionId : null);

export const mayKnow = (asker: Asker, { sessionId }: { readonly sessionId: string }): boolean =>
  (onlySessionOf(asker) ?? sessionId) === sessionId;

/** A list of records as whoever asks may have it; null where it is of another's session. */
export function knownList<Query extends { readonly sessionId?: string | undefined }>(
  asker: Asker,
  query: Query,
): Query | null {
  const only = onlySessionOf(asker);
  if (only === null) return query;
  return (query.sessionId ?? only) === only ? { ...query, sessionId: only } : null;
}

export interface AskedRecordsDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  /** Takes secrets out of a text. */
  readonly mask: (text: string) => string;
}

export class AskedRecords {
  readonly #deps: AskedRecordsDeps;

  constructor(deps: AskedRecordsDeps) {
    this.#deps = deps;
  }

  /**
   * @param characters of the answer; null where nobody counted them
   */
  keep(asker: Asker, facts: AskedFacts, characters: number | null): void {
    const { space, clock, mask } = this.#deps;
    const atMs = clock();
    const { kind, count } = facts;
    const words = facts.words === null ? null : mask(facts.words).slice(0, askedWordsKept).toWellFormed();
    const { sessionId, way, application = null } = asker;
    const id = AskedId.parse(uuidv7(atMs));
    const given = [...new Set(facts.given)];
    space.writeBeside((w) =>
      w.asked.put({ id, atMs, sessionId, way, application, kind, words, count, characters }, given),
    );
  }
}
