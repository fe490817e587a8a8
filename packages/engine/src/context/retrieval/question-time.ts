/**
 * Which times a question names: "in May 2023", "last spring", "the week before 16 November", "between August 11 and
 * August 15", "two weeks ago". Pure, and total: a text that names none gives none. What it finds lifts messages of
 * that time and never drops others, because a thing is often told long after it was.
 *
 * A grammar of our own instead of chrono-node (measured: 130 ms to load, 35 ms for its first text, single instants
 * instead of spans, no seasons, no years).
 */
import {
  addDays,
  addMonths,
  type Calendar,
  calendarIn,
  type Day,
  dayMs,
  type Interval,
  weekdayOf,
} from './calendar.ts';
import { isAmbiguous, months, numbers, seasons, weekdays } from './date-names.ts';

export interface QuestionTime {
  /** As the question says it. */
  readonly said: string;
  /** Ascending. Several where the year is left open: one for each year looked at. */
  readonly spans: readonly Interval[];
}

export interface Asked {
  /** When the question is asked, ms UTC. */
  readonly nowMs: number;
  /** Of the IANA database. */
  readonly zone: string;
}

/** Years back in which a month without a year may lie. */
const yearsBack = 30;
/** What is read of a long question. */
const readLength = 2_000;

const alternatives = (names: Iterable<string>): string => [...names].sort((a, b) => b.length - a.length).join('|');
const month = alternatives(months.keys());
const number = alternatives(numbers.keys());
const weekday = weekdays.join('|');
const season = [...seasons.keys()].join('|');
const edge = '(?<![\\p{L}\\p{N}])';
const end = '(?![\\p{L}\\p{N}])';
const year = '(?:19|20)\\d\\d';
const dayNumber = '\\d{1,2}(?:st|nd|rd|th|\\.)?';
const of = "(?:\\s+(?:of|de|del|do|d[’']))?";

const patterns = [
  `(?<iso>${year}-\\d\\d(?:-\\d\\d)?)`,
  `(?<day1>${dayNumber})${of}\\s+(?<month1>${month})\\.?${of}(?:,?\\s+(?<year1>${year}))?`,
  `(?<month2>${month})\\.?\\s+(?<day2>${dayNumber})(?![\\d:%])(?:,?\\s*(?<year2>${year}))?`,
  `(?<month3>${month})\\.?${of},?\\s+(?<year3>${year})`,
  `(?<month4>${month})`,
  `(?<relseason>last|this|past|next)\\s+(?<season1>${season})`,
  `(?<season2>${season})(?:\\s+of)?,?\\s+(?<year5>${year})`,
  `(?:in|of|during|since|by|year|until|before|after|im|en|em|nel)\\s+(?<year6>${year})`,
  `(?<simple>today|tonight|yesterday|last night|this morning)`,
  `(?:the\\s+)?(?<rel>last|past|previous|this)\\s+(?<unit1>week|weekend|month|year)`,
  `(?:the\\s+)?(?:last|past|previous)\\s+(?<count1>\\d{1,3}|${number})\\s+(?<unit2>days?|weeks?|months?|years?)`,
  `(?<count2>\\d{1,3}|${number})\\s+(?<unit3>days?|weeks?|months?|years?)\\s+ago`,
  `(?:last|this past)\\s+(?<weekday1>${weekday})`,
];
const date = new RegExp(`${edge}(?:${patterns.join('|')})${end}`, 'giu');
const leads = new RegExp(
  `(?:(?<part>beginning|start|early|end|late|first half|second half|mid(?:dle)?)(?:\\s+(?:of|in|part of))*(?:\\s+the)?|` +
    `(?<nth>${number})\\s+week\\s+(?:of|in)|` +
    `(?:the\\s+)?(?<ahead>\\d{1,2}|${number})?\\s*(?<unit>days?|weeks?|weekend|months?|${weekday})\\s+(?<side>before|after)|` +
    `(?<bound>before|after|since|until|till|by))\\s+(?:on\\s+|the\\s+)?$`,
  'iu',
);

/** What stands before a month rather than before a verb. */
const inside = /(?:in|of|during|since|by|until|before|after|last|this|im|en|em)\s+$/i;

interface Matched extends QuestionTime {
  readonly start: number;
  readonly end: number;
}

