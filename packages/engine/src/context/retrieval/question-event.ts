/**
 * Times a question tells by an event: "before I moved to Lisbon", "am Tag nach der Hochzeit", "depuis que je travaille chez Acme". Pure,
 * and total: says which words name the event and how the time meant lies to it; when it was is looked up elsewhere. The forms stand in
 * `events/`, one file for each language.
 */
import { addDays, addMonths, type Calendar, type Interval } from './calendar.ts';
import { english } from './events/english.ts';
import type { EventForms, EventSide } from './events/event-forms.ts';
import { french } from './events/french.ts';
import { german } from './events/german.ts';
import { italian } from './events/italian.ts';
import { portuguese } from './events/portuguese.ts';
import { spanish } from './events/spanish.ts';
import { units } from './times/time-units.ts';
import { even, numbers, wordFor } from './times/time-words.ts';

export interface ToldByEvent {
  /** As the question says it, with how it lies to the event. */
  readonly said: string;
  /** The event alone: "I moved to Lisbon". */
  readonly event: string;
  /** BCP 47 tag of the language it is told in. */
  readonly language: string;
  readonly side: EventSide;
  /** How far from the event, where the question says it. */
  readonly far: { readonly count: number; readonly unit: 'day' | 'week' | 'month' | 'year' } | null;
}

/** What is read of a long question. */
const readLength = 2_000;
const languages: readonly (readonly [tag: string, forms: EventForms])[] = [
  ['en', english],
  ['de', german],
  ['fr', french],
  ['es', spanish],
  ['pt', portuguese],
  ['it', italian],
];

/** The last such time a question tells, or null. */
export function eventIn(question: string): ToldByEvent | null {
  const text = question.slice(0, readLength);
  for (const [tag, forms] of languages) {
    if (!forms.tried.test(text) || forms.asksHowLong.test(text)) continue;
    const found = lastOf(tag, forms, text);
    if (found !== null) return found;
  }
  return null;
}

function lastOf(language: string, { forms, isOne }: EventForms, text: string): ToldByEvent | null {
  let found: { readonly at: number; readonly told: ToldByEvent } | null = null;
  for (const { side, pattern } of forms)
    for (const match of text.matchAll(pattern)) {
      const { count, unit, word, bare = '', event = bare, doer = '', verb } = match.groups ?? {};
      if (verb !== undefined && isOne?.(doer, verb) === false) continue;
      if (found !== null && found.at > match.index) continue;
      const far = word === undefined ? farOf(count, unit) : ({ count: 1, unit: 'day' } as const);
      found = { at: match.index, told: { said: match[0].trim(), event: event.trim(), language, side, far } };
    }
  return found?.told ?? null;
}

/** Without a number it is one: "the day after". */
function farOf(count: string | undefined, unit: string | undefined): ToldByEvent['far'] {
  const of = unit === undefined ? null : wordFor(unit, units);
  if (of === null) return null;
  const many = count === undefined ? 1 : (numbers.get(even(count)) ?? Number(count));
  return { count: Number.isNaN(many) ? 1 : many, unit: of };
}

/** Nobody has told anything before it. */
const earliest = 0;

/** The time meant, once it is known when the event was. @param nowMs when the question is asked */
export function spanOf({ side, far }: ToldByEvent, event: Interval, calendar: Calendar, nowMs: number): Interval {
  const day = calendar.dayOf(event.fromMs);
  if (far === null) {
    if (side === 'at') return event;
    return side === 'before'
      ? { fromMs: earliest, toMs: event.fromMs }
      : { fromMs: side === 'since' ? event.fromMs : event.toMs, toMs: Math.max(nowMs, event.toMs) + 1 };
  }
  const back = side === 'before' ? -far.count : far.count;
  if (far.unit === 'day') {
    const there = addDays(day, back);
    return calendar.between(there, addDays(there, 1));
  }
  // "The week after" is the days of it; "two weeks after" a week about that day.
  const away = (units: number) =>
    far.unit === 'week'
      ? addDays(day, 7 * units)
      : { ...addMonths(day, (far.unit === 'month' ? 1 : 12) * units), day: Math.min(28, day.day) };
  if (back === 1) return calendar.between(addDays(day, 1), addDays(away(1), 1));
  if (back === -1) return calendar.between(away(-1), day);
  return calendar.between(addDays(away(back), -3), addDays(away(back), 4));
}
