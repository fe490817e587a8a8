/**
 * What keeping one more exchange of a conversation costs, by how many exchanges it has already: processor time of the recorder alone,
 * over the request as it comes (which repeats the whole history) down to the rows.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { createUserSpace } from '@vivim/engine/space/user-space';
import { exchangeOf, newRecorder, type Said } from '../kit/live.ts';
import { type Figure, stopwatch } from './measure.ts';

/** Of the conversation when the exchange comes. */
const sizes = [10, 100, 1000];
/** Exchanges that are measured at each size. */
const measured = 20;

/** Some 750 characters: what a turn of a chat about code has. */
const words = (turn: number): string =>
  Array.from(
    { length: 10 },
    (_, line) => `Step ${turn}.${line}: the parser of part ${turn * 7 + line} reads on, then stops.`,
  ).join(' ');

export function benchLiveTurns(scratch: string): Figure[] {
  const directory = mkdtempSync(join(scratch, 'live-'));
  const space = createUserSpace(
    {
      directory,
      storageId: uuidv7() as StorageId,
      ownerId: uuidv7(),
      keyHex: randomBytes(32).toString('hex'),
      quotaBytes: 1024 ** 3,
    },
    systemClock,
  );
  try {
    const { keep } = newRecorder(space);
    const history: Said[] = [];
    const next = (): void => {
      history.push({ role: 'user', content: words(history.length) });
      const answer = words(history.length);
      keep(exchangeOf('messages', history, answer));
      history.push({ role: 'assistant', content: answer });
    };
    return sizes.map((size): Figure => {
      while (history.length / 2 < size) next();
      const bytes = JSON.stringify(history).length;
      const spent = stopwatch();
      for (let round = 0; round < measured; round += 1) next();
      const milliseconds = (spent().processor / measured) * 1000;
      return {
        what: `One more exchange after ${size} (its request has ${Math.round(bytes / 1024)} KiB)`,
        value: `${milliseconds.toFixed(1)} ms`,
      };
    });
  } finally {
    space.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
