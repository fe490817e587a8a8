/**
 * Brings large erasures to their end: a few conversations in each transaction, then the index of words, a few pages at a time. What
 * is left stands in the space, so a process that dies goes on where it was. Decides nothing: what goes was noted and hidden before.
 */
import type { Clock } from '@vivim/contract/clock';
import type { ErasureNote } from '@vivim/contract/erasure';
import type { BackgroundTask } from '../background.ts';
import type { SpaceEvents } from '../events.ts';
import { type ErasureUnderWay, erasureStages } from '../space/stores/erasing.ts';
import type { SpaceWriter } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import { applyErasure, eraseConversation } from './apply.ts';
import { heldLog } from './eraser.ts';

/** A step takes about so long before it lets readers in. Milliseconds; conversations looked up for it; pages of the index. */
const piece = { ms: 20, conversations: 40, pages: 32 };

/** Milliseconds between two events of one erasure. */
const apartMs = 500;

export interface ErasingTaskDeps {
  readonly space: UserSpace;
  readonly events: SpaceEvents;
  readonly clock: Clock;
  /** As in `EraserDeps`. */
  readonly onErased: () => void;
}

export class ErasingTask implements BackgroundTask {
  readonly name = 'erasing';
  readonly #deps: ErasingTaskDeps;
  /** The erasure this process works on, and the one whose words it has begun to rewrite. */
  #working: number | null = null;
  #rewriting: number | null = null;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(deps: ErasingTaskDeps) {
    this.#deps = deps;
  }

  pending(): number {
    return this.#deps.space.read((r) => r.erasing.left());
  }

  async step(): Promise<void> {
    const { space } = this.#deps;
    const erasure = space.read((r) => r.erasing.underWay());
    if (erasure === null) return;
    if (this.#working !== erasure.pk) space.bulk(true);
    this.#working = erasure.pk;
    if (erasure.stage === erasureStages.rows) space.write((w) => this.#rows(w, erasure));
    else this.#words(erasure);
    this.#tell(erasure);
  }

  /** How far it is, to whoever listens. */
  #tell({ id }: ErasureUnderWay): void {
    const { space, events, clock } = this.#deps;
    const nowMs = clock();
    const isOver = space.read((r) => r.erasing.underWay()?.id !== id);
    if (!isOver && nowMs - this.#toldMs < apartMs) return;
    this.#toldMs = nowMs;
    const receipt = space.read((r) => r.erasures.find(id));
    if (receipt !== null) events.emit({ type: 'erasing', receipt });
  }

  #rows(w: SpaceWriter, erasure: ErasureUnderWay): void {
    const { clock } = this.#deps;
    const next = w.erasing.next(erasure.pk, piece.conversations);
    const runs = new Set<number>();
    const until = performance.now() + piece.ms;
    for (const { pk, id } of next) {
      for (const run of eraseConversation(w, pk, id, clock())) runs.add(run);
      if (performance.now() > until) break;
    }
    w.eraseTraces.emptied([...runs]);
    if (w.erasing.next(erasure.pk, 1).length > 0) return;
    // Nothing it names is left but what hangs on nothing: the whole of it once more, which is short now. In the same transaction,
    // because nothing is hidden any more after it.
    applyErasure(w, noteOf(w, erasure), { conversations: [], nowMs: clock(), rewriteWords: false });
    w.eraseMemories.rewriteWords();
    w.annotations.rewriteWords();
    w.erasing.setStage(erasure.id, erasureStages.words);
  }

  #words({ pk, id }: ErasureUnderWay): void {
    const { space, onErased } = this.#deps;
    const first = this.#rewriting !== pk;
    this.#rewriting = pk;
    if (space.write((w) => w.erasing.mergeWords(piece.pages, first))) return;
    space.write((w) => w.erasing.setStage(id, erasureStages.over));
    space.bulk(false);
    if (!space.emptyLog()) space.write((w) => w.erasures.addRemainder(id, heldLog));
    onErased();
  }
}

const noteOf = (w: SpaceWriter, { pk, id, kind, at, items }: ErasureUnderWay): ErasureNote => ({
  id,
  kind,
  at,
  items,
  marks: w.erasing.marksOf(pk),
  allows: null,
});
