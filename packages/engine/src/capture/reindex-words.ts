/**
 * Indexes anew what an older version of the word rules indexed: background work, a few conversations at a time. What waits is found
 * meanwhile as it was, because each conversation leaves the old index in the transaction that puts it into the new one.
 */
import type { BackgroundTask } from '../background.ts';
import type { UserSpace } from '../space/user-space.ts';

/** Conversations and characters of one step: some tens of milliseconds. One conversation is never divided. */
const most = { conversations: 64, characters: 400_000 };

export class ReindexTask implements BackgroundTask {
  readonly name = 'reindex';
  readonly #space: UserSpace;

  constructor(space: UserSpace) {
    this.#space = space;
  }

  pending(): number {
    return this.#space.read((r) => r.words.behind());
  }

  step(): Promise<void> {
    this.#space.write((w) => {
      const pks: number[] = [];
      let characters = 0;
      for (const next of w.words.nextBehind(most.conversations)) {
        if (pks.length > 0 && characters + next.characters > most.characters) break;
        pks.push(next.pk);
        characters += next.characters;
      }
      w.words.indexAnew(pks);
    });
    return Promise.resolve();
  }
}
