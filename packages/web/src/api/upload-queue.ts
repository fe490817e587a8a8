/**
 * The files and folders on their way up, one after another, outliving the page they were dropped on. Ends where the server takes
 * over: what arrived leaves the queue and lives on as an import.
 */
import type { ImportId } from '@vivim/contract/ids';
import { type PaceSample, remainingSeconds, speedOf, withSample } from '@vivim/contract/pace';
import { uuidv7 } from '@vivim/contract/random';
import { tus } from '@vivim/contract/tus';
import { api } from './client.ts';
import type { Outgoing } from './outgoing.ts';
import { queryClient } from './query-client.ts';
import { upload } from './upload.ts';

export interface Upload {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  readonly sent: number;
  /** Its import at the server, once it was begun there. */
  readonly importId: ImportId | null;
  /** Bytes per second, and seconds left; null until they are known. */
  readonly speed: number | null;
  readonly remaining: number | null;
  /** The line is away. */
  readonly stalled: boolean;
  readonly state: 'waiting' | 'uploading' | 'paused' | 'failed';
  readonly error: unknown;
}

interface Entry extends Upload {
  readonly outgoing: Outgoing;
  readonly controller: AbortController;
  readonly pace: readonly PaceSample[];
}

let entries: readonly Entry[] = [];
/** What was sent from this page, by its import: handles, no bytes. It can be sent once more as something else. */
const sent = new Map<ImportId, Outgoing>();
let busy = false;
const listeners = new Set<() => void>();

function set(next: readonly Entry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}
const change = (id: string, part: Partial<Entry>): void =>
  set(entries.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)));
const remove = (id: string): void => set(entries.filter((entry) => entry.id !== id));

async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let entry = waiting(); entry !== undefined; entry = waiting()) {
    const { id, outgoing, controller } = entry;
    // What was known of the speed is of before a pause.
    change(id, { state: 'uploading', pace: [], speed: null, remaining: null, stalled: false });
    try {
      const run = await upload(outgoing, {
        signal: controller.signal,
        onProgress: (bytes, importId) => moved(id, bytes, importId),
        onStalled: (stalled) => change(id, { stalled }),
      });
      sent.set(run.id, outgoing);
      await Promise.all([['imports'], ['space']].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
      remove(id);
    } catch (error) {
      if (!controller.signal.aborted) change(id, { state: 'failed', error });
    }
  }
  busy = false;
}
function moved(id: string, sent: number, importId: ImportId): void {
  const entry = entries.find((each) => each.id === id);
  if (entry === undefined) return;
  const pace = withSample(entry.pace, performance.now(), sent);
  change(id, { sent, importId, pace, speed: speedOf(pace), remaining: remainingSeconds(pace, entry.size) });
}
const waiting = (): Entry | undefined => entries.find((entry) => entry.state === 'waiting');

export const uploadQueue = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  list: (): readonly Upload[] => entries,
  /** What an import was sent as from this page; undefined where it was not. */
  sentAs: (id: ImportId): Outgoing | undefined => sent.get(id),
  add(outgoings: readonly Outgoing[]): void {
    const added = outgoings.map(
      (outgoing): Entry => ({
        id: uuidv7(),
        fileName: outgoing.name,
        size: outgoing.size,
        sent: 0,
        importId: null,
        speed: null,
        remaining: null,
        stalled: false,
        pace: [],
        state: 'waiting',
        error: null,
        outgoing,
        controller: new AbortController(),
      }),
    );
    set([...entries, ...added]);
    void work();
  },
  /** Sends nothing more of it for now. */
  pause(id: string): void {
    change(id, { state: 'paused' });
    entries.find((entry) => entry.id === id)?.controller.abort();
  },
  goOn(id: string): void {
    change(id, { state: 'waiting', controller: new AbortController() });
    void work();
  },
  /** Gives it up: takes it off the list, and what has arrived from the server. */
  async stop(id: string): Promise<void> {
    const entry = entries.find((each) => each.id === id);
    entry?.controller.abort();
    remove(id);
    if (entry?.importId == null) return;
    const headers = { 'tus-resumable': tus.version };
    // It may be whole by now; then it is in the list of imports, to be cancelled there.
    await api.deleteUpload({ params: { id: entry.importId }, headers }).catch(() => undefined);
    await queryClient.invalidateQueries({ queryKey: ['imports'] });
  },
  /** Takes it off the list. What has arrived stays. */
  dismiss(id: string): void {
    remove(id);
    void queryClient.invalidateQueries({ queryKey: ['imports'] });
  },
  /** For the end of a session: nothing of it may arrive in the next one. */
  clear(): void {
    for (const entry of entries) entry.controller.abort();
    sent.clear();
    set([]);
  },
};

// Leaving the site stops the upload, and the file has to be chosen again to go on; the browser asks first.
addEventListener('beforeunload', (event) => {
  if (entries.some((entry) => entry.state !== 'failed')) event.preventDefault();
});
