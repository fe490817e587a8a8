/** Timing and the shape of a result. Figures are quoted as percentiles and, where a raw limit exists, as a ratio to it. */

export interface Figure {
  readonly what: string;
  readonly value: string;
  /** The raw limit in the same run, and how we compare. */
  readonly raw?: string;
  readonly ratio?: string;
  readonly goal?: string;
}

/** Nearest-rank percentile. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds of each of `times` runs, after some that do not count. */
export async function time(times: number, work: (round: number) => unknown, warmUp = 5): Promise<number[]> {
  for (let round = 0; round < warmUp; round += 1) await work(-1 - round);
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const start = performance.now();
    await work(round);
    taken.push(performance.now() - start);
  }
  return taken;
}

/** Milliseconds of one run. */
export function timeSync(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** How long something took, and how much of a processor: on a machine that does much else only the second tells. Seconds. */
export interface Spent {
  readonly wall: number;
  readonly processor: number;
}

/** Begin to measure; ask for what was spent since. Processor time is that of the whole process. */
export function stopwatch(): () => Spent {
  const start = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return { wall: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
  };
}

export const plus = (a: Spent, b: Spent): Spent => ({ wall: a.wall + b.wall, processor: a.processor + b.processor });
export const nothingSpent: Spent = { wall: 0, processor: 0 };

export const ms = (value: number): string => `${value.toFixed(value < 0.1 ? 4 : value < 10 ? 2 : 1)} ms`;
export const p50p95 = (values: readonly number[]): string =>
  `p50 ${ms(percentile(values, 0.5))}, p95 ${ms(percentile(values, 0.95))}`;
export const times = (value: number): string => `${value.toFixed(2)}x`;

/** A Markdown table, so that a figure can be pasted into the docs as it is. */
export function table(title: string, figures: readonly Figure[]): string {
  const rows = figures.map((f) => `| ${f.what} | ${f.value} | ${f.raw ?? ''} | ${f.ratio ?? ''} | ${f.goal ?? ''} |`);
  return [
    `### ${title}`,
    '',
    '| what | VIVIM | raw limit, same run | ratio | goal |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
