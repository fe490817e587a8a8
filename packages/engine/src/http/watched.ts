/** Session logs that grow: how much of one is in, and what is new of it; and the watchers that send them. */
import { AppError } from '@vivim/contract/errors';
import { growBytes } from '@vivim/contract/watched';
import type { Watcher } from '@vivim/contract/watchers';
import { type GrowDeps, growSession } from '../capture/grow-session.ts';
import type { SpaceEvents } from '../events.ts';
import type { Handlers } from './handler.ts';
import { assertPlainName } from './plain-name.ts';

export interface WatchedHandlerDeps extends GrowDeps {
  readonly events: SpaceEvents;
  /** Say that there is work. */
  readonly wake: () => void;
}

export const watchedHandlers = (deps: WatchedHandlerDeps) =>
  ({
    getWatchedFile: ({ params }) => {
      const file = deps.space.read((r) => r.watchedFiles.find(params.key));
      if (file === null) throw new AppError('not_found');
      return file;
    },
    growWatchedFile: async ({ params, query, upload, verb }) => {
      const { source, fileName, from } = query;
      assertPlainName(fileName);
      const bytes = await gathered(upload?.bytes ?? new Blob([]).stream());
      const grown = growSession(deps, { key: params.key, source, fileName, from, bytes }, verb);
      const run = deps.space.read((r) => r.imports.find(grown.importId));
      if (run !== null) deps.events.emit({ type: 'import', run });
      deps.wake();
      return grown;
    },
    listWatchers: () => ({ items: deps.space.read((r) => r.watchers.all(deps.clock())) }),
    tellWatcher: ({ params, body, verb }) =>
      deps.space.apply<Watcher>(verb, 200, (w) => w.watchers.put(params.machine, body, deps.clock())),
    forgetWatcher: ({ params, verb }) =>
      deps.space.apply<Watcher>(verb, 200, (w) => {
        const forgotten = w.watchers.remove(params.machine, deps.clock());
        if (forgotten === null) throw new AppError('not_found');
        return forgotten;
      }),
  }) satisfies Handlers<'getWatchedFile' | 'growWatchedFile' | 'listWatchers' | 'tellWatcher' | 'forgetWatcher'>;

/** @throws AppError `import_too_large` */
async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const held: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > growBytes)
      throw new AppError(
        'import_too_large',
        `More than ${growBytes / 1024 ** 2} MiB at once; send the lines in pieces.`,
      );
    held.push(chunk);
  }
  return Buffer.concat(held);
}
