/** Imports of several sizes against what no import can do without, each source by itself, and what a neighbour feels of it. */
import { spawnSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sources } from '@vivim/contract/conversation';
import { engineFlags } from '@vivim/gateway/fleet/engine-program';
import type { TestServer } from '../kit/server.ts';
import type { Limit } from './capture/limit.ts';
import type { Imported } from './capture/pipeline.ts';
import { benchReading } from './capture/reading.ts';
import { seedArchive } from './capture/seed-archive.ts';
import { type Figure, plus, type Spent, times } from './measure.ts';
import { searchBesideImport } from './neighbour.ts';
import { writeExport } from './synthetic.ts';

export interface CaptureChoice {
  /** Also a gigabyte: half an hour on a small machine. */
  readonly large: boolean;
  /** A ChatGPT export to import in place of made ones. */
  readonly given: string | undefined;
}

export async function benchCapture(server: TestServer, scratch: string, choice: CaptureChoice): Promise<Figure[]> {
  const sizes = choice.large ? [10, 100, 1_000] : [10, 100];
  const files = choice.given === undefined ? sizes.map((mb) => made(scratch, mb)) : [choice.given];
  const figures: Figure[] = [];
  for (const file of files) {
    figures.push(...ofFile(file, scratch));
    if (choice.given === undefined) rmSync(file);
  }
  return [...figures, ...(await benchReading()), ...ofSources(scratch), ...(await searchBesideImport(server, scratch))];
}

function made(scratch: string, megabytes: number): string {
  const path = join(scratch, `capture-${megabytes}.json`);
  writeExport(path, { bytes: megabytes * 1e6 }, 7);
  return path;
}

function ofFile(file: string, scratch: string): Figure[] {
  const megabytes = statSync(file).size / 1e6;
  const ours = inProcess<Imported>('pipeline.ts', [file, scratch]);
  const target = join(scratch, 'limit.db');
  const { parse, rows, words } = inProcess<Limit>('limit.ts', [file, ours.path, ours.keyHex, target]);
  for (const end of ['', '-wal', '-shm']) rmSync(`${target}${end}`, { force: true });
  rmSync(dirname(ours.path), { recursive: true });
  const limit = plus(plus(parse, rows), words);
  const size = `${megabytes.toFixed(0)} MB`;
  const [inParse, inRows, inWords] = [parse, rows, words].map(
    ({ processor }) => `${((100 * processor) / limit.processor).toFixed(0)}%`,
  );
  const figure = (what: string, of: keyof Spent, goal: string): Figure => ({
    what,
    value: `${(megabytes / ours.spent[of]).toFixed(1)} MB/s`,
    raw: `${(megabytes / limit[of]).toFixed(1)} MB/s`,
    ratio: times(limit[of] / ours.spent[of]),
    goal,
  });
  return [
    figure(`import ${size}, ${ours.messages} messages, ${ours.acus} units`, 'wall', '≥ 0.4x, ≥ 15 MB/s'),
    figure(
      `the same by processor time (raw: parse ${inParse}, rows ${inRows}, words ${inWords})`,
      'processor',
      '≥ 0.4x',
    ),
    {
      what: `messages a second, ${size}`,
      value: (ours.messages / ours.spent.wall).toFixed(0),
      raw: (ours.messages / limit.wall).toFixed(0),
    },
    {
      what: `peak memory of the process that imports ${size} (resident)`,
      value: `${ours.peakMb.toFixed(0)} MB`,
      goal: '< 500 MB',
    },
  ];
}

const sourceMegabytes = 4;

/** Each source through the whole import: thousands of small files of one zip. */
function ofSources(scratch: string): Figure[] {
  return sources.flatMap((source): Figure[] => {
    const archive = seedArchive(source, sourceMegabytes);
    if (archive === null) return [];
    const file = join(scratch, `${source}.zip`);
    writeFileSync(file, archive);
    const { path, spent, messages, peakMb } = inProcess<Imported>('pipeline.ts', [file, scratch]);
    rmSync(dirname(path), { recursive: true });
    rmSync(file);
    const rate = `${(sourceMegabytes / spent.wall).toFixed(1)} MB/s, ${(messages / spent.wall).toFixed(0)} messages/s`;
    return [
      {
        what: `${source}: import of ${sourceMegabytes} MB in small files, peak memory`,
        value: `${rate}, ${peakMb.toFixed(0)} MB`,
        goal: '< 500 MB',
      },
    ];
  });
}

/** @throws Error with what the process said where it failed */
function inProcess<T>(program: string, args: readonly string[]): T {
  const path = join(dirname(fileURLToPath(import.meta.url)), 'capture', program);
  // With the memory an engine has.
  const ran = spawnSync(process.execPath, [...engineFlags, path, ...args], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`${program} failed: ${ran.stderr}`);
  return JSON.parse(ran.stdout) as T;
}
