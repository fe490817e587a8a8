/**
 * One space in the fleet, whether its engine runs or not: started once however many ask, counted while used, stopped
 * when idle, started again when it died over a job. Never runs two engines for one space.
 */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineState } from '@vivim/contract/admin';
import type { ErasureNote } from '@vivim/contract/erasure';
import { AppError } from '@vivim/contract/errors';
import type { StorageId, UserId } from '@vivim/contract/ids';
import type { ChatAnswer, ChatAsk, EmbedAnswer, EmbedAsk } from '@vivim/contract/model-asks';
import { Pool } from 'undici';
import { inSpan } from '../observe/spans.ts';
import { CrashRecord } from './crash-record.ts';
import type { Guest } from './engine-host.ts';
import type { Departure, ErasureNoted } from './engine-process.ts';
import type { SpaceRow } from './fleet-control.ts';
import { Leases } from './leases.ts';
import type { Lease, LeaseOptions, Opened, ResidenceDeps } from './residence-deps.ts';
import type { SchemaChange } from './schema-change.ts';
import { checkSpaceDirectory, makeSpaceDirectory, spaceDirectory } from './space-directory.ts';
import type { Urgency } from './start-gate.ts';
import type { Warm } from './warmth.ts';

export class Residence implements Guest {
  readonly storageId: StorageId;
  readonly #deps: ResidenceDeps;
  readonly #crashes: CrashRecord;
  #row: SpaceRow;
  #opened: Opened | null = null;
  #opening: Promise<Opened> | null = null;
  #closing: Promise<void> | null = null;
  /** Set while somebody works on the files of the space; nobody opens it then. */
  #held: Promise<void> | null = null;
  #changing: Promise<void> | null = null;
  readonly #leases = new Leases();
  #pendingJobs = 0;
  #lastUsed: number;
  #openedAt = 0;
  #waking: NodeJS.Timeout | undefined;
  #erased = false;
  #isAmongOthers = false;
  #atRest: PromiseWithResolvers<void> | null = null;
  /** What the log calls the process it was last in. */
  #engine = 'none';

  constructor(row: SpaceRow, deps: ResidenceDeps) {
    this.storageId = row.storageId;
    this.#row = row;
    this.#deps = deps;
    this.#crashes = new CrashRecord(deps.clock);
    this.#lastUsed = deps.clock();
  }

