/** A person with very many units: search finds what is asked for, contexts keep their budget, and memory stays bounded. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineFlags } from '@vivim/gateway/fleet/engine-program';
import { readArguments } from '../../scripts/arguments.ts';
import { root } from '../architecture/source-files.ts';
import { keptHistory } from '../bench/context/kept-history.ts';
import type { Soak } from './soak-shape.ts';
import type { UnitsAsked } from './units-worker.ts';

/** Units a made-up message is cut into, on average. */
const unitsOfMessage = 1.6;
const rounds = 60;
const mostMb = 600;

export const unitsSoak: Soak = {
  prepare(args) {
    const { values } = readArguments({
      args: [...args],
      options: { units: { type: 'string', default: '1000000' }, keep: { type: 'string' } },
    });
    const units = Number(values.units);
    if (!Number.isInteger(units) || units < 1_000) return null;
    return () => Promise.resolve(run(units, values.keep));
  },
};

function run(units: number, keep: string | undefined): boolean {
  const scratch = mkdtempSync(join(tmpdir(), 'vivim-units-'));
  const directory = keep ?? scratch;
  try {
    if (keptHistory(directory) === null)
      program('bench/context/kept-history.ts', [], [directory, String(Math.ceil(units / unitsOfMessage))]);
    const asked = JSON.parse(program('soak/units-worker.ts', engineFlags, [directory, String(rounds)])) as UnitsAsked;
    const held = [
      [asked.units >= 0.9 * units, `${asked.units} units`],
      [asked.found === asked.asked, `${asked.found} of ${asked.asked} messages found by a phrase of theirs`],
      [asked.within === asked.contexts, `${asked.within} of ${asked.contexts} contexts within their budget`],
      [asked.peakMb < mostMb, `${asked.peakMb.toFixed(0)} MB at most, of ${mostMb}`],
    ] as const;
    for (const [holds, words] of held) process.stdout.write(`${holds ? 'held' : 'DID NOT HOLD'}: ${words}\n`);
    return held.every(([holds]) => holds);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @throws Error with what it said where it failed */
function program(path: string, flags: readonly string[], args: readonly string[]): string {
  const ran = spawnSync(process.execPath, [...flags, join(root, 'test', path), ...args], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`${path} failed: ${ran.stderr}`);
  return ran.stdout;
}
