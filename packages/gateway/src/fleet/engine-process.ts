/**
 * One operating-system process that hosts the engines of one or more spaces: spawn, commands in, reports out, end.
 * Never knows who owns a space, and never outlives the gateway: it ends when its standard input does.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { ErasureNote } from '@vivim/contract/erasure';
import { AppError, type ErrorCode, errorCodes } from '@vivim/contract/errors';
import type { StorageId } from '@vivim/contract/ids';
import type { ChatAnswer, ChatAsk, EmbedAnswer, EmbedAsk, ModelRefusal } from '@vivim/contract/model-asks';
import {
  type CheckCommand,
  type EngineCommand,
  EngineReport,
  type MigrateCommand,
  type OpenCommand,
  type PrepareCommand,
} from '@vivim/contract/ticket';
import type { Enclosure } from './enclosure.ts';
import type { CandidateFacts, CopyFacts } from './fleet-control.ts';
import { readLines } from './lines.ts';
import { NotePieces } from './note-pieces.ts';

/** Why a process is no more: we asked it to, it died by itself, or it was killed: it did not answer, or held too much memory. */
export type Departure = 'stopped' | 'crashed' | 'hung' | 'oversized';

export interface EngineProcessEvents {
  onJobs(storageId: StorageId, jobs: { readonly pending: number; readonly computing: boolean }): void;
  /** Something is about to be erased. Answered with what is known of backups once the note is on disk. */
  onErasing(storageId: StorageId, note: ErasureNote): Promise<ErasureNoted>;
  /** Texts are to be sent to a service; whatever goes wrong stands in the answer. */
  onEmbed(storageId: StorageId, ask: EmbedAsk): Promise<EmbedAnswer>;
  onChat(storageId: StorageId, ask: ChatAsk): Promise<ChatAnswer>;
  /** One line of standard error. */
  onLine(line: string): void;
}

/** Backups of a space there are, and when the last of them goes (ms UTC), or null where nobody set a time. */
export interface ErasureNoted {
  readonly backups: number;
  readonly backupsUntil: number | null;
}

/** What lies in the place of a space that may be behind. */
export interface Prepared {
  readonly schemaVersion: number;
  /** Null where nothing will be changed. */
  readonly copy: { readonly bytes: number; readonly version: number } | null;
}

type AnswerOf<T extends 'embedded' | 'chatted'> = Extract<EngineCommand, { type: T }>['answer'];

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: AppError): void;
}

export class EngineProcess {
  /** Settles when the process and its pipes are closed. Never rejects. */
  readonly gone: Promise<Departure>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #opening = new Map<StorageId, Waiting<void>>();
  readonly #closing = new Map<StorageId, () => void>();
  readonly #copying = new Map<StorageId, Waiting<CopyFacts>>();
  readonly #checking = new Map<StorageId, Waiting<CandidateFacts>>();
  readonly #preparing = new Map<StorageId, Waiting<Prepared>>();
  readonly #migrating = new Map<StorageId, Waiting<void>>();
  readonly #pieces = new NotePieces();
  #departure: Departure = 'crashed';

