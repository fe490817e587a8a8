/** The grammar of times in languages that set spaces between words. Patterns alone: which words there are is said by tables. */
import type { TimeGrammar, TimeParts } from './time-shape.ts';
import { inFigures, seasons, spans, units, year } from './time-units.ts';

/** A word begins here; in Arabic "and", "in", "to" hang on the word behind them. */
const edge = '(?:(?<![\\p{L}\\p{M}\\p{N}])|(?<=(?<![\\p{L}\\p{M}\\p{N}])[وبلف]))';
const end = '(?![\\p{L}\\p{M}\\p{N}])';
/** An apostrophe ends a word too: "quest'anno". */
const gap = "(?:\\s+|(?<=['’]))";
/** Up to where a time begins, past a hyphen or an article that hangs on it: "mid-May", "l'été". */
const upTo = "(?:[\\s-]+|(?<=\\s(?:l|d|nell|dell|all|dall))['’])$";
const dayNumber = '\\d{1,2}(?:st|nd|rd|th|er|º|ª|-?го|-?е|\\.)?';
const of = "(?:\\s+(?:of|de|del|do|di|dell['’]|van|года|عام|سنة|d[’']))?";

export function spacedTimes({ any, month, weekday, weekdayAlone, count, counted, nth }: TimeParts): TimeGrammar {
  const unit = `(?<unit>${any(...units)})`;
  const joins = any('joins');
  const before = `(?:(?<twice>${any('beforeLast')})|(?<last>${any('last')})|${any('this')})${gap}`;
  const season = `(?<season>${any(...seasons)})`;
  const lastWeek = `(?:${any('last')}\\s+${any('week')}|${any('week')}\\s+${any('lastBehind')})`;
  const time = [
    `(?<iso>${year}-\\d\\d(?:-\\d\\d)?)`,
    inFigures,
    `(?<day>${dayNumber})${of}\\s+(?<month>${month})\\.?${of}(?:,?\\s+(?<year>${year}))?`,
    `(?<month>${month})\\.?\\s+(?<day>${dayNumber})(?![\\d:%])(?:,?\\s*(?<year>${year}))?`,
    `(?<month>${month})\\.?${of},?\\s+(?<year>${year})`,
    `(?<month>(?<alone>${month}))`,
    `${before}${season}`,
    `${season}\\s+(?:(?<twice>${any('beforeLastBehind')})|(?<last>${any('lastBehind')}))`,
    `${season}${of},?\\s+(?<year>${year})`,
    `${any('in', 'before', 'after')}\\s+(?<wholeYear>${year})`,
    `(?:${any('on')}\\s+)?(?<weekday>${weekday})(?:[\\s,]+${joins})*\\s+(?<inLast>${lastWeek})`,
    `(?<simple>${any('today', 'yesterday', 'dayBeforeYesterday', 'threeDaysBack')})`,
    `${before}(?<span>${any(...spans)})`,
    `(?<span>${any(...spans)})\\s+(?:(?<twice>${any('beforeLastBehind')})|(?<last>${any('lastBehind')}))`,
    `${any('last')}\\s+(?<within>${count})\\s+${unit}`,
    `(?<within>${count})\\s+(?:${any('last')}|${any('lastBehind')})\\s+${unit}`,
    `(?<within>${count})\\s+${unit}\\s+${any('lastBehind')}`,
    `${any('ago')}\\s+(?<back>${count})\\s+${unit}`,
    `(?<back>${count})\\s+${unit}\\s+${any('agoBehind')}`,
    `${any('ago')}\\s+(?<counted>${counted})`,
    `(?<counted>${counted})\\s+${any('agoBehind')}`,
    `(?:${any('last')}|${any('this')}|${any('on')})\\s+(?<weekday>${weekday})(?!\\s+${any('week')})`,
    `(?<weekday>${weekday})\\s+(?:${any('lastBehind')}|${any('onBehind')})`,
    `(?<weekday>${weekdayAlone})`,
  ].join('|');
  const lead = [
    `(?<part>${any('start', 'middle', 'end', 'firstHalf', 'secondHalf')})(?:\\s+${joins})*`,
    `(?<nth>${nth})\\s+${any('week')}(?:\\s+${joins})?`,
    `(?:(?<ahead>${count})\\s+)?(?:${unit}|${any('weekend')}|${weekday})\\s+(?<side>${any('before', 'after')})`,
    `${any('week')}\\s+(?<nth>${nth})(?:\\s+${joins})?`,
    `(?<bound>${any('before', 'after')})`,
  ].join('|');
  const trail = [
    `(?<part>${any('startBehind', 'middleBehind', 'endBehind', 'firstHalfBehind', 'secondHalfBehind')})`,
    `(?<nth>${nth})\\s+${any('week')}`,
    `(?<ahead>${count})\\s+${unit}\\s+(?<side>${any('beforeBehind', 'afterBehind')})`,
    `(?<side>${any('beforeBehind', 'afterBehind')})(?:\\s+${joins})*(?:\\s+(?<ahead>${count}))?\\s+${unit}`,
    `(?<bound>${any('beforeBehind', 'afterBehind')})`,
  ].join('|');
  const hasTrail = any('beforeBehind', 'afterBehind') !== '(?!)';
  return {
    time: new RegExp(`${edge}(?:${time})${end}`, 'giu'),
    lead: new RegExp(`${edge}(?:${lead})(?:\\s+${joins})*${upTo}`, 'iu'),
    trail: hasTrail ? new RegExp(`^(?:\\s+${joins})*\\s+(?:${trail})${end}`, 'iu') : null,
    inside: new RegExp(`${edge}${any('in', 'before', 'after', 'last', 'this')}\\s+$`, 'iu'),
    to: new RegExp(`^\\s*(?:${any('and')}|–|-)(?:\\s+${joins})*\\s*$`, 'iu'),
    range: new RegExp(`${edge}${any('between')}(?:\\s+${joins})*${upTo}`, 'iu'),
    rangeBehind: new RegExp(`^\\s*${any('betweenBehind')}${end}`, 'iu'),
  };
}
