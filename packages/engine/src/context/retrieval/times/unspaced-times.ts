/**
 * The grammar of times in scripts without spaces between words, and in Korean, whose particles hang on them. Nearly all of what says
 * how a time lies stands behind it. Patterns alone: which words there are is said by tables.
 */
import type { TimeGrammar, TimeParts } from './time-shape.ts';
import { inFigures, seasons, spans, units, year } from './time-units.ts';

const gap = '\\s*';
/** Korean words have spaces before them: none begins inside another. Figures do not either. */
const edge = '(?<!\\p{N})(?:(?!\\p{Script=Hangul})|(?<!\\p{Script=Hangul}))';
const yearSign = `${gap}[年년]`;
const dayNumber = `\\d{1,2}${gap}[日号號일]`;

export function unspacedTimes({ any, month, weekday, weekdayAlone, count, counted, nth }: TimeParts): TimeGrammar {
  const unit = `(?<unit>${any(...units)})`;
  const join = `(?:${gap}${any('joins')})*${gap}`;
  const before = `(?:(?<twice>${any('beforeLast')})|(?<last>${any('last')})|${any('this')})${gap}`;
  const thatYear = `${before}(?<ofYear>${any('year')})${join}`;
  const season = `(?<season>${any(...seasons)})`;
  const aMonth = `(?:(?<month>(?:1[0-2]|0?[1-9])(?=${gap}[月월]))${gap}[月월]|(?<month>${month}))(?![间間末]?${gap}${any('agoBehind')}(?!\\p{N}))`;
  const named = `(?<year>${year})${yearSign}${join}`;
  const lastWeek = `${any('last')}${gap}${any('week')}`;
  const time = [
    `(?<iso>${year}-\\d\\d(?:-\\d\\d)?)`,
    inFigures,
    `(?:${named})?${aMonth}${gap}(?<day>${dayNumber})`,
    `${named}${aMonth}`,
    `${thatYear}${aMonth}(?:${gap}(?<day>${dayNumber}))?`,
    `${thatYear}${season}`,
    `${named}${season}`,
    `(?<wholeYear>${year})${yearSign}`,
    aMonth,
    `(?<simple>${any('today', 'yesterday', 'dayBeforeYesterday', 'threeDaysBack')})`,
    `(?<inLast>${lastWeek})${join}(?<weekday>${weekday})`,
    `(?<inLast>${any('last')})${gap}(?<weekday>${weekdayAlone})`,
    `${before}${season}`,
    `${any('last')}${gap}(?<within>${count})${gap}${unit}`,
    `(?<back>${count})${gap}${unit}${gap}${any('agoBehind')}`,
    `(?<counted>${counted})${gap}${any('agoBehind')}`,
    `${before}(?<span>${any(...spans)})`,
    `(?:${any('last')}|${any('this')})${gap}(?<weekday>${weekday})`,
    `(?<weekday>${weekday})${gap}${any('onBehind')}`,
    `(?<weekday>${weekdayAlone})`,
  ].join('|');
  const trail = [
    `(?<side>${any('beforeBehind', 'afterBehind')})${join}(?:(?<ahead>${count})${gap})?${unit}`,
    `(?<ahead>${count})${gap}${unit}${join}(?<side>${any('beforeBehind', 'afterBehind')})`,
    `(?<nth>${nth})${join}(?:个|個)?${any('week')}`,
    `(?<part>${any('startBehind', 'middleBehind', 'endBehind', 'firstHalfBehind', 'secondHalfBehind')})`,
    `(?<bound>${any('beforeBehind', 'afterBehind')})`,
  ].join('|');
  return {
    time: new RegExp(`${edge}(?:${time})`, 'giu'),
    lead: /(?!)/u,
    trail: new RegExp(`^${join}(?:${trail})`, 'iu'),
    inside: /$/u,
    to: new RegExp(`^${gap}(?:${any('and')}|–|-|~|〜|～)${join}$`, 'iu'),
    range: new RegExp(`${any('between')}${gap}$`, 'iu'),
    rangeBehind: new RegExp(`^${join}${any('betweenBehind')}`, 'iu'),
  };
}
