/**
 * The KEKs a server knows: the one it wraps with, and while a rotation runs the one before. Opened from the one source that is
 * set, before anything else starts. Never makes a KEK anew where a lost one is still needed, and never goes on with a wrong one.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, isoTime } from '@vivim/contract/clock';
import { type KekSource, kekSetting } from '@vivim/contract/kek';
import { removeDurably, writeDurably } from './durable-file.ts';
import { type Kek, KekError, kekOf } from './kek.ts';
import { type KekBook, type KekEntry, previousKey, readKekBook, writeKekBook } from './kek-book.ts';
import { type ProgramEnvironment, runKekCommand } from './kek-command.ts';
import { makeKekFile, nextPath, readKekFile } from './kek-file.ts';
import { deriveKek, newKdf, type PassphraseInput, readPassphrase } from './kek-passphrase.ts';
import { openBytes, sealBytes } from './sealed-bytes.ts';
import { readWrapKek } from './wrap-file.ts';

export interface KeksDeps {
  /** `<data>/keys`, made 0700 where missing. */
  readonly directory: string;
  /** What is set. Null: the file `kek` of that directory. */
  readonly source: KekSource | null;
  readonly passphrase: PassphraseInput;
  readonly environment: ProgramEnvironment;
  readonly clock: Clock;
  /** Stands in for the disk in tests of what a power cut leaves. */
  readonly disk?: Disk;
}

/** Every change to what lies beside the keys goes through these two, one step each. */
export interface Disk {
  readonly write: typeof writeDurably;
  readonly remove: typeof removeDurably;
}

export interface Keks {
  readonly directory: string;
  readonly environment: ProgramEnvironment;
  readonly disk: Disk;
  /** What new wraps are made with. */
  current(): Kek;
  /** Undefined where it is not known, or not any more. */
  find(id: string): Kek | undefined;
  book(): KekBook;
  /** From here on new wraps are made with `next`, and both open. On disk before this returns. */
  begin(next: Kek, entry: Omit<KekEntry, 'id'>): Promise<void>;
  /** No wrap needs the previous one: it is forgotten. */
  retire(): Promise<void>;
}

const bookPath = (directory: string): string => join(directory, 'kek-book.json');
export const wrapsDirectory = (directory: string): string => join(directory, 'wraps');

/**
 * @throws KekError in words for the operator: no source gives the key that is needed, a file is unsafe, a passphrase is wrong,
 *   or a rotation has led elsewhere
 */
export async function openKeks(deps: KeksDeps): Promise<Keks> {
  const { directory, environment, clock, disk = { write: writeDurably, remove: removeDurably } } = deps;
  const source: KekSource = deps.source ?? { kind: 'file', path: join(directory, 'kek') };
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const place = bookPath(directory);
  const found = await readKekBook(place);
  const opening: Opening = { ...deps, source, disk };
  const wrapped = await wrappingKeks(wrapsDirectory(directory));
  // Where nothing was wrapped nothing can be lost, but the salt of a passphrase whose wraps are still to be put back.
  const anew = found === null || (wrapped === null && found.current.kdf === null);
  const opened = anew ? await adopt(opening, wrapped, found?.retired ?? []) : await reopen(opening, found);

  let { kek, book } = opened;
  if (opened.book !== found) await writeKekBook(place, book, disk.write);
  let previous = book.previous === null ? null : openPrevious(kek, book.previous);
  // What a rotation that had come to its end left behind.
  if (previous === null && source.kind === 'file' && (await readKekFile(nextPath(source.path)))?.id === kek.id)
    await disk.remove(nextPath(source.path));

  return {
    directory,
    environment,
    disk,
    current: () => kek,
    find: (id) => [kek, previous].find((each) => each?.id === id) ?? undefined,
    book: () => book,
    async begin(next, entry) {
      const key = sealBytes(next, previousKey(kek.id), kek.key);
      const began: KekBook = {
        ...book,
        current: { id: next.id, ...entry },
        previous: { ...book.current, key, since: isoTime(clock()) },
      };
      await writeKekBook(place, began, disk.write);
      [previous, kek, book] = [kek, next, began];
    },
    async retire() {
      if (book.previous === null) return;
      const { id, source: from } = book.previous;
      const ended = {
        ...book,
        previous: null,
        retired: [...book.retired, { id, source: from, at: isoTime(clock()) }],
      };
      await writeKekBook(place, ended, disk.write);
      [previous, book] = [null, ended];
    },
  };
}

type Opening = KeksDeps & { readonly source: KekSource; readonly disk: Disk };
interface Opened {
  readonly kek: Kek;
  readonly book: KekBook;
}

function openPrevious(kek: Kek, { id, key }: NonNullable<KekBook['previous']>): Kek {
  try {
    return kekOf(openBytes(kek, previousKey(id), key));
  } catch (cause) {
    throw new KekError(
      'The book of the key-encryption keys (kek-book.json) was altered: the previous key in it does not open. Put it back from your backup of the keys.',
      { cause },
    );
  }
}

