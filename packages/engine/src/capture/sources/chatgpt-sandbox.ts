/**
 * Links an answer gives to files its programs made (`[Table](sandbox:/mnt/data/table.xlsx)`) → a part for each file, after the words. The link
 * names no file of the export: what an export says of where a file was made (`library_files.json`) leads from the one to the other. Pure.
 */
import type { CanonicalPart } from '../canonical.ts';
import { filePart } from './attachments.ts';
import type { ContentContext } from './chatgpt-content-context.ts';
import { madeFileId } from './made-file-id.ts';

/** In brackets a name may have blanks; alone in a text it ends with one. */
const links = /\]\(\s?<?sandbox:(\/[^)\n<>"]{1,400})>?(?:\s"[^"\n]{0,200}")?\)|sandbox:(\/[^\s)\]<>"'`]{1,400})/g;
const mostLinks = 100;

export function sandboxFiles(parts: readonly CanonicalPart[], context: ContentContext): CanonicalPart[] {
  if (context.authorKind !== 'model') return [];
  const names = new Set<string>();
  for (const { kind, text } of parts) {
    if (kind !== 'text' || !text?.includes('sandbox:/')) continue;
    for (const match of text.matchAll(links)) {
      // Alone in a text, what ends a sentence is none of it.
      const name = nameIn(match[1] ?? match[2]?.replace(/[.,;:!?]+$/, '') ?? '');
      if (name !== '' && names.size < mostLinks) names.add(name);
    }
  }
  const { conversation, message } = context.place;
  return [...names].map((name) => filePart({ id: madeFileId(conversation, message, name), name }));
}

/** The last name of a path. Percent signs are taken back where they are those of an address. */
function nameIn(path: string): string {
  const name = path.trim().split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name).toWellFormed();
  } catch {
    return name.toWellFormed();
  }
}
