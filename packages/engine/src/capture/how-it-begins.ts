/**
 * How a file begins that could not be read, for its person to know it by: its first lines, or the first names in it. Secrets are
 * masked. Reads little, and never fails: what cannot be told is left out.
 */
import type { ByteFile } from '../space/spool.ts';
import { openUploaded } from './open-uploaded.ts';
import { safeName } from './secrets/safe-names.ts';
import { asUtf8 } from './transcode.ts';

const most = { bytes: 4_096, lines: 6, names: 12, characters: 160 };

/** @returns null where nothing of it can be told */
export async function howItBegins(file: ByteFile): Promise<string[] | null> {
  try {
    const opened = await openUploaded(file, 'the file', await file.read(0, 1024));
    const begins =
      opened === null ? await linesOf(file) : opened.archive.entries.slice(0, most.names).map(({ name }) => name);
    return begins.length === 0 ? null : begins.map((line) => safeName(shown(line)));
  } catch {
    return null;
  }
}

/** None of a file whose bytes are no text. */
async function linesOf(file: ByteFile): Promise<string[]> {
  for await (const chunk of asUtf8(file.stream(0, Math.min(file.size, most.bytes)))) {
    const text = chunk.toString('utf8');
    if (text.includes('\0')) return [];
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    return lines.slice(0, most.lines);
  }
  return [];
}

const shown = (line: string): string =>
  line.length > most.characters ? `${line.slice(0, most.characters).toWellFormed()}…` : line;
