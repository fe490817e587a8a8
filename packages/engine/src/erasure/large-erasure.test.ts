/**
 * An erasure too large for one transaction: gone from sight at once, gone from the file piece by piece, however often the process
 * that works on it dies; an older copy of the space is brought up to it; the neighbour keeps everything.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemClock } from '@vivim/contract/clock';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import type { SpaceEvent } from '@vivim/contract/imports';
import { expect, it, onTestFinished } from 'vitest';
import { newErasing, rawPages, wordsIn } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import { newLocation, newSpace } from '../../../../test/kit/spaces.ts';
import { Copies } from '../space/copies.ts';
import { createUserSpace, openUserSpace, type UserSpace } from '../space/user-space.ts';
import { Eraser } from './eraser.ts';

const many = 110;
const going = JSON.stringify(
  Array.from({ length: many }, (_, n) =>
    dialogue(`g${n}`, `Voyage of qzgoing ${n}`, [
      `Where does the qzgoing ferry sail, day ${n}?`,
      'It sails to Lisbon.',
      `Thanks ${n}!`,
    ]),
  ),
);
const staying = JSON.stringify([dialogue('s', 'Tomatoes', ['When do I sow qzstaying in Lisbon?', 'Sow it in March.'])]);

const found = (space: UserSpace, word: string) => space.read((r) => r.words.places(`"${word}"`, 100).length);
/** All that readers tell. */
const told = (space: UserSpace) =>
  space.read((r) => ({
    titles: r.conversations.page({ limit: 200 }).items.map(({ title }) => title),
    topics: r.topics.list({ limit: 200 }, 0).items.map(({ id }) => id),
    entities: r.entities.list({ limit: 200 }, 0).items.map(({ id }) => id),
    corrections: r.corrections.page({ limit: 50 }).items.map(({ value }) => value),
    counts: { ...r.counts(), bundles: 0, imports: 0, topics: 0, entities: 0 },
  }));

async function home(space: UserSpace) {
  const at = newErasing(space);
  await at.bring(staying);
  await at.settle();
  const alone = told(space);
  const { id } = await at.bring({ bytes: going, name: 'qzgoing.json' });
  await at.settle();
  // What she put right in what goes, goes.
  const topic = space.read((r) => r.topics.list({ limit: 200 }, 0)).items.find(({ id }) => !alone.topics.includes(id));
  if (topic === undefined) throw new Error('Nothing of it became a topic.');
  const put = { action: 'rename', name: 'Qzgoing of mine' } as const;
  space.write((w) => w.corrections.make('topic', topic.id, put, put.name, 1));
  expect(told(space).corrections).toEqual([put.name]);
  const [first] = space.read((r) => r.conversations.page({ limit: 1 })).items;
  const conversation = first?.id as ConversationId;
  const message = space.read((r) => r.conversations.messages(conversation, { limit: 1, branches: 'all' }))?.items[0]
    ?.id as MessageId;
  return { ...at, alone, run: id, conversation, message };
}

it('is out of sight from the answer on, and says beforehand what it takes', async () => {
  const [alice, bob] = [newSpace(), newSpace()];
  const [hers, his] = [await home(alice), await home(bob)];
  const theirs = told(bob);
  const whole = told(alice);
  const preview = await hers.eraser.preview({ kind: 'import', ids: [hers.run], mentions: 'keep' });
  expect(told(alice)).toEqual(whole);
  const rows = alice.read((r) => r.counts());
  const receipt = await hers.erase('import', hers.run);
  expect(receipt.removed).toEqual(preview.removed);
  expect(receipt).toMatchObject({
    left: many + 1,
    removed: { conversations: many, messages: 3 * many, records: many, imports: 1 },
  });
  expect(told(alice)).toEqual(hers.alone);
  const read = alice.read((r) => ({
    conversation: r.conversations.find(hers.conversation),
    messages: r.conversations.messages(hers.conversation, { limit: 9, branches: 'all' }),
    message: r.conversations.message(hers.message),
    outbox: r.outbox.count('rollup'),
  }));
  expect(read).toEqual({ conversation: null, messages: null, message: null, outbox: 0 });
  // Neither exported, nor let in, nor named again meanwhile.
  const copies = new Copies(alice);
  onTestFinished(() => copies.stop());
  expect(await refusalOf(() => copies.export(new AbortController().signal))).toBe('space_busy');
  expect(await refusalOf(() => hers.allow(receipt.id))).toBe('space_busy');
  expect(await refusalOf(() => hers.erase('message', hers.message))).toBe('not_found');
  expect(await refusalOf(() => hers.eraser.preview({ kind: 'message', ids: [hers.message], mentions: 'keep' }))).toBe(
    'not_found',
  );
  // The same export again brings nothing back, before it is over and after.
  const report = await hers.bring(going);
  expect(new Set(report.report.issues.map(({ code }) => code))).toEqual(new Set(['erased_by_you']));
  await hers.settle();
  expect(alice.read((r) => r.erasures.find(receipt.id as never))).toEqual({ ...receipt, left: 0 });
  expect(told(alice)).toEqual(hers.alone);
  expect(rows.acus - alice.read((r) => r.counts()).acus).toBe(receipt.removed.acus);
  expect(told(bob)).toEqual(theirs);
  expect(found(bob, 'qzgoing')).toBeGreaterThan(0);
  expect(his.book).toEqual([]);
});

