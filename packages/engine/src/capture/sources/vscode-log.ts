/**
 * The log VS Code keeps a chat in since 2026 (`chatSessions/<id>.jsonl`): the whole chat first, then a line for each change of it → the
 * chat as it stands at the end, and the requests that were taken out on the way. Pure; a line that fits nothing is passed over.
 */
import { asArray, asId, asRecord, isRecord, type JsonRecord } from './json-value.ts';

/** What a line does: the whole, one value set, entries put at the end of a list, one value taken out. */
const kinds = { whole: 0, set: 1, push: 2, remove: 3 } as const;
/** A path leads no deeper in any chat, and a list is no longer: both bound what a strange line can make. */
const most = { depth: 40, entries: 1_000_000 };

export const isLogLine = (record: JsonRecord): boolean =>
  record.kind === kinds.whole && Array.isArray(asRecord(record.v)?.requests);

export interface ReplayedChat {
  readonly chat: JsonRecord;
  /** Requests that were taken out, with the id of the one each followed. */
  readonly removed: readonly { readonly request: JsonRecord; readonly after: string | null }[];
  /** Lines that could not be applied. */
  readonly unfit: number;
}

/** @returns null where no line holds the whole chat */
export function replayed(lines: readonly unknown[]): ReplayedChat | null {
  let chat: Record<string, unknown> | null = null;
  let unfit = 0;
  const taken = new Map<string, { request: JsonRecord; after: string | null }>();
  const watch = (change: () => boolean): boolean => {
    const before = asArray(chat?.requests);
    const fits = change();
    const standing = new Set(asArray(chat?.requests).map((request) => asId(asRecord(request)?.requestId)));
    before.forEach((value, ix) => {
      const id = asId(asRecord(value)?.requestId);
      if (id !== null && isRecord(value) && !standing.has(id))
        taken.set(id, { request: value, after: asId(asRecord(before[ix - 1])?.requestId) });
    });
    return fits;
  };
  for (const value of lines) {
    const line = asRecord(value);
    const path = asArray(line?.k).filter((key): key is string | number => ['string', 'number'].includes(typeof key));
    const state: Record<string, unknown> | null = chat;
    if (line?.kind === kinds.whole && isRecord(line.v)) {
      const whole = line.v;
      watch(() => {
        chat = structuredClone(whole);
        return true;
      });
    } else if (line === null || state === null || path.length === 0 || path.length > most.depth) unfit += 1;
    else if (
      !(path[0] === 'requests' && path.length <= 2 ? watch(() => apply(state, path, line)) : apply(state, path, line))
    )
      unfit += 1;
  }
  if (chat === null) return null;
  const standing = new Set(asArray((chat as JsonRecord).requests).map((request) => asId(asRecord(request)?.requestId)));
  return { chat, unfit, removed: [...taken].filter(([id]) => !standing.has(id)).map(([, one]) => one) };
}

function apply(state: Record<string, unknown>, path: readonly (string | number)[], line: JsonRecord): boolean {
  let holder: unknown = state;
  for (const key of path.slice(0, -1)) holder = valueAt(holder, key);
  const last = path.at(-1) as string | number;
  switch (line.kind) {
    case kinds.set:
      return put(holder, last, line.v);
    case kinds.remove:
      return put(holder, last, undefined);
    case kinds.push: {
      const list = valueAt(holder, last) ?? [];
      if (!Array.isArray(list)) return false;
      const kept = typeof line.i === 'number' && line.i >= 0 ? list.slice(0, line.i) : list;
      return put(holder, last, [...kept, ...asArray(line.v)]);
    }
    default:
      return false;
  }
}

function valueAt(holder: unknown, key: string | number): unknown {
  if (Array.isArray(holder)) return typeof key === 'number' ? holder[key] : undefined;
  return isRecord(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
}

function put(holder: unknown, key: string | number, value: unknown): boolean {
  if (Array.isArray(holder)) {
    if (typeof key !== 'number' || !Number.isInteger(key) || key < 0 || key > Math.min(holder.length, most.entries))
      return false;
    holder[key] = value;
    return true;
  }
  if (!isRecord(holder)) return false;
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
  return true;
}
