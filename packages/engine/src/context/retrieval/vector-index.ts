/**
 * The vectors of one space, searched. Sign bits are loaded when first asked for, a slice at a time between other work,
 * and kept; int8 forms are read for the few nearest, and remembered. What was deleted since is left out when it is read.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EmbeddingRow, StoredSign } from '../../space/stores/embeddings.ts';
import type { UserSpace } from '../../space/user-space.ts';
import type { View } from '../../space/view.ts';
import { vectorsBy } from './pieces.ts';
import { signBits } from './quantise.ts';
import { SignTable } from './sign-table.ts';
import { tuning } from './tuning.ts';
import { VectorMemory } from './vector-memory.ts';
import { placed, Vicinity } from './vicinity.ts';

/** Rows read in one go: about a hundredth of a second. */
const slice = 5_000;

export class VectorIndex {
  readonly #space: UserSpace;
  /** Whose vectors they are: it may become another between two questions. */
  readonly #by: { readonly name: string; readonly dimensions: number };
  #model: string;
  #table: SignTable;
  #memory: VectorMemory;
  #loading: Promise<void> | null = null;
  #loaded = false;

  constructor(space: UserSpace, model: { readonly name: string; readonly dimensions: number }) {
    this.#space = space;
    this.#by = model;
    this.#model = vectorsBy(model);
    this.#table = new SignTable(model.dimensions);
    this.#memory = new VectorMemory(model.dimensions);
  }

  /** Have the sign bits in memory. Cheap once they are. */
  ready(): Promise<void> {
    if (this.#loading === null) {
      this.#loading = this.#load();
      this.#loading.catch(() => {
        this.#loading = null;
      });
    }
    return this.#loading;
  }

  get size(): number {
    return this.#table.size;
  }

  /** Take in what was just stored. Before the first search there is nothing to do: it will be loaded with the rest. */
  add(rows: readonly EmbeddingRow[]): void {
    if (this.#loading === null) return;
    for (const row of rows) this.#table.add(row.messagePk, row.sign);
  }

  /** Nobody asks any more: the next question reads again what it compares exactly. */
  rest(): void {
    this.#memory.clear();
  }

  /** Let go of everything: rows went, or are another model's. The next question loads what there is. */
  forget(): void {
    this.#model = vectorsBy(this.#by);
    this.#table = new SignTable(this.#by.dimensions);
    this.#memory = new VectorMemory(this.#by.dimensions);
    this.#loading = null;
    this.#loaded = false;
  }

  /**
   * The messages nearest by sign bits, and a few more where many are equally near; of those only what a view sees.
   * @param vectors of unit length: the question's, then those of its parts, each of which brings in half as many
   */
  around(vectors: readonly Float32Array[], count: number, view?: View): Vicinity | null {
    if (!this.#loaded || this.#table.size === 0) return null;
    const pks = vectors.flatMap((vector, part) =>
      this.#table.nearest(signBits(vector), part === 0 ? count : Math.ceil(count / 2)),
    );
    const distinct = [...new Set(pks)];
    const { dimensions } = this.#by;
    const read = (of: readonly number[]) =>
      this.#space.read((r) => r.embeddings.vectors(this.#model, of, dimensions), view);
    const changes = this.#space.read((r) => r.embeddings.changes);
    // A view sees others than the space does.
    const found = view === undefined ? this.#memory.of(distinct, changes, read) : placed(read(distinct), dimensions);
    return new Vicinity(found);
  }

  async #load(): Promise<void> {
    let before: number | null = null;
    const table = this.#table;
    while (table.size < tuning.mostVectors) {
      const from: number | null = before;
      const rows: StoredSign[] = this.#space.read((r) => r.embeddings.signs(this.#model, from, slice));
      for (const row of rows) table.add(row.messagePk, row.sign);
      const last = rows.at(-1);
      if (last === undefined || rows.length < slice) break;
      before = last.id;
      await nextTurn();
    }
    // What was let go of meanwhile is loaded anew by whoever asks next.
    if (table === this.#table) this.#loaded = true;
  }
}
