/**
 * How deep a person is in a topic, as far as what they said shows it: no measure of anything they did not say. Pure. Each signal
 * names the units it was seen in:
 *
 * | signal   | seen in                                                         |
 * |----------|-----------------------------------------------------------------|
 * | asks     | the person's questions: much asked and little said is learning  |
 * | explains | the person's own statements of quality                          |
 * | builds   | the person's code, tables and lists                             |
 * | decides  | decisions, and preferences in it                                |
 * | returns  | days apart on which the person spoke of it                      |
 */
import type { Proficiency } from '@vivim/contract/profile';
import type { LocatedAcu } from '../../space/located-acu.ts';
import { evidenceOfUnit } from './claims.ts';

type Signal = Proficiency['signals'][number]['name'];

/** What a signal is worth, and how often it has to be seen to be worth all of it. */
const worth: Readonly<Record<Signal, { of: number; full: number }>> = {
  asks: { of: 0.1, full: 6 },
  explains: { of: 0.3, full: 8 },
  builds: { of: 0.25, full: 5 },
  decides: { of: 0.15, full: 4 },
  returns: { of: 0.2, full: 10 },
};
const cited = 5;
const levels = [
  [0.7, 'versed'],
  [0.4, 'working'],
  [0.15, 'learning'],
] as const;

/** @param units those that say most first */
export function proficiencyOf(units: readonly LocatedAcu[]): Proficiency {
  const seen = new Map<Signal, LocatedAcu[]>();
  const note = (signal: Signal, unit: LocatedAcu): void => void seen.set(signal, [...(seen.get(signal) ?? []), unit]);
  const days = new Set<number>();
  for (const unit of units) {
    if (unit.message.authorKind !== 'human') continue;
    const signal = signalOf(unit);
    if (signal !== null) note(signal, unit);
    const day = unit.message.createdMs === null ? null : Math.floor(unit.message.createdMs / 86_400_000);
    if (day === null || days.has(day)) continue;
    days.add(day);
    note('returns', unit);
  }
  // Having spoken of it once is no returning.
  if (days.size < 2) seen.delete('returns');
  const signals = (Object.keys(worth) as Signal[]).flatMap((name) => {
    const found = seen.get(name) ?? [];
    if (found.length === 0) return [];
    return [{ name, count: found.length, evidence: found.slice(0, cited).map(evidenceOfUnit) }];
  });
  const score = signals.reduce(
    (sum, { name, count }) =>
      sum + worth[name].of * Math.min(1, Math.log2(1 + count) / Math.log2(1 + worth[name].full)),
    0,
  );
  const level = levels.find(([least]) => score >= least)?.[1] ?? 'new';
  return { level, score: Math.round(score * 1e3) / 1e3, signals };
}

function signalOf({ acu }: LocatedAcu): Signal | null {
  switch (acu.type) {
    case 'question':
      return 'asks';
    case 'code':
    case 'table':
    case 'list':
      return 'builds';
    case 'decision':
    case 'preference':
      return 'decides';
    case 'statement':
    case 'answer':
    case 'personal_fact':
      return acu.quality >= 0.5 ? 'explains' : null;
    default:
      return null;
  }
}
