/**
 * What is known of the schema of each space on this machine, so that nobody has to open all of them to find the ones that
 * are behind: `<data>/schemas.jsonl`, a line for each change, the last one of a space counts. A line that was lost in a power
 * cut costs one look at that space. Holds ids, numbers and codes, never content.
 */
import { appendFile, readFile } from 'node:fs/promises';
import { errorCodes } from '@vivim/contract/errors';
import { StorageId, UserId } from '@vivim/contract/ids';
import { z } from 'zod';
import { writeDurably } from '../keys/durable-file.ts';

/** Why a space stays behind. */
const Aside = z.strictObject({
  code: z.enum(errorCodes),
  /** The schema it could not be brought to. */
  target: z.int(),
  at: z.string(),
});
export type Aside = z.infer<typeof Aside>;

const Line = z.strictObject({
  storageId: StorageId,
  userId: UserId,
  /** Null: not looked at yet. */
  version: z.int().nullable(),
  aside: Aside.nullable(),
});
export type SchemaLine = z.infer<typeof Line>;

export interface SchemaBook {
  of(storageId: StorageId): SchemaLine | null;
  all(): readonly SchemaLine[];
  /** Remember that a space has this schema. Writes only what changed. */
  note(space: { readonly storageId: StorageId; readonly userId: UserId }, version: number): Promise<void>;
  setAside(space: { readonly storageId: StorageId; readonly userId: UserId }, aside: Aside): Promise<void>;
  /** Nothing is known against trying it any more. */
  unsetAside(storageId: StorageId): Promise<void>;
  /** Keeps nothing that names the space. */
  forget(storageId: StorageId): Promise<void>;
  /** Wait for every line to be written. */
  settle(): Promise<void>;
}

/** @param path e.g. `<data>/schemas.jsonl` */
export async function openSchemaBook(path: string): Promise<SchemaBook> {
  const known = new Map<StorageId, SchemaLine>();
  const text = await readFile(path, 'utf8').catch(() => '');
  for (const raw of text.split('\n')) {
    const line = parse(raw);
    if (line !== null) known.set(line.storageId, line);
  }
  // What was superseded is left out once, at the start; a torn last line with it.
  const writeAll = () => writeDurably(path, Buffer.from([...known.values()].map(lineOf).join('')));
  if (text !== '') await writeAll();
  let last: Promise<void> = Promise.resolve();
  const inTurn = (write: () => Promise<void>) => {
    last = last.then(write, write);
    return last;
  };
  const put = (line: SchemaLine) => {
    known.set(line.storageId, line);
    return inTurn(() => appendFile(path, lineOf(line), { mode: 0o600 }));
  };
  return {
    of: (storageId) => known.get(storageId) ?? null,
    all: () => [...known.values()],
    async note({ storageId, userId }, version) {
      const before = known.get(storageId);
      if (before?.version === version && before.aside === null) return;
      await put({ storageId, userId, version, aside: null });
    },
    setAside: ({ storageId, userId }, aside) =>
      put({ storageId, userId, version: known.get(storageId)?.version ?? null, aside }),
    async unsetAside(storageId) {
      const before = known.get(storageId);
      if (before !== undefined && before.aside !== null) await put({ ...before, aside: null });
    },
    async forget(storageId) {
      // Written anew: nothing is left that names it.
      if (known.delete(storageId)) await inTurn(writeAll);
    },
    settle: () => last.catch(() => {}),
  };
}

const lineOf = (line: SchemaLine): string => `${JSON.stringify(line)}\n`;

function parse(raw: string): SchemaLine | null {
  try {
    return Line.parse(JSON.parse(raw));
  } catch {
    return null;
  }
}
