/**
 * The fleet: one engine process for each active person, started on demand, fed its key, asked with tickets, stopped
 * when idle. Never reads what passes through, and never decides who somebody is.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { EngineMode, JailLevel, MissedJail } from '@vivim/contract/health';
import type { Scope } from '@vivim/contract/identity';
import type { StorageId, UserId } from '@vivim/contract/ids';
import { ticketHeader } from '@vivim/contract/ticket';
import { openErasureBooks } from '../keys/erasure-books.ts';
import type { KekControl, KekEvent } from '../keys/kek-control.ts';
import { createKekRotation } from '../keys/kek-rotation.ts';
import type { Keks } from '../keys/keks.ts';
import { openKeyWraps } from '../keys/key-wraps.ts';
import { openSealableKeys } from '../keys/sealable-keys.ts';
import { openSpaceKeys } from '../keys/space-keys.ts';
import { inSpan } from '../observe/spans.ts';
import { controlSpaces } from './control-spaces.ts';
import { EngineHosts } from './engine-hosts.ts';
import type { Departure, ErasureNoted } from './engine-process.ts';
import { builtEngine, type EngineProgram } from './engine-program.ts';
import type { FleetControl, SpaceRow } from './fleet-control.ts';
import { defaultLimits, type FleetLimits, processLimits } from './fleet-limits.ts';
import type { FleetLog } from './fleet-log.ts';
import { chooseJail, type Jail, type JailDemand, withoutPaths } from './jail.ts';
import { type FleetKeyring, fleetKeyring } from './keyring.ts';
import { type ModelsHealth, type ModelsProgram, sourceModels, startModels } from './models.ts';
import { placement } from './placement.ts';
import { type Lease, Residence } from './residence.ts';
import { openRunMarkers } from './run-markers.ts';
import { sendToEngine } from './send.ts';
import { openSocketRoot } from './socket-root.ts';
import { openTicketOffice } from './tickets.ts';
import { createUsageMeter, type Used } from './usage.ts';

export type { SpaceRow } from './fleet-control.ts';

/** For whom a request is made. A principal is one. */
export interface Caller {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly scopes: readonly Scope[];
}

export interface EngineRequest {
  readonly method: string;
  /** Path and query, as the engine is to see it. */
  readonly path: string;
  /** Already reduced to what may pass; the ticket is added here. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable | ReadableStream<Uint8Array> | null;
  /** The client went away. */
  readonly signal: AbortSignal | null;
  /** Ends the connection to the client, where there is one. */
  readonly cut?: () => void;
  /** A file is made before the first byte of the answer, which takes as long as it is large. */
  readonly patient?: boolean;
}

export interface FleetHealth {
  readonly mode: EngineMode;
  readonly jail: JailLevel;
  /** Stronger walls that do not hold here, and why. */
  readonly missed: MissedJail[];
  readonly running: number;
  /** Null: none is wanted. */
  readonly models: ModelsHealth | null;
}

/** What is under way right now. */
export interface FleetLoad {
  /** Spaces that are being opened. */
  readonly opening: number;
  /** Jobs the engines last said they have. */
  readonly pendingJobs: number;
}

export interface Fleet extends FleetControl {
  /**
   * Make the key, the directory and the database of a space. Doing it again for a space that exists is harmless.
   *
   * @throws AppError `engine_unavailable`, or the code the engine refused with
   */
  createSpace(row: SpaceRow): Promise<void>;
  /**
   * Ask the engine of a space, starting it where it does not run. Bodies stream both ways.
   *
   * @throws AppError `engine_unavailable`, `engine_timeout`, `storage_integrity`, `space_sealed`, or the code the engine refused with
   */
  fetch(row: SpaceRow, caller: Caller, request: EngineRequest): Promise<Response>;
  /** The key that wraps the keys of spaces. */
  readonly kek: KekControl;
  /** The keys of spaces, sealed to keys of their owners. */
  readonly keyring: FleetKeyring;
  health(): FleetHealth;
  load(): FleetLoad;
  /** What each person's engine used since this was last asked. */
  takeUsage(): Used[];
  /** Stop every process started here and wait until they are gone. */
  close(): Promise<void>;
}

