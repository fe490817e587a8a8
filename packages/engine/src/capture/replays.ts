/**
 * Keeps what a forked or resumed session repeats from counting twice: its first messages are shown in it, and told (found, cut into
 * units, embedded, observed) in the oldest session that says them. Whichever file came first, and when one of them grows, is read
 * anew or is erased, the same messages count. Every change of a session's messages has to come by here, in its transaction.
 */
import type { Source } from '@vivim/contract/conversation';
import type { SessionHead } from '../space/stores/lineage.ts';
import type { SpaceWriter } from '../space/transactors.ts';
import { writtenUnits } from './conversation-units.ts';
import { furtherTurns, sessionTurns } from './lineage.ts';
import { moduleOf } from './sources/registry.ts';

/** What was settled: sessions whose words are others now, and how many units there are more (or, below zero, fewer). */
export interface Settled {
  readonly pks: readonly number[];
  /** Of these the units changed too. */
  readonly retold: readonly SessionHead[];
  readonly units: number;
}

export interface ChangedSession {
  readonly pk: number;
  readonly source: Source;
  /** All its messages before this place are as they were; left out where any may be another. */
  readonly firstSeq?: number;
}

/**
 * Conversations of sources that do not fork are passed over, and nothing is asked of them. The words of these and of the changed
 * ones are to be indexed next.
 * @param changed conversations that changed, and relatives of what is gone
 */
export function settleReplays(w: SpaceWriter, changed: readonly ChangedSession[]): Settled {
  const affected = new Set<number>();
  for (const { pk, source, firstSeq = 0 } of changed) {
    if (moduleOf(source).forks !== true || w.lineage.head(pk) === null) continue;
    // Those it was alike to, and those it is alike to now.
    for (const relative of w.lineage.family(pk)) affected.add(relative.pk);
    readTurns(w, pk, firstSeq);
    for (const relative of w.lineage.family(pk)) affected.add(relative.pk);
    affected.add(pk);
  }
  const resettled: number[] = [];
  const retold: SessionHead[] = [];
  let units = 0;
  for (const pk of affected) {
    const head = w.lineage.head(pk);
    const more = head === null ? null : settle(w, head);
    if (head === null || more === null) continue;
    resettled.push(pk);
    units += more;
    if (more !== 0) retold.push(head);
  }
  return { pks: resettled, retold, units };
}

/** What was said before the change is known by its hash, and is not read again. */
function readTurns(w: SpaceWriter, pk: number, firstSeq: number): void {
  const before = w.lineage.turnsBefore(pk, firstSeq);
  if (before === null) w.lineage.replaceTurns(pk, 0, sessionTurns(w.lineage.path(pk, 0)));
  else w.lineage.replaceTurns(pk, before.count, furtherTurns(before.hash, w.lineage.path(pk, firstSeq)));
}

/** @returns how many units more it has, or null where all was as it should be */
function settle(w: SpaceWriter, session: SessionHead): number | null {
  const { pk } = session;
  const wanted = new Set(toldElsewhere(w, session));
  const marked = new Set(w.lineage.replayedIn(pk));
  const more = [...wanted].filter((messagePk) => !marked.has(messagePk));
  const fewer = [...marked].filter((messagePk) => !wanted.has(messagePk));
  if (more.length + fewer.length === 0) return null;
  w.lineage.mark(more, true);
  w.lineage.mark(fewer, false);
  w.embeddings.forget(more);
  const before = w.conversations.unitCount(pk);
  w.acus.replaceForMessages(pk, new Map(more.map((messagePk) => [messagePk, []])));
  const written = fewer.length === 0 ? null : w.lineage.written(pk);
  if (written !== null) w.acus.replaceForMessages(pk, writtenUnits(written, wanted));
  return w.conversations.unitCount(pk) - before;
}

/** The messages a session begins with that an older one says too. What is told up to a message is told up to each before it. */
function toldElsewhere(w: SpaceWriter, session: SessionHead): number[] {
  const turns = w.lineage.turns(session.pk);
  const least = turns.findIndex(({ answered }) => answered) + 1;
  let told = 0;
  let own = turns.length + 1;
  while (own - told > 1) {
    const middle = Math.floor((told + own) / 2);
    if (w.lineage.toldBefore(session, turns[middle - 1]?.hash ?? '')) told = middle;
    else own = middle;
  }
  return told < least ? [] : turns.slice(0, told).map(({ messagePk }) => messagePk);
}