  constructor(enclosure: Enclosure, events: EngineProcessEvents) {
    // A session of its own: Ctrl-C at the terminal reaches the gateway alone, which then stops its engines in order.
    this.#child = spawn(enclosure.file, enclosure.args, { env: { ...enclosure.env }, stdio: 'pipe', detached: true });
    // Writing to a process that just died fails; its exit tells the same.
    this.#child.stdin.on('error', () => {});
    readLines(this.#child.stdout, (line) => this.#receive(line, events));
    readLines(this.#child.stderr, (line) => events.onLine(line));
    this.gone = new Promise((resolve) => {
      const end = () => {
        this.#abandon();
        resolve(this.#departure);
      };
      this.#child.once('error', end);
      this.#child.once('close', end);
    });
  }

  /** Undefined where the process could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @throws AppError the code the engine refused with; `engine_unavailable` when it died first */
  open(command: OpenCommand): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.hasEnded) return reject(unavailable());
      this.#opening.set(command.storageId, { resolve, reject });
      this.#send(command);
    });
  }

  /**
   * Have it look at a space that is not open, and leave a copy where it is behind.
   *
   * @throws AppError the code the engine refused with; `engine_unavailable` when it died first
   */
  prepare(command: PrepareCommand): Promise<Prepared> {
    return new Promise((resolve, reject) => {
      if (this.hasEnded) return reject(unavailable());
      this.#preparing.set(command.storageId, { resolve, reject });
      this.#send(command);
    });
  }

  /** Have it bring a space that is not open to the newest schema. @throws AppError as {@link prepare} */
  migrate(command: MigrateCommand): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.hasEnded) return reject(unavailable());
      this.#migrating.set(command.storageId, { resolve, reject });
      this.#send(command);
    });
  }

  /** Ask it to let go of one space; settles when it has, or when it is gone. */
  closeSpace(storageId: StorageId): Promise<void> {
    return new Promise((resolve) => {
      if (this.hasEnded) return resolve();
      this.#closing.set(storageId, resolve);
      this.#send({ type: 'close', storageId });
    });
  }

  /**
   * Have it leave a copy of a space as `copies/<name>` of its directory.
   *
   * @throws AppError the code the engine refused with; `space_busy` while another is made; `engine_unavailable` when it died first
   */
  backUp(storageId: StorageId, name: string): Promise<CopyFacts> {
    return new Promise((resolve, reject) => {
      if (this.hasEnded) return reject(unavailable());
      if (this.#copying.has(storageId)) return reject(new AppError('space_busy', 'A backup is being made already.'));
      this.#copying.set(storageId, { resolve, reject });
      this.#send({ type: 'backup', storageId, name });
    });
  }

  /**
   * Have it look into a database, which it opens and closes for that.
   *
   * @throws AppError the code the engine refused with; `space_busy` while it looks already; `engine_unavailable` when it died first
   */
  check(command: CheckCommand): Promise<CandidateFacts> {
    const { storageId } = command;
    return new Promise((resolve, reject) => {
      if (this.hasEnded) return reject(unavailable());
      if (this.#checking.has(storageId)) return reject(new AppError('space_busy', 'It is being checked already.'));
      this.#checking.set(storageId, { resolve, reject });
      this.#send(command);
    });
  }

  /** End it in order: its input ends, it closes its databases and exits; after the grace it is killed. */
  async stop(graceMs: number): Promise<void> {
    this.#departure = 'stopped';
    this.#child.stdin.end();
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.gone;
    clearTimeout(killer);
  }

  /** End it now. SQLite loses nothing that was acknowledged. */
  kill(departure: Departure): void {
    this.#departure = departure;
    this.#child.kill('SIGKILL');
  }

  #send(command: EngineCommand): void {
    this.#child.stdin.write(`${JSON.stringify(command)}\n`);
  }

  #receive(line: string, events: EngineProcessEvents): void {
    const report = parseReport(line);
    switch (report?.type) {
      case undefined:
        events.onLine('Error: a report that is none');
        break;
      case 'opened':
        take(this.#opening, report.storageId)?.resolve();
        break;
      case 'refused':
        take(this.#opening, report.storageId)?.reject(new AppError(asErrorCode(report.code), report.detail));
        break;
      case 'closed':
        this.#closing.get(report.storageId)?.();
        this.#closing.delete(report.storageId);
        break;
      case 'jobs':
        events.onJobs(report.storageId, report);
        break;
      case 'erasing-marks':
        this.#pieces.add(report.id, report.marks);
        break;
      case 'erasing':
        void this.#note(report.storageId, report.note, events);
        break;
      case 'embed':
        void this.#answer(report, 'embedded', events.onEmbed(report.storageId, report.ask));
        break;
      case 'chat':
        void this.#answer(report, 'chatted', events.onChat(report.storageId, report.ask));
        break;
      case 'backed-up':
        take(this.#copying, report.storageId)?.resolve(report);
        break;
      case 'prepared':
        take(this.#preparing, report.storageId)?.resolve(report);
        break;
      case 'migrated':
        take(this.#migrating, report.storageId)?.resolve();
        break;
      case 'not-migrated': {
        const waiting = take(this.#preparing, report.storageId) ?? take(this.#migrating, report.storageId);
        waiting?.reject(new AppError(asErrorCode(report.code), report.detail));
        break;
      }
      case 'not-backed-up':
        take(this.#copying, report.storageId)?.reject(new AppError(asErrorCode(report.code), report.detail));
        break;
      case 'checked':
        take(this.#checking, report.storageId)?.resolve(report);
        break;
      case 'not-checked':
        take(this.#checking, report.storageId)?.reject(new AppError(asErrorCode(report.code), report.detail));
        break;
    }
  }

  /** The engine touches nothing before it hears that the note is on disk. */
  async #note(storageId: StorageId, note: ErasureNote, events: EngineProcessEvents): Promise<void> {
    const about = { type: 'erasure-noted', storageId, id: note.id } as const;
    try {
      this.#send({ ...about, noted: true, ...(await events.onErasing(storageId, this.#pieces.whole(note))) });
    } catch {
      events.onLine('Error: a note of an erasure was not kept');
      this.#send({ ...about, noted: false, backups: 0, backupsUntil: null });
    }
  }

  /** Whatever happens, it is told. */
  async #answer<T extends 'embedded' | 'chatted'>(
    { storageId, id }: { readonly storageId: StorageId; readonly id: string },
    type: T,
    asked: Promise<AnswerOf<T>>,
  ): Promise<void> {
    const answer = await asked.catch((error: unknown): ModelRefusal => {
      const { code, message, retryAfterSeconds = null } = error instanceof AppError ? error : unavailable();
      return { ok: false, code, detail: message, retryAfterSeconds };
    });
    this.#send({ type, storageId, id, answer } as Extract<EngineCommand, { type: T }>);
  }

  /** Nobody waits for a process that is gone. */
  #abandon(): void {
    const error = this.#departure === 'hung' ? new AppError('engine_timeout') : unavailable();
    for (const each of [this.#opening, this.#copying, this.#checking, this.#preparing, this.#migrating]) {
      for (const waiting of each.values()) waiting.reject(error);
      each.clear();
    }
    for (const resolve of this.#closing.values()) resolve();
    this.#closing.clear();
  }

  /** It runs no more; `gone` settles now or has. */
  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined;
  }
}

function parseReport(line: string): EngineReport | null {
  try {
    return EngineReport.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function take<T>(waiting: Map<StorageId, T>, storageId: StorageId): T | undefined {
  const found = waiting.get(storageId);
  waiting.delete(storageId);
  return found;
}

const asErrorCode = (code: string): ErrorCode => errorCodes.find((known) => known === code) ?? 'engine_unavailable';

const unavailable = () => new AppError('engine_unavailable');
