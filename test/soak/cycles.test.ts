/** The short form of `npm run soak -- cycles`: a hundred openings leave no descriptor behind, twenty starts no process. */
import { fileURLToPath } from 'node:url';
import { type EngineProgram, engineFlags } from '@vivim/gateway/fleet/engine-program';
import { describe, expect, it } from 'vitest';
import { runs } from '../kit/property-runs.ts';
import { cycleProcesses, cycleSpaces } from './cycles.ts';

/** From source, so that what is tested is what stands there. */
const engine: EngineProgram = {
  node: process.execPath,
  flags: engineFlags,
  entry: fileURLToPath(new URL('../../packages/engine/src/main.ts', import.meta.url)),
  readable: [],
  compileCache: null,
  snapshot: null,
};

describe.skipIf(process.platform !== 'linux')('opening and closing', () => {
  const [openings, beginnings] = [runs(300, 100), runs(40, 20)];

  it(`${openings} times a space in a process of many leaves no descriptor, there and here`, {
    timeout: 120_000,
  }, async () => {
    const figures = await cycleSpaces(engine, openings);
    // A connection that is kept for a moment is no leak; one a cycle would be a hundred.
    expect(Math.max(figures.engine.descriptors, figures.gateway.descriptors)).toBeLessThanOrEqual(2);
    // Warming up is not over after so few; a leak of a page cache a time would show all the same.
    expect(figures.engine.residentBytes).toBeLessThan(40_000_000);
  });

  it(`${beginnings} times a process leaves no descriptor, no process and no directory`, {
    timeout: 120_000,
  }, async () => {
    const { msEach, starts, ...left } = await cycleProcesses(beginnings);
    expect(left).toEqual({ descriptors: 0, processes: 0, leftovers: 0 });
  });
});
