/**
 * `npm run soak -- NAME [options]`: what is tried for as long as one wants to look. Ends with 1 when something did not hold, and
 * with 2 when it was not told what to do. NAME with its options is one of:
 *
 *   auth [--rounds N] [--minutes M]
 *   canaries [--words N]
 *   crash [--rounds N] [--seed S]
 *   cycles [--cycles N] [--starts N]
 *   fleet [--spaces N]
 *   fuzz [--minutes N] [--seed S] [--source NAME]
 *   noninterference [--steps N] [--minutes M] [--seed S]
 *   properties                                   what the suite tries an eighth as often, whole
 *   units [--units 1000000] [--keep DIRECTORY]   a person with a million units; made once where it is kept
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@vivim/gateway/master/embedded/server';
import { refuse } from '../../scripts/arguments.ts';
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

function readRun([name = '', ...args]: readonly string[]): NonNullable<ReturnType<Soak['prepare']>> {
  const soak = Object.hasOwn(soaks, name) ? soaks[name] : undefined;
  if (soak === undefined)
    return refuse(
      name === '' ? 'Say which soak.' : `There is no soak ${name}. Choose of: ${Object.keys(soaks).join(', ')}.`,
    );
  return soak.prepare(args) ?? refuse(`A value of ${args.join(' ')} makes no sense to ${name}.`);
}

const run = readRun(process.argv.slice(2));
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