export interface FleetConfig {
  readonly dataDir: string;
  readonly engineMode: EngineMode;
  readonly jail: JailDemand;
  readonly idleSeconds: number;
  /** What one engine process may hold. Null: what suits the mode. */
  readonly engineMemoryMb: number | null;
}

export interface FleetDeps {
  readonly config: FleetConfig;
  readonly clock: Clock;
  readonly log: FleetLog;
  readonly keks: Keks;
  readonly tellOfKek: (event: KekEvent) => Promise<void>;
  /** Where a person's space lives now, if it may run; asked at start for those whose jobs were interrupted. */
  readonly locate: (userId: UserId) => Promise<SpaceRow | null>;
  /** Backups that were made of a space so far, and when the last of them goes. */
  readonly backupsOf: (storageId: StorageId) => Promise<ErasureNoted>;
  /** Defaults to the bundle the build makes. */
  readonly program?: EngineProgram;
  /** Defaults to the strongest that works here, within what `config.jail` asks for. */
  readonly jail?: Jail;
  /** Defaults to the models package; null runs none. */
  readonly models?: ModelsProgram | null;
  readonly limits?: Partial<FleetLimits>;
}

/**
 * Choose the wall, open the keys, go on with a rotation of the KEK, start the models process and wake the engines whose jobs were interrupted.
 *
 * @throws Error in plain words when a key file is unsafe or lost, the engine is not built, or the demanded wall does not hold here
 */
