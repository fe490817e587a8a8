/**
 * What a language says of times, as a table: the words for day, week, last, ago, before, early. A shape alone; orders of words are
 * the business of the grammars, and another language is another table. Months and weekdays come from `Intl` (`date-names.ts`).
 */

/** What each language has, or says elsewhere. */
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
  /** Before what it tells of ("last week"), and behind it ("la semaine dernière"). */
  | 'last'
  | 'lastBehind'
  | 'this'
  /** Before how long it is ("vor zwei Wochen"), and behind it ("two weeks ago"). */
  | 'ago'
  | 'agoBehind'
  | 'start'
  | 'middle'
  | 'end'
  | 'firstHalf'
  | 'secondHalf'
  /** Up to a time, and from it on. */
  | 'before'
  | 'after'
  /** Words after which a number is a year and any name of a month is one. */
  | 'in'
  /** Words between the parts of a time. */
  | 'joins'
  | 'between'
  | 'and'
  /** Asks for how things are now. */
  | 'latest'
  /** What people say of talking, and words that only make a sentence: beside a time they say nothing of what is wanted. */
  | 'talking';

/** What some languages have besides. */
type RareWord =
  /** Before the name of a day, and behind it: a day of this or the last week ("on Monday", "月曜日に"). */
  | 'on'
  | 'onBehind'
  /** Names and forms of names that `Intl` has not, the first month or Monday first. */
  | 'months'
  | 'weekdays'
  /** A time and how often it is in one word, once first: "неделю назад", "قبل أسبوعين", "이틀 전". */
  | 'daysCounted'
  | 'weeksCounted'
  | 'monthsCounted'
  | 'yearsCounted'
  /** What stands behind the time it tells of: "5月末", "8月11日から", "मई के बाद". */
  | 'startBehind'
  | 'middleBehind'
  | 'endBehind'
  | 'firstHalfBehind'
  | 'secondHalfBehind'
  | 'beforeBehind'
  | 'afterBehind'
  | 'betweenBehind';

export type TimeWord = Word | RareWord;

/**
 * Forms are lower case with `|` between, `,` where they are counted; an apostrophe is any, a space any white space. Empty where a
 * language says it elsewhere.
 */
export interface TimeTable extends Readonly<Record<Word, string>>, Readonly<Partial<Record<RareWord, string>>> {
  /** The name of a day alone is a day ("lundi", "周一"). */
  readonly saidBare?: true;
}
