/**
 * What the corrections of a person come to, taken in the order they were made. Pure; whoever groups and shows profiles asks
 * this, and never a correction itself.
 */

export interface CorrectionRow {
  readonly pk: number;
  readonly id: string;
  readonly kind: 'topic' | 'entity';
  readonly action: 'rename' | 'pin' | 'hide' | 'split' | 'move' | 'merge' | 'type' | 'apart';
  readonly key: string;
  readonly value: string;
  readonly of: readonly string[];
  readonly name: string;
  readonly valueName: string;
  readonly atMs: number;
}

export interface CorrectionRules {
  /** Key → the key it counts as; its own: it stands alone whatever its form says. */
  readonly into: ReadonlyMap<string, string>;
  /** Keys that a person put others into: nothing but a person puts these anywhere. */
  readonly targets: ReadonlySet<string>;
  /** Keys that exist because a person said so, and mean nothing elsewhere. */
  readonly made: ReadonlySet<string>;
  /** Key → keys it is never the same as, each way. */
  readonly apart: ReadonlyMap<string, ReadonlySet<string>>;
  readonly names: ReadonlyMap<string, string>;
  readonly pinned: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  readonly types: ReadonlyMap<string, string>;
  /** The key meant in a conversation where `key` is said. */
  meant(conversation: string, key: string): string;
  /** Whether anything is said of single conversations. */
  readonly movesAny: boolean;
}

/** @param rows in the order they were made */
export function correctionRules(rows: readonly CorrectionRow[]): CorrectionRules {
  const into = new Map<string, string>();
  const apart = new Map<string, Set<string>>();
  const made = new Set<string>();
  const names = new Map<string, string>();
  const pinned = new Set<string>();
  const hidden = new Set<string>();
  const types = new Map<string, string>();
  const moves = new Map<string, string>();
  const put = (set: Set<string>, { key, value }: CorrectionRow): void => {
    if (value === 'true') set.add(key);
    else set.delete(key);
  };
  for (const row of rows) {
    switch (row.action) {
      case 'merge':
        goInto(into, row.key, row.value);
        apart.get(row.key)?.delete(row.value);
        apart.get(row.value)?.delete(row.key);
        break;
      case 'apart':
        for (const [one, other] of [
          [row.key, row.value],
          [row.value, row.key],
        ] as const) {
          apart.set(one, (apart.get(one) ?? new Set()).add(other));
          if (into.get(one) === other) into.set(one, one);
        }
        break;
      case 'split':
        into.set(row.value, row.value);
        for (const key of row.of) if (key !== row.value) goInto(into, key, row.value);
        break;
      case 'move':
        for (const conversation of row.of) moves.set(`${conversation} ${row.key}`, row.value);
        made.add(row.value);
        names.set(row.value, row.valueName);
        break;
      case 'rename':
        names.set(row.key, row.value);
        break;
      case 'pin':
        put(pinned, row);
        break;
      case 'hide':
        put(hidden, row);
        break;
      case 'type':
        types.set(row.key, row.value);
        break;
    }
  }
  const meant = (conversation: string, key: string): string => moves.get(`${conversation} ${key}`) ?? key;
  const targets = new Set([...into].flatMap(([key, target]) => (key === target ? [] : [target])));
  return { into, targets, made, apart, names, pinned, hidden, types, meant, movesAny: moves.size > 0 };
}

/** A merge that would close a ring opens it where it was closed: what was the target goes on standing for itself. */
function goInto(into: Map<string, string>, key: string, target: string): void {
  const seen = new Set<string>();
  for (let at: string | undefined = target; at !== undefined && !seen.has(at); at = into.get(at)) {
    if (at === key && at !== target) return void into.set(key, key);
    seen.add(at);
  }
  into.set(key, target);
}
