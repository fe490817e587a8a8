/** The files of an archive that are no conversations, with what the export says of them elsewhere. Reads its lists of files; keeps nothing. */
import type { Source } from '@vivim/contract/conversation';
import type { ArchiveEntry } from '../archive.ts';
import type { Sidecar } from '../detect.ts';
import { sourceModules } from '../sources/registry.ts';
import { baseName, type ExportFile, type FileFact } from './export-file.ts';
import { fileFactsOf } from './file-facts.ts';

/** The source to whose conversations an entry of this name is a file, and the id they point to it under. */
export function assetOf(name: string): { readonly source: Source; readonly id: string } | null {
  for (const module of sourceModules) {
    const id = module.assetId?.(name) ?? null;
    if (id !== null) return { source: module.source, id };
  }
  return null;
}

export async function exportFiles(
  entries: readonly ArchiveEntry[],
  sidecars: readonly (Sidecar & { entry: ArchiveEntry })[],
): Promise<ExportFile[]> {
  const facts = new Map<string, FileFact>();
  for (const { entry, rule } of sidecars)
    for (const [id, fact] of await fileFactsOf(entry, rule)) facts.set(id, { ...facts.get(id), ...present(fact) });
  return entries.map((entry): ExportFile => {
    const externalId = assetOf(entry.name)?.id ?? null;
    const fact = externalId === null ? undefined : facts.get(externalId);
    const { bytes, open } = entry;
    return {
      path: entry.name,
      externalId,
      name: fact?.name ?? baseName(entry.name),
      mime: fact?.mime ?? null,
      sha256: fact?.sha256 ?? null,
      madeIn: fact?.madeIn ?? null,
      bytes,
      open,
    };
  });
}

/** One list says the name, another the hash: what one does not know takes nothing from the other. */
const present = (fact: FileFact): FileFact =>
  Object.fromEntries(Object.entries(fact).filter(([, value]) => value !== null && value !== undefined));
