/**
 * The engine's process at work. Reads commands on standard input (each brings one space with its key), serves each space on a
 * unix socket of its own, reports on standard output, logs on standard error, and ends when the gateway is gone.
 * Opens no network socket, reads no environment, and knows no other place than those it is told.
 */
import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createInterface } from 'node:readline';
import { systemClock } from '@vivim/contract/clock';
import type { ErasureId, ErasureNote } from '@vivim/contract/erasure';
import { AppError } from '@vivim/contract/errors';
import type { StorageId } from '@vivim/contract/ids';
import type { ChatAnswer, ChatAsk, EmbedAnswer, EmbedAsk } from '@vivim/contract/model-asks';
import { uuidv7 } from '@vivim/contract/random';
import {
  type CheckCommand,
  EngineCommand,
  type EngineReport,
  type MigrateCommand,
  marksToALine,
  type OpenCommand,
  type PrepareCommand,
} from '@vivim/contract/ticket';
import { type Engine, migrateSpace, prepareSpace, startEngine } from './engine-app.ts';
import type { Noted } from './erasure/eraser.ts';
import { describeError, writeLog } from './log.ts';
import { checkSpace } from './space/check-space.ts';
import type { Migration } from './sqlite/migrate.ts';

interface Served {
  readonly engine: Engine;
  readonly server: Server;
}

function listen(server: Server, socketPath: string): Promise<void> {
  rmSync(socketPath, { force: true });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
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

/**
 * Serve until standard input ends.
 *
 * @param migrations the steps of the schema this engine knows
 * @param blank the file a new space begins as; null where its schema is made step by step
 */
export function serveSpaces(migrations: readonly Migration[], blank: string | null): void {
  const served = new Map<StorageId, Served>();
  /** Erasures whose note is on its way to the gateway's book. */
  const noting = new Map<ErasureId, { resolve(noted: Noted): void; reject(error: AppError): void }>();

  function note(storageId: StorageId, erasing: ErasureNote): Promise<Noted> {
    return new Promise((resolve, reject) => {
      noting.set(erasing.id, { resolve, reject });
      const { id, marks } = erasing;
      const last = Math.max(0, marks.length - 1 - ((marks.length - 1) % marksToALine));
      for (let from = 0; from < last; from += marksToALine)
        report({ type: 'erasing-marks', storageId, id, marks: marks.slice(from, from + marksToALine) });
      report({ type: 'erasing', storageId, note: { ...erasing, marks: marks.slice(last) } });
    });
  }

  /** Texts whose vectors are awaited, and questions whose answers are. */
  const embedding = new Map<string, (answer: EmbedAnswer) => void>();
  const chatting = new Map<string, (answer: ChatAnswer) => void>();

  /** The gateway answers whatever happens; when it is gone, so is this process. */
  function embed(storageId: StorageId, ask: EmbedAsk): Promise<EmbedAnswer> {
    return new Promise((resolve) => {
      const id = uuidv7();
      embedding.set(id, resolve);
      report({ type: 'embed', storageId, id, ask });
    });
  }
  function chat(storageId: StorageId, ask: ChatAsk): Promise<ChatAnswer> {
    return new Promise((resolve) => {
      const id = uuidv7();
      chatting.set(id, resolve);
      report({ type: 'chat', storageId, id, ask });
    });
  }

  async function open(command: OpenCommand): Promise<void> {
    const { storageId } = command;
    let engine: Engine | null = null;
    try {
      engine = startEngine(command, {
        clock: systemClock,
        migrations,
        blank,
        onPending: (pending, computing) => report({ type: 'jobs', storageId, pending, computing }),
        note: (erasing) => note(storageId, erasing),
        embed: (ask) => embed(storageId, ask),
        chat: (ask) => chat(storageId, ask),
      });
      // Not before: it brings what of HTTP no snapshot of the heap can hold (see `snapshot-main.ts`).
      const { createAdaptorServer } = await import('@hono/node-server');
      const server = createAdaptorServer({ fetch: engine.fetch, overrideGlobalObjects: false }) as Server;
      server.requestTimeout = 0;
      // The gateway alone connects, and lets go of what it does not use. An engine that computed longer than the usual five seconds, or
      // waited so long for the processor, would close a connection on which a request lies that it has not read yet.
      server.keepAliveTimeout = 0;
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

  async function check(command: CheckCommand): Promise<void> {
    const { storageId, userId, directory, key, quotaBytes, deep, erasures } = command;
    try {
      const location = { storageId, ownerId: userId, directory, keyHex: key, quotaBytes };
      report({ type: 'checked', storageId, ...(await checkSpace(location, { deep, erasures }, systemClock)) });
    } catch (error) {
      report({ type: 'not-checked', storageId, ...refusal('check-failed', error, 'storage_integrity') });
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

  async function obey(
    command: Exclude<EngineCommand, { type: 'erasure-noted' | 'embedded' | 'chatted' }>,
  ): Promise<void> {
    if (command.type === 'open') await open(command);
    // Letting go of a space, copying and checking one take as long as the disk takes, and nobody else has to wait for that.
    else if (command.type === 'close') letGo(command.storageId);
    else if (command.type === 'check') void check(command);
    else if (command.type !== 'backup') change(command);
    else void backUp(command.storageId, command.name);
  }

  /** Answers to what engines asked pass the commands by: a space that closes waits for them. */
  function hear(line: string): void {
    const command = EngineCommand.parse(JSON.parse(line));
    if (command.type === 'embedded') {
      embedding.get(command.id)?.(command.answer);
      embedding.delete(command.id);
      return;
    }
    if (command.type === 'chatted') {
      chatting.get(command.id)?.(command.answer);
      chatting.delete(command.id);
      return;
    }
    if (command.type !== 'erasure-noted') {
      work = work.then(() => obey(command)).catch(failed);
      return;
    }
    const waiting = noting.get(command.id);
    noting.delete(command.id);
    const { backups, backupsUntil } = command;
    if (command.noted) waiting?.resolve({ backups, backupsUntil });
    else
      waiting?.reject(
        new AppError('engine_unavailable', 'The note of the erasure could not be kept; nothing was erased.'),
      );
  }

  function failed(error: unknown): void {
    writeLog({ level: 'error', event: 'command-failed', error: describeError(error) });
  }

  const lines = createInterface({ input: process.stdin });
  let work: Promise<void> = Promise.resolve();
  lines.on('line', (line) => {
    try {
      hear(line);
    } catch (error) {
      failed(error);
    }
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
