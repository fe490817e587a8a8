/**
 * Sixty people's spaces on their way to a newer schema, with real engines over real files: a canary, a poisoned database, a newer
 * one, a server killed in the middle; and neighbours who are answered all the while.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SpaceStatus } from '@vivim/contract/health';
import type { SpaceRow } from '@vivim/gateway/fleet/fleet-control';
import { inOrder } from '@vivim/gateway/fleet/migration-sweep';
import type { SweepState } from '@vivim/gateway/fleet/sweep-state';
import { afterEach, expect, test, vi } from 'vitest';
import { eventually, type TestFleet } from '../kit/fleet/fleet-kit.ts';
import { makeSpaces, type SpacesOnDisk, startLaterFleet } from '../kit/fleet/later-fleet.ts';
import { laterVersion } from '../kit/fleet/later-step.ts';
import { refusalOf } from '../kit/refusals.ts';

vi.setConfig({ testTimeout: 60_000 });

let spaces: SpacesOnDisk;
let one: TestFleet | undefined;
afterEach(async () => {
  await one?.fleet.close();
  one = undefined;
  await spaces.remove();
});

const seed = 'a-seed';
/** As a sweep leaves it that was begun and has not come far. */
function begun(): SpaceRow[] {
  const state: SweepState = {
    target: laterVersion,
    seed,
    startedAt: '2026-01-01T00:00:00.000Z',
    state: 'running',
    canaryPassed: false,
    failures: 0,
    stoppedBy: null,
  };
  writeFileSync(join(spaces.dataDir, 'migration.json'), JSON.stringify(state));
  return inOrder(spaces.list, seed);
}
const at = (rows: readonly SpaceRow[], place: number): SpaceRow => rows[place] as SpaceRow;
const pooled = { engineMode: 'pooled', migrate: 'auto' } as const;
const status = () => (one as TestFleet).fleet.migrations.status();
const ended = async () => ['stopped', 'done'].includes((await status()).sweep?.state ?? '');
const ask = async (row: SpaceRow) => SpaceStatus.parse(await (await (one as TestFleet).get(row, '/v1/space')).json());
const snapshotsOf = ({ storageId }: SpaceRow): string[] => {
  const directory = join(spaces.dataDir, 'snapshots', storageId);
  return existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.db')) : [];
};

test('a poisoned database and a newer one are set aside with their codes; the other 58 come along and answer meanwhile', async () => {
  spaces = await makeSpaces(60);
  const order = begun();
  const [canary, alice, bob] = [at(order, 0), at(order, 30), at(order, 40)];
  const [poisoned, newer] = [at(order, 5), at(order, 9)];
  spaces.mark(poisoned, 'poison');
  spaces.mark(alice, 'plain');
  spaces.makeNewer(newer);
  one = await startLaterFleet(spaces, { config: pooled });
  const answers: number[] = [];
  while (!(await ended())) {
    answers.push((await ask(alice)).schemaVersion, (await ask(bob)).schemaVersion);
    await wait(10);
  }
  expect(new Set(answers)).toEqual(new Set([laterVersion]));
  const { setAside, ...rest } = await status();
  expect(rest).toMatchObject({ spaces: 60, current: 58, behind: 0, setAsideCount: 2 });
  expect(rest.sweep).toMatchObject({ state: 'done', canary: 1, canaryPassed: true, failures: 1 });
  expect(new Map(setAside.map(({ userId, code }) => [userId, code]))).toEqual(
    new Map([
      [poisoned.userId, 'migration_failed'],
      [newer.userId, 'schema_too_new'],
    ]),
  );
  expect(await refusalOf(() => one?.get(poisoned, '/v1/space'))).toBe('migration_failed');
  expect(await refusalOf(() => one?.get(newer, '/v1/space'))).toBe('schema_too_new');
  expect((await ask(canary)).schemaVersion).toBe(laterVersion);
  // A copy from before of what was changed, and of nothing else; it is noise without the key.
  expect([poisoned, newer].map(snapshotsOf)).toEqual([[], []]);
  const [file = ''] = snapshotsOf(alice);
  expect(readFileSync(join(spaces.dataDir, 'snapshots', alice.storageId, file)).includes('SQLite format 3')).toBe(
    false,
  );
  await one.fleet.close();
  expect([spaces.schemaOf(poisoned), spaces.verbsOf(poisoned)]).toEqual([laterVersion - 1, ['poison']]);
  expect([spaces.schemaOf(newer), spaces.verbsOf(alice)]).toEqual([9999, ['plain']]);
});

