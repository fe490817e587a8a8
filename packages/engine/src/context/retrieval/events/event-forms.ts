/** How one language tells a time by an event. Patterns alone; `question-event.ts` reads their groups. */
export type EventSide = 'before' | 'after' | 'since' | 'at';

export interface EventForm {
  readonly side: EventSide;
  /**
   * With the flags `gu`. Groups: `event`, and how far from it, `count` and `unit`, or `word` where one word says both ("le lendemain").
   * Where somebody does it: `doer`, `verb`.
   */
  readonly pattern: RegExp;
}

export interface EventForms {
  /** Words one of which a question must hold for any form to be tried. */
  readonly tried: RegExp;
  readonly forms: readonly EventForm[];
  /** Asks how far apart two things were: neither tells when what is asked for was. */
  readonly asksHowLong: RegExp;
  /** What somebody does is an event only where this is true of it. Left out: the patterns say it. */
  readonly isOne?: (doer: string, verb: string) => boolean;
}

/** A word begins here. */
export const edge = '(?<![\\p{L}\\p{N}])';
/** The clause ends here. */
export const clauseEnd = '(?=\\s*(?:[.,;:?!]|$))';
/** Not what the question begins with: "quando me mudei?" asks when. */
export const notFirst = '(?<!^[\\s¿¡"«]*)';
/** Words of a clause, up to its end. */
export const inClause = '[^.,;:?!\\n]';
/** A pattern in which the first letter may be a capital: it begins the question. */
export const either = (words: string): string =>
  `(?:${words
    .split('|')
    .map((word) => `[${word.slice(0, 1)}${word.slice(0, 1).toUpperCase()}]${word.slice(1)}`)
    .join('|')})`;
