/**
 * The deletion ledger's copy in the place of backups. It belongs to no set and only grows, so that whoever restores an old set
 * still learns who was erased since. Two ledgers of one server are one and a beginning of it; anything else was tampered with.
 */
import type { ErasureLedger } from '../keys/erasure-ledger.ts';
import { ledgerName } from './names.ts';
import type { BackupStore } from './store.ts';

export async function keepLedger(store: BackupStore, ledger: Pick<ErasureLedger, 'lines'>): Promise<void> {
  const lines = ledger.lines();
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const before = await store.read(ledgerName);
  if (before !== null && Buffer.from(before).toString('utf8') === text) return;
  // A server that lost its own ledger must not take it from here as well.
  if (before !== null && !text.startsWith(Buffer.from(before).toString('utf8'))) return;
  await store.write(ledgerName, Buffer.from(text));
}

/** Null where there is none: not even one of a server that never erased anybody. */
export async function readKeptLedger(store: BackupStore): Promise<string | null> {
  const bytes = await store.read(ledgerName);
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

/** The longest of several. @throws Error in words when one is not the beginning of another */
export function longestLedger(texts: readonly string[]): string {
  const longest = [...texts].sort((a, b) => b.length - a.length)[0] ?? '';
  if (texts.every((text) => longest.startsWith(text))) return longest;
  throw new Error(
    'Two deletion ledgers were found and neither goes on from the other. One was altered, or is of another server.',
  );
}
