/** `npm run soak -- cycles [--cycles N] [--starts N]`: nothing stays behind however often spaces are opened and engines started. */

import { builtEngine } from '@vivim/gateway/fleet/engine-program';
import { readArguments } from '../../scripts/arguments.ts';
import { type CycleFigures, cycleProcesses, cycleSpaces, type ProcessFigures } from './cycles.ts';
import type { Soak } from './soak-shape.ts';

/** Growth after warming up that is taken for noise of the collector. */
export const mostGrowthBytes = 10 * 1_000_000;

export const leaksNothing = ({ engine, gateway }: CycleFigures): boolean =>
  engine.descriptors <= 0 &&
  gateway.descriptors <= 0 &&
  engine.residentBytes < mostGrowthBytes &&
  gateway.heapBytes < mostGrowthBytes;
export const leavesNothing = ({ descriptors, processes, leftovers }: ProcessFigures): boolean =>
  descriptors <= 0 && processes === 0 && leftovers === 0;

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

export const cyclesSoak: Soak = {
  prepare(args) {
    const { values } = readArguments({
      args: [...args],
      options: { cycles: { type: 'string', default: '10000' }, starts: { type: 'string', default: '200' } },
    });
    const [cycles, starts] = [Number(values.cycles), Number(values.starts)];
    if (!(cycles >= 30 && starts >= 30)) return null;
    return async () => {
      const spaces = await cycleSpaces(builtEngine(), cycles);
      const processes = await cycleProcesses(starts, builtEngine());
      process.stdout.write(
        [
          '| what | times | ms each | descriptors left in the engine | in the gateway | memory of the engine grew by | the heap of the gateway by |',
          '|---|--:|--:|--:|--:|--:|--:|',
          `| a space opened, asked, closed, in one process | ${cycles} | ${spaces.msEach.toFixed(1)} | ${spaces.engine.descriptors} | ${spaces.gateway.descriptors} | ${megabytes(spaces.engine.residentBytes)} | ${megabytes(spaces.gateway.heapBytes)} |`,
          `| an engine process started, asked, stopped | ${starts} | ${processes.msEach.toFixed(1)} | | ${processes.descriptors} | | |`,
          '',
          `After the fleet was closed: ${processes.processes} processes and ${processes.leftovers} directories left.`,
          '',
        ].join('\n'),
      );
      return leaksNothing(spaces) && leavesNothing(processes);
    };
  },
};
