/**
 * Times a question tells by an event: "before I moved to Lisbon", "the day after the wedding", "since I started at Acme". Pure, and
 * total: says which words name the event and how the time meant lies to it; when it was is looked up elsewhere. English forms only.
 */
import { irregularPast } from '../../space/words/irregular-english.ts';
import { addDays, addMonths, type Calendar, type Interval } from './calendar.ts';
import { numbers } from './times/time-words.ts';

export interface ToldByEvent {
  /** As the question says it, with how it lies to the event. */
  readonly said: string;
  /** The event alone: "I moved to Lisbon". */
  readonly event: string;
  readonly side: 'before' | 'after' | 'since' | 'at';
  /** How far from the event, where the question says it. */
  readonly far: { readonly count: number; readonly unit: 'day' | 'week' | 'month' | 'year' } | null;
}

/** What is read of a long question. */
const readLength = 2_000;
const number = [...numbers.keys()].filter((word) => word.length > 1).join('|');
const count = `(?:the|a|an|\\d{1,3}|${number})`;
/** Before or after it by so much, at the time of it, or all the time on one side of it. */
const relation = `(?:(?:(?<count>${count})\\s+)?(?<unit>day|week|month|year)s?\\s+(?<side>before|after)|(?<bound>(?:right |just |shortly )?(?:before|after)|since|until|till|during|while|when))`;
/** What somebody did ("I moved to Lisbon"), what was done ("moving to Lisbon"), or a thing that was ("my surgery"). */
const clause = `(?:(?<doer>i|we|he|she|they|\\p{L}+)(?:['’]\\p{L}+)?\\s+(?:\\p{L}+ly\\s+|first\\s+|had\\s+)?(?<verb>\\p{L}+)(?:\\s+[^.,;:?!\\n]{1,80})?)`;
const gerund =
  '(?:moving|starting|getting|leaving|joining|finishing|quitting|buying|visiting|returning|graduating)\\s+[^.,;:?!\\n]{2,80}';
const thing = "(?:my|our|the)(?:\\s+\\p{L}[\\p{L}\\p{N}’'-]*){1,4}(?=\\s*(?:[.,;:?!]|$))";
const told = new RegExp(`(?<![\\p{L}\\p{N}])${relation}\\s+(?<event>${gerund}|${thing}|${clause})`, 'giu');
const pronouns = new Set(['i', 'we', 'he', 'she', 'they']);
const asking = /^(?:ask|mention|t[eo]l[ld]|sa(?:y|id)|discuss|talk|sp[eo]ke?|describ|explain)/i;

/** These ask how far apart two things were: neither tells when what is asked for was. */
const asksHowLong = /\bhow\s+(?:long|many\s+(?:days|weeks|months|years|hours))\b|\bbetween\s+when\b/i;

/** Past: what is only thought of, or is done again and again, has no time. */
const isPast = (verb: string): boolean => /[^e]ed$/.test(verb) || irregularPast.has(verb);

/** The last such time a question tells, or null. */
export function eventIn(question: string): ToldByEvent | null {
  let found: ToldByEvent | null = null;
  if (asksHowLong.test(question)) return null;
  for (const match of question.slice(0, readLength).matchAll(told)) {
    const { count: said, unit, side, bound, event = '', doer, verb = '' } = match.groups ?? {};
    const isNamed = doer !== undefined && (pronouns.has(doer.toLowerCase()) || /^\p{Lu}/u.test(doer));
    if (doer !== undefined && (!isNamed || !isPast(verb.toLowerCase()) || asking.test(verb))) continue;
    found = {
      said: match[0].trim(),
      event: event.trim(),
      side: sideOf((side ?? bound ?? '').toLowerCase()),
      far: unit === undefined ? null : { count: countOf(said), unit: unit.toLowerCase() as 'day' },
    };
  }
  return found;
}

const sideOf = (word: string): ToldByEvent['side'] =>
  /before|until|till/.test(word) ? 'before' : word === 'since' ? 'since' : /after/.test(word) ? 'after' : 'at';

const countOf = (said: string | undefined): number => {
  const word = said?.toLowerCase();
  return word === undefined || word === 'the' ? 1 : (numbers.get(word) ?? Number(word));
};

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
