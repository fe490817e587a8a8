/**
 * One place of the fleet with its process and the guests it carries. Guests are counted from the moment they ask to
 * enter, so a process is never ended under one that is on its way in.
 */
import { join } from 'node:path';
import type { ErasureNote } from '@vivim/contract/erasure';
import { AppError } from '@vivim/contract/errors';
import type { StorageId, UserId } from '@vivim/contract/ids';
import type { ChatAnswer, ChatAsk, EmbedAnswer, EmbedAsk } from '@vivim/contract/model-asks';
import { cpuTimeMs, turnsOf } from './cpu-time.ts';
import type { Jail } from './enclosure.ts';
import { logEngineLine } from './engine-log.ts';
import { type Departure, EngineProcess, type ErasureNoted } from './engine-process.ts';
import type { EngineProgram } from './engine-program.ts';
import type { FleetLog } from './fleet-log.ts';
import { watchLiveness } from './liveness.ts';
import { memoryBytes } from './memory-use.ts';
import { watchMemory } from './memory-watch.ts';
import { withLimits } from './process-limits.ts';
import { ProcessorShares } from './processor-share.ts';
import type { SocketRoot } from './socket-root.ts';

/** A space as its host sees it. */
export interface Guest {
  readonly storageId: StorageId;
  readonly userId: UserId;
  onJobs(pending: number): void;
  /** Keeps the note of an erasure; rejects where it cannot. */
  onErasing(note: ErasureNote): Promise<ErasureNoted>;
  /** Sends texts of its owner; whatever goes wrong stands in the answer. */
  onEmbed(ask: EmbedAsk): Promise<EmbedAnswer>;
  onChat(ask: ChatAsk): Promise<ChatAnswer>;
  /** The process is gone, and the guest with it. */
  onGone(departure: Departure): void;
  /** Requests out now, and the bytes that were sent with them. */
  requests(): number;
  requestBytes(): number;
  pendingJobs(): number;
  ping(): Promise<unknown>;
}

export interface HostOptions {
  readonly jail: Jail;
  readonly program: EngineProgram;
  readonly sockets: SocketRoot;
  readonly modelsDirectory: string | null;
  readonly log: FleetLog;
  /** What an engine may compute in one go before it is killed; the longer one while it works on jobs. Milliseconds. */
  readonly hangMs: number;
  readonly busyHangMs: number;
  /** What its process may hold for itself, allocate, and have open (see `FleetLimits`). */
  readonly memoryBytes: number;
  readonly allocationBytes: number | null;
  readonly openFiles: number;
}

/** A process that runs, and how paths are called inside it. */
export interface RunningHost {
  readonly process: EngineProcess;
  inside(path: string): string;
  /** A path no socket lay at before. */
  newSocket(): string;
}

/** What takes as long as a job may, in one go: the largest conversation that may come in. Less takes less. */
const largestBytes = 32 * 1024 ** 2;
/** An engine that sleeps uses less than this between two looks, which are half a second apart. */
const sleepingMs = 100;

export class EngineHost {
  readonly place: string;
  /** What the log calls it: a number of this run, because a storage id would follow one person through the log. */
  readonly label: string;
  readonly #options: HostOptions;
  readonly #guests = new Map<StorageId, Guest>();
  readonly #running: Promise<RunningHost>;
  #charged = 0;

  /** @param onEmpty called when its process is gone */
  constructor(
    { place, number, spaces }: { readonly place: string; readonly number: number; readonly spaces: string },
    options: HostOptions,
    onEmpty: (host: EngineHost) => void,
  ) {
    this.place = place;
    this.label = `e${number}`;
    this.#options = options;
    this.#running = this.#start(spaces, onEmpty);
    this.#running.catch(() => onEmpty(this));
  }

  enter(guest: Guest): Promise<RunningHost> {
    this.#guests.set(guest.storageId, guest);
    return this.#running;
  }

  /** Whether this guest is the only one here or on its way in. */
  isLast(guest: Guest): boolean {
    return this.#guests.size === 1 && this.#guests.has(guest.storageId);
  }

  isEmpty(): boolean {
    return this.#guests.size === 0;
  }

