/**
 * What a text quotes: titles and sayings between quotation marks of any kind, or set in stars as people emphasise them. Pure, and total:
 * an apostrophe, a star that multiplies and a mark without its other half quote nothing.
 */

/** Characters of a quotation that is read. */
const length = '{2,200}?';
/** Marks of their own, which stand nowhere else. */
const marked = [
  ['["“„«]', '["”“»]', '"“”„«»'],
  ['「', '」', '「」'],
  ['『', '』', '『』'],
  ['《', '》', '《》'],
].map(([open, close, none]) => `${open}(?<q>[^${none}\\n]${length})${close}`);
/** Marks that mean something else inside and behind a word. */
const outside = '(?<![\\p{L}\\p{N}*])';
const borrowed = [
  `${outside}['‘‚](?<q>(?=\\S)[^'‘‚"“”\\n]${length}(?<=\\S)(?:['’]s\\s[^'‘"\\n]${length}(?<=\\S))?)['’‘](?![\\p{L}\\p{N}])`,
  `${outside}(?<star>\\*{1,3})(?<q>(?=[^\\s*])[^*\\n]${length}(?<=[^\\s*]))\\k<star>(?![\\p{L}\\p{N}*])`,
];
const quotation = new RegExp([...marked, ...borrowed].join('|'), 'gu');

/** Quotations in their order, as they stand between their marks. */
export const quotesIn = (text: string): string[] =>
  [...text.matchAll(quotation)].flatMap(({ groups }) => groups?.q ?? []);

/** The text without them. */
export const aroundQuotes = (text: string): string => text.replace(quotation, ' ');
