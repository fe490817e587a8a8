/**
 * The deletion ledger: one line for each space that was erased, each naming the hash of the line before. It lies beside the
 * keys and in no backup of spaces or of master, so that what comes back from such a backup is known to have been erased.
 * Never says where a space lay: only the hash of its id.
 */
import { createHash } from 'node:crypto';
import { isoTime } from '@vivim/contract/clock';
import { UserId } from '@vivim/contract/ids';
import { canonicalJson } from '@vivim/contract/signed-object';
import { z } from 'zod';
import { openLineFile } from './line-file.ts';

const Line = z.strictObject({
  seq: z.int(),
  /** SHA-256 over the id of the space, base64url. */
  receipt: z.string(),
  userId: UserId,
  at: z.string(),
  prev: z.string().nullable(),
  hash: z.string(),
});
export type ErasureLine = z.infer<typeof Line>;

export interface ErasureLedger {
  /** Null where nothing of this receipt was erased. */
  find(receipt: string): ErasureLine | null;
  lines(): readonly ErasureLine[];
  /** On disk before this returns. A receipt that is there already keeps its line. */
  append(erased: { readonly receipt: string; readonly userId: UserId }, nowMs: number): Promise<ErasureLine>;
  /** The number of the first line that does not follow from the one before; null where all do. */
  firstBroken(): Promise<number | null>;
}

const hashOf = (line: Omit<ErasureLine, 'hash'>): string =>
  createHash('sha256').update(canonicalJson(line)).digest('base64url');

function parseLine(text: string): ErasureLine | null {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** @param path e.g. `<data>/keys/erased.jsonl`; made with the first line */
export async function openErasureLedger(path: string): Promise<ErasureLedger> {
  const file = await openLineFile(path);
  const lines = (await file.read()).map(parseLine).filter((line) => line !== null);
  const byReceipt = new Map(lines.map((line) => [line.receipt, line]));
  // Two lines at once would name the same line before them.
  let last: Promise<unknown> = Promise.resolve();
  const append = async ({ receipt, userId }: { receipt: string; userId: UserId }, nowMs: number) => {
    const known = byReceipt.get(receipt);
    if (known !== undefined) return known;
    const before = lines.at(-1);
    const bare = { seq: (before?.seq ?? 0) + 1, receipt, userId, at: isoTime(nowMs), prev: before?.hash ?? null };
    const line: ErasureLine = { ...bare, hash: hashOf(bare) };
    await file.append(line, true);
    lines.push(line);
    byReceipt.set(receipt, line);
    return line;
  };
  return {
    find: (receipt) => byReceipt.get(receipt) ?? null,
    lines: () => lines,
    append(erased, nowMs) {
      const done = last.then(() => append(erased, nowMs));
      last = done.catch(() => {});
      return done;
    },
    async firstBroken() {
      let prev: string | null = null;
      for (const [index, text] of (await file.read()).entries()) {
        const line = parseLine(text);
        if (line === null || line.seq !== index + 1 || line.prev !== prev) return index + 1;
        const { hash, ...bare } = line;
        if (hashOf(bare) !== hash) return index + 1;
        prev = hash;
      }
      return null;
    },
  };
}
