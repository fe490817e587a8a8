/**
 * Moves every wrap from one KEK to another while everybody works on. The key of a space is never changed and its file never
 * touched. The order makes every step safe to be killed in:
 *
 * new key on disk → book: new wraps by it, both open → each wrap replaced as one step → old key file put aside → book: old one forgotten
 */
import type { KekStatus } from '@vivim/contract/admin-kek';
import { AppError } from '@vivim/contract/errors';
import type { StorageId } from '@vivim/contract/ids';
import { type KekSource, type KekTarget, kekSetting } from '@vivim/contract/kek';
import { type Kek, KekError } from './kek.ts';
import type { KekEntry } from './kek-book.ts';
import type { KekControl, KekEvent } from './kek-control.ts';
import { makeKekFile, nextPath, readKekFile, retiredPath } from './kek-file.ts';
import { checkPassphrase, deriveKek, newKdf } from './kek-passphrase.ts';
import { type Keks, sameSource, steadyKek } from './keks.ts';
import type { KeysLog, SpaceKeys } from './space-keys.ts';

export interface RotationDeps {
  readonly keks: Keks;
  readonly keys: SpaceKeys;
  /** Written down before the step it tells of is on disk. */
  readonly tell: (event: KekEvent) => Promise<void>;
  readonly log: KeysLog;
}

