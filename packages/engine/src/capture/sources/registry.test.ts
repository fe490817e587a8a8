import { sources } from '@vivim/contract/conversation';
import { describe, expect, it } from 'vitest';
import { newerSeeds } from '../../../../../test/kit/newer-seeds.ts';
import { soundness } from '../../../../../test/kit/soundness.ts';
import { readFile } from '../../../../../test/kit/source-files.ts';
import { sourceSeeds } from '../../../../../test/kit/source-seeds.ts';
import { deep } from '../../../../../test/kit/spoiled-files.ts';
import { noContext } from '../canonical.ts';
import { readRecord } from '../read-record.ts';
import { sourceModules } from './registry.ts';

describe('the registry', () => {
  it('has a module and a name for every source, and each knows itself', () => {
    expect(sourceModules.map(({ source }) => source)).toEqual(sources);
  });

  it.each(sources)('tells %s from all others, surely and in words', async (source) => {
    const file = await readFile(sourceSeeds[source]);
    expect(file).toMatchObject({ source, why: expect.stringMatching(/^I.+\.$/) });
    expect(file.confidence).toBeGreaterThanOrEqual(0.75);
    expect(file.confidence).toBeLessThanOrEqual(1);
    expect(file.readings.some(({ outcome }) => outcome === 'conversation')).toBe(true);
    for (const reading of file.readings) soundness(reading);
  });

  const newer = Object.entries(newerSeeds).flatMap(([source, seeds]) =>
    seeds.map((bytes, ix) => [source, ix, bytes] as const),
  );
  it.each(newer)('knows %s in its other shapes (%i), and reads all of it', async (source, _, bytes) => {
    const file = await readFile(bytes);
    expect(file).toMatchObject({ source });
    expect(file.readings.length).toBeGreaterThan(0);
    for (const reading of file.readings) {
      expect(reading.outcome).toBe('conversation');
      soundness(reading);
    }
  });

  it.each(sources)('is not ended by depth beyond the stack in %s', (source) => {
    for (const levels of [600, 200_000]) {
      soundness(readRecord(source, Buffer.from(deep(levels)), noContext));
      soundness(readRecord(source, Buffer.from(`{"messages":${deep(levels)}}`), noContext));
    }
  });

  it.each(sources)('reads a file of %s the same way every time', async (source) => {
    expect(await readFile(sourceSeeds[source])).toEqual(await readFile(sourceSeeds[source]));
  });
});
