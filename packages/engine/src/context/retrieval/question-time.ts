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
import { isAmbiguous, monthOf, weekdayOfName } from './times/date-names.ts';
import { grammarsFor, latest } from './times/time-grammar.ts';
import type { TimeGrammar } from './times/time-shape.ts';
import { seasons, spans as spanNames, units } from './times/time-units.ts';
import { countedUnits, even, isMeant, numbers, ordinals, wordFor } from './times/time-words.ts';

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

interface Matched {
  readonly spans: readonly Interval[];
  readonly start: number;
  readonly end: number;
}

/** Times a question names, in its order. */
export function timesIn(question: string, { nowMs, zone }: Asked): QuestionTime[] {
  const text = question.slice(0, readLength);
  const figures = inAsciiFigures(text);
  const calendar = calendarIn(zone);
  const today = calendar.dayOf(nowMs);
  const all = grammarsFor(text).flatMap((grammar) => foundBy(grammar, figures, today, calendar));
  // Of two grammars of one text the first to begin has read what stands there.
  const inOrder = all.sort((a, b) => a.start - b.start);
  const found = inOrder.filter(({ start }, i) => inOrder.slice(0, i).every(({ end }) => end <= start));
  return found.map(({ spans, start, end }) => ({ said: text.slice(start, end).trim(), spans }));
}

/** Zeros of figures that are no ASCII ones: Arabic, Persian, Devanagari, full width. Each is one UTF-16 unit, as its own is. */
const zeros = [0x660, 0x6f0, 0x966, 0xff10];
const inAsciiFigures = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g, (figure) => {
    const code = figure.charCodeAt(0);
    return String(code - (zeros.findLast((zero) => zero <= code) ?? code));
  });

/** Characters before and behind a time that may say how what is meant lies to it. */
const reach = 48;

function foundBy(grammar: TimeGrammar, text: string, today: Day, calendar: Calendar): Matched[] {
  const found: Matched[] = [];
  /** Where the words of the last time itself end, without what stands behind it. */
  let bareEnd = 0;
  for (const match of text.matchAll(grammar.time)) {
    const before = text.slice(Math.max(0, match.index - reach), match.index);
    const matched = match.index + match[0].length;
    const behind = text.slice(matched, matched + reach);
    const { alone, simple, season } = match.groups ?? {};
    if (alone !== undefined && isAmbiguous(alone) && !grammar.inside.test(before)) continue;
    const borrowed = simple ?? season;
    if (borrowed !== undefined && !isMeant(borrowed, text, behind)) continue;
    const spans = spansOf(match.groups ?? {}, today, calendar).filter(isSpan);
    if (spans.length === 0) continue;
    const led = meant(grammar.lead.exec(before), text);
    const trailed = led === null ? meant(grammar.trail?.exec(behind) ?? null, text) : null;
    const start = match.index - (led?.[0].length ?? 0);
    const stop = matched + (trailed?.[0].length ?? 0);
    const how = (led ?? trailed)?.groups;
    const moved = how === undefined ? spans : spans.map((span) => movedBy(how, span)).filter(isSpan);
    const last = found.at(-1);
    const isRange = () =>
      last !== undefined &&
      grammar.to.test(text.slice(bareEnd, match.index)) &&
      (grammar.range.test(text.slice(0, last.start)) || grammar.rangeBehind.test(behind));
    found.push(
      last !== undefined && isRange() ? joined(found.pop() ?? last, moved, stop) : { spans: moved, start, end: stop },
    );
    bareEnd = matched;
  }
  return found;
}

/** Words around a time say how it lies only where they are meant so: "na" is "after" in Dutch and "in the" in Portuguese. */
const meant = (around: RegExpExecArray | null, text: string): RegExpExecArray | null => {
  const word = around?.groups?.bound ?? around?.groups?.side ?? around?.groups?.part;
  return word === undefined || isMeant(word, text) ? around : null;
};

const isSpan = ({ fromMs, toMs }: Interval): boolean => fromMs < toMs;

