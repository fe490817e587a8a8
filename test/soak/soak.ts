/**
 * `npm run soak -- NAME [options]`: what is tried for as long as one wants to look. Ends with 1 when something did not hold, and
 * with 2 when it was not told what to do.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@vivim/gateway/master/embedded/server';
import { authSoak } from './auth-soak.ts';
import { canariesSoak } from './canaries-soak.ts';
import { crashSoak } from './crash-soak.ts';
import { cyclesSoak } from './cycles-soak.ts';
import { fleetSoak } from './fleet-soak.ts';
import { fuzzSoak } from './fuzz-soak.ts';
import { noninterferenceSoak } from './noninterference-soak.ts';
import { propertiesSoak } from './properties-soak.ts';
import type { Soak } from './soak-shape.ts';
import { unitsSoak } from './units-soak.ts';

const soaks: Readonly<Record<string, Soak>> = {
  auth: authSoak,
  canaries: canariesSoak,
  crash: crashSoak,
  cycles: cyclesSoak,
  fleet: fleetSoak,
  fuzz: fuzzSoak,
  noninterference: noninterferenceSoak,
  properties: propertiesSoak,
  units: unitsSoak,
};

/** Null when the arguments name no soak or make no sense to it. */
function readRun([name = '', ...args]: readonly string[]): ReturnType<Soak['prepare']> {
  try {
    return Object.hasOwn(soaks, name) ? (soaks[name] as Soak).prepare(args) : null;
  } catch {
    return null;
  }
}

const run = readRun(process.argv.slice(2));
if (run === null) {
  const usages = Object.values(soaks).map(({ usage }) => `  npm run soak -- ${usage}\n`);
  process.stderr.write(`Usage:\n${usages.join('')}`);
  process.exit(2);
}
const scratch = mkdtempSync(join(tmpdir(), 'vivim-soak-'));
// Under root PostgreSQL runs as another user, which has to pass through here.
chmodSync(scratch, 0o711);
const embedded = await startEmbedded(join(scratch, 'master'), { unsafeFast: true });
try {
  process.exitCode = (await run(embedded.target)) ? 0 : 1;
} finally {
  await embedded.stop();
  rmSync(scratch, { recursive: true, force: true });
}
