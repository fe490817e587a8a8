/**
 * What a language says of times, as a table: the words for day, week, last, ago, before, early. A shape alone; orders of words are
 * the business of the grammars, and another language is another table. Months and weekdays come from `Intl` (`date-names.ts`).
 */

/** What each language has. */
type Word =
  | 'today'
  | 'yesterday'
  | 'dayBeforeYesterday'
  | 'day'
  | 'week'
  | 'weekend'
  | 'month'
  | 'year'
  | 'spring'
  | 'summer'
  | 'autumn'
  | 'winter'
  /** One to ten, and how few are said without a number. */
  | 'numbers'
  /** First to fourth. */
  | 'ordinals'
  | 'final'
  | 'this'
  /** Words between the parts of a time. */
  | 'joins'
  | 'and'
  /** Asks for how things are now. */
  | 'latest'
  /** What people say of talking, and words that only make a sentence: beside a time they say nothing of what is wanted. */
  | 'talking';

/** What a language has on one side of what it tells of, on the other, on both or not at all. */
type PlacedWord =
  /** "last week", "la semaine dernière". */
  | 'last'
  | 'lastBehind'
  /** "vorletzte Woche", "上上周", "a semana retrasada". */
  | 'beforeLast'
  | 'beforeLastBehind'
  /** "vor zwei Wochen", "two weeks ago". */
  | 'ago'
  | 'agoBehind'
  /** "early May", "5月末". */
  | 'start'
  | 'startBehind'
  | 'middle'
  | 'middleBehind'
  | 'end'
  | 'endBehind'
  | 'firstHalf'
  | 'firstHalfBehind'
  | 'secondHalf'
  | 'secondHalfBehind'
  /** Up to a time, and from it on: "after May", "8月11日から", "मई के बाद". */
  | 'before'
  | 'beforeBehind'
  | 'after'
  | 'afterBehind'
  | 'between'
  | 'betweenBehind'
  /** A name of a day, of this or the last week: "on Monday", "月曜日に". */
  | 'on'
  | 'onBehind';

/** What some languages have besides. */
type RareWord =
  /** Words after which a number is a year and any name of a month is one. */
  | 'in'
  /** "大前天", "vorvorgestern". */
  | 'threeDaysBack'
  /** Names and forms of names that `Intl` has not, the first month or Monday first. */
  | 'months'
  | 'weekdays'
  /** A time and how often it is in one word, once first: "неделю назад", "قبل أسبوعين", "이틀 전". */
  | 'daysCounted'
  | 'weeksCounted'
  | 'monthsCounted'
  | 'yearsCounted';

export type TimeWord = Word | PlacedWord | RareWord;

/**
 * Forms are lower case with `|` between, `,` where they are counted; an apostrophe is any, a space any white space.
 */
export interface TimeTable
  extends Readonly<Record<Word, string>>,
    Readonly<Partial<Record<PlacedWord | RareWord, string>>> {
  /** The name of a day alone is a day ("lundi", "周一"). */
  readonly saidBare?: true;
}