/** From the first of each year to the next of the second: `between August 11 and August 15 2023`. */
function joined(first: Matched, second: readonly Interval[], end: number): Matched {
  const spans = second.flatMap(({ toMs }) => {
    const start = first.spans.filter(({ fromMs }) => fromMs < toMs && toMs - fromMs < 366 * dayMs).at(-1);
    return start === undefined ? [] : { fromMs: start.fromMs, toMs };
  });
  return { spans: spans.length > 0 ? spans : [...first.spans, ...second], start: first.start, end };
}

/**
 * The days a date in figures may name, in time: the year stands at an end of it. Where the day comes first is said by the figures, or
 * by points between them, which no language writes that begins with the month; else it may be either.
 */
function datesInFigures(figures: string): Day[] {
  const [first = 0, second = 0, third = 0] = figures.split(/\D+/).map(Number);
  if (first > 31) return [{ year: first, month: second, day: third }].filter(isDay);
  const year = third < 100 ? 2000 + third : third;
  const byDay = { year, month: second, day: first };
  const byMonth = { year, month: first, day: second };
  const days = figures.includes('.') || first === second ? [byDay] : [byMonth, byDay];
  return days.filter(isDay).sort((a, b) => a.month - b.month);
}

const isDay = ({ month, day }: Day): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

type Groups = Readonly<Record<string, string | undefined>>;

const countOf = (said: string): number => numbers.get(even(said)) ?? Number(said);
/** "Last year in March", "this year's spring". */
/** How many back: "the last" is one, "vorletzte" two. */
const backOf = ({ twice, last }: Groups): number => (twice !== undefined ? 2 : last === undefined ? 0 : 1);
const yearOf = (g: Groups, today: Day): number => today.year - backOf(g);
const startOfYear = (of: number): Day => ({ year: of, month: 1, day: 1 });
/** First month of each season on the northern half of the earth, where most who write of seasons without a place live. */
const seasonStarts = { spring: 3, summer: 6, autumn: 9, winter: 12 };

function spansOf(g: Groups, today: Day, { between }: Calendar): Interval[] {
  const day = (at: Day) => between(at, addDays(at, 1));
  const monthAt = (at: Day) => between({ ...at, day: 1 }, addMonths(at, 1));
  const yearAt = (at: number) => between(startOfYear(at), startOfYear(at + 1));
  const monday = addDays(today, -weekdayOf(today));
  if (g.iso !== undefined) {
    const [y = 0, m = 1, d] = g.iso.split('-').map(Number);
    if (m < 1 || m > 12) return [];
    return [d === undefined ? monthAt({ year: y, month: m, day: 1 }) : day({ year: y, month: m, day: d })];
  }
  if (g.figures !== undefined) return datesInFigures(g.figures).map(day);
  if (g.month !== undefined) {
    const month = monthOf(g.month);
    const number = g.day === undefined ? null : Number.parseInt(g.day, 10);
    if (number !== null && !(number >= 1 && number <= 31)) return [];
    const spanIn = (year: number) =>
      number === null ? monthAt({ year, month, day: 1 }) : day({ year, month, day: number });
    if (g.year !== undefined) return [spanIn(Number(g.year))];
    if (g.ofYear !== undefined) return [spanIn(yearOf(g, today))];
    return Array.from({ length: yearsBack }, (_, i) => spanIn(today.year - yearsBack + 1 + i));
  }
  if (g.season !== undefined) {
    const first = seasonStarts[wordFor(g.season, seasons) ?? 'spring'];
    const spanIn = (year: number) => {
      const start = { year, month: first, day: 1 };
      return between(start, addMonths(start, 3));
    };
    if (g.year !== undefined) return [spanIn(Number(g.year))];
    if (g.ofYear !== undefined) return [spanIn(yearOf(g, today))];
    const ended = addMonths({ year: today.year, month: first, day: 1 }, 3);
    const over = ended.year < today.year || (ended.year === today.year && ended.month <= today.month);
    const back = backOf(g);
    return [spanIn(today.year - (over && back > 0 ? back - 1 : back))];
  }
  if (g.wholeYear !== undefined) return [yearAt(Number(g.wholeYear))];
  if (g.simple !== undefined) {
    const back = ['today', 'yesterday', 'dayBeforeYesterday', 'threeDaysBack'] as const;
    return [day(addDays(today, -back.indexOf(wordFor(g.simple, back) ?? 'today')))];
  }
  if (g.span !== undefined) {
    const back = backOf(g);
    const span = wordFor(g.span, spanNames);
    if (span === 'month') return [monthAt(addMonths(today, -back))];
    if (span === 'year') return [yearAt(today.year - back)];
    const first = addDays(monday, -7 * back);
    return [span === 'week' ? between(first, addDays(first, 7)) : between(addDays(first, 5), addDays(first, 7))];
  }
  if (g.weekday !== undefined) {
    const weekday = weekdayOfName(g.weekday);
    if (g.inLast !== undefined) return [day(addDays(monday, weekday - 7))];
    const back = (weekdayOf(today) - weekday + 7) % 7 || 7;
    return [day(addDays(today, -back))];
  }
  const [countedUnit, counted] = countedUnits.get(even(g.counted ?? '')) ?? [null, 0];
  const unit = countedUnit ?? wordFor(g.unit ?? '', units);
  if (g.within !== undefined) {
    const count = countOf(g.within);
    const months = { ...addMonths(today, unit === 'month' ? -count : -12 * count), day: today.day };
    const first = unit === 'day' ? addDays(today, -count) : unit === 'week' ? addDays(today, -7 * count) : months;
    return [between(first, addDays(today, 1))];
  }
  const count = countedUnit === null ? countOf(g.back ?? '') : counted;
  if (unit === 'day') return [day(addDays(today, -count))];
  if (unit === 'week') {
    const first = addDays(monday, -7 * count);
    return [between(first, addDays(first, 7))];
  }
  return [unit === 'month' ? monthAt(addMonths(today, -count)) : yearAt(today.year - count)];
}

