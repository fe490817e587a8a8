/**
 * A question as search terms. Pure, and total: any text gives terms, and no text gives a search syntax error, because
 * every term reaches FTS5 as quoted strings of letters and digits. Operators are words here like any other.
 */
import { languageOf } from '../../space/words/language.ts';
import { beginningOf, eitherOf, phraseOf, type QuestionWord, questionWords } from '../../space/words/question-words.ts';
import { writtenAsOne } from './compounds.ts';
import { questionTongue } from './function-words.ts';
import { matterOf, unitsAsked } from './question-form.ts';
import { quotesIn } from './quotes.ts';

export interface Term {
  /** As the person wrote it, lower case; a phrase with single spaces. */
  readonly text: string;
  /** The same as an expression of FTS5: it as it stands, its stem, and names it stands in. */
  readonly fts: string;
}

type Said = QuestionWord & { readonly asOne?: readonly string[] };

export interface Question {
  readonly terms: readonly Term[];
  /** Those of them that are a quotation, word behind word. */
  readonly quotes: readonly string[];
  /** Runs of one to three words, lower case, that may be somebody's name. */
  readonly names: readonly string[];
  /** What it is about, without the form it is asked in. */
  readonly matter: string;
  /** Most of its letters are no Latin ones. */
  readonly isOtherScript: boolean;
}

/** What is read of a very long question: its start and its end, where people put what they want. */
const readAtEachEnd = 4_000;
const mostTerms = 48;
/** Words of a phrase that is looked for. */
export const mostPhraseWords = 12;

/**
 * @param prefixes beginnings of words that are terms too
 * @param asked the language it is in, where that is known: a few words do not say it
 */
export function parseQuestion(text: string, prefixes: readonly string[] = [], asked: string | null = null): Question {
  const read =
    text.length <= 2 * readAtEachEnd ? text : `${text.slice(0, readAtEachEnd)}\n${text.slice(-readAtEachEnd)}`;
  const words = questionWords(read);
  const matter = matterOf(read);
  // Three words hardly say their language, and which forms of them are looked for goes by it.
  const tongue = questionTongue(
    words.map((word) => word.text),
    asked,
  );
  const language = asked ?? languageOf(read) ?? tongue.language;
  const said = questionWords(matter, language);
  const saidWords = said.map(({ text: word }) => word);
  const empty = new Set([...tongue.empty, ...unitsAsked(read)]);
  const telling = said.flatMap((word, at) =>
    empty.has(word.text) ? [] : { ...word, asOne: writtenAsOne(saidWords, at) },
  );
  const phrases = quotesIn(read).flatMap((quote) => phraseOf(quote, mostPhraseWords) ?? []);
  const all: readonly Said[] = [...(telling.length > 0 ? telling : words), ...phrases];
  const terms = new Map(all.map((word) => [word.fts, word]));
  const plain = words.slice(0, mostTerms).map((word) => word.text);
  return {
    terms: [
      ...[...terms.values()].slice(0, mostTerms).map(({ text: word, fts, asOne = [] }) => ({
        text: word,
        fts: eitherOf([fts, ...asOne]),
      })),
      ...prefixes.slice(0, mostTerms).flatMap((prefix) => {
        const fts = beginningOf(prefix);
        return fts === null ? [] : { text: `${prefix}*`, fts };
      }),
    ],
    quotes: [...new Set(phrases.map(({ text: quote }) => quote))],
    names: [...new Set([1, 2, 3].flatMap((length) => runsOf(plain, length)))],
    matter,
    isOtherScript: isOtherScript(read),
  };
}

const isOtherScript = (text: string): boolean => {
  if (!/[^\0-\u024f\u2000-\u206f]/.test(text)) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters > 0 && (text.match(/\p{Script=Latin}/gu)?.length ?? 0) < letters / 2;
};

const runsOf = (words: readonly string[], length: number): string[] =>
  words.slice(0, Math.max(0, words.length - length + 1)).map((_, i) => words.slice(i, i + length).join(' '));
