/**
 * What a word is: to the index, to a question, and to what is marked on a page. All three must agree, so it is said once,
 * here. Pure. Knows no language's grammar: endings are the engine's business.
 */

/** Scripts that set no spaces between words, or hang particles on them: Thai to Myanmar and Khmer, kana, hangul, ideographs. */
const unspacedRanges =
  '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff' +
  '\\u3105-\\u318e\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97f\\uac00-\\ud7ff\\uf900-\\ufaff' +
  '\\uff66-\\uffdc\\u{20000}-\\u{323af}';
const unspacedPattern = new RegExp(`[${unspacedRanges}]`, 'u');
/** A run without spaces, or a word of another script; joiners and soft hyphens inside are no border. */
const wordSource = `[[\\p{L}\\p{M}\\p{N}]&&[${unspacedRanges}]]+|[[\\p{L}\\p{M}\\p{N}\\u00ad\\u200c\\u200d]--[${unspacedRanges}]]+`;
const wordPattern = new RegExp(wordSource, 'gv');
/** One letter with the marks that stand on it. */
const clusterPattern = /\P{M}\p{M}*|\p{M}+/gu;
const joiners = /[\u00ad\u0640\u200b-\u200f\u2060\ufeff]+/g;
const manyMarks = /(\p{M}{30})\p{M}+/gu;
const beyondAscii = /[^\0-\x7f]/;

export interface Word {
  /** As it is written. */
  readonly text: string;
  /** UTF-16 offset in the text. */
  readonly start: number;
  /** A run of a script without spaces: it is searched by what stands inside. */
  readonly unspaced: boolean;
}

/** The words of a text in order. Full width and decomposed letters are as they are written; {@link foldWord} evens them. */
export function* wordsIn(text: string): Generator<Word> {
  for (const match of text.matchAll(wordPattern)) {
    const [word] = match;
    if (/[\p{L}\p{N}]/u.test(word)) yield { text: word, start: match.index, unspaced: isUnspaced(word) };
  }
}

/** @param text a word, or one character of one */
export const isUnspaced = (text: string): boolean => unspacedPattern.test(text);

/** No letter carries more than 30 marks (UAX 15, stream-safe text): putting more in order takes time by their square. */
export const streamSafe = (text: string): string => text.replace(manyMarks, '$1');

/**
 * The form under which a word is the same however it is written: lower case, NFKC, no accents on Latin, Greek and Cyrillic
 * letters, no points and one spelling of alef, yeh and teh in Arabic, no niqqud, no nukta and one nasal sign in Devanagari.
 */
export function foldWord(word: string): string {
  if (!beyondAscii.test(word)) return word.toLowerCase();
  const plain = streamSafe(word).normalize('NFKC').toLowerCase().replace(joiners, '');
  if (/[\u0900-\u097f]/.test(plain))
    return plain
      .normalize('NFD')
      .replace(/\u093c/g, '')
      .replace(/\u0901/g, '\u0902');
  if (/[\u0590-\u06ff]/.test(plain)) return foldSemitic(plain);
  // Only what leaves another letter: in other scripts marks are vowels.
  if (!/[\u00c0-\u058f\u1e00-\u1fff]/.test(plain)) return plain.replace(/[\u0300-\u036f]+/g, '');
  return plain
    .normalize('NFD')
    .replace(/[\u0300-\u036f]+/g, '')
    .normalize('NFC');
}

/**
 * A text in the form in which a name is the same however it is written: each word by {@link foldWord}, and letters that only some
 * cases tell apart as one (ς and σ, ß and ss, ı and i). For a part of a name inside a name; the index knows words alone.
 */
export function foldText(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  const plain = streamSafe(text).normalize('NFKC').replace(wordPattern, foldWord);
  return plain.toLowerCase().replace(/[ςßı]/g, (letter) => oneCase[letter] ?? letter);
}

const oneCase: Readonly<Record<string, string>> = { ς: 'σ', ß: 'ss', ı: 'i' };

