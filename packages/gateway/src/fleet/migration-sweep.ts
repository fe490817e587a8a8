/**
 * Brings every space of this machine to the newest schema, in the background: a few first, and only if all of those went well
 * the others. Stops by itself when spaces fail; one that failed is set aside and keeps nobody else. Never opens a space to
 * anybody, and never waits on anybody's request.
 */
import { createHash } from 'node:crypto';
import type { MigrationStatus } from '@vivim/contract/admin';
import { type Clock, isoTime } from '@vivim/contract/clock';
import { AppError, type ErrorCode } from '@vivim/contract/errors';
import type { StorageId } from '@vivim/contract/ids';
import { randomBytes } from '@vivim/contract/random';
import type { SpaceRow } from './fleet-control.ts';
import type { FleetLog } from './fleet-log.ts';
import type { SchemaBook } from './schema-book.ts';
import type { SweepFile, SweepState } from './sweep-state.ts';

/** One in so many goes first, one at least. */
const canaryShare = 0.01;
/** Of all spaces so many may fail after that, one in any case, before it stops. */
const failureShare = 0.01;

export interface SweepDeps {
  readonly target: number;
  readonly book: SchemaBook;
  readonly file: SweepFile;
  /** Every space that is to be brought along, in any order. */
  readonly spaces: () => Promise<readonly SpaceRow[]>;
  /** @throws AppError when it failed; the space is as it was */
  readonly migrate: (row: SpaceRow) => Promise<void>;
  readonly atOnce: number;
  readonly clock: Clock;
  readonly log: FleetLog;
}

type Outcome = 'done' | 'failed' | 'passed-over' | 'interrupted' | 'no-room';

export class MigrationSweep {
  readonly #deps: SweepDeps;
  #running: Promise<void> | null = null;
  #closing = false;
  #total = 0;

  constructor(deps: SweepDeps) {
    this.#deps = deps;
  }

