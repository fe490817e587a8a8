/**
 * Noninterference: what Alice sees while Bob does as he likes is what she sees alone. Plays an interleaving with both of them
 * on a server, then Alice's steps with a new Alice and nobody, and compares everything she was shown and the files she left.
 *
 * @see Goguen and Meseguer, Security Policies and Security Models, 1982
 */
import { createHash } from 'node:crypto';
import { wordsOf } from './material.ts';
import type { Step } from './operations.ts';
import { perform } from './perform.ts';
import { Person } from './person.ts';
import type { Place } from './site.ts';

/** Something of one person reached another. The message says what, and after which step. */
export class Interference extends Error {
  override readonly name = 'Interference';
}

interface Visit {
  readonly alice: Person;
  readonly bob: Person | null;
  /** Alice's directory, by its path from the data directory, with the names in it. */
  readonly files: readonly string[];
  /** Cursors of Bob's that Alice handed in, by her step. */
  readonly handedIn: ReadonlyMap<number, string | undefined>;
}

/** Directories of spaces, as `users/<first byte of the hash>/<random id>`. */
const spaces = (files: readonly string[]) => files.filter((name) => /^users\/[^/]+\/[^/]+$/.test(name));

/** Every name under `users` is a space in its place or lies in one; what a space holds is named by its kind and by ids. */
const inPlace =
  /^users(?:\/(?<fan>[0-9a-f]{2})(?:\/(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/(?:user\.db(?:-wal|-shm)?|spool|copies|blobs)(?:\/.*)?)?)?)?$/;

function assertPlaces(files: readonly string[]): void {
  for (const name of files.filter((one) => one.startsWith('users'))) {
    const { fan, id } = inPlace.exec(name)?.groups ?? {};
    const placed =
      id === undefined ||
      createHash('sha256')
        .update(id)
        .digest('hex')
        .startsWith(fan ?? '-');
    if (!inPlace.test(name) || !placed) throw new Interference(`a file lies out of place: ${name}`);
  }
}

async function directoryOf(person: () => Promise<Person>, place: Place): Promise<[Person, string]> {
  const before = new Set(spaces(place.files()));
  const arrived = await person();
  const fresh = spaces(place.files()).filter((name) => !before.has(name));
  if (fresh.length !== 1) throw new Interference(`an arrival made ${fresh.length} directories of spaces, not one`);
  return [arrived, fresh[0] ?? ''];
}

/** @param replay what Alice handed in of Bob's in the run with him; she is alone where it is given */
async function visit(place: Place, steps: readonly Step[], seed: number, replay?: Visit['handedIn']): Promise<Visit> {
  const bob = replay === undefined ? await Person.arrive('bob', seed, place) : null;
  const [alice, directory] = await directoryOf(() => Person.arrive('alice', seed, place), place);
  const words = [wordsOf('alice', seed).asked, wordsOf('bob', seed).asked] as const;
  const handedIn = new Map<number, string | undefined>();
  let beside: Promise<unknown> = Promise.resolve();
  for (const [index, step] of steps.entries()) {
    const run = perform[step.operation.kind];
    if (step.who === 'alice') {
      const foreignCursor = (list: string) => {
        const cursor = replay === undefined ? bob?.cursors.get(list) : replay.get(index);
        handedIn.set(index, cursor);
        return cursor;
      };
      await run(alice, step.operation, { other: bob, words, foreignCursor });
    } else if (bob !== null) {
      await beside;
      const around = { other: alice, words, foreignCursor: (list: string) => alice.cursors.get(list) };
      beside = run(bob, step.operation, around);
      // It is heard when it is waited for, and Alice may fail before that.
      beside.catch(() => {});
      if (!step.beside) await beside;
    }
  }
  await beside;
  // A database that is open has its log beside it or not.
  for (const person of bob === null ? [alice] : [alice, bob]) await place.evict(person.main.userId);
  const files = place.files();
  assertPlaces(files);
  const own = files.filter((name) => name.startsWith(directory)).map((name) => name.slice(directory.length));
  return { alice, bob, files: own.sort(), handedIn };
}

/** Nothing of `owner` is in what `reader` was shown. */
function assertUnseen(owner: Person, reader: Person): void {
  for (const secret of owner.secrets) {
    const at = reader.raw.findIndex((body) => body.includes(secret));
    if (at >= 0)
      throw new Interference(
        `${reader.name} was shown ${secret === owner.canary ? 'the word' : 'an id'} of ${owner.name}: ${excerpt(reader.raw[at] ?? '', secret)}`,
      );
  }
}

const excerpt = (text: string, around: string): string => {
  const at = text.indexOf(around);
  return text.slice(Math.max(0, at - 120), at + around.length + 120);
};

/** The first place where two texts part, with something of what stands before it. */
function parting(a: string, b: string): string {
  let at = 0;
  while (at < Math.min(a.length, b.length) && a[at] === b[at]) at += 1;
  const from = Math.max(0, at - 160);
  return `  with Bob: …${a.slice(from, at + 240)}\n  alone:    …${b.slice(from, at + 240)}`;
}

/**
 * @param seed what the two people's words are made from; never the same twice on one server
 * @throws Interference
 */
export async function play(place: Place, steps: readonly Step[], seed: number): Promise<void> {
  const together = await visit(place, steps, seed);
  const alone = await visit(place, steps, seed, together.handedIn);
  const { alice, bob } = together;
  if (bob !== null) {
    assertUnseen(bob, alice);
    assertUnseen(alice, bob);
    assertUnseen(bob, alone.alice);
  }
  const longer = Math.max(alice.observations.length, alone.alice.observations.length);
  for (let index = 0; index < longer; index += 1) {
    const [seen = 'nothing', expected = 'nothing'] = [alice.observations[index], alone.alice.observations[index]];
    if (seen !== expected)
      throw new Interference(`Alice sees something else with Bob there:\n${parting(seen, expected)}`);
  }
  if (together.files.join() !== alone.files.join())
    throw new Interference(`Alice's directory differs: ${together.files.join()} with Bob, ${alone.files.join()} alone`);
  const inTheClear = place.holding(['alice', 'bob'].map((name) => wordsOf(name, seed).canary));
  if (inTheClear.length > 0) throw new Interference(`words lie in the clear in ${inTheClear.join()}`);
}
