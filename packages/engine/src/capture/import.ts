/**
 * Imports as background work: the next run that waits, a little of it at each step. All state that matters is in the
 * database; what is held here (an open file, a place in a stream) is found again from it after a kill.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '@vivim/contract/clock';
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import type { ImportId } from '@vivim/contract/ids';
import { activeImportStates } from '@vivim/contract/imports';
import type { BackgroundTask } from '../background.ts';
import type { SpaceEvents } from '../events.ts';
import type { ByteFile, Spool } from '../space/spool.ts';
import { noCounts, parseCounts } from '../space/stores/import-counts.ts';
import type { ImportRow } from '../space/stores/import-shape.ts';
import type { UserSpace } from '../space/user-space.ts';
import { findArrival } from './arrival/arrival.ts';
import { ArrivalRun } from './arrival/arrival-run.ts';
import type { Arrival } from './arrival/arrival-shape.ts';
import type { WithholdIn } from './arrival/erased-here.ts';
import { type DraftThread, draftedAhead } from './drafts/draft-ahead.ts';
import { SpareThread } from './drafts/spare-thread.ts';
import { planExport } from './export-plan.ts';
import { keepFiles, unmentioned } from './files/keep-files.ts';
import { gather, type Pace, usualPace } from './gather-records.ts';
import { howItBegins } from './how-it-begins.ts';
import { parsePosition } from './import-element.ts';
import { elementsFrom, type OpenRun, startsInOnePlace, stuck, wholeOf } from './import-run.ts';
import { writeBatch } from './import-writer.ts';
import { letGo } from './let-go.ts';
import { besideTeller } from './note-beside.ts';
import { withParts } from './plan-parts.ts';
import { contextFor, type ExportPlan } from './plan-shape.ts';
import { countRepeated, goneAtSource, ofOneTime, standsAgain } from './report.ts';
import { withSafeNames } from './secrets/safe-names.ts';
import { VersionMemory } from './version-memory.ts';

export interface ImportDeps {
  readonly space: UserSpace;
  readonly spool: Spool;
  readonly events: SpaceEvents;
  readonly clock: Clock;
  /** Keeps what was erased out of a space that arrives. */
  readonly withholdIn: WithholdIn;
  /** Told of what nobody expected; the run says what it can to the person. */
  readonly onUnexpected: (error: unknown) => void;
  readonly pace?: Pace;
  /** Bytes of conversations from which a thread helps, in place of the usual. */
  readonly draftFrom?: number;
}

/** A thread takes a tenth of a second to begin: what is smaller than this is in by then. Bytes. */
const usualDraftFrom = 8 * 1024 ** 2;
/** Progress is told at most this often. */
const tellEveryMs = 250;
/** After two starts in one place, entries go in one at a time: the good ones before the bad one come in. */
const carefulEntries = 500;

/** What `findArrival` did not take is a provider's export. */
const exportOf = (asked: ImportRow['askedSource']): Source | null => (asked === 'vivim' ? null : asked);

export class ImportTask implements BackgroundTask {
  #underWay: Promise<void> = Promise.resolve();
  readonly name = 'import';
  readonly #deps: ImportDeps;
  readonly #spare = new SpareThread();
  #open: OpenRun | null = null;
  /** A space that arrives: it is written in a way of its own. */
  #arriving: ArrivalRun | null = null;
  #toldMs = 0;

