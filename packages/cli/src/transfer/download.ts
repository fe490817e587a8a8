/**
 * Receives a file. Written beside its place under another name, readable by its owner alone, and put there once it is whole:
 * what broke off leaves nothing behind. Never replaces a file that is there.
 */
import { linkSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { uuidv7 } from '@vivim/contract/random';
import { CliError, systemCode } from '../cli-error.ts';

const taken = (file: string) =>
  new CliError('already_there', `${file} is there already and is not replaced. Name another file.`);

/**
 * @returns its size in bytes
 * @throws CliError `already_there`, `usage` where it cannot be written, `unreachable` where the answer broke off
 */
export async function download(response: Response, file: string, signal: AbortSignal): Promise<number> {
  const part = `${file}.${uuidv7()}.part`;
  const { body } = response;
  if (body === null) throw new CliError('unreachable', 'The server sent nothing.');
  const source: AsyncIterable<Uint8Array> = body;
  let size = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of source) {
        size += chunk.byteLength;
        yield chunk;
      }
    } catch (cause) {
      if (signal.aborted) throw cause;
      throw new CliError('unreachable', 'The server broke off in the middle; nothing was kept.', { cause });
    }
  }
  try {
    // Opened before anything flows: a stream that opens the file itself may still do so after it was given up and removed.
    const opened = await open(part, 'wx', 0o600);
    await pipeline(counted, opened.createWriteStream(), { signal });
    // A link fails where a rename would replace.
    linkSync(part, file);
    return size;
  } catch (error) {
    if (error instanceof CliError || signal.aborted) throw error;
    if (systemCode(error) === 'EEXIST') throw taken(file);
    throw new CliError('usage', `${file}: It cannot be written (${systemCode(error)}).`, { cause: error });
  } finally {
    rmSync(part, { force: true });
  }
}
