/**
 * A process of its own that imports one file into a new space as an engine does, so that its peak memory is the import's
 * alone: `node pipeline.ts FILE SCRATCH`. Prints one {@link Imported} as JSON; the space stays in the scratch directory.
 */
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { systemClock } from '@vivim/contract/clock';
import { createUserSpace, databasePath } from '@vivim/engine/space/user-space';
import { builtEngine } from '@vivim/gateway/fleet/engine-program';
import { newCapture } from '../../kit/capture.ts';
import { type Spent, stopwatch } from '../measure.ts';
import { benchLocation } from '../space-files.ts';

export interface Imported {
  readonly path: string;
  readonly keyHex: string;
  /** From the whole file in the spool to the end of the run. */
  readonly spent: Spent;
  readonly peakMb: number;
  readonly messages: number;
  readonly acus: number;
}

/** The thread is that of the built engine: from its sources it takes half a second of processor time to begin, which no engine does. */
const built = pathToFileURL(join(dirname(builtEngine().entry), 'draft-thread.mjs')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@vivim/engine/capture/drafts/draft-thread'
      ? { url: built, shortCircuit: true }
      : next(specifier, context),
});

const [file = '', scratch = ''] = process.argv.slice(2);
const location = benchLocation(scratch);
const space = createUserSpace(location, systemClock);
const capture = newCapture(space);
const stream = Readable.toWeb(createReadStream(file, { highWaterMark: 1 << 20 })) as ReadableStream<Uint8Array>;
const { id } = await capture.upload({ stream, contentLength: statSync(file).size, name: basename(file) });
const spentSince = stopwatch();
await capture.work();
const spent = spentSince();
const run = space.read((r) => r.imports.find(id));
if (run?.state !== 'done') throw new Error(`The import ended ${run?.state}: ${run?.error?.detail}`);
space.close();
const peakMb = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
const { messages, acus } = run.report;
const imported: Imported = {
  path: databasePath(location.directory),
  keyHex: location.keyHex,
  spent,
  peakMb,
  messages: messages.added,
  acus,
};
process.stdout.write(JSON.stringify(imported));
