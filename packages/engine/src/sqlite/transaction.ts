/**
 * Transactions over a connection. A callback is synchronous: an `await` inside a transaction would let other work
 * run inside it, so an async callback does not compile.
 */
import type { Connection } from './database.ts';

/** `T`, or a type nothing fits when `T` is a promise, so that the compiler says why. */
export type Synchronous<T> =
  T extends PromiseLike<unknown> ? { readonly 'a transaction is synchronous: await before or after it': never } : T;

/** Run in one read snapshot. */
export function readTransaction<T>(connection: Connection, work: () => Synchronous<T>): T {
  return connection.transaction(work as () => T).deferred();
}

/** Run as the one writer; all of it happens or none. */
export function writeTransaction<T>(connection: Connection, work: () => Synchronous<T>): T {
  return connection.transaction(work as () => T).immediate();
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