/** Times a question names, in its order. */
export function timesIn(question: string, { nowMs, zone }: Asked): QuestionTime[] {
  const text = question.slice(0, readLength);
  const calendar = calendarIn(zone);
  const today = calendar.dayOf(nowMs);
  const found: Matched[] = [];
  for (const match of text.matchAll(date)) {
    const before = text.slice(Math.max(0, match.index - 48), match.index);
    const alone = match.groups?.month4?.toLowerCase();
    if (alone !== undefined && isAmbiguous(alone) && !inside.test(before)) continue;
    const spans = spansOf(match.groups ?? {}, today, calendar).filter(isSpan);
    if (spans.length === 0) continue;
    const lead = leads.exec(before);
    const start = match.index - (lead?.[0].length ?? 0);
    const stop = match.index + match[0].length;
    const moved = lead === null ? spans : spans.map((span) => movedBy(lead.groups ?? {}, span)).filter(isSpan);
    const last = found.at(-1);
    if (
      last !== undefined &&
      /^\s*(?:and|to|until|till|–|-)\s*$/i.test(text.slice(last.end, match.index)) &&
      isRange(text, last)
    ) {
      found[found.length - 1] = joined(last, moved, text.slice(last.start, stop), stop);
    } else {
      found.push({ said: text.slice(start, stop).trim(), spans: moved, start, end: stop });
    }
  }
  return found.map(({ said, spans }) => ({ said, spans }));
}

const isRange = (text: string, { start }: Matched): boolean => /(?:between|from)\s+$/i.test(text.slice(0, start));
const isSpan = ({ fromMs, toMs }: Interval): boolean => fromMs < toMs;

/** From the first of each year to the next of the second: `between August 11 and August 15 2023`. */
function joined(first: Matched, second: readonly Interval[], said: string, end: number): Matched {
  const spans = second.flatMap(({ toMs }) => {
    const start = first.spans.filter(({ fromMs }) => fromMs < toMs && toMs - fromMs < 366 * dayMs).at(-1);
    return start === undefined ? [] : { fromMs: start.fromMs, toMs };
  });
  return { said, spans: spans.length > 0 ? spans : [...first.spans, ...second], start: first.start, end };
}

type Groups = Readonly<Record<string, string | undefined>>;

const countOf = (said: string | undefined): number =>
  said === undefined ? 1 : (numbers.get(said.toLowerCase()) ?? Number(said));
const startOfYear = (of: number): Day => ({ year: of, month: 1, day: 1 });

function spansOf(g: Groups, today: Day, { between }: Calendar): Interval[] {
  const day = (at: Day) => between(at, addDays(at, 1));
  const monthAt = (at: Day) => between({ ...at, day: 1 }, addMonths(at, 1));
  const yearAt = (at: number) => between(startOfYear(at), startOfYear(at + 1));
  if (g.iso !== undefined) {
    const [y = 0, m = 1, d] = g.iso.split('-').map(Number);
    if (m < 1 || m > 12) return [];
    return [d === undefined ? monthAt({ year: y, month: m, day: 1 }) : day({ year: y, month: m, day: d })];
  }
  const named = g.month1 ?? g.month2 ?? g.month3 ?? g.month4;
  if (named !== undefined) {
    const at = months.get(named.toLowerCase()) ?? 1;
    const number = g.day1 ?? g.day2;
    const inYear = g.year1 ?? g.year2 ?? g.year3;
    const spanIn = (y: number) =>
      number === undefined
        ? monthAt({ year: y, month: at, day: 1 })
        : day({ year: y, month: at, day: Number.parseInt(number, 10) });
    if (number !== undefined && !(Number.parseInt(number, 10) >= 1 && Number.parseInt(number, 10) <= 31)) return [];
    if (inYear !== undefined) return [spanIn(Number(inYear))];
    return Array.from({ length: yearsBack }, (_, i) => spanIn(today.year - yearsBack + 1 + i));
  }
  const inSeason = g.season1 ?? g.season2;
  if (inSeason !== undefined) {
    const first = seasons.get(inSeason.toLowerCase()) ?? 3;
    const spanIn = (y: number) => {
      const start = { year: y, month: first, day: 1 };
      return between(start, addMonths(start, 3));
    };
    if (g.year5 !== undefined) return [spanIn(Number(g.year5))];
    const ended = addMonths({ year: today.year, month: first, day: 1 }, 3);
    const over = ended.year < today.year || (ended.year === today.year && ended.month <= today.month);
    const which = g.relseason?.toLowerCase() === 'this' || over ? today.year : today.year - 1;
    return g.relseason?.toLowerCase() === 'next' ? [] : [spanIn(which)];
  }
  if (g.year6 !== undefined) return [yearAt(Number(g.year6))];
  if (g.simple !== undefined) return [day(/yesterday|last/i.test(g.simple) ? addDays(today, -1) : today)];
  const monday = addDays(today, -weekdayOf(today));
  if (g.unit1 !== undefined) {
    const back = g.rel?.toLowerCase() === 'this' ? 0 : 1;
    if (g.unit1 === 'month') return [monthAt(addMonths(today, -back))];
    if (g.unit1 === 'year') return [yearAt(today.year - back)];
    const first = addDays(monday, -7 * back);
    return [g.unit1 === 'week' ? between(first, addDays(first, 7)) : between(addDays(first, 5), addDays(first, 7))];
  }
  if (g.unit2 !== undefined) {
    const count = countOf(g.count1);
    const first = /^d/.test(g.unit2)
      ? addDays(today, -count)
      : /^w/.test(g.unit2)
        ? addDays(today, -7 * count)
        : { ...addMonths(today, /^m/.test(g.unit2) ? -count : -12 * count), day: today.day };
    return [between(first, addDays(today, 1))];
  }
  if (g.unit3 !== undefined) {
    const count = countOf(g.count2);
    if (/^d/.test(g.unit3)) return [day(addDays(today, -count))];
    if (/^w/.test(g.unit3)) {
      const first = addDays(monday, -7 * count);
      return [between(first, addDays(first, 7))];
    }
    return [/^m/.test(g.unit3) ? monthAt(addMonths(today, -count)) : yearAt(today.year - count)];
  }
  if (g.weekday1 !== undefined) {
    const back = (weekdayOf(today) - weekdays.indexOf(g.weekday1.toLowerCase()) + 7) % 7 || 7;
    return [day(addDays(today, -back))];
  }
  return [];
}

