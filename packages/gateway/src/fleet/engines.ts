/**
 * The fleet: one engine process for each active person, started on demand, fed its key, asked with tickets, stopped
 * when idle. Never reads what passes through, and never decides who somebody is.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import type { EngineMode, JailLevel, MissedJail } from '@vivim/contract/health';
import type { StorageId } from '@vivim/contract/ids';
import { spaceSchemaVersion } from '@vivim/contract/space-schema';
import { ticketHeader } from '@vivim/contract/ticket';
import { openErasureBooks } from '../keys/erasure-books.ts';
import type { KekControl } from '../keys/kek-control.ts';
import { createKekRotation } from '../keys/kek-rotation.ts';
import { openKeyWraps } from '../keys/key-wraps.ts';
import { openSealableKeys } from '../keys/sealable-keys.ts';
import { openSpaceKeys } from '../keys/space-keys.ts';
import { inSpan } from '../observe/spans.ts';
import { controlSpaces } from './control-spaces.ts';
import { turnsOf } from './cpu-time.ts';
import { EngineHosts } from './engine-hosts.ts';
import type { Departure } from './engine-process.ts';
import { builtEngine } from './engine-program.ts';
import type { Caller, EngineRequest } from './engine-request.ts';
import type { FleetControl, SpaceRow } from './fleet-control.ts';
import type { FleetDeps } from './fleet-deps.ts';
import { defaultLimits, type FleetLimits, processLimits } from './fleet-limits.ts';
import type { FleetLog } from './fleet-log.ts';
import { chooseJail, withoutPaths } from './jail.ts';
import { type FleetKeyring, fleetKeyring } from './keyring.ts';
import { type Memory, readMemory } from './memory.ts';
import { MigrationSweep } from './migration-sweep.ts';
import { type ModelsHealth, sourceModels, startModels } from './models.ts';
import { placement } from './placement.ts';
import { lookEveryMs, PoolKeeper } from './pool-keeper.ts';
import { pruneRegularly } from './prune.ts';
import { dropReplaced } from './replace-space.ts';
import { Residence } from './residence.ts';
import type { Lease } from './residence-deps.ts';
import { openRunMarkers } from './run-markers.ts';
import { openSchemaBook } from './schema-book.ts';
import { SchemaChange } from './schema-change.ts';
import { sendToEngine } from './send.ts';
import { openSnapshots } from './snapshots.ts';
import { openSocketRoot } from './socket-root.ts';
import { spaceDirectory } from './space-directory.ts';
import { StartGate } from './start-gate.ts';
import { openSweepFile } from './sweep-state.ts';
import { openTicketOffice } from './tickets.ts';
import { createUsageMeter, type Used } from './usage.ts';
import { defaultWarmEngines, isCritical, isShort } from './warmth.ts';

export type { SpaceRow } from './fleet-control.ts';

/** The pool in numbers. */
export interface PoolHealth {
  /** Spaces that are open, and those of them nobody uses. */
  readonly open: number;
  readonly idle: number;
  /** Spaces that are being opened. */
  readonly opening: number;
  /** Jobs the engines last said they have. */
  readonly pendingJobs: number;
  /** Starts under way, and those that wait for their turn. */
  readonly starting: number;
  readonly waiting: number;
  /** How many may stay open unused. */
  readonly warmEngines: number;
  readonly memory: Memory;
  /** Idle engines are being stopped for the sake of memory. */
  readonly memoryShort: boolean;
}

