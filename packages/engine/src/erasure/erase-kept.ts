/** Carries a note out on memories, projects, ratings and the records they were read from. Decides nothing. */
import { rereadSidecar } from '../capture/kept-record.ts';
import { redactNames } from '../capture/redact-names.ts';
import type { Marks } from '../space/marks.ts';
import type { MemoryWords } from '../space/stores/erase-memories.ts';
import type { SidecarInput } from '../space/stores/kept-input.ts';
import type { SpaceWriter } from '../space/transactors.ts';

/** @returns how many records were written again without what was erased */
export function eraseKept(w: SpaceWriter, marks: Marks, nowMs: number): number {
  const rows = w.eraseMemories;
  let redacted = 0;
  for (const [slot, pks] of slotsTouched(w, marks)) {
    const read = new Map<number, SidecarInput | null>();
    let changed = false;
    for (const pk of pks) {
      const record = rows.record(pk);
      if (record === null) continue;
      const reading = rereadSidecar(record.zstd, { ...record, archivedMs: record.asOfMs }, marks);
      const left = reading.outcome === 'kept' ? { ...reading.input, accountHash: record.accountHash, slot } : null;
      if (left?.sha256 !== record.sha256) changed = true;
      if (left !== null && left.sha256 !== record.sha256) redacted += 1;
      read.set(pk, left);
    }
    if (changed) rows.rewriteSlot(slot, read, nowMs);
  }
  for (const words of rows.memories()) {
    if (marks.has('memory', words.id)) rows.memory(words.pk);
    else if (marks.nameLengths.length > 0) {
      const left = wordsWithout(words, marks);
      if (JSON.stringify(left) !== JSON.stringify(words)) rows.setWords(left);
    }
  }
  return redacted;
}

function wordsWithout(words: MemoryWords, marks: Marks): MemoryWords {
  const left = (text: string): string => redactNames(text, marks);
  const maybe = (text: string | null): string | null => (text === null ? null : left(text));
  const { text, name, aliases, value, applies } = words;
  return {
    ...words,
    text: left(text),
    name: maybe(name),
    aliases: aliases.map(left),
    value: maybe(value),
    applies: maybe(applies),
  };
}

/** Only what may hold it is read: reading is unpacking. */
function slotsTouched(w: SpaceWriter, marks: Marks): Map<string, number[]> {
  const any = marks.nameLengths.length > 0 || marks.any('memory') || marks.any('secret');
  const slots = new Map<string, number[]>();
  for (const { pk, slot } of w.eraseMemories.records()) {
    const may = any || marks.has('record', slot) || (marks.any('conversation') && slot.includes(':feedback:'));
    if (may) slots.set(slot, [...(slots.get(slot) ?? []), pk]);
  }
  return slots;
}
