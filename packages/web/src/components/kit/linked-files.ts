/**
 * Files a text links to by a path that was good only where it was written (`sandbox:/mnt/data/plan.png`): which of the files at hand is
 * meant. An address is made of the file's id alone, never of what the text says.
 */
import type { PartAttachment } from '@vivim/contract/attachment';
import { createContext } from 'react';

/** By the name a link ends with. */
export type LinkedFiles = ReadonlyMap<string, PartAttachment>;

/** Around texts whose links lead to files. */
export const LinkedFilesContext = createContext<LinkedFiles>(new Map());

export const fileAddress = (id: PartAttachment['id']): string => `/v1/attachments/${encodeURIComponent(id)}/content`;

const scheme = /^sandbox:\//;

/** Links of this kind go no further than to the one who asks which file is meant. */
export const isPathLink = (href: string): boolean => scheme.test(href);

/** The files whose bytes are here, by name; of two of one name none is meant. */
export function filesByName(files: readonly (PartAttachment | null)[]): LinkedFiles {
  const found = new Map<string, PartAttachment | null>();
  for (const file of files) {
    if (file === null || !file.stored || file.name === null) continue;
    const before = found.get(file.name);
    found.set(file.name, before === undefined || before?.id === file.id ? file : null);
  }
  return new Map([...found].flatMap(([name, file]) => (file === null ? [] : [[name, file] as const])));
}

export function fileMeant(href: string, files: LinkedFiles): PartAttachment | null {
  if (!isPathLink(href)) return null;
  const name = href.trim().split('/').at(-1) ?? '';
  try {
    return files.get(decodeURIComponent(name)) ?? null;
  } catch {
    return files.get(name) ?? null;
  }
}