export interface FleetHealth {
  readonly mode: EngineMode;
  readonly jail: JailLevel;
  /** Stronger walls that do not hold here, and why. */
  readonly missed: MissedJail[];
  readonly running: number;
  readonly pool: PoolHealth;
  /** Null: none is wanted. */
  readonly models: ModelsHealth | null;
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
  /** Serve a space in a process of its own from its next request on, where it is among others. What is under way is cut. */
  moveApart(row: SpaceRow): Promise<void>;
  /** The key that wraps the keys of spaces. */
  readonly kek: KekControl;
  /** The keys of spaces, sealed to keys of their owners. */
  readonly keyring: FleetKeyring;
  health(): FleetHealth;
  /** What each person's engine used since this was last asked. */
  takeUsage(): Used[];
  /** Stop every process started here and wait until they are gone. */
  close(): Promise<void>;
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
  // It was built by another Node or on another machine: everything works, and every start takes twice as long or more.
  if (deps.program === undefined && program.snapshot === null) log.warn({}, 'engine.no_snapshot');
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
  const { place, placeOfChange } = placement(config.engineMode, limits.pooledProcesses, usersRoot);
  const book = await openSchemaBook(join(config.dataDir, 'schemas.jsonl'));
  const snapshots = openSnapshots(join(config.dataDir, 'snapshots'), deps.clock);
  const target = deps.schemaVersion ?? spaceSchemaVersion;
  const schema = new SchemaChange({ hosts, book, snapshots, target, limits, place: placeOfChange, clock: deps.clock });
  const memory = deps.memory ?? readMemory;
  const warmEngines = config.warmEngines ?? defaultWarmEngines(memory().totalBytes, config.engineMode);
  // Whoever is alone may start whatever memory says: refusing would free nothing.
  const hasRoom = () => hosts.running === 0 || !isCritical(memory());
  const starts = new StartGate({ ...limits, hasRoom });
  const changes = new StartGate({ ...limits, startsAtOnce: limits.migrationsAtOnce, hasRoom });

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
      clearBeside: async (storageId) => {
        await snapshots.remove(storageId);
        await dropReplaced(spaceDirectory(usersRoot, storageId), Number.POSITIVE_INFINITY);
        return deps.onErasing(storageId, await books.read(storageId));
      },
      embed: deps.embed,
      chat: deps.chat,
      sendsAway: config.engineMode === 'dedicated' ? async () => false : deps.sendsAway,
      hosts,
      markers,
      log,
      limits,
      usersRoot,
      place,
      ticketKey: tickets.publicKey,
      modelsSocket: models?.socketPath ?? null,
      isClosing: () => closing,
      clock: deps.clock,
      starts,
      changes,
      schema,
      onOpened: () => keeper.nudge(),
    });
    residences.set(row.storageId, made);
    return made;
  };

  const charging = setInterval(() => void hosts.charge(meter), lookEveryMs(limits)).unref();

  const keeper = new PoolKeeper({
    residences: () => residences.values(),
    gates: [starts, changes],
    limits,
    warmEngines,
    memory,
    clock: deps.clock,
  });
  void keeper
    .wakeAll(await markers.all(), async (marker) => {
      if (closing) return null;
      const row = await deps.locate(marker.userId);
      if (row?.storageId !== marker.storageId) {
        await markers.set(marker, false);
        return null;
      }
      const woken = residence(row);
      // Asked before it starts: its jobs may be done by the time it is awake.
      const rest = woken.atRest();
      await woken.wake(row);
      return { rest };
    })
    .catch(() => log.error({}, 'fleet.wake_failed'));

  const migrations = new MigrationSweep({
    target,
    book,
    file: await openSweepFile(join(config.dataDir, 'migration.json')),
    spaces: deps.spaces,
    migrate: (row) => residence(row).migrate(row),
    atOnce: Math.max(1, limits.migrationsAtOnce - 1),
    clock: deps.clock,
    log,
  });
  if (config.migrate === 'auto') void migrations.begin().catch(() => log.error({}, 'migration.sweep_failed'));
  const stopPruning = pruneRegularly({ snapshots, snapshotMs: limits.snapshotMs, usersRoot, clock: deps.clock });

  const fetchFrom: Fleet['fetch'] = async (row, caller, request) => {
    if (caller.userId !== row.userId) throw new AppError('storage_owner_mismatch');
    // Used from before its engine runs. A stream that is only read stays open as long as a page does, which is not to keep a sealed
    // space unlocked.
    const listens = request.method === 'GET' && request.headers.accept?.includes('text/event-stream') === true;
    const used = listens ? () => {} : keys.use(row.storageId);
    const lease = await residence(row)
      .lease(row)
      .catch((error: unknown) => {
        used();
        throw error;
      });
    meter.request(row.userId);
    const ticketed = { ...request, headers: { ...request.headers, [ticketHeader]: tickets.mint(row, caller) } };
    try {
      return await sendToEngine(lease.pool, ticketed, {
        answerWithinMs: request.patient === true ? limits.fileMs : limits.answerMs,
        waitedMs: () => (lease.process.pid === undefined ? 0 : (turnsOf(lease.process.pid)?.waitedMs ?? 0)),
        onBytes: lease.carry,
        onOverdue: () => lease.process.kill('hung'),
        onDone() {
          used();
          lease.release();
        },
      });
    } catch (error) {
      throw error instanceof AppError ? error : await engineFailure(lease, error, log);
    }
  };

  return {
    ...controlSpaces({
      usersRoot,
      keys,
      sealed,
      books,
      scratch: { keys, hosts, books, root: scratch, checkMs: limits.fileMs, graceMs: limits.graceMs },
      clock: deps.clock,
      snapshots,
      book,
      known: (storageId) => residences.get(storageId),
      residence,
    }),
    moveApart: async (row) => residences.get(row.storageId)?.moveApart(),
    async createSpace(row) {
      (await residence(row).lease(row, { create: true })).release();
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
    migrations: {
      status: () => migrations.status(),
      run: () => migrations.run(),
      resume: () => migrations.resume(),
      async retry(row) {
        schema.forgive(row.storageId);
        await book.unsetAside(row.storageId);
        await residence(row).migrate(row);
      },
    },
    health: () => ({
      mode: config.engineMode,
      jail: jail.level,
      missed: withoutPaths(missed),
      running: hosts.running,
      pool: {
        ...keeper.counts(),
        starting: starts.starting + changes.starting,
        waiting: starts.waiting + changes.waiting,
        warmEngines,
        memory: memory(),
        memoryShort: isShort(memory()),
      },
      models: models?.health() ?? (deps.models === null ? null : { status: 'down', embedder: null }),
    }),
    takeUsage: () => meter.take(),
    async close() {
      closing = true;
      keeper.close();
      const pruned = stopPruning();
      clearInterval(charging);
      keys.forgetAll();
      await hosts.charge(meter);
      await Promise.all([migrations.close(), hosts.close(limits.graceMs), models?.close(), kek.close()]);
      await Promise.all([markers.settle(), book.settle(), pruned]);
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
async function engineFailure({ process }: Lease, cause: unknown, log: FleetLog): Promise<AppError> {
  let timer: NodeJS.Timeout | undefined;
  const unknown = new Promise<Departure>((resolve) => {
    timer = setTimeout(resolve, 500, 'crashed');
  });
  const departure = await Promise.race([process.gone, unknown]);
  clearTimeout(timer);
  // A process that went says so itself; of one that did not, only this tells.
  if (!process.hasEnded) log.error({ code: (cause as NodeJS.ErrnoException).code }, 'engine.request_lost');
  return new AppError(departure === 'hung' ? 'engine_timeout' : 'engine_unavailable', undefined, { cause });
}
