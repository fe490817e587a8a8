/** What a process per person costs: cold start to the first answer, idle memory, and what the gateway adds to a request. */
import { setTimeout as sleep } from 'node:timers/promises';
import { signUp } from '../kit/people.ts';
import { startTestServer } from '../kit/server.ts';
import { type Figure, ms, p50p95, percentile, time } from './measure.ts';
import { descendants, engines, memory } from './processes.ts';

const coldStarts = 20;
const idleSeconds = 1;

async function untilNoEngine(serverPid: number): Promise<void> {
  while (engines(serverPid).length > 0) await sleep(50);
}

export async function benchEngineCost(): Promise<Figure[]> {
  const server = await startTestServer({ env: { VIVIM_IDLE_SECONDS: String(idleSeconds), VIVIM_LOG: 'warn' } });
  try {
    const person = await signUp(server.url);
    const cold: number[] = [];
    const idle: number[] = [];
    for (let round = 0; round < coldStarts; round += 1) {
      await untilNoEngine(server.pid);
      const start = performance.now();
      await person.client.getSpace({});
      cold.push(performance.now() - start);
      await sleep(300);
      for (const engine of engines(server.pid)) idle.push(memory(engine.pid).pss);
    }
    const warm = await time(300, () => person.client.getSpace({}));
    const gateway = await time(300, () => fetch(`${server.url}/v1/health`).then((answer) => answer.arrayBuffer()));
    const jailed = descendants(server.pid).some((p) => /(^|\/)bwrap /.test(p.command));
    return [
      {
        what: `engine cold start to first answer${jailed ? ', jailed by bubblewrap' : ''}`,
        value: p50p95(cold),
        goal: 'p95 ≤ 350 ms',
      },
      { what: 'engine idle (proportional memory)', value: `${percentile(idle, 0.5).toFixed(0)} MB`, goal: '≤ 60 MB' },
      { what: 'a signed request to a warm engine, end to end', value: p50p95(warm) },
      { what: 'a request the gateway answers itself', value: ms(percentile(gateway, 0.5)) },
    ];
  } finally {
    await server.stop();
  }
}