  /** @throws AppError `engine_unavailable`, `engine_timeout`, or what the engine or the look at its directory refused with */
  async lease(row: SpaceRow, { create = false, urgency = 'request' }: LeaseOptions = {}): Promise<Lease> {
    const use = this.#leases.begin();
    try {
      while (this.#closing !== null || this.#held !== null) await (this.#closing ?? this.#held);
      if (this.#deps.isClosing()) throw new AppError('engine_unavailable', 'The server is stopping.');
      // Let in before the space was closed to everybody, and too late.
      if (this.#erased || row.fence < this.#row.fence) throw new AppError('engine_unavailable');
      this.#row = row;
      const opening = this.#openOnce(create, urgency);
      const opened = await (urgency === 'request' ? this.#inTime(opening) : opening);
      return {
        ...opened,
        carry: use.carry,
        release: () => {
          use.end();
          this.#lastUsed = this.#deps.clock();
        },
      };
    } catch (error) {
      use.end();
      throw error;
    }
  }

  /** Start the engine for the sake of its jobs; a failure is counted and tried again later. */
  async wake(row: SpaceRow): Promise<void> {
    try {
      (await this.lease(row, { urgency: 'background' })).release();
    } catch (error) {
      this.#atRest?.resolve();
      this.#deps.log.warn({ code: error instanceof AppError ? error.code : 'internal' }, 'engine.wake_failed');
    }
  }

  get userId(): UserId {
    return this.#row.userId;
  }

  /** Settles when its jobs are done, or when its engine is gone, whichever comes first after this was asked. */
  atRest(): Promise<void> {
    this.#atRest ??= Promise.withResolvers<void>();
    return this.#atRest.promise;
  }

  /**
   * Bring the space to the newest schema where it is behind.
   *
   * @throws AppError as {@link SchemaChange.run}
   */
  async migrate(row: SpaceRow): Promise<void> {
    // An engine that runs has brought it along, or found nothing to do.
    if (this.#opening !== null || this.#opened !== null) return void (await this.#opening);
    await this.#bringAlong(row, 'background');
  }

  requests(): number {
    return this.#leases.count;
  }

  requestBytes(): number {
    return this.#leases.bytes;
  }

  pendingJobs(): number {
    return this.#pendingJobs;
  }

  isOpening(): boolean {
    return this.#opening !== null && this.#opened === null;
  }

  async ping(): Promise<unknown> {
    if (this.#opened === null) return;
    const answer = await this.#opened.pool.request({ method: 'GET', path: '/internal/ping' });
    return answer.body.dump();
  }

  onJobs(pending: number): void {
    this.#pendingJobs = pending;
    if (pending === 0) {
      this.#lastUsed = this.#deps.clock();
      this.#rest();
    }
    this.#mark(pending > 0);
  }

  async onErasing(note: ErasureNote): Promise<ErasureNoted> {
    const { books, clearBeside } = this.#deps;
    if (this.#erased) throw new AppError('engine_unavailable');
    await books.append(this.storageId, note);
    return clearBeside(this.storageId);
  }

  /** Who asks is known by the process that asks, where that is theirs alone; what is asked cannot say it. */
  onEmbed(ask: EmbedAsk): Promise<EmbedAnswer> {
    return this.#isAmongOthers ? amongOthers() : this.#deps.embed(this.#row.userId, ask);
  }

  onChat(ask: ChatAsk): Promise<ChatAnswer> {
    return this.#isAmongOthers ? amongOthers() : this.#deps.chat(this.#row.userId, ask);
  }

  /** Where it runs among others, end it there; it is started alone when it is next asked for. */
  async moveApart(): Promise<void> {
    await this.#opening?.catch(() => {});
    if (this.#isAmongOthers) await this.stop(this.#row);
  }

  onGone(departure: Departure): void {
    void this.#opened?.pool.destroy();
    this.#opened = null;
    this.#opening = null;
    this.#rest();
    if (departure === 'stopped') return;
    const delayMs = this.#crashes.add(this.#openedAt);
    if (this.#pendingJobs === 0 || this.#deps.isClosing()) return;
    if (delayMs === null) this.#deps.log.error({ engine: this.#engine }, 'engine.given_up');
    else this.#waking = setTimeout(() => void this.wake(this.#row), delayMs).unref();
  }

  state(): EngineState {
    return { running: this.#opening !== null, requests: this.#leases.count, pendingJobs: this.#pendingJobs };
  }

  /**
   * Stop the engine whatever it does. Requests under way are cut; jobs go on when it is started again.
   *
   * @param row closes the space to everybody who was let in under an older fence
   */
  async stop(row: SpaceRow): Promise<void> {
    if (row.fence > this.#row.fence) this.#row = row;
    clearTimeout(this.#waking);
    await this.#deps.schema.stop(this.storageId);
    // One that is just starting cannot be stopped before it has.
    await (this.#closing ?? this.#opening?.catch(() => {}));
    if (this.#opened !== null) await this.#close();
    else await this.#closing;
  }

  /** Stop it unless it is in use. @throws AppError `space_busy` */
  async evict(): Promise<void> {
    const { requests, pendingJobs } = this.state();
    if (requests > 0 || pendingJobs > 0) {
      const jobs = pendingJobs === 0 ? '' : ` and ${pendingJobs} pending jobs`;
      throw new AppError('space_busy', `${requests} requests${jobs} are under way; an open page counts as one.`);
    }
    await this.stop(this.#row);
  }

  /**
   * Do something to the files of the space while no engine has them open and none is started: it is stopped first, and whoever
   * asks meanwhile waits.
   */
  async whileClosed<T>(row: SpaceRow, work: () => Promise<T>): Promise<T> {
    while (this.#held !== null) await this.#held;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    try {
      await this.stop(row);
      if (this.#erased) throw new AppError('engine_unavailable');
      return await work();
    } finally {
      this.#held = null;
      resolve();
    }
  }

  /** Stop it for good. */
  async end(): Promise<void> {
    this.#erased = true;
    await this.stop(this.#row);
    this.#pendingJobs = 0;
    this.#mark(false);
  }

  /** How it stands when engines are chosen to be stopped; null where none is open. */
  warmth(): Warm | null {
    if (this.#opening === null || this.#closing !== null) return null;
    const inUse = this.#opened === null || this.#leases.count > 0 || this.#pendingJobs > 0;
    return { inUse, lastUsed: this.#lastUsed };
  }

  /** Stop the engine unless somebody came meanwhile. Never on a request's path. */
  evictIfUnused(): void {
    if (this.warmth()?.inUse === false) void this.#close();
  }

  #rest(): void {
    this.#atRest?.resolve();
    this.#atRest = null;
  }

  /** A request does not wait for ever while a space is brought to a newer schema; the work goes on. */
  async #inTime(opening: Promise<Opened>): Promise<Opened> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const detail =
        this.#changing === null ? undefined : 'Your space is being brought to a new version; try again shortly.';
      reject(new AppError('engine_unavailable', detail, { retryAfterSeconds: 5 }));
    }, this.#deps.limits.openWaitMs);
    try {
      return await Promise.race([opening, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #openOnce(create: boolean, urgency: Urgency): Promise<Opened> {
    if (this.#opening !== null) return this.#opening;
    const opening = inSpan('engine open', () => this.#open(create, urgency));
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    return opening;
  }

  /** One at a time, in a process of its own; each caller waits for its turn by its own urgency. */
  async #bringAlong(row: SpaceRow, urgency: Urgency): Promise<void> {
    const { changes, schema, keys, usersRoot } = this.#deps;
    await changes.pass(urgency, async () => {
      if (this.#erased) throw new AppError('engine_unavailable');
      if (schema.isCurrent(this.storageId)) return;
      this.#changing ??= (async () => {
        const directory = spaceDirectory(usersRoot, this.storageId);
        await checkSpaceDirectory(directory);
        const key = await keys.unwrap(this.storageId);
        try {
          await schema.run(row, directory, key);
        } finally {
          key.fill(0);
        }
      })().finally(() => {
        this.#changing = null;
      });
      await this.#changing;
    });
  }

  async #open(create: boolean, urgency: Urgency): Promise<Opened> {
    const { usersRoot, keys, schema, starts, onOpened } = this.#deps;
    const waitMs = this.#crashes.waitMs();
    if (waitMs > 0)
      throw new AppError('engine_unavailable', undefined, { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    const failure = schema.failure(this.storageId);
    if (failure !== null) throw failure;
    const directory = spaceDirectory(usersRoot, this.storageId);
    const isNew = create && !(await exists(join(directory, 'user.db')));
    if (!isNew && !schema.isCurrent(this.storageId)) await this.#bringAlong(this.#row, urgency);
    return await starts.pass(urgency, async () => {
      if (this.#erased || this.#deps.isClosing()) throw new AppError('engine_unavailable');
      if (create) await makeSpaceDirectory(directory);
      await checkSpaceDirectory(directory);
      const key = await (create ? keys.create(this.storageId) : keys.unwrap(this.storageId));
      try {
        this.#opened = await this.#enter(directory, key, isNew);
      } finally {
        key.fill(0);
      }
      schema.noteCurrent(this.#row);
      onOpened();
      return this.#opened;
    });
  }

  async #enter(directory: string, key: Uint8Array, create: boolean): Promise<Opened> {
    const { hosts, limits, place, sendsAway, ticketKey, modelsSocket, books } = this.#deps;
    const erased = await books.read(this.storageId);
    const { name, spaces, shared } = place(this.storageId, directory, await sendsAway(this.#row.userId));
    this.#isAmongOthers = shared;
    const host = hosts.at(name, spaces);
    this.#engine = host.label;
    const { process, inside, newSocket } = await host.enter(this);
    const socketPath = newSocket();
    const killer = setTimeout(() => process.kill('hung'), limits.openMs);
    this.#openedAt = this.#deps.clock();
    const startedAt = performance.now();
    try {
      await process.open({
        type: 'open',
        storageId: this.storageId,
        userId: this.#row.userId,
        directory: inside(directory),
        socketPath: inside(socketPath),
        key: Buffer.from(key).toString('hex'),
        fence: this.#row.fence,
        ticketKey,
        modelsSocketPath: modelsSocket === null ? null : inside(modelsSocket),
        quotaBytes: this.#row.quotaBytes,
        create,
        erased,
      });
    } catch (error) {
      // Gone with its process, it has been told so and counted the crash; else it was refused and leaves.
      if (process.hasEnded) await process.gone;
      else await hosts.turnAway(host, this, limits.graceMs);
      throw error;
    } finally {
      clearTimeout(killer);
    }
    this.#lastUsed = this.#deps.clock();
    const pool = new Pool('http://engine', { socketPath, pipelining: 1, keepAliveTimeout: 4_000 });
    this.#deps.log.info({ engine: this.#engine, ms: Math.round(performance.now() - startedAt) }, 'engine.opened');
    return { host, process, pool, inside: inside(directory) };
  }

  #close(): Promise<void> {
    const { host, pool } = this.#opened as Opened;
    this.#opened = null;
    this.#opening = null;
    this.#rest();
    this.#closing = (async () => {
      try {
        await pool.destroy();
        await this.#deps.hosts.leave(host, this, this.#deps.limits.graceMs);
        // Jobs that were cut off are waited for at the next start.
        if (this.#pendingJobs === 0) this.#mark(false);
      } finally {
        this.#closing = null;
      }
    })();
    return this.#closing;
  }

  #mark(pending: boolean): void {
    this.#deps.markers.set(this.#row, pending).catch(() => {
      const fields = { engine: this.#engine, operation: pending ? 'mark' : 'unmark' };
      this.#deps.log.error(fields, 'engine.marker_failed');
    });
  }
}

/** In a process of many one that was taken over could speak for any of them. */
const amongOthers = () => Promise.reject(new AppError('engine_unavailable', undefined, { retryAfterSeconds: 5 }));

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