  constructor(deps: ImportDeps) {
    this.#deps = deps;
    // Packed, conversations take half of their room or less.
    deps.spool.onMuch((deps.draftFrom ?? usualDraftFrom) / 2, () => this.#spare.expect());
  }

  /** Clear away uploads that died with an earlier process; those under way now are left alone. Call it once. */
  async recover(): Promise<void> {
    const { space, spool } = this.#deps;
    const dead = space.read((r) => r.uploads.inOnePiece()).filter((id) => !spool.isArriving(id));
    if (dead.length > 0)
      space.write((w) => {
        for (const id of dead) w.imports.forget(id);
      });
    // Asked for each file as its turn comes: uploads end and begin meanwhile.
    await spool.sweep((id) => activeImportStates.has(space.read((r) => r.imports.find(id)?.state) ?? 'done'));
  }

  pending(): number {
    const active = this.#deps.space.read((r) => r.imports.countActive());
    // A run that was cancelled is open until a step has let go of it.
    return Math.max(active, this.#open === null && this.#arriving === null ? 0 : 1);
  }

  step(signal: AbortSignal): Promise<void> {
    const step = this.#step(signal);
    this.#underWay = step.catch(() => {});
    return step;
  }

  /** When the step under way has ended: what it had taken is in by then. At once where none is. */
  stepEnded(): Promise<void> {
    return this.#underWay;
  }

  async #step(signal: AbortSignal): Promise<void> {
    if (await this.#letGoOfPaused()) return;
    if (this.#arriving !== null) return this.#arrive(this.#arriving, signal);
    const run = this.#open ?? (await this.#begin(signal));
    if (run === null) return;
    try {
      await this.#advance(run, signal);
    } catch (error) {
      // Entries were taken that are not in. Whatever becomes of the run, it goes on from where the database says it is.
      await this.#putDown();
      await this.#fail(run.row, error);
    }
  }

  /** Let go of the file under way. The run goes on when the space is opened again. */
  async close(): Promise<void> {
    await this.#putDown();
    await this.#spare.close();
  }

  async #putDown(): Promise<void> {
    const run = this.#open;
    const arriving = this.#arriving;
    this.#open = null;
    this.#arriving = null;
    if (run !== null) await letGo(run, this.#deps);
    await arriving?.close();
  }

  /** A run that was paused lies where the database says it is. @returns whether there was one */
  async #letGoOfPaused(): Promise<boolean> {
    const { space } = this.#deps;
    const row = this.#open?.row ?? this.#arriving?.row;
    if (row === undefined || !space.read((r) => r.imports.isPaused(row.pk))) return false;
    await this.#putDown();
    space.bulk(false);
    this.#tell(row.id, true);
    return true;
  }

  async #begin(signal: AbortSignal): Promise<OpenRun | null> {
    const { space, spool, clock } = this.#deps;
    const next = space.read((r) => r.imports.next());
    const row = next === null ? null : await this.#hashed(next, signal);
    if (row === null) return null;
    const earlier = space.read((r) =>
      row.fileSha256 === null ? null : r.imports.doneBefore(row.fileSha256, row.askedSource),
    );
    if (earlier !== null && row.state === 'queued') {
      space.write((w) => w.imports.repeat(row.pk, earlier, countRepeated(parseCounts(earlier.counts)), clock()));
      await this.#ended(row.id);
      return null;
    }
    if (row.starts >= startsInOnePlace) {
      await this.#fail(row, stuck(row));
      return null;
    }
    let file: ByteFile | null = null;
    try {
      space.write((w) => w.imports.countStart(row.pk));
      file = await spool.open(row.id);
      const arrival = await findArrival(file, row.fileName, row.askedSource, space.location.ownerId);
      if (arrival !== null) return await this.#welcome(row, file, arrival);
      const plan = withParts(withSafeNames(await planExport(file, row.fileName, exportOf(row.askedSource))));
      return this.#started(row, file, plan);
    } catch (error) {
      this.#open = null;
      const begins = file === null ? null : await howItBegins(file);
      await file?.close();
      await this.#fail(row, error, begins);
      return null;
    }
  }

  /**
   * A file that came in pieces, over the death of a process, is hashed once it is whole.
   * @returns null where it was not come to the end
   */
  async #hashed(row: ImportRow, signal: AbortSignal): Promise<ImportRow | null> {
    const { space, spool } = this.#deps;
    if (row.fileSha256 !== null || row.state !== 'queued') return row;
    try {
      const fileSha256 = await spool.sha256(row.id, signal);
      if (fileSha256 === null) return null;
      space.write((w) => w.imports.noteHash(row.pk, fileSha256));
      return { ...row, fileSha256 };
    } catch (error) {
      await this.#fail(row, error);
      return null;
    }
  }