/** The first start, or the first one with a book: what is set is taken, unless wraps exist that want another key. */
async function adopt(
  { source, environment, passphrase, disk }: Opening,
  wrapped: ReadonlySet<string> | null,
  retired: KekBook['retired'],
): Promise<Opened> {
  const kdf = source.kind === 'passphrase' ? newKdf() : null;
  let kek: Kek;
  if (source.kind === 'file') {
    const existing = await readKekFile(source.path);
    if (existing === null && wrapped !== null) throw missing(source.path);
    kek = existing ?? (await makeKekFile(source.path, disk.write));
  } else if (source.kind === 'command') {
    kek = await steadyKek(source.command, environment);
  } else {
    if (wrapped !== null || kdf === null)
      throw new KekError(
        'Spaces exist already, and no passphrase was chosen for them (or kek-book.json, which belongs to it, is missing from the directory of the keys: put it back from your backup). ' +
          'To change to a passphrase, start with the settings you had and run: vivim admin kek rotate --to passphrase',
      );
    kek = await deriveKek(await readPassphrase(passphrase, true), kdf);
  }
  if (wrapped !== null && wrapped.size > 0 && !wrapped.has(kek.id))
    throw new KekError(
      `The key-encryption key ${kek.id} (${kekSetting(source)}) is not the one the spaces of this server were made under, ${[...wrapped].join(', ')}. Nothing was changed. Set where that key lies, and start again.`,
    );
  return { kek, book: { version: 1, current: { id: kek.id, source, kdf }, previous: null, retired } };
}

async function reopen(opening: Opening, book: KekBook): Promise<Opened> {
  const { source, environment, passphrase } = opening;
  const { current } = book;
  if (source.kind === 'passphrase') {
    if (current.kdf === null) throw elsewhere(book, 'a passphrase is set');
    const kek = await deriveKek(await readPassphrase(passphrase, false), current.kdf);
    if (kek.id !== current.id)
      throw new KekError('That is not the passphrase of the key-encryption key. Nothing was changed.');
    return { kek, book };
  }
  const given =
    source.kind === 'command'
      ? [await runKekCommand(source.command, environment)]
      : [await readKekFile(source.path), await readKekFile(nextPath(source.path))];
  const kek = given.find((each) => each?.id === current.id);
  // The same key in another place is the operator's to move.
  if (kek)
    return {
      kek,
      book: sameSource(source, current.source) ? book : { ...book, current: { ...current, source, kdf: null } },
    };
  const [first] = given;
  if (!first)
    throw source.kind === 'file' && sameSource(source, current.source)
      ? missing(source.path)
      : elsewhere(book, `there is no ${source.kind === 'file' ? source.path : 'key'}`);
  throw elsewhere(book, `${kekSetting(source)} gives the key ${first.id}${fate(book, first.id)}`);
}

const fate = (book: KekBook, id: string): string => {
  const at = book.retired.findLast((each) => each.id === id)?.at;
  return at === undefined ? '' : `, which was retired on ${at.slice(0, 10)}`;
};

function elsewhere({ current, previous }: KekBook, what: string): KekError {
  const under = previous === null ? 'The keys of spaces are wrapped' : 'A rotation has begun, and new wraps are made';
  return new KekError(
    `${under} by the key-encryption key ${current.id}, but ${what}. Nothing was changed. Start with ${kekSetting(current.source)}${previous === null ? '' : '; the rotation then goes on by itself'}.`,
  );
}

const missing = (path: string): KekError =>
  new KekError(
    `The key-encryption key is missing: ${path}. Spaces exist already and cannot be read without it. ` +
      'Restore that file from your backup, or set VIVIM_KEK_FILE to where it lies now, and start again.',
  );

export const sameSource = (one: KekSource, other: KekSource): boolean =>
  one.kind === other.kind && kekSetting(one) === kekSetting(other);

/** Run twice: a program that prints another key each time would lose every space at the next start. */
export async function steadyKek(command: readonly string[], environment: ProgramEnvironment): Promise<Kek> {
  const kek = await runKekCommand(command, environment);
  if ((await runKekCommand(command, environment)).id !== kek.id)
    throw new KekError(`${command[0]} prints another key each time; it must print the same one. Nothing was changed.`);
  return kek;
}

/** Ids of the KEKs that made the wraps; null where there are no wraps. A write that was cut short leaves a `.tmp`, which is none. */
async function wrappingKeks(directory: string): Promise<ReadonlySet<string> | null> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const wraps = names.filter((name) => !name.endsWith('.tmp'));
  if (wraps.length === 0) return null;
  const ids = new Set<string>();
  for (const name of wraps) {
    const id = readWrapKek(await readFile(join(directory, name)));
    if (id !== null) ids.add(id);
  }
  return ids;
}
