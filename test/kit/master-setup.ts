/**
 * What a whole run of the tests shares: one throw-away PostgreSQL, on which test files get databases of their own, a folder
 * of what servers of their own begin with (`prepared.ts`), and servers for whoever needs none of their own (`common-servers.ts`).
 * Ends all of it afterwards.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MasterTarget, openMaster } from '@vivim/gateway/master/db';
import { startEmbedded } from '@vivim/gateway/master/embedded/server';
import type { TestProject } from 'vitest/node';
import { buildWebFiles } from '../browser/web-files.ts';
import { keepCommonServers } from './common-servers.ts';
import { keepCluster, preparedIn } from './prepared.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    embeddedMaster: MasterTarget;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'vivim-masters-'));
  // Under root PostgreSQL runs as another user, which has to pass through here.
  await chmod(folder, 0o711);
  const home = join(folder, 'master');
  const first = await startEmbedded(home, { unsafeFast: true });
  // What a new server would do first is done already.
  await (await openMaster(first.target)).close();
  await first.stop();
  keepCluster(home, folder);
  preparedIn(folder);
  const server = await startEmbedded(home, { unsafeFast: true });
  project.provide('embeddedMaster', server.target);
  const endServers = await keepCommonServers(folder, async () => (await buildWebFiles()).dir);
  return async () => {
    await endServers();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
