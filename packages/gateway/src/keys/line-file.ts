/**
 * Files of JSON lines that only grow. A line that was cut short by a crash is taken off when the file is opened again; every
 * line before it stands as it was written. Mode 0600, like everything beside the keys.
 */
import { appendFile, open, readFile, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from './durable-file.ts';

export interface LineFile {
  /** Every line, oldest first, as text. */
  read(): Promise<string[]>;
  /** @param durably on disk before this returns; else when the system gets to it */
  append(line: object, durably: boolean): Promise<void>;
}

/** Takes off what follows the last line feed. */
async function mend(path: string): Promise<void> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null || bytes.length === 0 || bytes.at(-1) === 0x0a) return;
  await truncate(path, bytes.lastIndexOf(0x0a) + 1);
}

export async function openLineFile(path: string): Promise<LineFile> {
  await mend(path);
  const exists = () =>
    stat(path).then(
      () => true,
      () => false,
    );
  return {
    async read() {
      if (!(await exists())) return [];
      return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    },
    async append(line, durably) {
      const text = `${JSON.stringify(line)}\n`;
      if (!durably) return appendFile(path, text, { mode: 0o600 });
      const isNew = !(await exists());
      const file = await open(path, 'a', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      if (isNew) await syncDirectory(dirname(path));
    },
  };
}
