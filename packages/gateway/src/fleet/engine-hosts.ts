/** The processes of the fleet by place: one for each, started when a first guest asks to enter, stopped with the last. */
import { AppError } from '@vivim/contract/errors';
import { EngineHost, type Guest, type HostOptions } from './engine-host.ts';
import type { UsageMeter } from './usage.ts';

export class EngineHosts {
  readonly #options: HostOptions;
  /** Those that take guests. */
  readonly #open = new Map<string, EngineHost>();
  /** Those and the ones that are ending. */
  readonly #alive = new Set<EngineHost>();
  #closed = false;
  #count = 0;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#alive.size;
  }

  /** The host of a place. The caller enters at once, before anything is awaited. @param spaces what its process may see */
  at(place: string, spaces: string): EngineHost {
    const existing = this.#open.get(place);
    if (existing !== undefined) return existing;
    if (this.#closed) throw new AppError('engine_unavailable', 'The server is stopping.');
    const host = new EngineHost({ place, number: this.#count++, spaces }, this.#options, (empty) => {
      this.#forget(empty);
      this.#alive.delete(empty);
    });
    this.#open.set(place, host);
    this.#alive.add(host);
    return host;
  }

  /** Charges the processor time of every process since it was last done. */
  async charge(meter: UsageMeter): Promise<void> {
    for (const host of this.#alive) {
      const { ms, guests } = await host.takeProcessorTime();
      meter.processor(
        ms,
        guests.map(({ userId }) => userId),
      );
    }
  }

  /** Take a guest out in order, and end the process with the last one. */
  async leave(host: EngineHost, guest: Guest, graceMs: number): Promise<void> {
    if (!host.isLast(guest)) await host.leave(guest, graceMs);
    else host.drop(guest);
    await this.#endIfEmpty(host, graceMs);
  }

  /** Take out a guest whose space did not open. */
  async turnAway(host: EngineHost, guest: Guest, graceMs: number): Promise<void> {
    host.drop(guest);
    await this.#endIfEmpty(host, graceMs);
  }

  async #endIfEmpty(host: EngineHost, graceMs: number): Promise<void> {
    if (!host.isEmpty()) return;
    this.#forget(host);
    await host.stop(graceMs);
  }

  /** End every process and wait until they are gone. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    const hosts = [...this.#alive];
    this.#open.clear();
    await Promise.all(hosts.map((host) => host.stop(graceMs)));
  }

  #forget(host: EngineHost): void {
    if (this.#open.get(host.place) === host) this.#open.delete(host.place);
  }
}