export interface KekRotation extends KekControl {
  /** What a server that was stopped or killed left half done. Call it once, at the start. */
  resume(): void;
  /** When nothing is moved any more: done, stuck or closed. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Wraps that are replaced at once: each waits for the disk, and engines want the disk too. */
const atOnce = 4;

export function createKekRotation({ keks, keys, tell, log }: RotationDeps): KekRotation {
  let running: Promise<void> | null = null;
  let closing = false;
  let moved = 0;
  let failed = 0;

  /** How many wraps there are under each KEK. */
  const count = async (): Promise<Map<string, number>> => {
    const counts = new Map<string, number>();
    for (const storageId of await keys.list()) {
      const by = await keys.wrappedBy(storageId);
      if (by !== 'gone') counts.set(by, (counts.get(by) ?? 0) + 1);
    }
    return counts;
  };

  const status = async (): Promise<KekStatus> => {
    const before = keks.book();
    const counts = await count();
    // A rotation that began or ended while they were counted would be shown half.
    if (keks.book() !== before) return status();
    const { current, previous, retired } = before;
    return {
      id: current.id,
      source: current.source,
      setting: kekSetting(current.source),
      wraps: [...counts].filter(([id]) => id !== 'damaged').map(([id, wraps]) => ({ id, wraps })),
      damaged: counts.get('damaged') ?? 0,
      rotation:
        previous === null
          ? null
          : {
              from: previous.id,
              source: previous.source,
              since: previous.since,
              running: running !== null,
              moved,
              failed,
            },
      retired,
    };
  };

  const moveAll = async (from: string): Promise<void> => {
    // Whoever began to make a wrap before may have made it with the old key.
    await keys.settled();
    const waiting = (await keys.list()).values();
    const mover = async () => {
      for (const storageId of waiting) {
        if (closing) return;
        const by = await keys.wrappedBy(storageId);
        if (by !== from && by !== 'damaged') continue;
        try {
          await keys.rewrap(storageId);
          moved += 1;
        } catch (error) {
          failed += 1;
          log.error({ code: error instanceof AppError ? error.code : 'internal' }, 'kek.wrap_not_moved');
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, mover));
  };

  /** A file whose key was replaced in its place: the old one beside it, for backups of old wraps, then the new one in. */
  const settleFile = async (): Promise<string | null> => {
    const { current, previous } = keks.book();
    if (current.source.kind !== 'file' || previous === null || !sameSource(current.source, previous.source))
      return null;
    const { path } = current.source;
    const old = keks.find(previous.id);
    if (old !== undefined) await keks.disk.write(retiredPath(path, old.id), old.key);
    await keks.disk.write(path, keks.current().key);
    return nextPath(path);
  };

  const run = async (): Promise<void> => {
    const { current, previous } = keks.book();
    if (previous === null) return;
    failed = 0;
    await moveAll(previous.id);
    if (closing || failed > 0) return;
    const leftover = await settleFile();
    await tell({ event: 'kek.rotated', id: current.id, source: current.source.kind, moved });
    await keks.retire();
    if (leftover !== null) await keks.disk.remove(leftover);
  };

  const start = (): void => {
    running ??= run()
      .catch((error: unknown) =>
        log.error({ code: (error as NodeJS.ErrnoException).code ?? 'internal' }, 'kek.rotation_stopped'),
      )
      .finally(() => {
        running = null;
      });
  };

  const begin = async (to: KekTarget | null): Promise<void> => {
    const { book, kek } = { book: keks.book(), kek: keks.current() };
    if (book.previous !== null) {
      if (to !== null && !sameSource(to, book.current.source))
        throw new KekError('A rotation has begun and is not done; it goes on first. See: vivim admin kek status');
      return;
    }
    const { next, entry } = await prepare(keks, to ?? fromThere(book.current.source));
    if (next.id === kek.id)
      throw new KekError(
        `${kekSetting(entry.source)} gives the key that is in use. Have it give a new one first; the server keeps the old one until every wrap has moved.`,
      );
    if (book.retired.some(({ id }) => id === next.id))
      throw new KekError(
        `${kekSetting(entry.source)} gives a key that was retired. Choose one that was never used here.`,
      );
    await tell({ event: 'kek.rotation_begun', id: next.id, source: entry.source.kind, moved: null });
    moved = 0;
    await keks.begin(next, entry);
  };
  // Two that begin at once would each choose a key.
  let beginning: Promise<void> = Promise.resolve();

  return {
    status,
    async rotate(to) {
      const begun = beginning.then(() => begin(to));
      beginning = begun.catch(() => {});
      await begun.catch((error: unknown) => {
        throw error instanceof KekError ? new AppError('request_invalid', error.message, { cause: error }) : error;
      });
      start();
      return status();
    },
    async verify() {
      const spaces = await keys.list();
      const failing: StorageId[] = [];
      for (const storageId of spaces) {
        const opens = await keys.unwrap(storageId).then(
          () => true,
          // Erased in between, it was not there to fail.
          async () => !(await keys.has(storageId)),
        );
        if (!opens) failing.push(storageId);
      }
      return { checked: spaces.length, failed: failing, known: new Set(spaces) };
    },
    resume: () => {
      if (keks.book().previous !== null) start();
    },
    idle: async () => running ?? undefined,
    async close() {
      closing = true;
      await running;
    },
  };
}

/** The next key of the same source. @throws KekError for a passphrase, which somebody has to choose */
function fromThere(source: KekSource): KekTarget {
  if (source.kind !== 'passphrase') return source;
  throw new KekError('The key comes from a passphrase: choose a new one with --to passphrase.');
}

/** The key a rotation leads to, durably where it is to come from. */
async function prepare(
  { book, disk, environment }: Keks,
  to: KekTarget,
): Promise<{ next: Kek; entry: Omit<KekEntry, 'id'> }> {
  if (to.kind === 'passphrase') {
    const kdf = newKdf();
    return {
      next: await deriveKek(checkPassphrase(to.passphrase), kdf),
      entry: { source: { kind: 'passphrase' }, kdf },
    };
  }
  const entry = { source: to, kdf: null };
  if (to.kind === 'command') return { next: await steadyKek(to.command, environment), entry };
  const inPlace = sameSource(to, book().current.source);
  const path = inPlace ? nextPath(to.path) : to.path;
  // What lies there in place is of an attempt that never came into the book.
  const existing = inPlace ? null : await readKekFile(path);
  return { next: existing ?? (await makeKekFile(path, disk.write)), entry };
}
