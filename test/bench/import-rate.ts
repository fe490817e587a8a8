/** How fast an export comes in, end to end over HTTP, with units and full text; against parse-and-insert by the bare driver. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { importEnd, type Person, signUp } from '../kit/people.ts';
import type { TestServer } from '../kit/server.ts';
import { type Figure, times } from './measure.ts';
import { engines, memory } from './processes.ts';
import { rawImport } from './raw-sqlite.ts';
import { writeExport } from './synthetic.ts';
import { uploadFile } from './upload.ts';

/** @param given an export to import in place of a made one */
export async function benchImport(
  server: TestServer,
  scratch: string,
  megabytes: number,
  given?: string,
): Promise<Figure[]> {
  const path = given ?? join(scratch, 'export.json');
  if (given === undefined) writeExport(path, { bytes: megabytes * 1e6 }, 7);
  const raw = rawImport(path, join(scratch, 'raw.db'));
  raw.close();
  const person: Person = await signUp(server.url);
  const start = performance.now();
  const upload = await uploadFile(server.url, person, path);
  const sampler = peakOf(server.pid);
  const run = await importEnd(person, upload.id);
  const seconds = (performance.now() - start) / 1000;
  const peak = sampler.stop();
  const { conversations, messages } = run.report;
  if (run.state !== 'done' || messages.added === 0)
    throw new Error(`The import ended ${run.state}: ${run.error?.detail}`);
  const size = statSync(path).size / 1e6;
  return [
    {
      what: `import ${size.toFixed(0)} MB`,
      value: `${(size / seconds).toFixed(1)} MB/s`,
      raw: `${(size / raw.seconds).toFixed(1)} MB/s`,
      ratio: times(raw.seconds / seconds),
      goal: '≥ 5 MB/s',
    },
    {
      what: 'conversations a second',
      value: (conversations.added / seconds).toFixed(0),
      raw: (conversations.added / raw.seconds).toFixed(0),
      ratio: times(raw.seconds / seconds),
    },
    { what: 'engine peak while importing (resident)', value: `${peak.toFixed(0)} MB`, goal: '< 400 MB' },
  ];
}

/** The highest resident size any engine of the server reached, asked of the kernel until stopped. */
function peakOf(serverPid: number): { stop(): number } {
  let peak = 0;
  const look = () => {
    for (const engine of engines(serverPid)) {
      try {
        peak = Math.max(peak, memory(engine.pid).peak);
      } catch {
        // It ended between the listing and the look.
      }
    }
  };
  const timer = setInterval(look, 100);
  return {
    stop() {
      look();
      clearInterval(timer);
      return peak;
    },
  };
}
