/** Words indexed by older rules are found before, while and after they are indexed anew, and nobody else's are. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { newLocation } from '../../../../test/kit/spaces.ts';
import { migrations } from '../space/migrations/migrations.ts';
import { slotOf } from '../space/place.ts';
import { createUserSpace, openUserSpace, type UserSpace } from '../space/user-space.ts';
import { questionWords } from '../space/words/question-words.ts';
import { openConnection } from '../sqlite/database.ts';
import { ReindexTask } from './reindex-words.ts';

const now = () => 1_700_000_000_000;
const texts = Array.from({ length: 200 }, (_, i) => `Inês walked ferry${i} to the 護照 and ${'more '.repeat(1_000)}`);

/** A space as schema 2 left it: its words in an index of another kind. */
function older(said: readonly string[]): UserSpace {
  const location = newLocation();
  const space = createUserSpace(location, now);
  fillSpace(
    space,
    said.map((text, i) => ({ externalId: `c${i}`, messages: [{ text }] })),
  );
  space.write((w) => w.words.index(said.map((_, i) => i + 1)));
  space.close();
  const connection = openConnection(join(location.directory, 'user.db'), location);
  connection.exec(`
    INSERT INTO message_words_before(rowid, text)
      SELECT w.place, p.text FROM word_place w JOIN part p ON p.message_pk = w.message_pk;
    DELETE FROM message_words;
    UPDATE conversation SET words_version = 0`);
  connection.close();
  return openUserSpace(location, now);
}

const found = (space: UserSpace, word: string): number =>
  space.read((r) => new Set(r.words.places(questionWords(word)[0]?.fts ?? '', 1_000).map(slotOf)).size);

it('an older index answers until the last conversation has left it', async () => {
  const [alice, bob] = [older(texts), older(['Nothing of that'])];
  const task = new ReindexTask(alice);
  expect(task.pending()).toBe(200);
  let steps = 0;
  while (task.pending() > 0) {
    expect([found(alice, 'walking'), found(alice, 'ferry7'), found(alice, 'ferry199')]).toEqual([200, 1, 1]);
    expect(alice.read((r) => r.words.frequency('"walk"'))).toBe(200);
    await task.step();
    steps += 1;
  }
  expect(steps).toBeGreaterThan(2);
  expect([found(alice, 'walking'), found(alice, 'Inês'), found(alice, '護照')]).toEqual([200, 200, 200]);
  expect(found(bob, 'walking')).toBe(0);
  expect(found(bob, 'nothing')).toBe(1);
  expect(new ReindexTask(bob).pending()).toBe(1);
  alice.close();
  bob.close();
});

it('what is erased or written meanwhile leaves the older index too', () => {
  const alice = older(texts.slice(0, 3));
  alice.write((w) => w.words.index([2]));
  expect(new ReindexTask(alice).pending()).toBe(2);
  expect([found(alice, 'ferry1'), found(alice, 'walking')]).toEqual([1, 3]);
  alice.close();
});

it('a space of schema 2 comes along with its words', () => {
  const location = newLocation();
  createUserSpace(location, now, migrations.slice(0, 2)).close();
  const connection = openConnection(join(location.directory, 'user.db'), location);
  connection.exec("INSERT INTO message_words(rowid, text) VALUES (64, 'Two ferries sailed')");
  connection.close();
  const space = openUserSpace(location, now);
  expect(space.read((r) => r.words.places(questionWords('ferry')[0]?.fts ?? '', 10))).toEqual([64]);
  space.close();
});
