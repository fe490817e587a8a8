/**
 * From a wrap of the space's key to the key of names. The space's own key is in this page for a moment and is kept nowhere;
 * what it gives reads and writes names, and cannot be read out.
 */
import { nameKeyOf, openName, openSpaceKey, type SealingKey, type SealingPair } from '@vivim/contract/sealing';
import { plainApi } from './plain-client.ts';

/** Null where nothing is sealed to this key yet. @throws Error when the wrap was altered */
export async function openNameKey(pair: SealingPair, kid: string): Promise<SealingKey | null> {
  const { items } = await plainApi.listSpaceKeyWraps({});
  const wrap = items.find((one) => one.kid === kid);
  if (wrap === undefined) return null;
  const spaceKey = await openSpaceKey(wrap.sealed, pair, kid);
  try {
    return await nameKeyOf(spaceKey);
  } finally {
    spaceKey.fill(0);
  }
}

export type Named<T> = T & {
  /** Null: it has none, or this browser cannot read it. */
  readonly name: string | null;
};

/** @param key null where this browser opened no wrap */
export function withNames<T extends { readonly id: string; readonly nameCt: string | null }>(
  items: readonly T[],
  key: SealingKey | null,
): Promise<Named<T>[]> {
  return Promise.all(
    items.map(async (item) => {
      const name = key === null || item.nameCt === null ? null : await openName(key, item.nameCt, item.id);
      return { ...item, name };
    }),
  );
}