/** Which part of a time a word names, whichever side of it the word stands on. */
const partOf = (said: string) => {
  const word = wordFor(said, [
    'start',
    'end',
    'firstHalf',
    'secondHalf',
    'startBehind',
    'endBehind',
    'firstHalfBehind',
    'secondHalfBehind',
  ]);
  return word?.replace(/Behind$/, '') ?? 'middle';
};

/** Days of each; of a weekday, before or after which a time is, those until it comes again. */
const unitDays = { day: 1, week: 7, month: 30, year: 365 };

/** A span as the words before it say: its beginning, its second week, the week before it, all before it. */
function movedBy(g: Groups, span: Interval): Interval {
  const { fromMs, toMs } = span;
  const length = toMs - fromMs;
  if (g.part !== undefined) {
    const part = partOf(g.part);
    if (part === 'start') return { fromMs, toMs: fromMs + length / 3 };
    if (part === 'end') return { fromMs: toMs - length / 3, toMs };
    if (part === 'firstHalf') return { fromMs, toMs: fromMs + length / 2 };
    if (part === 'secondHalf') return { fromMs: fromMs + length / 2, toMs };
    return { fromMs: fromMs + length / 3, toMs: toMs - length / 3 };
  }
  if (g.nth !== undefined) {
    const nth = ordinals.get(even(g.nth)) ?? 1;
    if (nth < 0) return { fromMs: toMs - 7 * dayMs, toMs };
    return { fromMs: fromMs + (nth - 1) * 7 * dayMs, toMs: fromMs + nth * 7 * dayMs };
  }
  const isBefore = wordFor(g.side ?? g.bound ?? '', ['before', 'beforeBehind']) !== null;
  if (g.side !== undefined) {
    const unit = g.unit === undefined ? null : wordFor(g.unit, units);
    const near = dayMs * unitDays[unit ?? 'week'] * (g.ahead === undefined ? 1 : countOf(g.ahead));
    return isBefore ? { fromMs: fromMs - near, toMs: fromMs } : { fromMs: toMs, toMs: toMs + near };
  }
  // "by July 10", "since May": what is nearest to the bound is meant most.
  return isBefore ? { fromMs: fromMs - 30 * dayMs, toMs } : { fromMs, toMs: toMs + 30 * dayMs };
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

/** Whether it asks for how things are now: of what was found, what was said last counts most. */
export const asksLatest = (question: string): boolean => latest.test(question.slice(0, readLength));
