/**
 * Everything that may be used once, used again, on an embedded master and, where VIVIM_TEST_MASTER_URL names one, on a
 * PostgreSQL of the machine. Sound when nothing was let in twice, with a table either way.
 */

import { type MasterTarget, openMaster } from '@vivim/gateway/master/db';
import { readArguments } from '../../scripts/arguments.ts';
import { makeDatabaseOn } from '../kit/databases.ts';
import { startTestGateway } from '../kit/test-gateway.ts';
import { authCases, soakedGateway } from './auth-cases.ts';
import type { Soak } from './soak-shape.ts';
import { isSound, runCase, type Tally, tallyTable } from './tally.ts';

async function soak(
  name: string,
  server: MasterTarget,
  { attempts, minutes }: { readonly attempts: number; readonly minutes: number },
): Promise<boolean> {
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

export const authSoak: Soak = {
  prepare(args) {
    const { values } = readArguments({
      args: [...args],
      options: { rounds: { type: 'string', default: '10000' }, minutes: { type: 'string', default: '30' } },
    });
    const [attempts, minutes] = [Number(values.rounds), Number(values.minutes)];
    if (!(attempts > 0) || !(minutes > 0)) return null;
    return async (embedded) => {
      const externalUrl = process.env.VIVIM_TEST_MASTER_URL ?? '';
      const sound = [await soak('embedded PostgreSQL', embedded, { attempts, minutes })];
      if (externalUrl !== '')
        sound.push(await soak('external PostgreSQL', { kind: 'external', url: externalUrl }, { attempts, minutes }));
      process.stdout.write(sound.every(Boolean) ? 'Nothing was let in twice.\n' : 'Not sound: see the tables.\n');
      return sound.every(Boolean);
    };
  },
};
