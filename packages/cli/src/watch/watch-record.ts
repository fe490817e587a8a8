/**
 * What a watcher says of itself for whoever asks later: when it last looked, what came in when, what is in its way. Lies in
 * `$XDG_STATE_HOME/vivim/watch/<profile>.status.json`. Names programs and counts, never a file; losing it costs nothing.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Source } from '@vivim/contract/conversation';
import { z } from 'zod';

const WatchRecord = z.strictObject({
  server: z.string(),
  lookedAt: z.string().nullable(),
  /** By program: when something of it last came in, and how many messages since the watcher was started. */
  programs: z.partialRecord(Source, z.strictObject({ at: z.string(), times: z.int() })),
  /** The code of what keeps everything out, and since when; null while nothing does. */
  trouble: z.strictObject({ code: z.string(), since: z.string() }).nullable(),
  /** Files that could not be brought in at the last look. */
  failed: z.int(),
});
export type WatchRecord = z.infer<typeof WatchRecord>;

const fileOf = (stateDirectory: string, profile: string) =>
  path.join(stateDirectory, 'watch', `${profile}.status.json`);

/** Null where there is none, or none that can be read. */
export function readWatchRecord(stateDirectory: string, profile: string): WatchRecord | null {
  try {
    return WatchRecord.safeParse(JSON.parse(readFileSync(fileOf(stateDirectory, profile), 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

export function writeWatchRecord(stateDirectory: string, profile: string, record: WatchRecord): void {
  const file = fileOf(stateDirectory, profile);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
