/**
 * How the words of times stand together, as patterns over the words of `time-words.ts`. Pure; knows no calendar and no language: what
 * all of them say alike is one pattern, and where one puts a word behind another that is a pattern too.
 */
import { months, weekdays } from './date-names.ts';
import { formsFor, numbers, ordinals, type TimeWord } from './time-words.ts';

const alternatives = (forms: Iterable<string>): string => {
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return `(?:${longestFirst.map((form) => form.replaceAll(' ', '\\s+').replaceAll("'", "['’]")).join('|')})`;
};
const any = (...words: readonly TimeWord[]): string => alternatives(words.flatMap(formsFor));

export const units = ['day', 'week', 'month', 'year'] as const;
export const spans = ['week', 'weekend', 'month', 'year'] as const;
export const seasons = ['spring', 'summer', 'autumn', 'winter'] as const;

const edge = '(?<![\\p{L}\\p{N}])';
const end = '(?![\\p{L}\\p{N}])';
const year = '(?:19|20)\\d\\d';
const dayNumber = '\\d{1,2}(?:st|nd|rd|th|er|º|\\.)?';
const of = "(?:\\s+(?:of|de|del|do|d[’']))?";
const month = alternatives(months.keys());
const weekday = alternatives(weekdays.keys());
const count = `(?:\\d{1,3}|${alternatives(numbers.keys())})`;
const unit = `(?<unit>${any(...units)})`;
const before = `(?:(?<last>${any('last')})|${any('this')})`;

/** A time by itself. Groups say what was found; a name may be in several patterns, of which one matches. */
export const time = new RegExp(
  `${edge}(?:${[
    `(?<iso>${year}-\\d\\d(?:-\\d\\d)?)`,
    `(?<day>${dayNumber})${of}\\s+(?<month>${month})\\.?${of}(?:,?\\s+(?<year>${year}))?`,
    `(?<month>${month})\\.?\\s+(?<day>${dayNumber})(?![\\d:%])(?:,?\\s*(?<year>${year}))?`,
    `(?<month>${month})\\.?${of},?\\s+(?<year>${year})`,
    `(?<month>(?<alone>${month}))`,
    `${before}\\s+(?<season>${any(...seasons)})`,
    `(?<season>${any(...seasons)})\\s+(?<last>${any('lastBehind')})`,
    `(?<season>${any(...seasons)})${of},?\\s+(?<year>${year})`,
    `(?:${any('in', 'before', 'after')}|em|nel)\\s+(?<wholeYear>${year})`,
    `(?<simple>${any('today', 'yesterday', 'dayBeforeYesterday')})`,
    `${before}\\s+(?<span>${any(...spans)})`,
    `(?<span>${any(...spans)})\\s+(?<last>${any('lastBehind')})`,
    `${any('last')}\\s+(?<within>${count})\\s+${unit}`,
    `(?<within>${count})\\s+${any('lastBehind')}\\s+${unit}`,
    `${any('ago')}\\s+(?<back>${count})\\s+${unit}`,
    `(?<back>${count})\\s+${unit}\\s+${any('agoBehind')}`,
    `${any('last')}\\s+(?<weekday>${weekday})`,
    `(?<weekday>${weekday})\\s+${any('lastBehind')}`,
  ].join('|')})${end}`,
  'giu',
);

const joins = any('joins');
/** What stands before a time and says how what is meant lies to it. */
export const lead = new RegExp(
  `${edge}(?:(?<part>${any('start', 'middle', 'end', 'firstHalf', 'secondHalf')})(?:\\s+${joins})*|` +
    `(?<nth>${alternatives(ordinals.keys())})\\s+${any('week')}\\s+${joins}|` +
    `(?:(?<ahead>${count})\\s+)?(?:${unit}|${any('weekend')}|${weekday})\\s+(?<side>${any('before', 'after')})|` +
    `(?<bound>${any('before', 'after')}))(?:\\s+${joins})*(?:[\\s-]+|(?<=\\sl)['’])$`,
  'iu',
);

/** What stands before a month rather than before a verb. */
export const inside = new RegExp(`${edge}(?:${any('in', 'before', 'after', 'last', 'this')}|em)\\s+$`, 'iu');
/** Between the two ends of a range, and before its first. */
export const to = new RegExp(`^\\s*(?:${any('and')}|–|-)(?:\\s+${joins})*\\s*$`, 'iu');
export const range = new RegExp(`${edge}${any('between')}(?:\\s+${joins})*\\s+$`, 'iu');

export const latest = new RegExp(`${edge}${any('latest')}${end}`, 'iu');
