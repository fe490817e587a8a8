/** A calendar of weeks from days with something on them. Pure: no locale, no words. */
import type { Activity } from '@vivim/contract/activity';

export interface GridDay {
  readonly day: string;
  readonly messages: number;
  /** 0 for nothing, then four steps up to the busiest. */
  readonly level: 0 | 1 | 2 | 3 | 4;
}

const dayMs = 86_400_000;
const after = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);

/** Weeks from the first day on, Monday first; the last one ends today. */
export function weeksOf({ from, to, days }: Activity): GridDay[][] {
  const counts = new Map(days.map(({ day, said, answered }) => [day, said + answered]));
  // By rank, so that one day of a thousand messages leaves the others their shades.
  const sorted = [...counts.values()].sort((a, b) => a - b);
  const levelOf = (messages: number): GridDay['level'] => {
    if (messages === 0) return 0;
    const share = (sorted.lastIndexOf(messages) + 1) / sorted.length;
    return share > 0.9 ? 4 : share > 0.6 ? 3 : share > 0.3 ? 2 : 1;
  };
  const weeks: GridDay[][] = [];
  for (let day = from, nth = 0; day <= to; day = after(day), nth += 1) {
    const messages = counts.get(day) ?? 0;
    if (nth % 7 === 0) weeks.push([]);
    weeks.at(-1)?.push({ day, messages, level: levelOf(messages) });
  }
  return weeks;
}

export interface MonthCount {
  /** `2026-11` */
  readonly month: string;
  readonly messages: number;
  /** Of the week in which it begins; the first one where it begins before. */
  readonly week: number;
}

export function monthsOf(weeks: readonly (readonly GridDay[])[]): MonthCount[] {
  const months = new Map<string, MonthCount>();
  for (const [week, days] of weeks.entries()) {
    for (const { day, messages } of days) {
      const month = day.slice(0, 7);
      const known = months.get(month);
      months.set(month, { month, week: known?.week ?? week, messages: (known?.messages ?? 0) + messages });
    }
  }
  return [...months.values()];
}
