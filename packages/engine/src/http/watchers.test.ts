/** Watchers are known to the one whose space they told, by what they told last; one that says nothing more is silent since then. */

import { uuidv7 } from '@vivim/contract/random';
import { silentAfter, type TellWatcher } from '@vivim/contract/watchers';
import { expect, it } from 'vitest';
import { twoSpaces } from '../../../../test/kit/spaces.ts';

const told: TellWatcher = {
  device: 'desk',
  ended: false,
  places: [
    {
      source: 'codex',
      folder: '~/.codex/sessions',
      files: 3,
      failed: 1,
      error: 'import_format_unknown',
      missing: false,
      came: null,
    },
  ],
};

it('a watcher is watching, silent since it was last heard, or stopped where it said so', () => {
  const { alice, bob } = twoSpaces();
  const machine = uuidv7();
  const at = 1_780_000_000_000;
  alice.write((w) => w.watchers.put(machine, told, at));
  const seen = (nowMs: number) =>
    alice.read((r) => r.watchers.all(nowMs)).map(({ state, heardAt }) => [state, heardAt]);
  const heardAt = new Date(at).toISOString();
  expect(seen(at + silentAfter)).toEqual([['watching', heardAt]]);
  expect(seen(at + silentAfter + 1)).toEqual([['silent', heardAt]]);
  alice.write((w) => w.watchers.put(machine, { ...told, ended: true }, at + 5));
  expect(seen(at + 10 * silentAfter)).toEqual([['stopped', new Date(at + 5).toISOString()]]);
  expect(bob.read((r) => r.watchers.all(at))).toEqual([]);
});

it('of many machines the one that was heard of longest ago makes room', () => {
  const { alice } = twoSpaces();
  for (let n = 0; n < 60; n += 1)
    alice.write((w) => w.watchers.put(uuidv7(n), { ...told, device: `d${n}` }, 1_000 + n));
  const devices = alice.read((r) => r.watchers.all(0)).map(({ device }) => device);
  expect([devices.length, devices[0], devices.at(-1)]).toEqual([50, 'd59', 'd10']);
});

it('one that is forgotten is nowhere, and comes back with what it tells next', () => {
  const { alice } = twoSpaces();
  const machine = uuidv7();
  alice.write((w) => w.watchers.put(machine, told, 1_000));
  expect(alice.write((w) => w.watchers.remove(machine, 1_000))).toMatchObject({ device: 'desk', places: told.places });
  expect(alice.write((w) => w.watchers.remove(machine, 1_000))).toBeNull();
  alice.write((w) => w.watchers.put(machine, told, 2_000));
  expect(alice.read((r) => r.watchers.all(2_000))).toHaveLength(1);
});
