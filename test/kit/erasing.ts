/** A space with everything an engine makes in it, an eraser over it, and its pages as they lie on the disk, decrypted. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '@vivim/contract/clock';
import type { ErasureKind, ErasureNote, ErasureReceipt, Mentions } from '@vivim/contract/erasure';
import { builtInEmbedder } from '@vivim/contract/models';
import { uuidv7 } from '@vivim/contract/random';
import { TopicEmbedding } from '@vivim/engine/context/embedders/topic-embedding';
import { MemoryFinder } from '@vivim/engine/context/memories/memory-finder';
import { ProfileRollupService } from '@vivim/engine/context/profile-rollup-service';
import { EmbeddingService } from '@vivim/engine/context/retrieval/embedding-service';
import { VectorIndex } from '@vivim/engine/context/retrieval/vector-index';
import { StandingBundles } from '@vivim/engine/context/standing-bundles';
import { o200k } from '@vivim/engine/context/tokens/byte-pair-tokenizer';
import { Eraser, type Noted } from '@vivim/engine/erasure/eraser';
import { ErasingTask } from '@vivim/engine/erasure/erasing-task';
import { SpaceEvents } from '@vivim/engine/events';
import type { SpaceLocation, UserSpace } from '@vivim/engine/space/user-space';
import Database from 'better-sqlite3-multiple-ciphers';
import { newCapture } from './capture.ts';
import { letterEmbedder } from './letter-embedder.ts';

const never = new AbortController().signal;

export function newErasing(space: UserSpace, options: { clock?: Clock; backups?: Noted } = {}) {
  const clock = options.clock ?? systemClock;
  const capture = newCapture(space, clock);
  const embedder = letterEmbedder();
  const vectors = new VectorIndex(space, embedder);
  const fail = (error: unknown): never => {
    throw error;
  };
  const onErased = () => vectors.forget();
  const events = new SpaceEvents();
  const erasing = new ErasingTask({ space, events, clock, onErased });
  const tasks = [
    erasing,
    capture.task,
    new ProfileRollupService(space, fail),
    new MemoryFinder({ space, clock, onUnreadable: fail }),
    new StandingBundles({ space, tokenizer: o200k, clock }),
    new EmbeddingService({ space, embedder, vectors, clock, wake: () => {} }),
    new TopicEmbedding({ space, embedder: { ...embedder, name: builtInEmbedder.name }, clock, wake: () => {} }),
  ];
  const book: ErasureNote[] = [];
  const eraser = new Eraser({
    space,
    clock,
    note: async (note) => {
      book.push(note);
      return options.backups ?? { backups: 0, backupsUntil: null };
    },
    onErased,
  });
  /** Work until nothing waits. */
  const settle = async (): Promise<void> => {
    for (let task = tasks[0]; task !== undefined; ) {
      task = tasks.find((each) => each.pending() > 0);
      await task?.step(never);
    }
  };
  const verb = (operation = 'erase') => ({ id: uuidv7(), operation, requestHash: 'h' });
  return {
    ...capture,
    vectors,
    eraser,
    erasing,
    events,
    /** Notes as the gateway would hold them. */
    book,
    settle,
    erase: (kind: ErasureKind, ids: string | readonly string[], mentions: Mentions = 'keep'): Promise<ErasureReceipt> =>
      eraser.erase({ kind, ids: typeof ids === 'string' ? [ids] : ids, mentions }, verb()),
    allow: (id: ErasureReceipt['id']) => eraser.allow(id as NonNullable<typeof id>, verb('allowErased')),
  };
}

/**
 * Every page of a space's file, decrypted where it lies: free pages and the slack of pages too, which a copy made by SQLite
 * would leave out. The log is folded in; how long it was is told apart.
 *
 * @param mangle run on the copy before, to show that what is deleted without care is seen
 */
export function rawPages(location: SpaceLocation, mangle?: (copy: Database.Database) => void): Buffer {
  const scratch = mkdtempSync(join(tmpdir(), 'vivim-pages-'));
  try {
    const copy = join(scratch, 'user.db');
    for (const end of ['', '-wal']) {
      const from = join(location.directory, `user.db${end}`);
      if (existsSync(from)) copyFileSync(from, copy + end);
    }
    const connection = new Database(copy);
    connection.pragma("cipher='chacha20'");
    connection.pragma(`key='raw:${location.keyHex}'`);
    connection.pragma('wal_checkpoint(TRUNCATE)');
    mangle?.(connection);
    connection.unsafeMode(true);
    connection.pragma('journal_mode=DELETE');
    connection.pragma("rekey=''");
    connection.close();
    const pages = readFileSync(copy);
    if (pages.subarray(0, 15).toString('latin1') !== 'SQLite format 3') throw new Error('The copy is not readable.');
    return pages;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** How a word may stand in bytes: as it is, in capitals, hex, base64 at each of three places, UTF-16. */
export function formsOf(word: string): Buffer[] {
  const bytes = Buffer.from(word);
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The ends depend on what stands beside it.
    return Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, -2));
  });
  return [
    bytes,
    Buffer.from(word.toUpperCase()),
    Buffer.from(bytes.toString('hex')),
    ...base64,
    Buffer.from(word, 'utf16le'),
    Buffer.from(word, 'utf16le').swap16(),
  ];
}

/** Those of these words that stand in the bytes in any form. */
export const wordsIn = (bytes: Buffer, words: readonly string[]): string[] =>
  words.filter((word) => formsOf(word).some((form) => bytes.includes(form)));
