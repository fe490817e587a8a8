/**
 * Search and contexts in histories of several sizes: in a process with an engine's memory, against plain FTS5 and a plain scan of
 * as many vectors in the same run. A history is imported once and kept in `--keep`; a second run asks at once. Ratios are of
 * processor time.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineFlags } from '@vivim/gateway/fleet/engine-program';
import { keptHistory, makingFigures } from './context/kept-history.ts';
import type { Measured, Taken } from './context/measure-history.ts';
import { benchEmbedding, startModels } from './context/models-process.ts';
import { type Figure, ms, times } from './measure.ts';

export const usualSizes = [1_000, 10_000, 50_000] as const;

export interface ContextChoice {
  readonly sizes: readonly number[];
  /** Where histories are kept. */
  readonly keep: string;
}

export async function benchContext(scratch: string, { sizes, keep }: ContextChoice): Promise<Figure[]> {
  const models = await startModels(scratch);
  try {
    const figures = await benchEmbedding(models);
    for (const size of sizes) figures.push(...ofSize(join(keep, String(size)), size, models.socketPath));
    return figures;
  } finally {
    await models.stop();
  }
}

function ofSize(directory: string, messages: number, socketPath: string): Figure[] {
  if (keptHistory(directory) === null) run('kept-history.ts', [], [directory, String(messages)]);
  const kept = keptHistory(directory);
  if (kept === null) throw new Error(`No history of ${messages} messages was made.`);
  const measured = JSON.parse(
    run('measure-history.ts', engineFlags, [directory, String(messages), socketPath]),
  ) as Measured;
  const scanMs = JSON.parse(run('raw-vectors.ts', [], [String(messages)])) as number;
  return [...figuresOf(measured, messages, scanMs), ...makingFigures(kept, messages)];
}

const goals = (messages: number, at50k: string, at500k: string): Pick<Figure, 'goal'> =>
  messages === 50_000 ? { goal: at50k } : messages === 500_000 ? { goal: at500k } : {};

const said = ({ p50, p95, processor50, processor95 }: Taken): string =>
  `p50 ${ms(p50)}, p95 ${ms(p95)}; of the processor ${ms(processor50)}, ${ms(processor95)}`;

function figuresOf(m: Measured, messages: number, scanMs: number): Figure[] {
  const size = messages.toLocaleString('en');
  const stages = (of: Measured['stages']) =>
    Object.entries(of)
      .map(([stage, each]) => `${stage} ${each.toFixed(1)}`)
      .join(', ');
  const late = m.withMeaning < 1 ? ` (vector in time: ${(100 * m.withMeaning).toFixed(0)}%)` : '';
  return [
    {
      what: `search by words, ${size} messages (raw: FTS5 alone)`,
      value: said(m.words),
      raw: said(m.rawWords),
      ratio: times(m.words.processor50 / m.rawWords.processor50),
    },
    ...(m.search === null
      ? []
      : [
          {
            what: `search by words and meaning, ${size}${late} (raw: FTS5 and a scan of all vectors)`,
            value: said(m.search),
            raw: `${ms(m.rawWords.processor50 + scanMs)} (scan ${ms(scanMs)})`,
            ratio: times(m.search.processor50 / (m.rawWords.processor50 + scanMs)),
            ...goals(messages, 'p50 ≤ 8 ms, p95 ≤ 25 ms', 'p95 ≤ 80 ms'),
          },
        ]),
    { what: `of it, median ms by stage, ${size}`, value: stages(m.searchStages) },
    { what: `first search after opening, by words, ${size}`, value: said(m.firstSearch) },
    { what: `vectors brought into memory once, ${size}`, value: ms(m.loadSigns) },
    {
      what: `context of 4,000 tokens, ${size}`,
      value: said(m.context),
      ...goals(messages, 'p50 ≤ 15 ms', 'p95 ≤ 80 ms'),
    },
    { what: `of it, median ms by stage, ${size}`, value: stages(m.stages) },
    {
      what: `context with no standing bundle compiled, ${size}`,
      value: said(m.contextCold),
      ...goals(messages, 'p95 ≤ 50 ms', 'p95 ≤ 80 ms'),
    },
    {
      what: `peak memory of the process, ${size} (${m.units} units)`,
      value: `${m.peakMb.toFixed(0)} MB`,
      goal: '< 600 MB',
    },
  ];
}

/** @throws Error with what the process said where it failed */
function run(program: string, flags: readonly string[], args: readonly string[]): string {
  const path = join(fileURLToPath(new URL('.', import.meta.url)), 'context', program);
  const ran = spawnSync(process.execPath, [...flags, path, ...args], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (ran.status !== 0) throw new Error(`${program} failed: ${ran.stderr}`);
  return ran.stdout;
}
