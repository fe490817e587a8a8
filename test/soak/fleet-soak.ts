/**
 * `npm run soak -- fleet [--spaces N]`: N real spaces (2,000 unless said otherwise) brought to a newer schema by a sweep, two of them
 * poisoned and one newer, while two people go on asking; the server is stopped in the middle and started again.
 */

import { AppError } from '@vivim/contract/errors';
import type { SpaceRow } from '@vivim/gateway/fleet/fleet-control';
import { readArguments } from '../../scripts/arguments.ts';
import type { TestFleet } from '../kit/fleet/fleet-kit.ts';
import { makeSpaces, type SpacesOnDisk, startLaterFleet } from '../kit/fleet/later-fleet.ts';
import { laterVersion } from '../kit/fleet/later-step.ts';
import type { Soak } from './soak-shape.ts';

const percentile = (values: readonly number[], share: number): string =>
  (values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN).toFixed(1);

/** One question after the other until told to stop; milliseconds of each. @throws Error on any answer but 200 */
async function keepAsking(one: TestFleet, row: SpaceRow, isOver: () => boolean): Promise<number[]> {
  const took: number[] = [];
  while (!isOver()) {
    const begun = performance.now();
    const answer = await one.get(row, '/v1/space');
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`A neighbour was answered ${answer.status}`);
    took.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return took;
}

async function soak(spaces: SpacesOnDisk): Promise<boolean> {
  const count = spaces.list.length;
  const [alice, bob, newer, ...rest] = spaces.list as [SpaceRow, SpaceRow, SpaceRow, ...SpaceRow[]];
  const poisoned = rest.slice(0, 2);
  for (const row of poisoned) spaces.mark(row, 'poison');
  spaces.makeNewer(newer);
  const config = { engineMode: 'pooled', migrate: 'auto' } as const;
  let one = await startLaterFleet(spaces, { config: { ...config, migrate: 'lazy' } });
  try {
    // Their engines are started before anything is measured.
    for (const row of [alice, bob]) await (await one.get(row, '/v1/space')).arrayBuffer();
    let over = false;
    const idle = [keepAsking(one, alice, () => over), keepAsking(one, bob, () => over)];
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    over = true;
    const alone = (await Promise.all(idle)).flat();

    const begun = performance.now();
    await one.fleet.migrations.run();
    over = false;
    const asked = [keepAsking(one, alice, () => over), keepAsking(one, bob, () => over)];
    const status = () => one.fleet.migrations.status();
    const until = async (holds: (s: Awaited<ReturnType<typeof status>>) => boolean) => {
      for (let now = await status(); !holds(now); now = await status()) {
        if (now.sweep?.state === 'stopped') await one.fleet.migrations.resume();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    await until(({ current }) => current >= count / 2);
    over = true;
    const beside = (await Promise.all(asked)).flat();
    const atStop = (await status()).current;
    one = await one.restart({ config });
    await until(({ sweep }) => sweep?.state === 'done');
    const seconds = (performance.now() - begun) / 1000;
    const end = await status();
    const refused = await Promise.all(
      [...poisoned, newer].map((row) =>
        one.get(row, '/v1/space').then(
          () => 'answered',
          (error: unknown) => (error instanceof AppError ? error.code : 'internal'),
        ),
      ),
    );
    await one.fleet.close();
    const schemas = spaces.list.map((row) => spaces.schemaOf(row));
    const brought = schemas.filter((schema) => schema === laterVersion).length;
    process.stdout.write(
      [
        `${count} spaces: ${end.current} brought along in ${seconds.toFixed(1)} s (${(end.current / seconds).toFixed(0)} a second), stopped once at ${atStop};`,
        `set aside: ${end.setAside.map(({ code }) => code).join(', ')}; they answer ${refused.join(', ')}.`,
        `On the disk ${brought} have the new schema.`,
        `Neighbours: alone p50 ${percentile(alone, 0.5)} ms, p99 ${percentile(alone, 0.99)} ms (${alone.length}); beside the sweep p50 ${percentile(beside, 0.5)} ms, p99 ${percentile(beside, 0.99)} ms (${beside.length}), all answered.`,
        '',
      ].join('\n'),
    );
    return (
      end.current === count - 3 &&
      brought === count - 3 &&
      refused.join() === 'migration_failed,migration_failed,schema_too_new'
    );
  } finally {
    await one.fleet.close();
  }
}

export const fleetSoak: Soak = {
  prepare(args) {
    const { values } = readArguments({ args: [...args], options: { spaces: { type: 'string', default: '2000' } } });
    const count = Number(values.spaces);
    if (!(count >= 10)) return null;
    return async () => {
      const begun = performance.now();
      const spaces = await makeSpaces(count);
      process.stdout.write(`${count} spaces made in ${((performance.now() - begun) / 1000).toFixed(1)} s.\n`);
      try {
        return await soak(spaces);
      } finally {
        await spaces.remove();
      }
    };
  },
};
