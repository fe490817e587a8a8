/**
 * Which of the memories that say something of one thing hold. Pure: the same evidence gives the same answer. The newest saying holds
 * and the others are superseded, never lost. What the person wrote, changed or settled is not overruled: a newer saying against it
 * waits as a candidate, for them to decide; so do two of which nothing says which is newer.
 */
import type { MemoryKind, MemoryState } from '@vivim/contract/memory';

/** Below this a memory waits to be confirmed. */
export const sureEnough = 0.6;

export interface MemoryStanding {
  readonly pk: number;
  readonly kind: MemoryKind;
  readonly value: string | null;
  readonly confidence: number;
  readonly state: MemoryState;
  readonly origin: string;
  readonly learntMs: number;
  readonly mergedPk: number | null;
  /** When the person last said anything of it; null: never. */
  readonly decidedMs: number | null;
  /** When it was first said, and last: null where a saying has no time. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** When it held by its own words; with an end all that says it says that it is over. */
  readonly heldFromMs: number | null;
  readonly heldToMs: number | null;
}

/** Found in what the person said, by a rule or by a model. */
export const isFound = ({ origin }: { readonly origin: string }): boolean => origin === 'rule' || origin === 'model';

export interface SettledState {
  readonly pk: number;
  readonly state: MemoryState;
  readonly validFrom: number | null;
  readonly validTo: number | null;
  readonly supersedesPk: number | null;
}

/** What becomes of those that were found and that the person said nothing of. Those of one attribute, or one alone. */
export function settledStates(all: readonly MemoryStanding[]): SettledState[] {
  const open = all.filter((row) => isFound(row) && row.decidedMs === null && row.mergedPk === null);
  const firm = all.filter((row) => !open.includes(row) && row.state === 'active' && row.mergedPk === null);
  const certain = open.filter(({ confidence }) => confidence >= sureEnough);
  const states = open
    .filter((row) => !certain.includes(row))
    .map((row): SettledState => ({ ...plain(row), state: 'candidate' }));
  // What is said to be over stands against nothing.
  const sure = certain.filter(({ heldToMs }) => heldToMs === null);
  states.push(
    ...certain
      .filter((row) => !sure.includes(row))
      .map((row): SettledState => ({ ...plain(row), state: 'superseded' })),
  );
  if (firm.length > 0) return [...states, ...sure.map((row) => against(row, firm))];
  const timed = sure.filter(({ lastMs }) => lastMs !== null).sort((a, b) => (b.lastMs ?? 0) - (a.lastMs ?? 0));
  const untimed = sure.filter(({ lastMs }) => lastMs === null);
  const newest = timed[0]?.lastMs ?? null;
  const rivals = timed.filter(({ lastMs }) => lastMs === newest);
  const older = timed.filter(({ lastMs }) => lastMs !== newest);
  states.push(...untimed.map(plain));
  states.push(...rivals.map((row) => ({ ...plain(row), supersedesPk: older[0]?.pk ?? null })));
  for (const [i, row] of older.entries()) {
    const next = i === 0 ? rivals[0] : older[i - 1];
    states.push({
      pk: row.pk,
      state: 'superseded',
      validFrom: row.heldFromMs ?? row.firstMs,
      // It held until the next was first said, or where that was said before as well, until it was last said itself.
      validTo: Math.max(next?.firstMs ?? 0, row.lastMs ?? 0),
      supersedesPk: older[i + 1]?.pk ?? null,
    });
  }
  return states;
}

const plain = (row: MemoryStanding): SettledState => ({
  pk: row.pk,
  state: 'active',
  // Of what is over, when it was said is no beginning.
  validFrom: row.heldFromMs ?? (row.heldToMs === null ? row.firstMs : null),
  validTo: row.heldToMs,
  supersedesPk: null,
});

/** Against what the person said: the same is so too, an older saying is past, a newer one is theirs to decide. */
function against(row: MemoryStanding, firm: readonly MemoryStanding[]): SettledState {
  if (firm.some(({ value }) => value === row.value)) return plain(row);
  const decided = Math.max(...firm.map(({ decidedMs, learntMs }) => decidedMs ?? learntMs));
  return row.lastMs !== null && row.lastMs <= decided
    ? { ...plain(row), state: 'superseded', validTo: decided }
    : { ...plain(row), state: 'candidate' };
}
