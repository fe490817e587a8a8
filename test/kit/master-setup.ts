/** Starts one throw-away PostgreSQL for the whole run and ends it afterwards. Test files get databases of their own on it. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MasterTarget } from '@vivim/gateway/master/db';
import { startEmbedded } from '@vivim/gateway/master/embedded/server';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    embeddedMaster: MasterTarget;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'vivim-masters-'));
  // Under root PostgreSQL runs as another user, which has to pass through here.
  await chmod(folder, 0o711);
  const server = await startEmbedded(join(folder, 'master'), { unsafeFast: true });
  project.provide('embeddedMaster', server.target);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
