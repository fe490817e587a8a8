/**
 * Noninterference at length: two people at random, a hundred thousand steps unless said otherwise. A new server for every few
 * thousand, so that nothing it does grows with how long somebody looks. `--seed` plays again what a run printed.
 */

import type { MasterTarget } from '@vivim/gateway/master/db';
import { readArguments } from '../../scripts/arguments.ts';
import { Interference } from '../isolation/noninterference/play.ts';
import { prove } from '../isolation/noninterference/prove.ts';
import { openPlace } from '../isolation/noninterference/site.ts';
import { makeDatabaseOn } from '../kit/databases.ts';
import type { Soak } from './soak-shape.ts';

/** Steps on one server. */
const onOneServer = 3_200;

type Mode = 'pooled' | 'dedicated';

async function onServer(embedded: MasterTarget, mode: Mode, options: Parameters<typeof prove>[1]): Promise<number> {
  await using ending = new AsyncDisposableStack();
  const database = await makeDatabaseOn(embedded);
  ending.defer(database.drop);
  const place = await openPlace(mode, database.target);
  ending.defer(place.close);
  return (await prove(place, options)).steps;
}

export const noninterferenceSoak: Soak = {
  prepare(args) {
    const { values } = readArguments({
      args: [...args],
      options: {
        steps: { type: 'string', default: '100000' },
        minutes: { type: 'string', default: '240' },
        seed: { type: 'string' },
      },
    });
    const [steps, minutes, seed] = [Number(values.steps), Number(values.minutes), Number(values.seed ?? 0)];
    if (!(steps > 0) || !(minutes > 0) || !Number.isInteger(seed)) return null;
    return async (embedded) => {
      const begun = performance.now();
      const seconds = () => Math.round((performance.now() - begun) / 1_000);
      const isOver = () => seconds() > minutes * 60;
      const again = values.seed === undefined ? {} : { seed };
      let done = 0;
      try {
        for (let servers = 0; done < steps && !isOver(); servers += 1) {
          // Most of what people can do to each other they can do in one process.
          const mode = servers % 4 === 3 ? 'dedicated' : 'pooled';
          done += await onServer(embedded, mode, { steps: Math.min(onOneServer, steps - done), isOver, ...again });
          process.stdout.write(`${done} steps in ${seconds()} s, the last of them with ${mode} engines\n`);
        }
      } catch (error) {
        if (!(error instanceof Interference)) throw error;
        process.stdout.write(`Not isolated, behind ${done} steps that were.\n${error.message}\n`);
        return false;
      }
      if (done < steps) process.stdout.write(`Cut short after ${minutes} minutes.\n`);
      process.stdout.write(`In ${done} steps Alice saw nothing of Bob.\n`);
      return true;
    };
  },
};
