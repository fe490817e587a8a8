/** How the server is. Open to guests, names nobody. */
import type { Health } from '@vivim/contract/health';
import type { HandlerDeps, Handlers } from '../call.ts';

export async function healthOf({ auth, fleet, version }: HandlerDeps): Promise<Health> {
  const master = (await auth.master.ping()) ? 'ok' : 'down';
  const { models, mode, jail, missed, running } = fleet.health();
  return {
    // Models the operator switched off are not missed.
    status: master === 'ok' && models?.status !== 'down' ? 'ok' : 'degraded',
    version,
    master: { status: master, kind: auth.master.kind },
    models: models ?? { status: 'down', embedder: null },
    engines: { mode, jail, missed, running },
  };
}

export const healthHandlers: Handlers<'getHealth'> = { getHealth: healthOf };
