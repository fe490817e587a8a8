/** Narrower topics under wider ones, by their names: "sourdough starter" under "sourdough". Pure; keeps the order within each. */

interface Row {
  readonly name: string;
  readonly depth: number;
}

/** Whether its words stand whole in the other's, and are fewer. */
const isWider = (wider: string, narrower: string): boolean =>
  wider.length < narrower.length && ` ${narrower.toLowerCase()} `.includes(` ${wider.toLowerCase()} `);

/** Each row once; a row without a wider one stays where it was. */
export function underWider<T extends Row>(rows: readonly T[]): T[] {
  const parentOf = new Map<T, T>();
  for (const row of rows) {
    // Of several the narrowest, which is the longest.
    const wider = rows.filter((other) => isWider(other.name, row.name));
    const [parent] = wider.sort((a, b) => b.name.length - a.name.length);
    if (parent !== undefined) parentOf.set(row, parent);
  }
  const under = (parent: T, depth: number): T[] =>
    rows.filter((row) => parentOf.get(row) === parent).flatMap((row) => [{ ...row, depth }, ...under(row, depth + 1)]);
  return rows.filter((row) => !parentOf.has(row)).flatMap((row) => [row, ...under(row, 1)]);
}
