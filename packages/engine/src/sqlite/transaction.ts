/**
 * Transactions over a connection. A callback is synchronous: an `await` inside a transaction would let other work
 * run inside it, so an async callback does not compile.
 */
import type { Connection, Transaction } from './database.ts';

/** `T`, or a type nothing fits when `T` is a promise, so that the compiler says why. */
export type Synchronous<T> =
  T extends PromiseLike<unknown> ? { readonly 'a transaction is synchronous: await before or after it': never } : T;

/** The driver makes four functions for each callback it wraps; an import reads for every conversation, so it wraps one. */
const runners = new WeakMap<Connection, Transaction>();

function runnerOf(connection: Connection): Transaction {
  const known = runners.get(connection);
  if (known !== undefined) return known;
  const made: Transaction = connection.transaction((work) => work());
  runners.set(connection, made);
  return made;
}

/** Run in one read snapshot. */
export function readTransaction<T>(connection: Connection, work: () => Synchronous<T>): T {
  return runnerOf(connection).deferred(work) as T;
}

/** Run as the one writer; all of it happens or none. */
export function writeTransaction<T>(connection: Connection, work: () => Synchronous<T>): T {
  return runnerOf(connection).immediate(work) as T;
}

/** Run as the one writer and take all of it back. @returns what the work answered */
export function rehearsed<T>(connection: Connection, work: () => Synchronous<T>): T {
  const results: T[] = [];
  const stop = new Error('A rehearsal ends here.');
  try {
    writeTransaction<void>(connection, () => {
      results.push(work() as T);
      throw stop;
    });
  } catch (error) {
    if (error !== stop) throw error;
  }
  return results[0] as T;
}
