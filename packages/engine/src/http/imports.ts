/** Imports: take a file in, say how its import goes, stop it. The work itself is done in the background. */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { limits } from '@vivim/contract/http';
import type { ImportId } from '@vivim/contract/ids';
import { activeImportStates, type ImportRun, type SpaceEvent } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import type { Uploads } from '../capture/uploads.ts';
import type { SpaceEvents } from '../events.ts';
import type { Spool } from '../space/spool.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Call, Handlers } from './handler.ts';
import { assertPlainName } from './plain-name.ts';

export interface ImportHandlerDeps {
  readonly space: UserSpace;
  readonly spool: Spool;
  readonly uploads: Uploads;
  readonly events: SpaceEvents;
  readonly clock: Clock;
  /** When the step of an import that is under way has ended. */
  readonly stepEnded: () => Promise<void>;
  /** Say that there is work. */
  readonly wake: () => void;
}

export const importHandlers = (deps: ImportHandlerDeps) =>
  ({
    createImport: (call) => receive(deps, call),
    listImports: async (call) => {
      await deps.uploads.expire();
      return deps.space.read((r) => r.imports.page(call.query));
    },
    getImport: (call) => find(deps.space, call.params.id),
    listImportIssues: (call) => {
      const page = deps.space.read((r) => r.imports.issues(call.params.id, call.query));
      if (page === null) throw new AppError('not_found');
      return page;
    },
    streamImport: (call) => {
      find(deps.space, call.params.id);
      return follow(deps, call.params.id, call.signal);
    },
    cancelImport: async (call) => {
      const run = deps.space.apply<ImportRun>(call.verb, 200, (w) => {
        const cancelled = w.imports.cancel(call.params.id, deps.clock());
        if (cancelled === false) throw new AppError('import_not_active');
        const found = w.imports.find(call.params.id);
        if (found === null) throw new AppError('not_found');
        return found;
      });
      await deps.uploads.stop(run.id);
      await deps.spool.remove(run.id);
      deps.events.emit({ type: 'import', run });
      deps.wake();
      return run;
    },
    pauseImport: (call) => pause(deps, call, deps.clock()),
    resumeImport: (call) => pause(deps, call, null),
  }) satisfies Handlers<
    | 'createImport'
    | 'listImports'
    | 'getImport'
    | 'listImportIssues'
    | 'streamImport'
    | 'cancelImport'
    | 'pauseImport'
    | 'resumeImport'
  >;

/** @param pausedMs null to go on */
async function pause(
  { space, events, wake, stepEnded }: ImportHandlerDeps,
  call: Call<'pauseImport' | 'resumeImport'>,
  pausedMs: number | null,
): Promise<ImportRun> {
  const { id } = call.params;
  const run = space.apply<ImportRun>(call.verb, 200, (w) => {
    const found = w.imports.pause(id, pausedMs);
    const run = w.imports.find(id);
    if (run === null) throw new AppError('not_found');
    if (found) return run;
    const arriving =
      run.state === 'receiving' ? 'Its file is still arriving; stop sending it to pause that.' : undefined;
    throw new AppError('import_not_active', arriving);
  });
  events.emit({ type: 'import', run });
  // One that was paused is let go of, and one that goes on is taken up.
  wake();
  if (pausedMs === null) return run;
  // What the step under way had taken still comes in: the answer counts it.
  await stepEnded();
  return find(space, id);
}

function find(space: UserSpace, id: ImportId): ImportRun {
  const run = space.read((r) => r.imports.find(id));
  if (run === null) throw new AppError('not_found');
  return run;
}

/** Take the upload into the spool, then queue its import in the transaction that remembers the verb. */
async function receive(deps: ImportHandlerDeps, call: Call<'createImport'>): Promise<ImportRun> {
  const { space, spool, clock } = deps;
  const id = uuidv7(clock()) as ImportId;
  const { fileName, source } = call.query;
  assertPlainName(fileName);
  space.write((w) => w.imports.receive({ id, fileName, asked: source ?? null }, clock()));
  try {
    const received = await spool.receive(id, call.upload?.bytes ?? new Blob([]).stream(), {
      limit: limits.upload,
      contentLength: call.upload?.contentLength ?? null,
      room: () => space.location.quotaBytes - space.bytes,
    });
    if (call.signal.aborted) throw new AppError('import_incomplete');
    const run = space.apply<ImportRun>(call.verb, 202, (w) => {
      const queued = w.imports.queue({ id, ...received });
      const found = w.imports.find(id);
      if (!queued || found === null) throw new AppError('import_not_active');
      return found;
    });
    // The same verb arrived twice at once: the first one counts, and this upload is not needed.
    if (run.id !== id) await discard(deps, id);
    deps.events.emit({ type: 'import', run });
    deps.wake();
    return run;
  } catch (error) {
    await discard(deps, id);
    throw error;
  }
}

async function discard({ space, spool }: ImportHandlerDeps, id: ImportId): Promise<void> {
  await spool.remove(id);
  space.write((w) => w.imports.forget(id));
}

/** The run as it is now and each time it changes, until it ends. */
async function* follow(deps: ImportHandlerDeps, id: ImportId, signal: AbortSignal): AsyncGenerator<SpaceEvent> {
  const enough = new AbortController();
  const events = deps.events.listen(AbortSignal.any([signal, enough.signal]));
  try {
    // Listening begins before the state is read, so that nothing falls in between.
    let next = events.next();
    let run = find(deps.space, id);
    yield { type: 'import', run };
    while (activeImportStates.has(run.state)) {
      const { done, value } = await next;
      if (done) return;
      next = events.next();
      if (value.type !== 'import' || value.run.id !== id) continue;
      run = value.run;
      yield value;
    }
  } finally {
    enough.abort();
  }
}