const unitMs = (unit: string): number => dayMs * (/^week/.test(unit) ? 7 : /^month/.test(unit) ? 30 : 1);

/** A span as the words before it say: its beginning, its second week, the week before it, all before it. */
function movedBy(g: Groups, span: Interval): Interval {
  const { fromMs, toMs } = span;
  const length = toMs - fromMs;
  if (g.part !== undefined) {
    const part = g.part.toLowerCase();
    if (/^(beginning|start|early)/.test(part)) return { fromMs, toMs: fromMs + length / 3 };
    if (/^(end|late)/.test(part)) return { fromMs: toMs - length / 3, toMs };
    if (part === 'first half') return { fromMs, toMs: fromMs + length / 2 };
    if (part === 'second half') return { fromMs: fromMs + length / 2, toMs };
    return { fromMs: fromMs + length / 3, toMs: toMs - length / 3 };
  }
  if (g.nth !== undefined) {
    const nth = countOf(g.nth);
    if (nth < 0) return { fromMs: toMs - 7 * dayMs, toMs };
    return { fromMs: fromMs + (nth - 1) * 7 * dayMs, toMs: fromMs + nth * 7 * dayMs };
  }
  if (g.side !== undefined && g.unit !== undefined) {
    const unit = g.unit.toLowerCase();
    const near = weekdays.includes(unit) ? 7 * dayMs : unitMs(unit) * countOf(g.ahead);
    return g.side.toLowerCase() === 'before'
      ? { fromMs: fromMs - near, toMs: fromMs }
      : { fromMs: toMs, toMs: toMs + near };
  }
  // "by July 10", "since May": what is nearest to the bound is meant most.
  if (/^(before|until|till|by)$/i.test(g.bound ?? '')) return { fromMs: fromMs - 30 * dayMs, toMs };
  return { fromMs, toMs: toMs + 30 * dayMs };
}

/** A thing is told for some time after it was: so long its time still counts, less and less. */
const toldFor = 14 * dayMs;
/** A little before counts too: plans, and days of another time zone. */
const aheadOf = dayMs;

/** 0–1: how near a time is to one of the spans. */
export function nearness(ms: number, spans: readonly Interval[]): number {
  let best = 0;
  for (const { fromMs, toMs } of spans) {
    if (ms >= fromMs && ms < toMs) return 1;
    if (ms >= toMs) best = Math.max(best, 0.6 * (1 - (ms - toMs) / toldFor));
    else best = Math.max(best, 0.6 * (1 - (fromMs - ms) / aheadOf));
  }
  return best;
}

const latest =
  /\b(?:latest|most recent(?:ly)?|newest|last time|current(?:ly)?|right now|nowadays|these days|at the moment|up to date)\b/iu;

/** Whether it asks for how things are now: of what was found, what was said last counts most. */
export const asksLatest = (question: string): boolean => latest.test(question.slice(0, readLength));

/** Time in which what was said loses half of its newness, ms. */
const halfAsNew = 30 * dayMs;

/** 0–1: how new something is beside the newest that was found. */
export const newness = (ms: number, newestMs: number): number => 2 ** (-Math.max(0, newestMs - ms) / halfAsNew);