test('a canary that fails stops it before anybody else is touched; it goes on when told to, with another canary', async () => {
  spaces = await makeSpaces(12);
  const order = begun();
  spaces.mark(at(order, 0), 'poison');
  one = await startLaterFleet(spaces, { config: pooled });
  await eventually(ended);
  expect(await status()).toMatchObject({
    current: 0,
    behind: 11,
    sweep: { state: 'stopped', stoppedBy: 'migration_failed' },
  });
  // A restart does not go on by itself: somebody has to look.
  one = await one.restart();
  expect((await status()).sweep?.state).toBe('stopped');
  await one.fleet.migrations.resume();
  await eventually(ended);
  expect(await status()).toMatchObject({ current: 11, behind: 0, setAsideCount: 1, sweep: { state: 'done' } });
});

test('more failures than a few stop it after the canary, and one that was mended is taken in by a retry', async () => {
  spaces = await makeSpaces(12);
  const order = begun();
  const poisoned = [at(order, 2), at(order, 3)];
  for (const row of poisoned) spaces.mark(row, 'poison');
  one = await startLaterFleet(spaces, { config: { ...pooled }, limits: { migrationsAtOnce: 2 } });
  await eventually(ended);
  expect((await status()).sweep).toMatchObject({ state: 'stopped', canaryPassed: true, failures: 2 });
  expect(await refusalOf(() => one?.fleet.migrations.retry(at(order, 2)))).toBe('migration_failed');
  await one.fleet.close();
  const mended = spaces.locationOf(at(order, 2));
  const { openConnection } = await import('@vivim/engine/sqlite/database');
  const connection = openConnection(join(mended.directory, 'user.db'), mended);
  connection.exec("DELETE FROM op WHERE id = 'poison'");
  connection.close();
  one = await one.restart();
  await one.fleet.migrations.retry(at(order, 2));
  expect((await ask(at(order, 2))).schemaVersion).toBe(laterVersion);
  expect((await status()).setAside.map(({ userId }) => userId)).toEqual([at(order, 3).userId]);
});

test('a server killed in the middle goes on where it was, and no space is left half way', async () => {
  spaces = await makeSpaces(60);
  const order = begun();
  spaces.mark(at(order, 20), 'slow');
  const rowsFile = join(spaces.dataDir, 'rows.json');
  writeFileSync(rowsFile, JSON.stringify(spaces.list));
  const script = fileURLToPath(new URL('../kit/fleet/sweep-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, spaces.dataDir, rowsFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  let far = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    far = Number(text.trim().split('\n').at(-1));
    // Past the canary, and, with the slow one at work, not at the end.
    if (far >= 15) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  expect(far).toBeGreaterThanOrEqual(15);
  expect(far).toBeLessThan(60);
  one = await startLaterFleet(spaces, { config: pooled });
  await eventually(ended, 40_000);
  expect(await status()).toMatchObject({ current: 60, setAsideCount: 0, sweep: { state: 'done', failures: 0 } });
  await one.fleet.close();
  expect(new Set(spaces.list.map((row) => spaces.schemaOf(row)))).toEqual(new Set([laterVersion]));
  expect(spaces.verbsOf(at(order, 20))).toEqual(['slow']);
});

test('opened before the sweep comes, a space is brought along on the way; a failure is remembered and not repeated', async () => {
  spaces = await makeSpaces(3);
  const [alice, bob, carol] = [at(spaces.list, 0), at(spaces.list, 1), at(spaces.list, 2)];
  spaces.mark(bob, 'poison');
  one = await startLaterFleet(spaces);
  const answers = await Promise.all([ask(alice), refusalOf(() => one?.get(bob, '/v1/space')), ask(carol)]);
  expect([answers[0].schemaVersion, answers[1], answers[2].schemaVersion]).toEqual([
    laterVersion,
    'migration_failed',
    laterVersion,
  ]);
  const refusals = () => (one as TestFleet).log.filter(({ event }) => event === 'engine.migration-refused').length;
  expect(refusals()).toBe(1);
  expect(await refusalOf(() => one?.get(bob, '/v1/space'))).toBe('migration_failed');
  expect([refusals(), spaces.schemaOf(bob)]).toEqual([1, laterVersion - 1]);
  expect(await status()).toMatchObject({ current: 2, behind: 0, setAsideCount: 1, sweep: null });
});

test('a request does not wait for a long change, which goes on; the neighbour does not wait at all', async () => {
  spaces = await makeSpaces(2);
  const [alice, bob] = [at(spaces.list, 0), at(spaces.list, 1)];
  spaces.mark(alice, 'slow');
  one = await startLaterFleet(spaces, { config: { engineMode: 'pooled' }, limits: { openWaitMs: 400 } });
  const late: unknown = await one.get(alice, '/v1/space').catch((error: unknown) => error);
  expect(late).toMatchObject({ code: 'engine_unavailable', retryAfterSeconds: 5 });
  await eventually(() =>
    ask(bob).then(
      () => true,
      () => false,
    ),
  );
  await eventually(() =>
    ask(alice).then(
      () => true,
      () => false,
    ),
  );
  expect([(await ask(alice)).schemaVersion, (await ask(bob)).schemaVersion]).toEqual([laterVersion, laterVersion]);
});
