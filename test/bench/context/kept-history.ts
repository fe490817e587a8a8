/**
 * A made-up history of some size as an engine leaves it behind: imported, rolled up, memories looked for, vectors beside it. Kept in
 * a directory, so that a second run of the bench asks at once. `node kept-history.ts DIRECTORY MESSAGES` makes one.
 * Its vectors are made up too: what a search costs depends on how many there are, not on what they say.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import { builtInEmbedder } from '@vivim/contract/models';
import { uuidv7 } from '@vivim/contract/random';
import type { BackgroundTask } from '@vivim/engine/background';
import { MemoryFinder } from '@vivim/engine/context/memories/memory-finder';
import { ProfileRollupService } from '@vivim/engine/context/profile-rollup-service';
import { EmbeddingService } from '@vivim/engine/context/retrieval/embedding-service';
import { StandingBundles } from '@vivim/engine/context/standing-bundles';
import { o200k } from '@vivim/engine/context/tokens/byte-pair-tokenizer';
import type { Embedder } from '@vivim/engine/models/embedder';
import { createUserSpace, type SpaceLocation, type UserSpace } from '@vivim/engine/space/user-space';
import { newCapture } from '../../kit/capture.ts';
import { type Figure, ms } from '../measure.ts';
import { RawWords } from '../raw-sqlite.ts';
import { random, Writer, writeExport } from '../synthetic.ts';

export interface KeptHistory {
  readonly location: SpaceLocation;
  /** The same messages in a plain file: FTS5 and nothing else. */
  readonly rawPath: string;
  /** Seconds by stage; 0 for what was not done. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** The seed of every history, so that questions are asked in its words. */
export const historySeed = 11;
/** Messages of one file: larger files would be strings too long for the raw import to parse. */
const fileOf = 50_000;

const noteOf = (directory: string): string => join(directory, 'kept.json');

/** The history that lies there, or null. */
export const keptHistory = (directory: string): KeptHistory | null =>
  existsSync(noteOf(directory)) ? (JSON.parse(readFileSync(noteOf(directory), 'utf8')) as KeptHistory) : null;

export const makingFigures = ({ seconds }: KeptHistory, messages: number): Figure[] =>
  Object.entries(seconds).map(([stage, each]) => ({
    what: `${stage}, ${messages.toLocaleString('en')} messages, when it was made`,
    value: `${each.toFixed(0)} s, ${ms((each * 1_000) / messages)} a message`,
  }));

/** Vectors of nobody, the same for the same text: as long, and as far from each other, as real ones of unlike texts. */
export function madeUpVectors(): Embedder {
  const { name, dimensions } = builtInEmbedder;
  const vectorOf = (text: string): Float32Array => {
    let seed = 7;
    for (let i = 0; i < text.length; i += 1) seed = Math.imul(seed ^ text.charCodeAt(i), 0x01000193);
    const next = random(seed);
    const vector = Float32Array.from({ length: dimensions }, () => next() + next() + next() - 1.5);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
  return { name, dimensions, embed: (texts) => Promise.resolve(texts.map(vectorOf)) };
}

async function toTheEnd(task: BackgroundTask): Promise<number> {
  const start = performance.now();
  while (task.pending() > 0) await task.step(new AbortController().signal);
  return (performance.now() - start) / 1_000;
}

const unexpected = (error: unknown): never => {
  throw error;
};

async function fill(space: UserSpace, directory: string, rawPath: string, messages: number): Promise<number> {
  const capture = newCapture(space);
  const raw = RawWords.create(rawPath);
  const writer = new Writer(historySeed);
  const path = join(directory, 'export.json');
  let seconds = 0;
  for (let done = 0; done < messages; done += fileOf) {
    writeExport(path, { messages: Math.min(fileOf, messages - done) }, writer);
    const start = performance.now();
    const run = await capture.bring({ bytes: readFileSync(path) });
    if (run.state !== 'done') throw new Error(`The import ended ${run.state}.`);
    seconds += (performance.now() - start) / 1_000;
    raw.add(path);
  }
  rmSync(path);
  raw.close();
  return seconds;
}

/** Make one. What lay there half made goes. */
async function make(directory: string, messages: number): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const location: SpaceLocation = {
    directory: join(directory, 'space'),
    storageId: uuidv7() as StorageId,
    ownerId: uuidv7(),
    keyHex: randomBytes(32).toString('hex'),
    quotaBytes: 2 ** 40,
  };
  const rawPath = join(directory, 'raw.db');
  const clock = systemClock;
  const space = createUserSpace(location, clock);
  const imported = await fill(space, directory, rawPath, messages);
  const embedder = madeUpVectors();
  const seconds = {
    import: imported,
    rollup: await toTheEnd(new ProfileRollupService(space, unexpected)),
    memories: await toTheEnd(new MemoryFinder({ space, clock, onUnreadable: unexpected })),
    'storing vectors': await toTheEnd(new EmbeddingService({ space, embedder, vectors: null, clock, wake: () => {} })),
    'standing bundles': await toTheEnd(new StandingBundles({ space, tokenizer: o200k, clock })),
  };
  space.checkpoint();
  space.close();
  writeFileSync(noteOf(directory), JSON.stringify({ location, rawPath, seconds } satisfies KeptHistory));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , directory = '', messages] = process.argv;
  await make(directory, Number(messages));
}
