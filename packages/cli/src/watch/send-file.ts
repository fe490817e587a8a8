/** Brings one watched file in, the way files of its kind change. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { hasEnded } from '@vivim/client/follow-import';
import { folderZip } from '@vivim/contract/folder/folder-zip';
import { zipSize } from '@vivim/contract/folder/zip-layout';
import { CliError } from '../cli-error.ts';
import { count } from '../output/text.ts';
import type { Connection } from '../session/connection.ts';
import { gotShorter } from '../transfer/folder-files.ts';
import { followImport } from '../transfer/follow-import.ts';
import { type ImportFile, importFile, upload } from '../transfer/upload.ts';
import { withDatabaseCopy } from './database-copy.ts';
import type { FoundFile } from './find-files.ts';
import { sendLines, watchedKey } from './send-lines.ts';
import { heldPieces, piecesOf } from './session-pieces.ts';

/** @returns what is said of it; null where nothing of it was new. @throws what kept it out */
export async function sendFile(
  connection: Connection,
  machine: string,
  file: FoundFile,
  signal: AbortSignal,
): Promise<string | null> {
  if (file.kind === 'lines') {
    const { sent, messagesAdded, stuck } = await sendLines(connection.client, machine, file);
    if (stuck !== null) throw new CliError('input', stuck);
    return sent === 0 ? null : `${count(messagesAdded, 'message')} more`;
  }
  if (file.kind === 'database')
    return withDatabaseCopy(file.path, async (copy) =>
      sendWhole(connection, machine, file, await importFile(copy, process.stdin), signal),
    );
  if (file.kind === 'pieces') return sendWhole(connection, machine, file, await zipOf(file), signal);
  await assertWhole(file);
  return sendWhole(connection, machine, file, await importFile(file.path, process.stdin), signal);
}

/** A session in pieces as the zip of its folder would be, with its own files alone. */
async function zipOf({ path: session }: FoundFile): Promise<ImportFile> {
  const files = await heldPieces(await piecesOf(session));
  const name = `${path.basename(session, '.json')}.zip`;
  return { name, size: zipSize(files), from: () => folderZip(files, gotShorter(path.dirname(session))) };
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
  { place, path: name }: FoundFile,
  file: ImportFile,
  signal: AbortSignal,
): Promise<string | null> {
  const accepted = await upload(connection, file, {
    source: place.source,
    watched: watchedKey(machine, name),
    onSent: () => {},
    signal,
  });
  const run = hasEnded(accepted) ? accepted : await followImport(connection.client, accepted.id, () => {}, signal);
  if (run.error !== null) throw new CliError('input', run.error.detail);
  const { added } = run.report.messages;
  return run.sameFileAs !== null || added === 0 ? null : `${count(added, 'message')} more`;
}
