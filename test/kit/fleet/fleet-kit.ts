/** What tests of the fleet share: a throw-away data directory, a fleet of fake engines, and ways to ask and to look. */
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@vivim/contract/clock';
import { StorageId, UserId } from '@vivim/contract/ids';
import { type EngineProgram, engineFlags } from '../../../packages/gateway/src/fleet/engine-program.ts';
import type { Caller, EngineRequest } from '../../../packages/gateway/src/fleet/engine-request.ts';
import { type Fleet, type SpaceRow, startFleet } from '../../../packages/gateway/src/fleet/engines.ts';
import type { FleetDeps } from '../../../packages/gateway/src/fleet/fleet-deps.ts';
import type { FleetLimits } from '../../../packages/gateway/src/fleet/fleet-limits.ts';
import type { ModelsProgram } from '../../../packages/gateway/src/fleet/models.ts';
import { spaceDirectory } from '../../../packages/gateway/src/fleet/space-directory.ts';
import { openTestKeks } from '../keks.ts';

const entry = fileURLToPath(new URL('./fake-engine.ts', import.meta.url));
export const fakeEngine: EngineProgram = {
  node: process.execPath,
  flags: engineFlags,
  entry,
  readable: [entry],
  compileCache: null,
  snapshot: null,
};

/** The same with a real SQLite and ill intent. */
const hostileEntry = fileURLToPath(new URL('./hostile-engine.ts', import.meta.url));
export const hostileEngine: EngineProgram = {
  ...fakeEngine,
  entry: hostileEntry,
  readable: [
    entry,
    hostileEntry,
    dirname(dirname(fileURLToPath(import.meta.resolve('better-sqlite3-multiple-ciphers')))),
  ],
};

export const fakeModels: ModelsProgram = {
  node: process.execPath,
  entry: fileURLToPath(new URL('./fake-models.ts', import.meta.url)),
};

export interface LoggedLine {
  readonly level: string;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface TestFleet {
  readonly fleet: Fleet;
  readonly dataDir: string;
  readonly log: readonly LoggedLine[];
  /** A person with a space that exists. */
  newSpace(more?: Partial<SpaceRow>): Promise<SpaceRow>;
  get(row: SpaceRow, path: string, more?: Partial<EngineRequest>): Promise<Response>;
  /** Lines of a file in a space; empty where there is none. */
  lines(row: SpaceRow, name: string): Promise<string[]>;
  directory(row: SpaceRow): string;
  /** Close it and start another on the same data. */
  restart(more?: TestFleetOptions): Promise<TestFleet>;
  /** Close it and remove its data. */
  end(): Promise<void>;
}

export interface TestFleetOptions extends Partial<Omit<FleetDeps, 'limits' | 'config'>> {
  readonly config?: Partial<FleetDeps['config']>;
  readonly limits?: Partial<FleetLimits>;
  /** People whose spaces exist already. */
  readonly rows?: Map<UserId, SpaceRow>;
}

const quietConfig = {
  engineMode: 'dedicated',
  jail: 'off',
  idleSeconds: 60,
  engineMemoryMb: null,
  warmEngines: null,
  migrate: 'lazy',
} as const;

export async function startTestFleet(options: TestFleetOptions = {}): Promise<TestFleet> {
  const dataDir = options.config?.dataDir ?? (await mkdtemp(join(tmpdir(), 'vivim-test-')));
  const log: LoggedLine[] = [];
  const write = (level: string) => (fields: LoggedLine['fields'], event: string) =>
    void log.push({ level, event, fields });
  const { config, rows = new Map<UserId, SpaceRow>(), ...rest } = options;
  const fleet = await startFleet({
    config: { ...quietConfig, dataDir, ...config },
    clock: systemClock,
    keks: await openTestKeks(join(dataDir, 'keys')),
    tellOfKek: async () => {},
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    locate: async (userId) => rows.get(userId) ?? null,
    onErasing: async () => ({ backups: 0, backupsUntil: null }),
    embed: async () => ({ ok: false, code: 'model_not_allowed', detail: 'Nothing is sent.', retryAfterSeconds: null }),
    chat: async () => ({ ok: false, code: 'model_not_allowed', detail: 'Nothing is sent.', retryAfterSeconds: null }),
    sendsAway: async () => false,
    spaces: async () => [...rows.values()],
    program: fakeEngine,
    models: null,
    ...rest,
  });
  const directory = (row: SpaceRow) => spaceDirectory(join(dataDir, 'users'), row.storageId);
  return {
    fleet,
    dataDir,
    log,
    directory,
    async newSpace(more = {}) {
      const row = { ...newRow(), ...more };
      rows.set(row.userId, row);
      await fleet.createSpace(row);
      return row;
    },
    get: (row, path, more = {}) =>
      fleet.fetch(row, callerOf(row), { method: 'GET', path, headers: {}, body: null, signal: null, ...more }),
    lines: async (row, name) =>
      (await readFile(join(directory(row), name), 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
    async restart(more = {}) {
      await fleet.close();
      return startTestFleet({ ...options, ...more, rows, config: { ...config, ...more.config, dataDir } });
    },
    async end() {
      await fleet.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export const newRow = (): SpaceRow => ({
  userId: UserId.parse(crypto.randomUUID()),
  storageId: StorageId.parse(crypto.randomUUID()),
  fence: 0,
  quotaBytes: 2 ** 30,
});

export const callerOf = (row: SpaceRow): Caller => ({
  userId: row.userId,
  sessionId: crypto.randomUUID(),
  scopes: ['memory:read'],
});

/** Every process below this one, engines inside their jails included. */
export function descendants(pid: number = process.pid): number[] {
  let children: number[];
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** Whether a process exists and is not just waiting to be reaped. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Ask again until it holds; for what happens on its own time. */
export async function eventually(holds: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  for (let waited = 0; waited < withinMs; waited += 25) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`This did not come true: ${holds}`);
}
