/**
 * Which backups are kept: the last so many sets, and the newest set of each of the last so many weeks that have one. A copy
 * stays while a kept set names it, while it is younger than the oldest kept set, or while it is the newest of its space. Pure.
 */
export interface Keep {
  readonly last: number;
  readonly weekly: number;
}

const weekMs = 7 * 86_400_000;
/** Weeks begin on Monday; the epoch was a Thursday. */
const weekOf = (ms: number): number => Math.floor((ms + 3 * 86_400_000) / weekMs);

/** @param times of all sets, in any order; milliseconds. @returns those to keep, newest first */
export function keptSets(times: readonly number[], keep: Keep): number[] {
  const newest = [...times].sort((a, b) => b - a);
  const kept = new Set(newest.slice(0, Math.max(1, keep.last)));
  const weeks = new Set<number>();
  for (const ms of newest) {
    const week = weekOf(ms);
    if (weeks.has(week)) continue;
    if (weeks.size >= keep.weekly) break;
    weeks.add(week);
    kept.add(ms);
  }
  return newest.filter((ms) => kept.has(ms));
}

export interface PlacedCopy {
  readonly storageId: string;
  readonly file: string;
  readonly ms: number;
}

/** @returns copies that may go. Without a kept set nothing goes */
export function looseCopies(
  copies: readonly PlacedCopy[],
  named: ReadonlySet<string>,
  oldestKeptMs: number | null,
): PlacedCopy[] {
  if (oldestKeptMs === null) return [];
  const newest = new Map<string, number>();
  for (const { storageId, ms } of copies) newest.set(storageId, Math.max(ms, newest.get(storageId) ?? ms));
  return copies.filter(
    ({ storageId, file, ms }) =>
      !named.has(`${storageId}/${file}`) && ms < oldestKeptMs && ms !== newest.get(storageId),
  );
}
