/**
 * Puts together the notes of erasures that an engine sends in pieces, because no line of its reports may be long. Whatever an
 * engine sends, it holds no more than so many marks.
 */
import type { ErasureId, ErasureNote } from '@vivim/contract/erasure';

/** About 40 bytes each. A space of so many conversations would fill a disk. */
const most = 500_000;

export class NotePieces {
  /** Marks of notes that are not whole yet. */
  readonly #marks = new Map<ErasureId, string[]>();
  readonly #most: number;
  #held = 0;
  #tooMany = false;

  constructor(mostMarks = most) {
    this.#most = mostMarks;
  }

  add(id: ErasureId, marks: readonly string[]): void {
    this.#held += marks.length;
    if (this.#held > this.#most) {
      this.#tooMany = true;
      this.#marks.clear();
      return;
    }
    const before = this.#marks.get(id);
    if (before === undefined) this.#marks.set(id, [...marks]);
    else before.push(...marks);
  }

  /** The note with all marks that came before it. @throws Error where they were too many: then it is not known what it names */
  whole(last: ErasureNote): ErasureNote {
    if (this.#tooMany) throw new Error('An engine sent more marks than a note may hold.');
    const before = this.#marks.get(last.id) ?? [];
    this.#marks.delete(last.id);
    this.#held -= before.length;
    return { ...last, marks: [...before, ...last.marks] };
  }
}
