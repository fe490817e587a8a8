/** The test gateway of test-gateway.ts as a suite uses it: one for the suite, on a database of its own, gone afterwards. */
import { openMaster } from '@vivim/gateway/master/db';
import { afterAll, beforeAll } from 'vitest';
import { type MasterKind, makeDatabase } from './masters.ts';
import { type GatewayOptions, startTestGateway, type TestGateway } from './test-gateway.ts';

/** One gateway for a suite, on a database of its own. Read it inside tests only. */
export function useGateway(kind: MasterKind, options: GatewayOptions = {}): () => TestGateway {
  let made: TestGateway | undefined;
  const endings: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const database = await makeDatabase(kind);
    const master = await openMaster(database.target);
    const gateway = await startTestGateway(master, options);
    made = gateway;
    endings.push(gateway.close, master.close, database.drop);
  });
  afterAll(async () => {
    for (const end of endings) await end();
  });
  return () => {
    if (made === undefined) throw new Error('the gateway is not up yet');
    return made;
  };
}