  async #welcome(row: ImportRow, file: ByteFile, arrival: Arrival): Promise<null> {
    const { space, clock, withholdIn, pace = usualPace } = this.#deps;
    try {
      this.#arriving = await ArrivalRun.begin(row, file, arrival, { space, clock, withholdIn, pace });
    } catch (error) {
      arrival.close();
      throw error;
    }
    space.bulk(true);
    this.#tell(row.id, true);
    return null;
  }

  async #arrive(run: ArrivalRun, signal: AbortSignal): Promise<void> {
    try {
      const state = await run.step(signal);
      if (state === 'more') this.#tell(run.row.id, false);
      else await this.#ended(run.row.id);
    } catch (error) {
      await this.#putDown();
      await this.#fail(run.row, error);
    }
  }

  #started(row: ImportRow, file: ByteFile, plan: ExportPlan): OpenRun {
    const { space, clock } = this.#deps;
    const streams = wholeOf(plan);
    const total = [...streams, ...plan.files].reduce((sum, { bytes }) => sum + bytes, 0);
    const counts = row.state === 'running' ? parseCounts(row.counts) : { ...noCounts, bytesTotal: total };
    const position = parsePosition(row.position);
    space.write((w) => {
      if (w.imports.state(row.pk) !== row.state) return; // cancelled while its file was looked at
      w.imports.start(row.pk, plan, counts, clock());
      if (plan.whole !== null) w.wholeExports.note(row.pk, plan.whole, row.fileName);
      for (const note of plan.notes) {
        const { severity, code, detail } = note;
        w.imports.addIssue(row.pk, {
          severity,
          code,
          detail,
          path: note.path || row.fileName,
          externalId: null,
          title: null,
        });
      }
    });
    const careful = row.starts > 1 ? carefulEntries : 0;
    const thread = careful > 0 ? null : this.#threadFor(plan);
    const inOrder = elementsFrom({ streams }, position, besideTeller(space, row));
    const elements = thread === null ? inOrder : draftedAhead(inOrder, thread);
    const versions = new VersionMemory();
    // Its pace is known from the first entries on: to find a place far inside a large file again is no part of it.
    const run = { row, file, plan, elements, thread, versions, position, counts, pace: [], carried: null, careful };
    this.#open = run;
    space.bulk(true);
    this.#tell(row.id, true);
    return run;
  }

  #threadFor(plan: ExportPlan): DraftThread | null {
    const bytes = plan.streams.reduce((sum, stream) => sum + stream.bytes, 0);
    if (bytes < (this.#deps.draftFrom ?? usualDraftFrom)) return null;
    return this.#spare.take(new Map(plan.streams.map(({ source }) => [source, contextFor(plan, source)])));
  }

  async #advance(run: OpenRun, signal: AbortSignal): Promise<void> {
    const { space, clock, onUnexpected } = this.#deps;
    if (run.position.stream >= wholeOf(run.plan).length) return this.#keepFiles(run, signal);
    const startedMs = clock();
    const epoch = space.read((r) => r.erasures.epoch());
    const { records, end } = await gather(run, this.#deps, startedMs);
    // A message of megabytes takes its time to be prepared, and again to be written: requests have a whole turn between.
    await nextTurn();
    await nextTurn();
    // What was prepared may hold what was erased meanwhile: it is read again from where the database says it is.
    if (signal.aborted || space.read((r) => r.erasures.epoch()) !== epoch) return this.#putDown();
    if (records.length > 0) {
      const nowMs = clock();
      const went = writeBatch(space, run, records, { nowMs, workedMs: nowMs - startedMs }, onUnexpected);
      if (!went) return this.#ended(run.row.id);
      this.#tell(run.row.id, false);
    }
    if (end === null) return;
    if (end.error !== undefined) throw end.error;
    const streams = wholeOf(run.plan);
    const bytesRead = streams.reduce((sum, { bytes }) => sum + bytes, 0);
    run.counts = { ...run.counts, bytesRead };
    run.position = { stream: streams.length, element: 0 };
    space.write((w) => {
      if (w.imports.state(run.row.pk) === 'running') w.imports.advance(run.row.pk, run.position, run.counts);
    });
    if (run.plan.files.length === 0) await this.#done(run);
  }

  async #keepFiles(run: OpenRun, signal: AbortSignal): Promise<void> {
    const { space, clock, pace = usualPace } = this.#deps;
    const kept = await keepFiles(run, { space, clock, pace }, signal);
    if (kept === 'done') return this.#done(run);
    if (kept === 'more') return this.#tell(run.row.id, false);
    // Something was erased meanwhile, or the run has ended.
    if (space.read((r) => r.imports.state(run.row.pk)) !== 'running') return this.#ended(run.row.id);
    return this.#putDown();
  }

  async #done(run: OpenRun): Promise<void> {
    const { space, clock } = this.#deps;
    space.write((w) => {
      if (w.imports.state(run.row.pk) !== 'running') return;
      const { bytesTotal, bytesRead, files } = run.counts;
      if (files.unmentioned > 0) w.imports.addIssue(run.row.pk, unmentioned(run.row, files.unmentioned));
      for (const issue of standsAgain(run.row, w.importEntries.again(run.row.pk)))
        w.imports.addIssue(run.row.pk, issue);
      w.imports.advance(run.row.pk, run.position, { ...run.counts, bytesRead: bytesTotal ?? bytesRead });
      w.imports.end(run.row.pk, { state: 'done' }, clock());
      const gone = w.wholeExports.close(run.row.pk);
      if (gone > 0) w.imports.addIssue(run.row.pk, goneAtSource(run.row, gone));
      if (w.wholeExports.hasTwin(run.row.pk)) w.imports.addIssue(run.row.pk, ofOneTime(run.row));
      w.blobs.dropUnshown();
    });
    await this.#ended(run.row.id);
  }

  /** @param begins how its file does, where it was never begun */
  async #fail(row: ImportRow, error: unknown, begins: readonly string[] | null = null): Promise<void> {
    const { space, clock, onUnexpected } = this.#deps;
    if (!(error instanceof AppError)) onUnexpected(error);
    const known = error instanceof AppError ? error : new AppError('internal');
    const told = { code: known.code, detail: known.message };
    space.write((w) => w.imports.end(row.pk, { state: 'failed', error: told, begins }, clock()));
    await this.#ended(row.id);
  }

  async #ended(id: ImportId): Promise<void> {
    await this.#putDown();
    this.#deps.space.bulk(false);
    await this.#deps.spool.remove(id);
    this.#tell(id, true);
  }

  #tell(id: ImportId, always: boolean): void {
    const now = this.#deps.clock();
    if (!always && now - this.#toldMs < tellEveryMs) return;
    this.#toldMs = now;
    const run = this.#deps.space.read((r) => r.imports.find(id));
    if (run !== null) this.#deps.events.emit({ type: 'import', run });
  }
}
