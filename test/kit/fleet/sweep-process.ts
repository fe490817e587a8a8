/** A fleet of the later version in a process that can be killed: starts on a data directory, sweeps, says how far it is. */
import { readFileSync } from 'node:fs';
import type { SpaceRow } from '@vivim/gateway/fleet/fleet-control';
import { startTestFleet } from './fleet-kit.ts';
import { laterEngine } from './later-fleet.ts';
import { laterVersion } from './later-step.ts';

const [dataDir = '', rowsFile = ''] = process.argv.slice(2);
const list = JSON.parse(readFileSync(rowsFile, 'utf8')) as SpaceRow[];
const { fleet } = await startTestFleet({
  program: laterEngine,
  schemaVersion: laterVersion,
  rows: new Map(list.map((row) => [row.userId, row])),
  config: { dataDir, migrate: 'auto', engineMode: 'pooled' },
});
setInterval(async () => {
  const { current } = await fleet.migrations.status();
  process.stdout.write(`${current}\n`);
}, 20);
