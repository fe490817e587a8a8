/**
 * What this browser last saw of a space, kept in it to be read while the server is out of reach. Of one identity at a time,
 * bounded, wiped with the session, and emptied when something was erased. Never of a sealed space, never in a browser that is no device of the account, and
 * never what is no content: names, keys, tokens, secrets, searches. Shown only when the server cannot be asked who is there.
 */
import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import { isoTime, systemClock } from '@vivim/contract/clock';
import { inTransaction } from './browser-database.ts';
import { boundedAnswers, isKept, type Kept } from './last-seen-bounds.ts';

interface Owner {
  readonly id: typeof ownerId;
  readonly me: Me;
  /** When the server was last heard. */
  readonly at: string;
  /** The newest receipt of an erasure when what is kept was read; null before the first, absent where nothing is kept from before. */
  readonly erasure?: string | null;
  /** See {@link shape}. */
  readonly shape?: number;
}

interface Answer extends Kept {
  readonly key: QueryKey;
  readonly data: unknown;
}

/** To be raised when an answer of the server has fields that pages cannot do without: what pages of before kept lacks them, and is not shown. */
const shape = 2;

const ownerId = 'owner';
const restMs = 1_000;

let stopKeeping: (() => void) | null = null;
/** The newest receipt this tab knew of while it read what it shows. */
let heardErasure: string | null | undefined;

/** Nothing of it stays in this browser. */
export async function forgetLastSeen(): Promise<void> {
  stopKeeping?.();
  stopKeeping = null;
  heardErasure = undefined;
  await inTransaction('last-seen', 'readwrite', (store) => void store.clear());
}

/** None of the answers stays; whose browser it is does. */
export async function forgetAnswersSeen(): Promise<void> {
  heardErasure = undefined;
  await inTransaction('last-seen', 'readwrite', (store) => {
    const asking: IDBRequest<Owner | undefined> = store.get(ownerId);
    asking.onsuccess = () => {
      store.clear();
      if (asking.result === undefined) return;
      const { id, me, at } = asking.result;
      store.put({ id, me, at, shape } satisfies Owner);
    };
  });
}

/** Writes what came in since, if it is still this person's browser, and throws out what is over the bounds. */
function write(me: Me, answers: readonly Answer[]): Promise<void> {
  return inTransaction('last-seen', 'readwrite', (store) => {
    const asking: IDBRequest<(Owner | Answer)[]> = store.getAll();
    asking.onsuccess = () => {
      const before = asking.result;
      const owner = before.find((one): one is Owner => one.id === ownerId);
      // Another tab may have signed out or somebody else in: what comes late is dropped.
      if (owner?.me.userId !== me.userId) return;
      // And a tab that has not heard yet of an erasure may show what was erased.
      if (owner.erasure !== heardErasure) return;
      const now = isoTime(systemClock());
      store.put({ ...owner, me, at: now } satisfies Owner);
      for (const answer of answers) store.put(answer);
      const written = new Set(answers.map(({ id }) => id));
      const kept = before.filter((one): one is Answer => one.id !== ownerId && !written.has(one.id));
      for (const id of boundedAnswers([...kept, ...answers], now)) store.delete(id);
    };
  });
}

const answerOf = ({ queryHash, queryKey, state }: Query): Answer => ({
  id: queryHash,
  key: queryKey,
  data: state.data,
  at: new Date(state.dataUpdatedAt).toISOString(),
  bytes: JSON.stringify(state.data).length,
});

/**
 * From now on what the pages read is kept. To be called once it is known that this browser may, and whenever something was erased.
 *
 * @param erasure the newest receipt of the space; what was read when another one was the newest is forgotten, here and on the pages
 */
export async function keepLastSeen(client: QueryClient, me: Me, erasure: string | null): Promise<void> {
  stopKeeping?.();
  let outdated = heardErasure !== undefined && heardErasure !== erasure;
  heardErasure = erasure;
  await inTransaction('last-seen', 'readwrite', (store) => {
    const asking: IDBRequest<Owner | undefined> = store.get(ownerId);
    asking.onsuccess = () => {
      const before = asking.result;
      if (before?.erasure !== undefined && before.erasure !== erasure) outdated = true;
      const others = before !== undefined && (before.me.userId !== me.userId || before.shape !== shape);
      if (outdated || others) store.clear();
      store.put({ id: ownerId, me, at: isoTime(systemClock()), erasure, shape } satisfies Owner);
    };
  });
  // Empties the cache before anything in it is kept; what is shown is asked for again.
  if (outdated) void client.resetQueries();
  const fresh = new Set<Query>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    timer = null;
    const answers = [...fresh].filter(({ state }) => state.data !== undefined).map(answerOf);
    fresh.clear();
    // A browser that is full keeps less; the pages work without.
    void write(me, answers).catch(() => undefined);
  };
  const note = (query: Query): void => {
    if (!isKept(query.queryKey) || query.state.status !== 'success') return;
    fresh.add(query);
    timer ??= setTimeout(flush, restMs);
  };
  const cache = client.getQueryCache();
  for (const query of cache.getAll()) note(query);
  const unsubscribe = cache.subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success' && event.action.manual !== true) note(event.query);
  });
  stopKeeping = () => {
    unsubscribe();
    if (timer !== null) clearTimeout(timer);
  };
}

/**
 * Puts what was last seen in the place of what cannot be asked for now; what the page knows already stays.
 *
 * @param known whose pages are open, if anybody's: nobody else's is shown to them
 * @returns whose it is and as of when; null where nothing is kept
 */
export async function recallLastSeen(client: QueryClient, known: Me | null): Promise<{ me: Me; asOf: string } | null> {
  let all: readonly (Owner | Answer)[] = [];
  await inTransaction('last-seen', 'readonly', (store) => {
    const asking: IDBRequest<(Owner | Answer)[]> = store.getAll();
    asking.onsuccess = () => {
      all = asking.result;
    };
  });
  const owner = all.find((one): one is Owner => one.id === ownerId);
  if (owner === undefined || owner.shape !== shape) return null;
  if (known !== null && known.userId !== owner.me.userId) return null;
  for (const one of all) {
    if (one.id === ownerId || !('key' in one) || client.getQueryData(one.key) !== undefined) continue;
    client
      .getQueryCache()
      .build(client, { queryKey: one.key, gcTime: Number.POSITIVE_INFINITY })
      .setData(one.data, { updatedAt: Date.parse(one.at), manual: true });
  }
  return { me: owner.me, asOf: owner.at };
}