export async function startFleet(deps: FleetDeps): Promise<Fleet> {
  const { config, log } = deps;
  const limits: FleetLimits = {
    ...defaultLimits,
    ...processLimits(config.engineMode, config.engineMemoryMb),
    idleMs: config.idleSeconds * 1000,
    ...deps.limits,
  };
  const program = deps.program ?? builtEngine();
  const keysDirectory = join(config.dataDir, 'keys');
  const usersRoot = join(config.dataDir, 'users');
  await mkdir(usersRoot, { recursive: true, mode: 0o700 });
  const scratch = join(config.dataDir, 'scratch');
  await rm(scratch, { recursive: true, force: true });
  const { jail, missed } =
    deps.jail === undefined ? await chooseJail(config.jail, program) : { jail: deps.jail, missed: [] };
  tellWall(log, jail.level, withoutPaths(missed));
  const wrapped = await openSpaceKeys(deps.keks, log);
  const keys = await openSealableKeys(join(keysDirectory, 'seals'), wrapped, deps.clock);
  const sealed = await openKeyWraps(join(keysDirectory, 'sealed'), deps.clock);
  const books = await openErasureBooks(join(keysDirectory, 'erasures'));
  const tickets = await openTicketOffice(join(keysDirectory, 'ticket-key'), deps.clock);
  const markers = await openRunMarkers(join(config.dataDir, 'run-pending'));
  const sockets = await openSocketRoot(join(config.dataDir, 'socket-root'));
  const modelsProgram = deps.models === undefined ? sourceModels() : deps.models;
  const models = modelsProgram === null ? null : startModels(modelsProgram, await sockets.makeDirectory(), log);
  const hosts = new EngineHosts({ ...limits, jail, program, sockets, modelsDirectory: models?.directory ?? null, log });
  const placeName = placement(config.engineMode, limits.pooledProcesses);

  const kek = createKekRotation({ keks: deps.keks, keys: wrapped, tell: deps.tellOfKek, log });
  kek.resume();

  const meter = createUsageMeter();
  let closing = false;
  const residences = new Map<StorageId, Residence>();
  const residence = (row: SpaceRow): Residence => {
    const known = residences.get(row.storageId);
    if (known !== undefined) return known;
    const made = new Residence(row, {
      keys,
      books,
      backupsOf: deps.backupsOf,
      hosts,
      markers,
      log,
      limits,
      usersRoot,
      place: (storageId, directory) => ({
        name: placeName(storageId),
        spaces: config.engineMode === 'dedicated' ? directory : usersRoot,
      }),
      ticketKey: tickets.publicKey,
      modelsSocket: models?.socketPath ?? null,
      isClosing: () => closing,
      clock: deps.clock,
    });
    residences.set(row.storageId, made);
    return made;
  };

  const sweep = setInterval(
    () => {
      void hosts.charge(meter);
      for (const one of residences.values()) one.evictIfIdle();
    },
    Math.min(5_000, Math.max(50, limits.idleMs / 4)),
  );
  sweep.unref();

  const wakeInterrupted = async () => {
    for (const marker of await markers.all()) {
      if (closing) return;
      const row = await deps.locate(marker.userId);
      if (row?.storageId === marker.storageId) await residence(row).wake(row);
      else await markers.set(marker, false);
    }
  };
  void wakeInterrupted().catch(() => log.error({}, 'fleet.wake_failed'));

  const fetchFrom: Fleet['fetch'] = async (row, caller, request) => {
    if (caller.userId !== row.userId) throw new AppError('storage_owner_mismatch');
    const lease = await residence(row).lease(row);
    meter.request(row.userId);
    // A stream stays open as long as a page does, which is not to keep a sealed space unlocked.
    const used = request.headers.accept?.includes('text/event-stream') ? () => {} : keys.use(row.storageId);
    const ticketed = { ...request, headers: { ...request.headers, [ticketHeader]: tickets.mint(row, caller) } };
    try {
      return await sendToEngine(lease.pool, ticketed, {
        answerWithinMs: request.patient === true ? limits.fileMs : limits.answerMs,
        onOverdue: () => lease.process.kill('hung'),
        onDone() {
          used();
          lease.release();
        },
      });
    } catch (error) {
      throw error instanceof AppError ? error : await engineFailure(lease, error);
    }
  };

  return {
    ...controlSpaces({
      usersRoot,
      keys,
      sealed,
      books,
      scratch: { keys, hosts, root: scratch, checkMs: limits.fileMs, graceMs: limits.graceMs },
      clock: deps.clock,
      known: (storageId) => residences.get(storageId),
      residence,
    }),
    async createSpace(row) {
      (await residence(row).lease(row, true)).release();
    },
    kek: {
      ...kek,
      verify: async () => {
        const tried = await kek.verify();
        return { ...tried, known: new Set(await keys.list()) };
      },
    },
    fetch: (row, caller, request) => inSpan('engine', () => fetchFrom(row, caller, request)),
    keyring: fleetKeyring(keys, sealed),
    health: () => ({
      mode: config.engineMode,
      jail: jail.level,
      missed: withoutPaths(missed),
      running: hosts.running,
      models: models?.health() ?? (deps.models === null ? null : { status: 'down', embedder: null }),
    }),
    takeUsage: () => meter.take(),
    load: () => {
      const states = [...residences.values()].map((one) => ({ opening: one.isOpening(), jobs: one.pendingJobs() }));
      return {
        opening: states.filter(({ opening }) => opening).length,
        pendingJobs: states.reduce((sum, { jobs }) => sum + jobs, 0),
      };
    },
    async close() {
      closing = true;
      clearInterval(sweep);
      keys.forgetAll();
      await hosts.charge(meter);
      await Promise.all([hosts.close(limits.graceMs), models?.close(), kek.close()]);
      await markers.settle();
      await sockets.close();
    },
  };
}

/** Seen at the level a server logs by default where the wall is not the strongest; and always that it is chosen. */
function tellWall(log: FleetLog, jail: JailLevel, missed: readonly MissedJail[]): void {
  for (const { level, reason } of missed) log.warn({ name: level, reason }, 'jail.not_available');
  const isWeak = jail === 'node-permission' || jail === 'none';
  log[missed.length > 0 || isWeak ? 'warn' : 'info']({ jail }, 'jail.in_force');
}

/** The socket broke before an answer. Its process tells why, if it went: killed for silence, or dead by itself. */
async function engineFailure({ process }: Lease, cause: unknown): Promise<AppError> {
  let timer: NodeJS.Timeout | undefined;
  const unknown = new Promise<Departure>((resolve) => {
    timer = setTimeout(resolve, 500, 'crashed');
  });
  const departure = await Promise.race([process.gone, unknown]);
  clearTimeout(timer);
  return new AppError(departure === 'hung' ? 'engine_timeout' : 'engine_unavailable', undefined, { cause });
}