it('goes on where it was however often the process dies, and an older copy is brought up to it', async () => {
  const location = newLocation();
  let space = createUserSpace(location, systemClock);
  onTestFinished(() => space.close());
  const first = await home(space);
  space.emptyLog();
  const file = join(location.directory, 'user.db');
  copyFileSync(file, join(location.directory, 'older.db'));
  const { id, left } = await first.erase('import', first.run);
  const leftNow = () => space.read((r) => r.erasing.left());
  let before = left;
  for (let kills = 0; leftNow() > 0; kills += 1) {
    const at = newErasing(space);
    await at.erasing.step();
    expect(leftNow()).toBeLessThanOrEqual(before);
    before = leftNow();
    if (kills % 2 === 1) continue;
    // What a kill leaves: the file and its log as they lie there.
    for (const end of ['', '-wal']) copyFileSync(file + end, join(location.directory, `killed.db${end}`));
    space.close();
    for (const end of ['', '-wal']) copyFileSync(join(location.directory, `killed.db${end}`), file + end);
    space = openUserSpace(location, systemClock);
    expect(told(space)).toEqual(first.alone);
  }
  expect(space.read((r) => r.erasures.find(id as never))).toMatchObject({ left: 0, removed: { conversations: many } });
  expect(wordsIn(rawPages(location), ['qzgoing'])).toEqual([]);

  space.close();
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
  copyFileSync(join(location.directory, 'older.db'), file);
  space = openUserSpace(location, systemClock);
  const again = newErasing(space);
  expect(again.eraser.replay(first.book)).toBe(1);
  // Before anything is served, and before its rows are gone.
  expect([told(space), leftNow()]).toEqual([first.alone, many + 1]);
  await again.settle();
  expect([told(space), leftNow()]).toEqual([first.alone, 0]);
  expect(wordsIn(rawPages(location), ['qzgoing'])).toEqual([]);
});

it('looks at no more conversations in one go than it is told, however large the erasure', async () => {
  const [alice, bob] = [newSpace(), newSpace()];
  const [hers] = [await home(alice), await home(bob)];
  const theirs = told(bob);
  const slice = 25;
  const eraser = new Eraser({
    space: alice,
    clock: systemClock,
    note: async () => ({ backups: 0, backupsUntil: null }),
    onErased: () => {},
    slice,
  });
  /** How often others had their turn meanwhile. */
  const turnsDuring = async (work: () => Promise<unknown>) => {
    let turns = 0;
    let over = false;
    const others = (async () => {
      while (!over) {
        await nextTurn();
        turns += 1;
      }
    })();
    await work();
    over = true;
    await others;
    return turns;
  };
  const wish = { kind: 'import', ids: [hers.run], mentions: 'keep' } as const;
  // Once for each slice that is marked, and once for each that is counted.
  const least = 2 * Math.ceil(many / slice);
  expect(await turnsDuring(() => eraser.preview(wish))).toBeGreaterThanOrEqual(least);
  expect(
    await turnsDuring(() => eraser.erase(wish, { id: 'v', operation: 'erase', requestHash: 'h' })),
  ).toBeGreaterThanOrEqual(least);
  const left = () => alice.read((r) => r.erasing.left());
  expect(left()).toBe(many + 1);
  for (let before = left(); before > 0; before = left()) {
    await hers.erasing.step();
    expect(before - left()).toBeLessThanOrEqual(40);
  }
  expect([told(alice), told(bob)]).toEqual([hers.alone, theirs]);
});

it('tells how far it is, not oftener than twice a second, and that it is over; nobody else is told', async () => {
  const [alice, bob] = [newSpace(), newSpace()];
  const [hers, his] = [await home(alice), await home(bob)];
  let nowMs = Date.now();
  const at = newErasing(alice, { clock: () => nowMs });
  const told: SpaceEvent[] = [];
  at.events.emit = (event) => void told.push(event);
  his.events.emit = () => expect.unreachable();
  const { id } = await hers.erase('import', hers.run);
  const lefts = () => told.map((event) => (event.type === 'erasing' ? event.receipt.left : -1));
  await at.erasing.step();
  await at.erasing.step();
  expect(lefts()).toHaveLength(1);
  while (at.erasing.pending() > 0) {
    nowMs += 501;
    await at.erasing.step();
  }
  const all = lefts();
  expect(all.length).toBeGreaterThan(3);
  expect(all).toEqual(all.toSorted((a, b) => b - a));
  expect(told.at(-1)).toMatchObject({ type: 'erasing', receipt: { id, left: 0 } });
  expect(all.filter((left) => left === 0)).toHaveLength(1);
});
