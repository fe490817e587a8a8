/** Brings one watched file in, the way files of its kind change. */
import { readFile } from 'node:fs/promises';
import { hasEnded } from '@vivim/client/follow-import';
import { CliError } from '../cli-error.ts';
import { count } from '../output/text.ts';
import type { Connection } from '../session/connect.ts';
import { followImport } from '../transfer/follow-import.ts';
import { importFile, upload } from '../transfer/upload.ts';
import { withDatabaseCopy } from './database-copy.ts';
import type { FoundFile } from './find-files.ts';
import { sendLines, watchedKey } from './send-lines.ts';

/** @returns what is said of it; null where nothing of it was new. @throws what kept it out */
export async function sendFile(
  connection: Connection,
  machine: string,
  file: FoundFile,
  signal: AbortSignal,
): Promise<string | null> {
  if (file.place.kind === 'lines') {
    const { sent, messagesAdded, stuck } = await sendLines(connection.client, machine, file);
    if (stuck !== null) throw new CliError('input', stuck);
    return sent === 0 ? null : `${count(messagesAdded, 'message')} more`;
  }
  if (file.place.kind === 'database')
    return withDatabaseCopy(file.path, (copy) => sendWhole(connection, machine, file, copy, signal));
  await assertWhole(file);
  return sendWhole(connection, machine, file, file.path, signal);
}

/** A file that is written anew may be seen when half of it is there. */
async function assertWhole({ path: file, size }: FoundFile): Promise<void> {
  if (!file.endsWith('.json') || size > mostLookedAt) return;
  try {
    JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CliError('input', 'It is not whole: its JSON does not end.', { cause: error });
  }
}
/** Bytes. */
const mostLookedAt = 64 * 1024 ** 2;

async function sendWhole(
  connection: Connection,
  machine: string,
  { place, path }: FoundFile,
  from: string,
  signal: AbortSignal,
): Promise<string | null> {
  const accepted = await upload(connection, await importFile(from, process.stdin), {
    source: place.source,
    watched: watchedKey(machine, path),
    onSent: () => {},
    signal,
  });
  const run = hasEnded(accepted) ? accepted : await followImport(connection.client, accepted.id, () => {}, signal);
  if (run.error !== null) throw new CliError('input', run.error.detail);
  const { added } = run.report.messages;
  return run.sameFileAs !== null || added === 0 ? null : `${count(added, 'message')} more`;
}
