/**
 * `npm run soak -- auth [--rounds N] [--minutes M]`: everything that may be used once, used again N times (10,000 unless said
 * otherwise), on an embedded master and, where VIVIM_TEST_MASTER_URL names one, on a PostgreSQL of the machine. Ends with 1
 * when anything was let in twice, with a table either way. Takes M minutes a master at most (30).
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type MasterTarget, openMaster } from '@vivim/gateway/master/db';
import { startEmbedded } from '@vivim/gateway/master/embedded/server';
import { makeDatabaseOn } from '../kit/databases.ts';
import { startTestGateway } from '../kit/test-gateway.ts';
import { authCases, soakedGateway } from './auth-cases.ts';
import { isSound, runCase, type Tally, tallyTable } from './tally.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '10000' }, minutes: { type: 'string', default: '30' } },
});
const [attempts, minutes] = [Number(values.rounds), Number(values.minutes)];
if (positionals.join() !== 'auth' || !(attempts > 0) || !(minutes > 0)) {
  process.stderr.write('Usage: npm run soak -- auth [--rounds N] [--minutes M]\n');
  process.exit(2);
}

async function soak(name: string, server: MasterTarget): Promise<boolean> {
  await using ending = new AsyncDisposableStack();
  const database = await makeDatabaseOn(server);
  ending.defer(database.drop);
  const master = await openMaster(database.target);
  ending.defer(master.close);
  const gateway = await startTestGateway(master, soakedGateway);
  ending.defer(gateway.close);
  const begun = performance.now();
  const isOver = () => performance.now() - begun > minutes * 60_000;
  const tallies: Tally[] = [];
  const broken: unknown[] = [];
  for (const each of authCases(gateway)) {
    try {
      tallies.push(await runCase(each, attempts, isOver));
    } catch (error) {
      // The other cases are still worth their answers.
      broken.push(error);
      process.stdout.write(`${each.title} could not be tried to its end: ${String(error)}\n`);
    }
  }
  const seconds = Math.round((performance.now() - begun) / 1_000);
  process.stdout.write(`${tallyTable(`Identity, ${name}, ${seconds} s`, tallies)}\n`);
  if (isOver()) process.stdout.write(`Cut short after ${minutes} minutes; the table says how far it came.\n\n`);
  return broken.length === 0 && tallies.every(isSound);
}

const scratch = mkdtempSync(join(tmpdir(), 'vivim-soak-'));
// Under root PostgreSQL runs as another user, which has to pass through here.
chmodSync(scratch, 0o711);
const embedded = await startEmbedded(join(scratch, 'master'), { unsafeFast: true });
try {
  const externalUrl = process.env.VIVIM_TEST_MASTER_URL ?? '';
  const sound = [await soak('embedded PostgreSQL', embedded.target)];
  if (externalUrl !== '') sound.push(await soak('external PostgreSQL', { kind: 'external', url: externalUrl }));
  process.stdout.write(sound.every(Boolean) ? 'Nothing was let in twice.\n' : 'Not sound: see the tables.\n');
  process.exitCode = sound.every(Boolean) ? 0 : 1;
} finally {
  await embedded.stop();
  rmSync(scratch, { recursive: true, force: true });
}
