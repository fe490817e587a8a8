/**
 * The files on their way up, one after another, outliving the page they were dropped on. Ends where the server takes
 * over: a file that arrived leaves the queue and lives on as an import.
 */
import { uuidv7 } from '@vivim/contract/random';
import { queryClient } from './query-client.ts';
import { uploadFile } from './upload.ts';

export interface Upload {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  readonly sent: number;
  readonly state: 'waiting' | 'uploading' | 'failed';
  readonly error: unknown;
}

interface Entry extends Upload {
  readonly file: File;
  readonly controller: AbortController;
}

let entries: readonly Entry[] = [];
let busy = false;
const listeners = new Set<() => void>();

function set(next: readonly Entry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}
const change = (id: string, part: Partial<Upload>): void =>
  set(entries.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)));
const remove = (id: string): void => set(entries.filter((entry) => entry.id !== id));

async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let entry = waiting(); entry !== undefined; entry = waiting()) {
    const { id, file, controller } = entry;
    change(id, { state: 'uploading' });
    try {
      await uploadFile(file, { signal: controller.signal, onProgress: (sent) => change(id, { sent }) });
      await queryClient.invalidateQueries({ queryKey: ['imports'] });
      remove(id);
    } catch (error) {
      if (!controller.signal.aborted) change(id, { state: 'failed', error });
    }
  }
  busy = false;
}
const waiting = (): Entry | undefined => entries.find((entry) => entry.state === 'waiting');

export const uploadQueue = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  list: (): readonly Upload[] => entries,
  add(files: readonly File[]): void {
    const added = files.map(
      (file): Entry => ({
        id: uuidv7(),
        fileName: file.name,
        size: file.size,
        sent: 0,
        state: 'waiting',
        error: null,
        file,
        controller: new AbortController(),
      }),
    );
    set([...entries, ...added]);
    void work();
  },
  /** Stops it if it is on its way, and takes it off the list. */
  drop(id: string): void {
    entries.find((entry) => entry.id === id)?.controller.abort();
    remove(id);
  },
  /** For the end of a session: nothing of it may arrive in the next one. */
  clear(): void {
    for (const entry of entries) entry.controller.abort();
    set([]);
  },
};

// Leaving the site would cut the upload; the browser asks first.
addEventListener('beforeunload', (event) => {
  if (entries.some((entry) => entry.state !== 'failed')) event.preventDefault();
});
