/** The months a timeline draws. Pure; silent months stand in it too, or a gap of a year would look like a week. */

export interface Month {
  /** `YYYY-MM` */
  readonly month: string;
  readonly messages: number;
}

const toIndex = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const toMonth = (index: number): string =>
  `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;

/** Every month from the first to the last, and at least `least` of them up to the last. Oldest first; none for none. */
export function everyMonth(months: readonly Month[], least = 12): Month[] {
  if (months.length === 0) return [];
  const counts = new Map<number, number>();
  for (const { month, messages } of months) counts.set(toIndex(month), (counts.get(toIndex(month)) ?? 0) + messages);
  const last = Math.max(...counts.keys());
  const first = Math.min(...counts.keys(), last - least + 1);
  return Array.from({ length: last - first + 1 }, (_, step) => ({
    month: toMonth(first + step),
    messages: counts.get(first + step) ?? 0,
  }));
}
