/**
 * Hands what went through the proxy to the engine of the person it belongs to, when the answer is out. What cannot be handed
 * over is counted in the person's own database as soon as their engine takes the count: at once, a little later, with the next
 * exchange, or when the server ends. Holds figures, and an exchange no longer than it takes.
 */
import { Readable } from 'node:stream';
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { headers as names } from '@vivim/contract/http';
import { type LiveExchange, type LiveMissed, liveWays } from '@vivim/contract/live';
import { Problem } from '@vivim/contract/problem';
import type { Fleet } from '../../fleet/engines.ts';
import type { Log } from '../log.ts';
import type { Resident } from '../proxy.ts';

export interface HandingOverDeps {
  readonly fleet: Fleet;
  readonly log: Log;
  readonly clock: Clock;
}

interface Waiting {
  readonly resident: Resident;
  readonly missed: LiveMissed;
}

/** People for whom figures wait at most: of a crowd whose engines are all down the first are forgotten. */
const mostWaiting = 10_000;
/** How long after a figure could not be told it is tried again, by how often it was. */
const againAfterMs = [1_000, 10_000, 60_000];

export class HandingOver {
  readonly #deps: HandingOverDeps;
  readonly #waiting = new Map<string, Waiting>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #ending = false;

  constructor(deps: HandingOverDeps) {
    this.#deps = deps;
  }

  /** Begins, and never throws. */
  begin(resident: Resident, exchange: LiveExchange, traceId: string): void {
    this.#follow(this.#send(resident, exchange, traceId));
  }

  /** Something went through and cannot be kept. */
  miss(resident: Resident, reason: string, traceId: string): void {
    this.#note(resident, { count: 1, reason, atMs: this.#deps.clock() });
    this.#follow(this.#tell(resident.userId, traceId));
  }

  /** When everything that is under way has arrived, or cannot. What still waits then is tried once more. Call it last. */
  async settled(): Promise<void> {
    this.#ending = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#underWay);
    await Promise.all([...this.#waiting.keys()].map((userId) => this.#tell(userId, 'ending')));
  }

  #follow(work: Promise<void>): void {
    const followed = work.finally(() => this.#underWay.delete(followed));
    this.#underWay.add(followed);
  }

  #note(resident: Resident, missed: LiveMissed): void {
    const { userId } = resident;
    const before = this.#waiting.get(userId)?.missed;
    const newest = before !== undefined && before.atMs > missed.atMs ? before : missed;
    this.#waiting.delete(userId);
    this.#waiting.set(userId, { resident, missed: { ...newest, count: (before?.count ?? 0) + missed.count } });
    const [first] = this.#waiting.keys();
    if (this.#waiting.size > mostWaiting && first !== undefined) this.#waiting.delete(first);
  }

  async #send(resident: Resident, exchange: LiveExchange, traceId: string): Promise<void> {
    try {
      await askEngine(this.#deps.fleet, resident, liveWays.exchange, jsonOf(exchange), traceId);
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'internal';
      this.#deps.log.warn({ code, trace: traceId }, 'live.not_kept');
      this.#note(resident, { count: 1, reason: code, atMs: this.#deps.clock() });
    }
    await this.#tell(resident.userId, traceId);
  }

  /** Tell a person's engine what waits for it. */
  async #tell(userId: string, traceId: string, tries = 0): Promise<void> {
    const waiting = this.#waiting.get(userId);
    if (waiting === undefined) return;
    const { resident, missed } = waiting;
    this.#waiting.delete(userId);
    try {
      await askEngine(this.#deps.fleet, resident, liveWays.missed, jsonOf(missed), traceId);
    } catch {
      this.#note(resident, missed);
      const delay = againAfterMs[tries];
      if (delay === undefined || this.#ending) return;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.#follow(this.#tell(userId, traceId, tries + 1));
      }, delay);
      timer.unref();
      this.#timers.add(timer);
    }
  }
}

const jsonOf = (value: LiveExchange | LiveMissed): Buffer => Buffer.from(JSON.stringify(value));

/** One question to an engine that no client can ask. @throws AppError the engine's own, or what {@link Fleet.fetch} throws */
export async function askEngine(
  fleet: Fleet,
  resident: Resident,
  path: string,
  body: Buffer,
  traceId: string,
): Promise<unknown> {
  const answer = await fleet.fetch(resident.routing, resident, {
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/json',
      'content-length': String(body.length),
      [names.traceId]: traceId,
    },
    body: Readable.from([body]),
    signal: null,
  });
  if (answer.ok) return answer.json();
  const problem = Problem.safeParse(await answer.json().catch(() => null));
  throw problem.success ? new AppError(problem.data.code, problem.data.detail) : new AppError('internal');
}
