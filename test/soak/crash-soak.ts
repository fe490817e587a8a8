/** Engines, models and the gateway killed at random under load, 500 times unless said otherwise. A seed plays the same order again. */
import { readArguments } from '../../scripts/arguments.ts';
import { playChaos } from '../crash/chaos.ts';
import type { Soak } from './soak-shape.ts';

export const crashSoak: Soak = {
  prepare(args) {
    const { values } = readArguments({
      args: [...args],
      options: { rounds: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
    });
    const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
    if (!(rounds > 0) || !Number.isInteger(seed)) return null;
    return async () => {
      const begun = performance.now();
      const report = await playChaos({
        rounds,
        seed,
        shares: { engine: 22, models: 4, gateway: 4 },
        onRound: (round) => {
          if (round % 50 === 49) process.stdout.write(`${round + 1} killed\n`);
        },
      });
      const { killed, acknowledged, lost, integrity, neighbour } = report;
      const seconds = Math.round((performance.now() - begun) / 1_000);
      process.stdout.write(
        `Killed in ${seconds} s: ${killed.engine} engines, ${killed.models} times models, ${killed.gateway} times the gateway.\n` +
          `${acknowledged} uploads were acknowledged, ${lost.length} are lost. integrity_check: ${integrity.join(', ')}.\n` +
          `The neighbour asked ${neighbour.asked} times, ${neighbour.failed.length} of them failed while the server ran.\n`,
      );
      return lost.length === 0 && neighbour.failed.length === 0 && integrity.every((said) => said === 'ok');
    };
  },
};
