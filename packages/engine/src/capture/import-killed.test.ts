/** Imports in a process of their own that is killed in the middle, again and again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { jsonArchiveOf, live } from '../../../../test/kit/archives.ts';
import { newCapture } from '../../../../test/kit/capture.ts';
import { everyRow } from '../../../../test/kit/every-row.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { runs } from '../../../../test/kit/property-runs.ts';
import { newLocation, newSpace } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';
import type { SpaceLocation } from '../space/user-space.ts';
import { createUserSpace } from '../space/user-space.ts';

const worker = fileURLToPath(new URL('../../../../test/kit/import-worker.ts', import.meta.url));
const clock = () => 1_700_000_000_000;
/** Each compiles all it is made of, and that of its thread, before it begins. */
const lives = runs(4, 2);

/** Two shards that overlap, one conversation that grew between them, one that is broken. */
function archive(): Buffer {
  const talk = (ix: number, extra: string[] = []) =>
    dialogue(`talk-${ix}`, `Talk ${ix}`, [
      `Who wrote log ${ix}?`,
      `The keeper wrote log ${ix}. It was calm.`,
      ...extra,
    ]);
  const first = Array.from({ length: 300 }, (_, ix) => talk(ix));
  const second = [
    talk(3, ['And more?']),
    talk(9),
    { id: 'broken' },
    ...Array.from({ length: 200 }, (_, ix) => talk(1000 + ix)),
  ];
  return zipOf([
    { name: 'conversations-000.json', bytes: JSON.stringify(first) },
    { name: 'conversations-001.json', bytes: JSON.stringify(second) },
  ]);
}

async function start(location: SpaceLocation): Promise<{ child: ChildProcess; lines: AsyncIterator<string> }> {
  const child = spawn(process.execPath, [worker, JSON.stringify(location)], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  await lines.next();
  return { child, lines };
}

async function queued(bytes: Buffer): Promise<SpaceLocation> {
  const location = newLocation();
  const space = createUserSpace(location, clock);
  await newCapture(space, clock).upload({ bytes, name: 'export.zip' });
  space.close();
  return location;
}

describe('an import whose process is killed', () => {
  it('ends in the same database as one that was not', async () => {
    const bytes = archive();
    const calm = await queued(bytes);
    const killed = await queued(bytes);

    const { child: whole } = await start(calm);
    whole.stdout?.resume();
    expect((await once(whole, 'exit'))[0]).toBe(0);

    const places: string[] = [];
    for (let kills = 0; kills < lives; kills += 1) {
      const { child, lines } = await start(killed);
      const exited = once(child, 'exit');
      // Each life gets one step further than the last; then it is killed in the middle of the next.
      for (let steps = 0; steps <= kills; steps += 1) places.push(String((await lines.next()).value));
      child.kill('SIGKILL');
      expect((await exited)[1]).toBe('SIGKILL');
    }
    // It did lose its life on the way, not before or after.
    expect(Number(places[0])).toBeGreaterThan(0);
    expect(Number(places.at(-1))).toBeLessThan(501);

    const { child: last } = await start(killed);
    last.stdout?.resume();
    expect((await once(last, 'exit'))[0]).toBe(0);

    const expected = everyRow(calm);
    expect(expected.conversation).toHaveLength(500);
    expect(expected.import_run).toMatchObject([{ state: 'done' }]);
    expect(JSON.parse(String((expected.import_run as { counts: string }[])[0]?.counts))).toMatchObject({
      conversations: { added: 500, skipped: 1, unchanged: 0, updated: 0 },
      messages: { added: 1001 },
    });
    expect(everyRow(killed)).toEqual(expected);
    const outcomes = Map.groupBy(everyRow(killed).import_entry as { outcome: string }[], ({ outcome }) => outcome);
    expect(Object.fromEntries([...outcomes].map(([outcome, { length }]) => [outcome, length]))).toEqual({
      added: 500,
      again: 2,
      skipped: 1,
    });
    expect(readdirSync(join(killed.directory, 'spool'))).toEqual([]);
  }, 120_000);

  it('among its files ends in the same database, every file whole and once', async () => {
    const line = (seed: number, bytes: number) => Buffer.alloc(bytes, `${seed} and the sea `);
    const bytes = zipOf([
      { name: 'conversations.json', bytes: JSON.stringify([dialogue('talk', 'Talk', ['Who?', 'The keeper.'])]) },
      ...Array.from({ length: 45 }, (_, ix) => ({ name: `file-s${ix}-a.bin`, bytes: line(ix, 400_000) })),
      { name: 'file-large-a.bin', bytes: line(99, 7_000_000) },
      { name: 'file-last-a.bin', bytes: line(5, 400_000) },
    ]);
    const [calm, killed] = [await queued(bytes), await queued(bytes)];
    const { child: whole } = await start(calm);
    whole.stdout?.resume();
    expect((await once(whole, 'exit'))[0]).toBe(0);
    for (let kills = 0; kills < lives; kills += 1) {
      const { child, lines } = await start(killed);
      const exited = once(child, 'exit');
      for (let steps = 0; steps <= kills; steps += 1) await lines.next();
      child.kill('SIGKILL');
      expect((await exited)[1]).toBe('SIGKILL');
    }
    const { child: last } = await start(killed);
    last.stdout?.resume();
    expect((await once(last, 'exit'))[0]).toBe(0);
    const expected = everyRow(calm);
    expect(expected.blob).toHaveLength(46);
    expect(expected.attachment).toHaveLength(47);
    expect(everyRow(killed)).toEqual(expected);
  }, 120_000);

  it('of a whole space ends in the same database too, with nothing twice', async () => {
    const alice = newSpace({}, clock);
    await live(alice, [
      Array.from({ length: 120 }, (_, ix) =>
        dialogue(`talk-${ix}`, `Talk ${ix}`, [`Emma asked ${ix}.`, 'Slate lasts.']),
      ),
    ]);
    const bytes = await jsonArchiveOf(alice);
    const [calm, killed] = [await queued(bytes), await queued(bytes)];
    const { child: whole } = await start(calm);
    whole.stdout?.resume();
    expect((await once(whole, 'exit'))[0]).toBe(0);
    for (let kills = 0; kills < lives; kills += 1) {
      const { child, lines } = await start(killed);
      const exited = once(child, 'exit');
      // The first step opens it; each life gets some further.
      for (let steps = 0; steps <= kills * 2 + 1; steps += 1) await lines.next();
      child.kill('SIGKILL');
      expect((await exited)[1]).toBe('SIGKILL');
    }
    const { child: last } = await start(killed);
    last.stdout?.resume();
    expect((await once(last, 'exit'))[0]).toBe(0);
    const expected = everyRow(calm);
    expect(expected.conversation).toHaveLength(120);
    expect(everyRow(killed)).toEqual(expected);
  }, 120_000);
});
