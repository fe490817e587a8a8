/** The servers the table is tried on: three gateways on one master, and a hostile host. */
import { openMaster } from '@vivim/gateway/master/db';
import { afterAll, beforeAll } from 'vitest';
import { type MasterKind, makeDatabase } from '../../kit/masters.ts';
import { startTestGateway } from '../../kit/test-gateway.ts';
import { startHostileHost } from './hostile-host.ts';
import type { World } from './row.ts';

/** One world for a suite. Read it inside tests only. */
export function useWorld(kind: MasterKind): () => World {
  let world: World | undefined;
  const endings: (() => unknown)[] = [];
  beforeAll(async () => {
    const database = await makeDatabase(kind);
    endings.unshift(database.drop);
    const host = await startHostileHost();
    endings.unshift(host.close);
    const node = async (options: Parameters<typeof startTestGateway>[1]) => {
      const master = await openMaster(database.target);
      endings.unshift(master.close);
      const gateway = await startTestGateway(master, options);
      endings.unshift(gateway.close);
      return gateway;
    };
    const { didWeb, fetch } = host;
    world = {
      gateway: await node({ didWeb, fetch }),
      second: await node({ didWeb, fetch }),
      counting: await node({
        challengesPerMinute: 10,
        failedVerifiesPerQuarterHour: 5,
        fetch,
        trustedProxies: ['127.0.0.1/32', '::1/128'],
      }),
      host,
    };
  });
  afterAll(async () => {
    for (const end of endings) await end();
  });
  return () => {
    if (world === undefined) throw new Error('the world is not up yet');
    return world;
  };
}
