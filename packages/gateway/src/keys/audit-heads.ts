/**
 * The witness of the audit chains: where each one ended, noted outside of master each time it grew. Who can write to master
 * alone can make a chain shorter or write it anew, and cannot make this file agree. See docs/adr/0017.
 */
import { z } from 'zod';
import { writeDurably } from './durable-file.ts';
import { openLineFile } from './line-file.ts';

const Line = z.strictObject({
  chain: z.string(),
  seq: z.int(),
  hash: z.string(),
  /** `base`: all that is left of lines before a start. `conflict`: two different entries were witnessed in one place. */
  mark: z.enum(['base', 'conflict']).optional(),
});
type Line = z.infer<typeof Line>;

/** An entry of a chain as it was witnessed; the hash is base64url. */
export type AuditHead = Pick<Line, 'chain' | 'seq' | 'hash'>;

export interface Witnessed {
  /** The latest of each chain. */
  readonly heads: ReadonlyMap<string, AuditHead>;
  /** Places a chain was seen to grow from a second time: entries behind them had been taken out. */
  readonly conflicts: readonly AuditHead[];
}

export interface AuditHeads {
  /** Not waited for by a power cut: a line that is lost leaves the witness a little behind, never ahead. */
  note(head: AuditHead): Promise<void>;
  read(): Promise<Witnessed>;
  /** Takes the lines of a chain out: its person was erased. What is noted of it afterwards is not kept either. */
  forget(chain: string): Promise<void>;
}

function parseLine(text: string): Line | null {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Lines of one chain may stand a little out of order, because two that grew it at once note it at once. */
function witnessed(lines: readonly string[]): Witnessed {
  const heads = new Map<string, AuditHead>();
  const bases = new Map<string, number>();
  const seen = new Map<string, string>();
  const conflicts: AuditHead[] = [];
  for (const text of lines) {
    const line = parseLine(text);
    if (line === null) continue;
    const { chain, seq, hash, mark } = line;
    const head = { chain, seq, hash };
    if (mark === 'conflict') {
      conflicts.push(head);
      continue;
    }
    const place = `${chain} ${seq}`;
    const regrown = mark === undefined && seq <= (bases.get(chain) ?? 0);
    if (regrown || (seen.get(place) ?? hash) !== hash) conflicts.push(head);
    seen.set(place, hash);
    if (mark === 'base') bases.set(chain, seq);
    if (seq > (heads.get(chain)?.seq ?? 0)) heads.set(chain, head);
  }
  return { heads, conflicts };
}

/**
 * Opens the witness, and brings it to one line for each chain.
 *
 * @param path e.g. `<data>/keys/audit-heads.jsonl`; made with the first head
 * @param isErased whether a chain is of somebody who was erased: theirs are forgotten
 */
export async function openAuditHeads(path: string, isErased: (chain: string) => boolean): Promise<AuditHeads> {
  const file = await openLineFile(path);
  const lines = await file.read();
  const { heads, conflicts } = witnessed(lines);
  const kept: Line[] = [
    ...[...heads.values()].map((head) => ({ ...head, mark: 'base' as const })),
    ...conflicts.map((head) => ({ ...head, mark: 'conflict' as const })),
  ].filter(({ chain }) => !isErased(chain));
  const write = (left: readonly string[]) => writeDurably(path, Buffer.from(left.map((line) => `${line}\n`).join('')));
  if (lines.length > 0) await write(kept.map((line) => JSON.stringify(line)));
  const forgotten = new Set<string>();
  // A line that is added while the file is written anew would be lost.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  return {
    note: ({ chain, seq, hash }) =>
      inTurn(async () => {
        if (!forgotten.has(chain)) await file.append({ chain, seq, hash }, false);
      }),
    read: () => inTurn(async () => witnessed(await file.read())),
    forget: (chain) =>
      inTurn(async () => {
        forgotten.add(chain);
        const all = await file.read();
        const left = all.filter((line) => parseLine(line)?.chain !== chain);
        if (left.length < all.length) await write(left);
      }),
  };
}
