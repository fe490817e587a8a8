/** What a grammar of times is, and what it is made of. Types alone. */
import type { TimeWord } from './time-table.ts';

/** The parts every grammar is made of. */
export interface TimeParts {
  any(...words: readonly TimeWord[]): string;
  readonly month: string;
  readonly weekday: string;
  readonly weekdayAlone: string;
  readonly count: string;
  readonly counted: string;
  readonly nth: string;
}

export interface TimeGrammar {
  /** A time by itself. Groups say what was found; a name may be in several patterns, of which one matches. */
  readonly time: RegExp;
  /** What stands before a time, and behind it, and says how what is meant lies to it. */
  readonly lead: RegExp;
  readonly trail: RegExp | null;
  /** What stands before a month rather than before a verb. */
  readonly inside: RegExp;
  /** Between the two ends of a range, before its first, and behind its second. */
  readonly to: RegExp;
  readonly range: RegExp;
  readonly rangeBehind: RegExp;
}
