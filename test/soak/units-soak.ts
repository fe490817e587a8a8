/**
 * A person with very many units: search finds what is asked for, contexts keep their budget, what is new comes in and is found, and
 * memory stays bounded. What each costs is told beside its goal and ends nothing: a machine that does much else makes it more.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineFlags } from '@vivim/gateway/fleet/engine-program';
import { readArguments } from '../../scripts/arguments.ts';
import { root } from '../architecture/source-files.ts';
import { keptHistory } from '../bench/context/kept-history.ts';
import { ms } from '../bench/measure.ts';
import type { Soak } from './soak-shape.ts';
import type { Took, UnitsAsked } from './units-worker.ts';

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
      [
        asked.addedFound === asked.added,
        `${asked.addedFound} of ${asked.added} new conversations found by a phrase of theirs`,
      ],
      [
        asked.peakMb < mostMb,
        `${asked.peakMb.toFixed(0)} MB at most, of ${mostMb}; ${asked.peakAskedMb.toFixed(0)} while asked`,
      ],
    ] as const;
    for (const [holds, words] of held) process.stdout.write(`${holds ? 'held' : 'DID NOT HOLD'}: ${words}\n`);
    for (const cost of costs(asked)) process.stdout.write(`${told(cost)}\n`);
    return held.every(([holds]) => holds);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What took how long, and which figure of it has a goal. The goals are those of 500,000 messages, and of rolling up one into 50,000. */
const costs = ({ took }: UnitsAsked): readonly (readonly [string, Took, string])[] => [
  ['search by words and meaning', took.search, 'p95 80 ms'],
  ['context of 4,000 tokens', took.context, 'p95 80 ms'],
  ['context with no standing bundle', took.contextCold, 'p95 80 ms'],
  ['a new conversation of 20 messages brought in', took.import, ''],
  ['and rolled up', took.rollup, 'p50 150 ms'],
];

const told = ([what, { p50, p95 }, goal]: ReturnType<typeof costs>[number]): string =>
  `${what}: of the processor p50 ${ms(p50)}, p95 ${ms(p95)}${goal === '' ? '' : ` (goal ${goal})`}`;

/** @throws Error with what it said where it failed */
function program(path: string, flags: readonly string[], args: readonly string[]): string {
  const ran = spawnSync(process.execPath, [...flags, join(root, 'test', path), ...args], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`${path} failed: ${ran.stderr}`);
  return ran.stdout;
}