  /** At the start of a server: go on with what was under way, begin where spaces are behind; nothing where one was stopped. */
  async begin(): Promise<void> {
    const state = this.#state();
    if (state?.state === 'stopped') return;
    if (state?.state === 'running') return this.#go();
    const rows = await this.#deps.spaces();
    if (rows.some((row) => this.#isOpen(row))) await this.run();
  }

  /** Begin anew with a canary, trying those that were set aside once more. Does nothing while one is under way. */
  async run(): Promise<void> {
    if (this.#running !== null) return;
    const { book, clock, file, target } = this.#deps;
    for (const line of book.all()) if (line.aside !== null) await book.unsetAside(line.storageId);
    const seed = Buffer.from(randomBytes(8)).toString('hex');
    const startedAt = isoTime(clock());
    await file.write({ target, seed, startedAt, state: 'running', canaryPassed: false, failures: 0, stoppedBy: null });
    this.#go();
  }

  /** Go on after a stop. Those that failed stay set aside; a canary that was not passed is made up of the next ones. */
  async resume(): Promise<void> {
    const state = this.#state();
    if (this.#running !== null) return;
    if (state === null) return this.run();
    if (state.state === 'done') return;
    await this.#deps.file.write({ ...state, state: 'running', failures: 0, stoppedBy: null });
    this.#go();
  }

  async status(): Promise<MigrationStatus> {
    const { book, spaces, target } = this.#deps;
    const rows = await spaces();
    const aside = rows.flatMap((row) => {
      const line = book.of(row.storageId);
      return line?.aside?.target === target ? [{ userId: row.userId, code: line.aside.code, at: line.aside.at }] : [];
    });
    const state = this.#state();
    return {
      target,
      spaces: rows.length,
      current: rows.filter((row) => this.#isCurrent(row.storageId)).length,
      behind: rows.filter((row) => this.#isOpen(row)).length,
      setAside: aside.slice(0, 1_000),
      setAsideCount: aside.length,
      sweep:
        state === null
          ? null
          : {
              state: state.state,
              startedAt: state.startedAt,
              canary: canaryOf(rows.length),
              canaryPassed: state.canaryPassed,
              failures: state.failures,
              stoppedBy: state.stoppedBy,
            },
    };
  }

  /** Settles when nothing is under way. For those that wait for the end of it. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Take on no further space, and wait for those under way: the fleet ends their processes. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#running;
  }

  /** Of another target is of another time: what it says no longer counts. */
  #state(): SweepState | null {
    const state = this.#deps.file.read();
    return state?.target === this.#deps.target ? state : null;
  }

  #isCurrent(storageId: StorageId): boolean {
    return this.#deps.book.of(storageId)?.version === this.#deps.target;
  }

  /** Behind, as far as is known, and not set aside. */
  #isOpen({ storageId }: SpaceRow): boolean {
    const line = this.#deps.book.of(storageId);
    return line?.version !== this.#deps.target && line?.aside?.target !== this.#deps.target;
  }

  #go(): void {
    this.#running ??= this.#sweep()
      .catch(() => this.#deps.log.error({}, 'migration.sweep_failed'))
      .finally(() => {
        this.#running = null;
      });
  }

  async #sweep(): Promise<void> {
    const { log, spaces } = this.#deps;
    const state = this.#state();
    if (state === null) return;
    const rows = inOrder(await spaces(), state.seed);
    this.#total = rows.length;
    log.info({ spaces: rows.length, target: state.target }, 'migration.sweep');
    if (!state.canaryPassed) {
      const canary = rows
        .filter((row) => this.#isOpen(row) || this.#isCurrent(row.storageId))
        .slice(0, canaryOf(rows.length));
      for (const row of canary) {
        if (!this.#isOpen(row)) continue;
        const outcome = await this.#one(row);
        if (outcome !== 'done' && outcome !== 'passed-over') return;
      }
      await this.#update({ canaryPassed: true });
    }
    const left = rows.filter((row) => this.#isOpen(row))[Symbol.iterator]();
    await Promise.all(Array.from({ length: this.#deps.atOnce }, () => this.#work(left)));
    if (this.#closing || this.#state()?.state !== 'running') return;
    await this.#update({ state: 'done' });
    log.info({ spaces: rows.length, target: state.target }, 'migration.done');
  }

  async #work(left: Iterator<SpaceRow>): Promise<void> {
    for (let next = left.next(); !next.done; next = left.next()) {
      if (this.#closing || this.#state()?.state !== 'running') return;
      if (this.#isOpen(next.value)) await this.#one(next.value);
    }
  }

  async #one(row: SpaceRow): Promise<Outcome> {
    const { book, clock, migrate, target } = this.#deps;
    let code = await codeOf(migrate(row));
    // A process can die of something else than its space.
    if ((code === 'engine_unavailable' || code === 'engine_timeout') && !this.#closing)
      code = await codeOf(migrate(row));
    if (code === null) return 'done';
    if (this.#closing) return 'interrupted';
    if (code === 'quota_exceeded') {
      await this.#stop(code);
      return 'no-room';
    }
    // Its owner has the key: it comes along when they unlock it.
    if (code === 'space_sealed') return 'passed-over';
    // The lasting ones are in the book already.
    if (book.of(row.storageId)?.aside?.target !== target)
      await book.setAside(row, { code, target, at: isoTime(clock()) });
    // A space that a newer server wrote says nothing of the steps of this one.
    if (code === 'schema_too_new') return 'passed-over';
    await this.#fail(code);
    return 'failed';
  }

  async #fail(code: ErrorCode): Promise<void> {
    const state = this.#state();
    if (state === null) return;
    const failures = state.failures + 1;
    await this.#update({ failures });
    if (!state.canaryPassed || failures > Math.max(1, Math.floor(this.#total * failureShare))) await this.#stop(code);
  }

  async #stop(code: ErrorCode): Promise<void> {
    await this.#update({ state: 'stopped', stoppedBy: code });
    this.#deps.log.error({ code }, 'migration.stopped');
  }

  async #update(change: Partial<SweepState>): Promise<void> {
    const state = this.#state();
    if (state !== null) await this.#deps.file.write({ ...state, ...change });
  }
}

const canaryOf = (spaces: number): number => Math.max(1, Math.ceil(spaces * canaryShare));

/** The order of a sweep: as good as random, and the same after a restart. */
export function inOrder(rows: readonly SpaceRow[], seed: string): SpaceRow[] {
  const place = (row: SpaceRow) => createHash('sha256').update(`${seed}\n${row.storageId}`).digest('hex');
  return rows
    .map((row) => ({ row, place: place(row) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ row }) => row);
}

const codeOf = (work: Promise<unknown>): Promise<ErrorCode | null> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : 'internal'),
  );