  /** Take out a guest that has no open space here, or whose process is about to end. */
  drop(guest: Guest): void {
    if (this.#guests.get(guest.storageId) === guest) this.#guests.delete(guest.storageId);
  }

  /** Take one guest of several out in order; a process that does not let go of it in time is killed. */
  async leave(guest: Guest, graceMs: number): Promise<void> {
    const { process } = await this.#running;
    const killer = setTimeout(() => process.kill('hung'), graceMs);
    await process.closeSpace(guest.storageId);
    clearTimeout(killer);
    this.drop(guest);
  }

  /** Processor time since it was last asked for, and who is to be charged: those at work, or all where nobody seems to be. */
  async takeProcessorTime(): Promise<{ readonly ms: number; readonly guests: readonly Guest[] }> {
    const pid = (await this.#running.catch(() => null))?.process.pid;
    const total = pid === undefined ? null : cpuTimeMs(pid);
    if (total === null) return { ms: 0, guests: [] };
    const ms = total - this.#charged;
    this.#charged = total;
    const guests = [...this.#guests.values()];
    const atWork = guests.filter((guest) => guest.requests() > 0 || guest.pendingJobs() > 0);
    return { ms, guests: atWork.length > 0 ? atWork : guests };
  }

  /** End the process in order, or by force after the grace. */
  async stop(graceMs: number): Promise<void> {
    const running = await this.#running.catch(() => null);
    await running?.process.stop(graceMs);
  }

  async #start(spaces: string, onEmpty: (host: EngineHost) => void): Promise<RunningHost> {
    const { jail, program, sockets, modelsDirectory, log } = this.#options;
    const socketDirectory = await sockets.makeDirectory();
    const enclosure = jail.enclose(program, { spaces, sockets: socketDirectory, models: modelsDirectory });
    const process = new EngineProcess(withLimits(enclosure, this.#options), {
      onJobs: (storageId, { pending, computing }) => {
        this.#guests.get(storageId)?.onJobs(pending);
        // One that serves several would give way with one at work for those who wait for it.
        shares.set(computing && this.#guests.size === 1 ? 'background' : 'answering');
      },
      // A process speaks for its guests alone.
      onErasing: (storageId, note) =>
        this.#guests.get(storageId)?.onErasing(note) ?? Promise.reject(new AppError('engine_unavailable')),
      onEmbed: (storageId, ask) =>
        this.#guests.get(storageId)?.onEmbed(ask) ?? Promise.reject(new AppError('engine_unavailable')),
      onChat: (storageId, ask) =>
        this.#guests.get(storageId)?.onChat(ask) ?? Promise.reject(new AppError('engine_unavailable')),
      onLine: (line) => logEngineLine(log, this.label, line),
    });
    const shares = new ProcessorShares(process.pid);
    const stopWatching = this.#watch(process);
    void process.gone.then(async (departure) => {
      stopWatching();
      shares.end();
      onEmpty(this);
      if (departure !== 'stopped') log.error({ engine: this.label, reason: departure }, 'engine.gone');
      for (const guest of this.#guests.values()) guest.onGone(departure);
      this.#guests.clear();
      await sockets.removeDirectory(socketDirectory);
    });
    let count = 0;
    return { process, inside: enclosure.inside, newSocket: () => join(socketDirectory, (count++).toString(36)) };
  }

  /** One watch for the process: its guests share an event loop. */
  #watch(process: EngineProcess): () => void {
    const { hangMs, busyHangMs, log } = this.#options;
    const { pid } = process;
    const guests = () => [...this.#guests.values()];
    const stopMemory = watchMemory({
      bytes: () => (pid === undefined ? null : memoryBytes(pid)),
      limitBytes: this.#options.memoryBytes,
      onOver: () => {
        log.error({ engine: this.label }, 'engine.oversized');
        process.kill('oversized');
      },
    });
    let computedMs = 0;
    const hasComputed = (): boolean => {
      const before = computedMs;
      computedMs = (pid === undefined ? null : cpuTimeMs(pid)) ?? 0;
      return computedMs - before > sleepingMs;
    };
    const stopLiveness = watchLiveness({
      limitMs: () => {
        if (guests().some((guest) => guest.pendingJobs() > 0)) return busyHangMs;
        const bytes = guests().reduce((sum, guest) => sum + guest.requestBytes(), 0);
        return hangMs + (busyHangMs - hangMs) * Math.min(1, bytes / largestBytes);
      },
      turns: () => (pid === undefined ? null : turnsOf(pid)),
      ping: async () => {
        // One that nobody asks anything and that has nothing to do is left to sleep, unless it does something all the same.
        const [first] = guests();
        const computes = hasComputed();
        const asked = guests().find((guest) => guest.requests() > 0 || guest.pendingJobs() > 0);
        await (asked ?? (computes ? first : undefined))?.ping();
      },
      onSilent: () => {
        log.error({ engine: this.label }, 'engine.silent');
        process.kill('hung');
      },
    });
    return () => {
      stopMemory();
      stopLiveness();
    };
  }
}
