/**
 * Reading anew from the kept records: what a lesser reader left out comes in, what stays keeps its rows and ids, what was erased
 * stays away, and nobody else's space is touched.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newErasing, rawPages, wordsIn } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';
import { ReparseTask } from './reparse.ts';

const clock = () => 1_790_000_000_000;
const file = JSON.stringify([
  dialogue('roof', 'Roof', ['Who mends roofs qzonewx?', 'Ask the tilers qztwowx.', 'Thank you qzthreewx.']),
  dialogue('tea', 'Tea', ['How long does tea brew?', 'Three minutes.']),
]);

function home(space: UserSpace) {
  const kit = newErasing(space, { clock });
  const task = new ReparseTask({
    space,
    clock,
    onUnreadable: (error) => {
      throw error;
    },
  });
  const work = async (): Promise<void> => {
    while (task.pending() > 0) await task.step();
    await kit.settle();
  };
  return { ...kit, task, work };
}

/** Behind the space's back, as an older reader would have left it. */
function edit(space: UserSpace, sql: string): void {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  try {
    connection.exec(sql);
  } finally {
    connection.close();
  }
}

function rows(space: UserSpace): unknown {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  try {
    return ['conversation', 'message', 'part', 'acu', 'acu_link'].map((table) =>
      connection.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all(),
    );
  } finally {
    connection.close();
  }
}
const queueAll = (space: UserSpace) =>
  space.write((w) => w.outbox.put('reparse', w.parserVersions.chosen({}), clock()));

it('changes nothing where nothing is read another way', async () => {
  const { alice, bob } = twoSpaces();
  const [hers, his] = [home(alice), home(bob)];
  await hers.bring(file);
  await his.bring(file);
  await hers.work();
  await his.work();
  const [before, untouched] = [rows(alice), rows(bob)];
  queueAll(alice);
  expect(hers.task.pending()).toBe(2);
  await hers.work();
  expect(rows(alice)).toEqual(before);
  expect(rows(bob)).toEqual(untouched);
});

it('brings in what was left out, and what stood keeps its rows', async () => {
  const { alice } = twoSpaces();
  const hers = home(alice);
  await hers.bring(file);
  await hers.work();
  const before = rows(alice);
  edit(
    alice,
    `UPDATE part SET text = 'half' WHERE text LIKE '%tilers%'; UPDATE message SET content_hash = 'old' WHERE pk = (SELECT message_pk FROM part WHERE text = 'half');
    UPDATE conversation SET content_hash = 'old', parser_version = 0 WHERE title = 'Roof'`,
  );
  alice.write((w) => w.outbox.put('reparse', w.parserVersions.behind('chatgpt', 1), clock()));
  expect(hers.task.pending()).toBe(1);
  await hers.work();
  const texts = JSON.stringify(rows(alice));
  expect(texts).toContain('tilers qztwowx');
  expect(texts).not.toContain('"half"');
  const withoutParts = (all: unknown): unknown[] =>
    (all as { pk: number }[][]).slice(0, 2).map((table) => table.map(({ pk }) => pk));
  expect(withoutParts(rows(alice))).toEqual(withoutParts(before));
});

it('brings back nothing that was erased', async () => {
  const { alice } = twoSpaces();
  const hers = home(alice);
  await hers.bring(file);
  await hers.work();
  const roof = alice.read((r) => r.conversations.page({ limit: 5 })).items.find(({ title }) => title === 'Roof');
  const second = alice.read((r) => r.conversations.messages(roof?.id as never, { limit: 5, branches: 'all' }))
    ?.items[1];
  await hers.erase('message', second?.id as string);
  queueAll(alice);
  await hers.work();
  expect(wordsIn(rawPages(alice.location), ['qztwowx'])).toEqual([]);
  expect(JSON.stringify(rows(alice))).toContain('qzthreewx');
});
