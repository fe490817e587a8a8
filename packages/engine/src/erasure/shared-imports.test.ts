/** Hazard: two imports saw the same conversation, and both are erased. It goes with the last of them, in whatever order. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportRun } from '@vivim/contract/imports';
import { describe, expect, it } from 'vitest';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';

const talk = (id: string) => dialogue(id, `Talk ${id}`, [`What of ${id}?`, `Much of ${id}.`]);
const file = (...ids: string[]) => ({ bytes: JSON.stringify(ids.map(talk)), name: `${ids.length}.json` });
const titles = (space: UserSpace) =>
  space
    .read((r) => r.conversations.page({ limit: 50 }))
    .items.map(({ title }) => title?.slice(5))
    .sort();
const conversations = (space: UserSpace) => space.read((r) => r.counts()).conversations;
const imports = (space: UserSpace) => space.read((r) => r.counts()).imports;

async function twoPeople() {
  const { alice, bob } = twoSpaces();
  const [home, his] = [newErasing(alice), newErasing(bob)];
  await his.bring(file('a', 'b', 'c'));
  return { alice, bob, home };
}

describe('conversations two imports saw', () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ] as const) {
    it(`go with the second of both that is erased, ${order.join(' before ')}`, async () => {
      const { alice, bob, home } = await twoPeople();
      const runs: ImportRun[] = [await home.bring(file('a', 'b')), await home.bring(file('a', 'b', 'c'))];
      await home.erase('import', runs[order[0]]?.id ?? '');
      expect(titles(alice)).toEqual(order[0] === 0 ? ['a', 'b', 'c'] : ['a', 'b']);
      await home.erase('import', runs[order[1]]?.id ?? '');
      expect([titles(alice), imports(alice)]).toEqual([[], 0]);
      expect(titles(bob)).toEqual(['a', 'b', 'c']);
    });
  }

  it('go with the last of three, where the one between changed nothing', async () => {
    const { alice, home } = await twoPeople();
    const runs = [await home.bring(file('a')), await home.bring(file('a', 'b')), await home.bring(file('a', 'c'))];
    const [first, between, last] = runs.map(({ id }) => id);
    await home.erase('import', first ?? '');
    await home.erase('import', last ?? '');
    expect(titles(alice)).toEqual(['a', 'b']);
    await home.erase('import', between ?? '');
    expect(titles(alice)).toEqual([]);
  });

  it('go with the whole import after one that was cancelled halfway', async () => {
    const { alice, bob, home } = await twoPeople();
    const names = Array.from({ length: 1500 }, (_, n) => `t${n}`);
    const { id } = await home.upload(file(...names));
    const working = home.work();
    while (conversations(alice) === 0) await nextTurn();
    alice.write((w) => w.imports.cancel(id, 0));
    await working;
    const halfway = conversations(alice);
    expect(alice.read((r) => r.imports.find(id))?.state).toBe('cancelled');
    expect(halfway).toBeLessThan(names.length);
    const whole = await home.bring(file(...names));
    await home.erase('import', id);
    expect(conversations(alice)).toBe(names.length);
    await home.erase('import', whole.id);
    while (home.erasing.pending() > 0) await home.erasing.step();
    expect([conversations(alice), imports(alice)]).toEqual([0, 0]);
    expect(titles(bob)).toEqual(['a', 'b', 'c']);
  });
});