const foldSemitic = (word: string): string =>
  word
    .replace(
      /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]+/g,
      '',
    )
    .replace(/[\u0622\u0623\u0625\u0671]/g, '\u0627')
    .replace(/[\u0649\u06cc\u0626]/g, '\u064a')
    .replace(/\u0624/g, '\u0648')
    .replace(/\u0629/g, '\u0647')
    .replace(/\u06a9/g, '\u0643');

/** Letters of a run without spaces, each with its marks. */
export const clustersOf = (run: string): string[] =>
  streamSafe(run).normalize('NFKC').toLowerCase().match(clusterPattern) ?? [];

/**
 * The words inside a run without spaces, by the platform's dictionaries, at most 200 letters at a time because it is slow
 * on long strings.
 */
export function wordsOfRun(run: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const words: string[] = [];
  for (const piece of run.match(/[\s\S]{1,200}(?![\udc00-\udfff\p{M}])/gu) ?? [run]) {
    for (const { segment } of segmenter.segment(piece)) words.push(segment);
  }
  return words;
}

let segmenter: Intl.Segmenter | undefined;

/** The names inside a name written in one: `parseConfig` → parse, config; `HTTPServer` → http, server. Fewer than two: none. */
export function partsOfName(word: string): string[] {
  if (!/[a-z0-9][A-Z]|[A-Z]{2}[a-z]/.test(word)) return [];
  const parts = word.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).map((part) => part.toLowerCase());
  return parts.length > 1 ? parts : [];
}

/**
 * Matches what a question's words find in a text, for marking and for choosing: a word where it begins one, another form of an English
 * word, and a word of a script without spaces anywhere. Matching is by letters as written; accents may be left out of the question.
 * @returns null where the question has no word
 */
export function wordsPattern(words: readonly string[]): RegExp | null {
  const sources = [...new Set(words)]
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
    .map((word) => (isUnspaced(word) ? escaped(word) : `(?<![\\p{L}\\p{N}\\p{M}])${anyAccent(word)}`));
  return sources.length === 0 ? null : new RegExp(`(?:${sources.join('|')})`, 'giu');
}

/** Letters, marks or figures other than plain ones. Typographic quotes and dashes are none. */
export const beyondPlain = /[^\0-\x7f\u2010-\u2027\u2030-\u205e]/;

/**
 * Matches in a text in lower case without {@link beyondPlain} what {@link wordsPattern} matches, in a fifth of the time.
 * @returns null where none of the words can stand there
 */
export function plainWordsPattern(words: readonly string[]): RegExp | null {
  const plain = words.filter((word) => word !== '' && !beyondPlain.test(word)).sort((a, b) => b.length - a.length);
  const lower = plain.map((word) => escaped(word.toLowerCase()));
  return lower.length === 0 ? null : new RegExp(`(?<![a-z0-9])(?:${lower.join('|')})`, 'g');
}

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const accented: Readonly<Record<string, string>> = {
  a: 'aàáâãäåā',
  c: 'cçćč',
  e: 'eèéêëēę',
  i: 'iìíîïī',
  n: 'nñńň',
  o: 'oòóôõöō',
  s: 'sśšş',
  u: 'uùúûüū',
  y: 'yýÿ',
  z: 'zźżž',
};
const anyAccent = (word: string): string =>
  Array.from(word.toLowerCase(), (letter) => {
    const plain = foldWord(letter) || letter;
    const forms = accented[plain];
    return forms === undefined ? escaped(letter) : `(?:[${forms}]\\u0300?|${plain}[\\u0300-\\u036f]+)`;
  }).join('');

/** A beginning that the forms of an English word share; short words and words of other scripts stay whole. */
export function sharedBeginning(word: string): string {
  if (word.length < 5 || !/^[a-z]+$/.test(word)) return word;
  return word.replace(/(?:ational|ations?|ings?|ies|ied|ively|ives?|ments?|ers?|ed|es|ly|s|e|y)$/, (ending) =>
    word.length - ending.length < 3 ? ending : '',
  );
}
