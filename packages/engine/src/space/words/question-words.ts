/**
 * The words of a question as the index knows them: each with the FTS5 expression that finds it in all its forms. Pure, and
 * total: any text gives words, and no text gives a search syntax error, because every token is a quoted string of letters
 * and digits.
 */
import { clustersOf, foldWord, isUnspaced, partsOfName, type Word, wordsIn, wordsOfRun } from '@vivim/contract/words';
import { tokensOf } from './index-words.ts';
import { languageOf } from './language.ts';
import { latinLanguages, stemOf } from './stems.ts';

export interface QuestionWord {
  /** Lower case, as the person wrote it. */
  readonly text: string;
  /** Finds it, its stem, and names it stands in. */
  readonly fts: string;
  /** Finds it as it stands, as a string of a phrase: no other form of it. */
  readonly exact: string;
}

const longestWord = 64;
/** Words of a demanded phrase. */
const mostDemanded = 40;
/** Particles that hang on a Korean noun; what is left must have two syllables. */
const particle =
  /(?<=.{2})(?:에서는|에서|에게|으로|까지|부터|보다|처럼|하고|이랑|은|는|이|가|을|를|의|에|로|와|과|도|만|랑)$/;
/** Endings, particles and pronouns of Japanese, Chinese and Thai that say nothing alone. */
const unspacedStops = new Set(
  `の は が を に へ と で も や か な だ た て し れ い う よ ね です ます まし でし ました から まで より など この その あの これ それ する した して いる ある こと もの どこ 何 誰 だれ いつ なぜ どう どの どれ どんな いくら いくつ だった でした ました なに だれ 何を どちら
  私 何 的 了 是 在 我 你 他 她 它 们 我们 你们 吗 呢 吧 啊 着 过 和 与 及 或 也 都 就 不 没 有 这 那 个 什么 怎么 为 之 哪里 哪 哪个 哪些 谁 多少 几 怎么样 为什么 什么时候 时候 ที่ และ ของ ใน มี ได้ ไป มา เป็น ว่า จะ ไม่ ให้ กับ แล้ว ครับ ค่ะ คะ นะ`.split(
    /\s+/,
  ),
);

/**
 * Words in order; what is longer than any word (base64, hashes cut in two) is cut.
 * @param language of the text, where it is known otherwise: a short one does not say it
 */
export function questionWords(text: string, language: string | null = languageOf(text)): QuestionWord[] {
  return [...wordsIn(text)].flatMap((word) => (word.unspaced ? insideRun(word.text) : spaced(word, language)));
}

function spaced(word: Word, language: string | null): QuestionWord[] {
  const text = word.text.slice(0, longestWord).toLowerCase();
  const folded = foldWord(text);
  if (folded.trim() === '') return [];
  const exact = quoted(folded);
  const forms = new Set([exact]);
  for (const tongue of tonguesOf(text, language)) {
    const stem = stemOf(text, tongue);
    if (stem !== null) forms.add(quoted(stem));
  }
  const parts = partsOfName(word.text);
  if (parts.length > 1) forms.add(quoted(parts.join(' ')));
  return [{ text, exact, fts: eitherOf([...forms]) }];
}

/** A short question does not say its language: letters without accents are taken for English, others for any they may be. */
function tonguesOf(word: string, language: string | null): readonly string[] {
  if (language === null) return /^[\0-\x7f]+$/.test(word) ? ['en'] : latinLanguages;
  // Names of things are English in any language.
  return language === 'en' || !/^[a-z]+$/.test(word) ? [language] : [language, 'en'];
}

function insideRun(run: string): QuestionWord[] {
  const words = wordsOfRun(run).flatMap((word): QuestionWord[] => {
    const bare = /^[\uac00-\ud7a3]+$/.test(word) ? word.replace(particle, '') : word;
    const letters = clustersOf(bare).slice(0, longestWord);
    if (letters.length === 0) return [];
    const exact = inRun(letters);
    const base = baseOf(bare);
    const fts = base === null ? exact : eitherOf([exact, inRun(clustersOf(base))]);
    return [{ text: bare.toLowerCase(), exact, fts }];
  });
  const telling = words.filter(({ text }) => !unspacedStops.has(text));
  return telling.length > 0 ? telling : words;
}

