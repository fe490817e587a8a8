/**
 * Hands what went through the proxy to the engine of the person it belongs to, when the answer is out. What cannot be handed
 * over is counted, and the engine told with the next one that can. Holds figures, and an exchange no longer than it takes.
 */

import { Readable } from 'node:stream';
import type { Clock } from '@vivim/contract/clock';
import { AppError, Problem } from '@vivim/contract/errors';
import { headers as names } from '@vivim/contract/http';
import { type LiveExchange, liveWays } from '@vivim/contract/live';
import type { Fleet } from '../../fleet/engines.ts';
import type { Log } from '../log.ts';
import type { Resident } from '../proxy.ts';

type Missed = NonNullable<LiveExchange['missed']>;

export interface HandingOverDeps {
  readonly fleet: Fleet;
  readonly log: Log;
  readonly clock: Clock;
}

/** People for whom figures wait at most: of a crowd whose engines are all down the first are forgotten. */
const mostWaiting = 10_000;

export class HandingOver {
  readonly #deps: HandingOverDeps;
  readonly #missed = new Map<string, Missed>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(deps: HandingOverDeps) {
    this.#deps = deps;
  }

  /** Begins, and never throws. */
  begin(resident: Resident, exchange: Omit<LiveExchange, 'missed'>, traceId: string): void {
    const sent = this.#send(resident, exchange, traceId).finally(() => this.#underWay.delete(sent));
    this.#underWay.add(sent);
  }

  /** Something went through and cannot be kept. */
  miss({ userId }: Resident, reason: string): void {
    const before = this.#missed.get(userId);
    this.#missed.delete(userId);
    this.#missed.set(userId, { count: (before?.count ?? 0) + 1, reason, atMs: this.#deps.clock() });
    const [first] = this.#missed.keys();
    if (this.#missed.size > mostWaiting && first !== undefined) this.#missed.delete(first);
  }

  /** When everything that is under way has arrived, or cannot. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #send(resident: Resident, exchange: Omit<LiveExchange, 'missed'>, traceId: string): Promise<void> {
    const missed = this.#missed.get(resident.userId) ?? null;
    this.#missed.delete(resident.userId);
    try {
      const body = Buffer.from(JSON.stringify({ ...exchange, missed } satisfies LiveExchange));
      await askEngine(this.#deps.fleet, resident, liveWays.exchange, body, traceId);
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'internal';
      this.#deps.log.warn({ code, trace: traceId }, 'live.not_kept');
      const since = this.#missed.get(resident.userId);
      this.#missed.set(resident.userId, {
        count: (missed?.count ?? 0) + (since?.count ?? 0) + 1,
        reason: code,
        atMs: this.#deps.clock(),
      });
    }
  }
}

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
