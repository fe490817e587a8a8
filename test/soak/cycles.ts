/**
 * Opening and closing, again and again, and what stays behind: spaces in one process of many, and processes of the fleet. Counts
 * what the kernel counts (descriptors, resident memory), in the engine and in the gateway beside it. Linux only.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { EngineProgram } from '@vivim/gateway/fleet/engine-program';
import { descendants, eventually, fakeEngine, startTestFleet } from '../kit/fleet/fleet-kit.ts';

export interface CycleFigures {
  readonly cycles: number;
  readonly msEach: number;
  /** Of the process that opens and closes: what it has at the end beyond what it had after warming up. */
  readonly engine: { readonly descriptors: number; readonly residentBytes: number };
  /** Of the process of the gateway, which is this one; of its heap, what is still reachable. */
  readonly gateway: { readonly descriptors: number; readonly heapBytes: number };
}

export interface ProcessFigures {
  readonly starts: number;
  readonly msEach: number;
  /** What the gateway has at the end beyond what it had after the first few. */
  readonly descriptors: number;
  readonly processes: number;
  /** Directories for sockets that lie there when no engine runs, and the one around them when the fleet is closed. */
  readonly leftovers: number;
}

interface Sample {
  readonly descriptors: number;
  readonly residentBytes: number;
}

export function sample(pid: number): Sample {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    residentBytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024,
  };
}

/** What this process holds on to: the collector takes its time otherwise, and resident memory says nothing. */
function reachableBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Memory comes and goes with the collector: a tenth of the run is held against a tenth, by the middle of each. */
function growth(samples: readonly Sample[]): Sample {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const warm = samples.slice(tenth * 2, tenth * 3);
  const end = samples.slice(-tenth);
  const of = (part: readonly Sample[], which: keyof Sample) => median(part.map((one) => one[which]));
  return {
    descriptors: of(end, 'descriptors') - of(warm, 'descriptors'),
    residentBytes: of(end, 'residentBytes') - of(warm, 'residentBytes'),
  };
}

/** Opens a space, asks it something, closes it, in one process that others live in. */
export async function cycleSpaces(program: EngineProgram, cycles: number): Promise<CycleFigures> {
  const one = await startTestFleet({
    program,
    config: { engineMode: 'pooled' },
    limits: { pooledProcesses: 1, idleMs: 86_400_000 },
  });
  try {
    const before = new Set(descendants());
    const resident = await one.newSpace();
    const [pid = 0] = descendants().filter((each) => !before.has(each));
    const rows = await Promise.all(Array.from({ length: 10 }, () => one.newSpace()));
    for (const row of rows) await one.fleet.evict(row);
    const [inEngine, inGateway]: [Sample[], Sample[]] = [[], []];
    let warmHeap = 0;
    const begun = performance.now();
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const row = rows[cycle % rows.length] ?? resident;
      const answer = await one.get(row, '/v1/space');
      if (answer.status !== 200) throw new Error(`The engine answered ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
      await one.fleet.evict(row);
      if (cycle === Math.floor(cycles / 4)) warmHeap = reachableBytes();
      inEngine.push(sample(pid));
      inGateway.push(sample(process.pid));
    }
    const msEach = (performance.now() - begun) / cycles;
    const heapBytes = reachableBytes() - warmHeap;
    // The one that lived there all the while is well.
    if ((await one.get(resident, '/v1/space')).status !== 200) throw new Error('the neighbour was lost');
    return {
      cycles,
      msEach,
      engine: growth(inEngine),
      gateway: { descriptors: growth(inGateway).descriptors, heapBytes },
    };
  } catch (error) {
    // Whatever ended it is worth knowing.
    const told = one.log.map(({ event, fields }) => `${event} ${JSON.stringify(fields)}`);
    throw new Error(['It did not come to its end. The fleet says:', ...told].join('\n'), { cause: error });
  } finally {
    await one.end();
  }
}

/** Starts an engine process and stops it. */
export async function cycleProcesses(starts: number, program: EngineProgram = fakeEngine): Promise<ProcessFigures> {
  const processesBefore = descendants().length;
  const one = await startTestFleet({ program });
  const sockets = readFileSync(join(one.dataDir, 'socket-root'), 'utf8');
  const samples: Sample[] = [];
  let leftovers = 0;
  const begun = performance.now();
  try {
    const rows = await Promise.all(Array.from({ length: 5 }, () => one.newSpace()));
    for (const row of rows) await one.fleet.evict(row);
    for (let started = 0; started < starts; started += 1) {
      const row = rows[started % rows.length];
      if (row === undefined) break;
      await (await one.get(row, program === fakeEngine ? '/who' : '/v1/space')).arrayBuffer();
      await one.fleet.evict(row);
      samples.push(sample(process.pid));
    }
    // The directory of a process goes a moment after it.
    await eventually(() => readdirSync(sockets).length === 0).catch(() => {});
    leftovers = readdirSync(sockets).length;
  } finally {
    await one.end();
  }
  const msEach = (performance.now() - begun) / starts;
  if (existsSync(sockets)) leftovers += 1;
  return {
    starts,
    msEach,
    descriptors: growth(samples).descriptors,
    processes: descendants().length - processesBefore,
    leftovers,
  };
}
