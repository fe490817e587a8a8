/** Reads the lists of an export that say what its files are called, whole, one entry after another. */
import type { ArchiveEntry } from '../archive.ts';
import { JsonElements } from '../json-elements.ts';
import { asRecord, fromJson } from '../sources/json-value.ts';
import type { SidecarRule } from '../sources/source-module.ts';
import { asUtf8 } from '../transcode.ts';
import type { FileFact } from './export-file.ts';

/** Files that are named at most; an archive has no more entries. */
const mostFacts = 200_000;

/** @throws AppError where the entry is damaged */
export async function fileFactsOf(entry: ArchiveEntry, rule: SidecarRule): Promise<ReadonlyMap<string, FileFact>> {
  const facts = new Map<string, FileFact>();
  if (rule.files === undefined) return facts;
  const splitter = new JsonElements();
  for await (const chunk of asUtf8(entry.open())) {
    for (const { bytes } of splitter.push(chunk)) {
      const record = bytes === null ? null : asRecord(fromJson(bytes.toString('utf8')));
      if (record === null) continue;
      for (const { id, ...fact } of rule.files(record)) if (facts.size < mostFacts) facts.set(id, fact);
    }
  }
  return facts;
}
