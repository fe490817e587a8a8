/** Reads the lists of an export that say what conversations of its other files are called, whole: of two names the later one counts. */
import { cutFile } from './cut.ts';
import type { Sidecar } from './detect.ts';
import type { UploadedFile } from './look-at-file.ts';
import { besideStream } from './plan-file.ts';
import { asRecord, fromJson } from './sources/json-value.ts';

/** Conversations that are named at most; an archive has no more entries. */
const mostNames = 200_000;

/**
 * @param rows whether it is one value after another, a line each
 * @returns titles by the id of their conversation
 * @throws AppError where the file is damaged
 */
export async function namesBeside(file: UploadedFile, { source, rule }: Sidecar, rows: boolean) {
  const names = new Map<string, string>();
  if (rule.names === undefined) return names;
  const stream = besideStream(file, source, null);
  const format = rows ? { ...stream.format, cut: { kind: 'lines' } as const } : stream.format;
  for await (const { bytes } of cutFile({ ...stream, format })) {
    const record = bytes === null ? null : asRecord(fromJson(bytes.toString('utf8')));
    const named = record === null || !rule.fits(record) ? null : rule.names(record);
    if (named !== null && named !== undefined && (names.size < mostNames || names.has(named.id)))
      names.set(named.id, named.title);
  }
  return names;
}
