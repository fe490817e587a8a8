/**
 * The gateway that is measured, in a process of its own: on the master it is told of, with one route more that answers as
 * `/v1/space` does and asks nobody who they are. Ends when its parent does.
 */
import type { StorageId, UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { proxyToEngine, type Resident } from '@vivim/gateway/http/proxy';
import { type MasterTarget, openMaster } from '@vivim/gateway/master/db';
import { startTestGateway } from '../kit/test-gateway.ts';

const openPath = '/v1/open';
/** What the parent is told. */
export interface Measured {
  readonly url: string;
  /** The route without authentication. */
  readonly openPath: string;
}

const userId = uuidv7() as UserId;
const storageId = uuidv7() as StorageId;
const somebody: Resident = {
  userId,
  sessionId: uuidv7(),
  scopes: ['memory:read'],
  routing: { userId, storageId, fence: 0, quotaBytes: 1 },
};

process.once('message', async (target: MasterTarget) => {
  const master = await openMaster(target);
  const gateway = await startTestGateway(master, {
    besides: (app, fleet) =>
      app.get(openPath, (c) => {
        c.set('route', openPath);
        return proxyToEngine(fleet, somebody, c.req.raw, c.get('traceId'), c.env);
      }),
  });
  process.once('disconnect', async () => {
    await gateway.close();
    await master.close();
    process.exit(0);
  });
  process.send?.({ url: gateway.url, openPath } satisfies Measured);
});
