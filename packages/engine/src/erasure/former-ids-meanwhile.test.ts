/** While a large erasure is under way, what is kept out or pinned by an id its unit had before stays kept out and pinned. */
import { join } from 'node:path';
import type { AcuId } from '@vivim/contract/ids';
import { expect, it } from 'vitest';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';

const going = JSON.stringify(
  Array.from({ length: 110 }, (_, n) =>
    dialogue(`g${n}`, `Voyage ${n}`, [`Where does ferry ${n} sail?`, 'To Lisbon.']),
  ),
);
const staying = JSON.stringify([dialogue('s', 'Tomatoes', ['When do I sow the tomatoes?', 'Sow them in March.'])]);
const former = `a_${'a'.repeat(32)}` as AcuId;

async function home(space: UserSpace) {
  const at = newErasing(space);
  await at.bring(staying);
  const { id: run } = await at.bring(going);
  await at.settle();
  const [unit] = space.read((r) => r.acus.byPks([1]));
  if (unit === undefined) throw new Error('Nothing was cut.');
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  connection.prepare('INSERT INTO former_acu (id, acu_pk) VALUES (?, ?)').run(former, unit.acu.pk);
  connection.close();
  space.write((w) => w.exclusions.put({ kind: 'unit', key: former, atMs: 1 }));
  space.write((w) => w.pins.put({ kind: 'unit', key: former, recipe: '', atMs: 1 }));
  const told = () =>
    space.read((r) => ({
      out: [...r.exclusions.units([unit.acu.pk])],
      why: [unit.acu.id, former].map((id) => r.exclusions.over(id)?.kind),
      pins: r.pins.page({ limit: 9 }).items.map(({ of, name }) => ({ of, name })),
    }));
  return { ...at, run, told };
}

it('is neither told again nor gone', async () => {
  const { alice, bob } = twoSpaces();
  const [hers, his] = [await home(alice), await home(bob)];
  const before = hers.told();
  expect(before).toMatchObject({ out: [1], why: ['unit', 'unit'], pins: [{ name: expect.any(String) }] });
  const { left } = await hers.erase('import', hers.run);
  expect(left).toBeGreaterThan(0);
  expect(hers.told()).toEqual(before);
  await hers.settle();
  expect(hers.told()).toEqual(before);
  expect(his.told().out).toEqual([1]);
});
