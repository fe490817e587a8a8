/**
 * The engine's process at work. Reads commands on standard input (each brings one space with its key), serves each space on a
 * unix socket of its own, reports on standard output, logs on standard error, and ends when the gateway is gone.
 * Opens no network socket, reads no environment, and knows no other place than those it is told.
 */
import { chmodSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createInterface } from 'node:readline';
import { createAdaptorServer } from '@hono/node-server';
import { systemClock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { StorageId } from '@vivim/contract/ids';
import {
  EngineCommand,
  type EngineReport,
  type MigrateCommand,
  type OpenCommand,
  type PrepareCommand,
} from '@vivim/contract/ticket';
import { type Engine, migrateSpace, prepareSpace, startEngine } from './engine-app.ts';
import { describeError, writeLog } from './log.ts';
import type { Migration } from './sqlite/migrate.ts';

interface Served {
  readonly engine: Engine;
  readonly server: Server;
}

function listen(server: Server, socketPath: string): Promise<void> {
  rmSync(socketPath, { force: true });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      chmodSync(socketPath, 0o600);
      resolve();
    });
  });
}

const report = (line: EngineReport): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** What went wrong, for the gateway: a code, and words for the person. The rest goes to the log. */
function refusal(event: string, error: unknown, otherwise: 'internal' | 'storage_integrity') {
  writeLog({ level: 'error', event, error: describeError(error) });
  const known = error instanceof AppError ? error : new AppError(otherwise);
  return { code: known.code, detail: known.message };
}

/** Serve until standard input ends. @param migrations the steps of the schema this engine knows */
export function serveSpaces(migrations: readonly Migration[]): void {
  const served = new Map<StorageId, Served>();

  async function open(command: OpenCommand): Promise<void> {
    const { storageId } = command;
    let engine: Engine | null = null;
    try {
      engine = startEngine(command, {
        clock: systemClock,
        migrations,
        onPending: (pending) => report({ type: 'jobs', storageId, pending }),
      });
      const server = createAdaptorServer({ fetch: engine.fetch, overrideGlobalObjects: false }) as Server;
      server.requestTimeout = 0;
      await listen(server, command.socketPath);
      served.set(storageId, { engine, server });
      report({ type: 'opened', storageId });
      engine.begin();
    } catch (error) {
      await engine?.close();
      report({ type: 'refused', storageId, ...refusal('open-refused', error, 'storage_integrity') });
    }
  }

  async function close(storageId: StorageId, amongOthers = false): Promise<void> {
    const found = served.get(storageId);
    if (found !== undefined) {
      served.delete(storageId);
      found.server.close();
      found.server.closeIdleConnections();
      await found.engine.close(amongOthers);
      found.server.closeAllConnections();
    }
    report({ type: 'closed', storageId });
  }

  const leaving = new Set<Promise<void>>();
  function letGo(storageId: StorageId): void {
    const left = close(storageId, served.size > 1).finally(() => leaving.delete(left));
    leaving.add(left);
  }

  async function backUp(storageId: StorageId, name: string): Promise<void> {
    try {
      const engine = served.get(storageId)?.engine;
      if (engine === undefined) throw new AppError('engine_unavailable');
      report({ type: 'backed-up', storageId, name, ...(await engine.backUp(name)) });
    } catch (error) {
      report({ type: 'not-backed-up', storageId, ...refusal('backup-failed', error, 'internal') });
    }
  }

  function change(command: PrepareCommand | MigrateCommand): void {
    const { storageId } = command;
    try {
      if (command.type === 'prepare') report({ type: 'prepared', storageId, ...prepareSpace(command, migrations) });
      else {
        migrateSpace(command, systemClock, migrations);
        report({ type: 'migrated', storageId });
      }
    } catch (error) {
      report({ type: 'not-migrated', storageId, ...refusal('migration-refused', error, 'storage_integrity') });
    }
  }

  async function obey(line: string): Promise<void> {
    const command = EngineCommand.parse(JSON.parse(line));
    if (command.type === 'open') await open(command);
    // Letting go of one space and copying one take as long as the disk takes, and nobody else has to wait for that.
    else if (command.type === 'close') letGo(command.storageId);
    else if (command.type !== 'backup') change(command);
    else void backUp(command.storageId, command.name);
  }

  const lines = createInterface({ input: process.stdin });
  let work: Promise<void> = Promise.resolve();
  lines.on('line', (line) => {
    work = work
      .then(() => obey(line))
      .catch((error: unknown) => {
        writeLog({ level: 'error', event: 'command-failed', error: describeError(error) });
      });
  });
  /** The gateway closed its end: fold up every space and go. */
  lines.on('close', async () => {
    await work;
    await Promise.allSettled([...leaving, ...[...served.keys()].map((storageId) => close(storageId))]);
    process.exit(0);
  });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => lines.close());
}