/** A letter alone begins what it stands in. */
const inRun = (letters: readonly string[]): string =>
  letters.length === 1 ? `${quoted(letters.join(''))} *` : quoted(pairs(letters));

/** 戻る, 戻ります, 戻った: ideographs, and what the verb or quality does in kana behind them. */
const inflected = /^([\u3400-\u9fff]+)[\u3041-\u3096]+$/;
/** How Korean verbs end, and nouns that something is done to ("신청한", "면접했지"). What is left has two syllables. */
const koreanEnding =
  /(?<=^[\uac00-\ud7a3]{2,})(?:(?:했|하였|하는|하고|해서|하면|한|할|해|됐|되는|된)(?:었|았)?(?:습니까|습니다|나요|까요|어요|아요|는지|지|니|나|다|던)?|(?:었|았|였)?(?:습니까|습니다|나요|까요|어요|아요|는지|은지|지|니|나|다|던))$/;

/** The part of a word in a run that its forms share; null where that is the whole, or none is known. */
function baseOf(word: string): string | null {
  const [, ideographs] = inflected.exec(word) ?? [];
  if (ideographs !== undefined) return ideographs;
  return koreanEnding.test(word) ? word.replace(koreanEnding, '') : null;
}

const pairs = (letters: readonly string[]): string =>
  letters
    .slice(1)
    .map((letter, i) => `${letters[i]}${letter}`)
    .join(' ');

const quoted = (tokens: string): string => `"${tokens.replaceAll('"', ' ')}"`;

/** Finds what any of these finds. */
export const eitherOf = (expressions: readonly string[]): string =>
  expressions.length === 1 ? (expressions[0] ?? '""') : `(${expressions.join(' OR ')})`;

/** What an expression of one word finds, as the index has it: a form with a space behind it is the whole of a word. */
export const formsFound = (expression: string): string[] =>
  [...expression.matchAll(/"([^"]+)"( \*)?/g)].map(([, form = '', open]) => (open === undefined ? `${form} ` : form));

/** What stands in a text exactly so, word behind word, or null where that is no more than one word. */
export function phraseOf(text: string, most: number): QuestionWord | null {
  const tokens = [...tokensOf(text)].slice(0, most);
  // The last letter of a run stands alone only where the run ends.
  const ends = isUnspaced(tokens.at(-1) ?? '') && tokens.length > 1 ? tokens.slice(0, -1) : tokens;
  if (tokens.length < 2) return null;
  const expression = quoted(ends.join(' '));
  return { text: text.trim().toLowerCase().replace(/\s+/gu, ' '), exact: expression, fts: expression };
}

/**
 * The expression of what begins so; null without words. In a run without spaces every place begins a word, so that what is looked
 * for is the run itself.
 */
export function beginningOf(text: string): string | null {
  const tokens = [...tokensOf(text)].slice(0, mostDemanded);
  const [last = '', before = ''] = tokens.toReversed();
  if (last === '') return null;
  // The last letter of a run was paired with the one before it already, and stands alone only where the run ends.
  return isUnspaced(last) && isUnspaced(before)
    ? quoted(tokens.slice(0, -1).join(' '))
    : `${quoted(tokens.join(' '))} *`;
}

/** The expression of what a search demands: a phrase as it stands, the beginning of a word, or a word in any form; null without words. */
export function demandOf(text: string, as: 'phrase' | 'beginning' | 'word'): string | null {
  const words = questionWords(text);
  const [first] = words;
  if (first === undefined) return null;
  if (as === 'phrase') return phraseOf(text, mostDemanded)?.exact ?? first.exact;
  if (as === 'beginning') return beginningOf(text);
  return words.length === 1 ? first.fts : `(${words.map(({ fts }) => fts).join(' AND ')})`;
}
