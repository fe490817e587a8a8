/**
 * What the word index is given of a text: its words, evened where its own tokenizer cannot, and beside them the other forms
 * they are found by: stems, and the names inside `parseConfig`. Pure. FTS5's `unicode61` does the rest, quickly: it
 * lowers Latin letters and takes accents off.
 */
import { clustersOf, foldWord, partsOfName, streamSafe, wordsIn } from '@vivim/contract/words';
import { languageOf } from './language.ts';
import { withoutMasks } from './masks.ts';
import { stemOf } from './stems.ts';

/** Raised when the same text would be indexed otherwise: what was indexed before is indexed anew in the background. */
export const wordsVersion = 5;

/** How FTS5 is to cut what {@link indexText} and {@link indexForms} give. */
export const wordTokenizer = "unicode61 remove_diacritics 2 categories 'L* M* N* Co' separators '\ufe0e\ufe0f\u20e3'";

/**
 * Something `unicode61` would cut or fold otherwise than `foldWord`; plain Latin letters, signs and most emoji are not. Its
 * tables end with Unicode 6, and it joins what is newer, and what is private, to the word beside it: `₿`, `🤖`.
 */
const needsEvening =
  /[\u00aa\u00ad\u00b2\u00b3\u00b5\u00b9\u00ba\u00bc-\u00be\u0132\u0133\u013f\u0140\u0149\u0180-\u1fff\u200b-\u200f\u2060-\u209f\u2100-\u218f\u23f4-\u24ff\u2700\u2776-\u2793\u2b4d\u2b4e\u2b4f\u2b5a-\ud83b\ud83f-\uffff]|\ud83c[\udc2c-\udcff\udd00-\udd0f\udd2f\udd6c-\udd6f\udd9b-\udde5\ude03-\ude0f\ude3b-\ude3f\ude49-\ude4f\ude52-\udeff\udf21-\udf2f\udf36\udf7d-\udf7f\udf94-\udf9f\udfc5\udfcb-\udfdf\udff1-\udfff]|\ud83d[\udc3f\udc41\udcf8\udcfd-\udcff\udd3e\udd3f\udd44-\udd4f\udd68-\uddfa\ude41-\ude44\ude50-\ude7f\udec6-\udeff\udf74-\udfff]|\ud83e|[\u20ba-\u20cf]|[\u20f1-\u20ff]/;
/** Different other forms that are kept of one message; text beyond it is found by its words as they stand. */
const mostForms = 50_000;
/** Longer is a hash, an address or data. */
const longestWord = 64;

/** @returns the text itself where nothing needs evening, else its words with a space between */
export function indexText(text: string): string {
  const said = withoutMasks(text);
  return needsEvening.test(said) ? [...tokensOf(said)].join(' ') : said;
}

/** The words of a text one by one as the index has them. */
export function* tokensOf(text: string): Generator<string> {
  for (const word of wordsIn(text)) {
    if (word.unspaced) yield* pairsOf(clustersOf(word.text));
    else {
      const folded = foldWord(word.text);
      // A sign made of marks alone leaves nothing.
      if (folded.trim() !== '') yield folded;
    }
  }
}

/** The words of a phrase as they stand in a row in the index, wherever the phrase stands inside something longer. */
export function phraseTokens(phrase: string): string[] {
  const tokens: string[] = [];
  for (const word of wordsIn(phrase)) {
    const letters = word.unspaced ? clustersOf(word.text) : [];
    if (!word.unspaced) tokens.push(foldWord(word.text));
    else if (letters.length === 1) tokens.push(...letters);
    else for (const [i, letter] of letters.slice(0, -1).entries()) tokens.push(letter + (letters[i + 1] ?? ''));
  }
  return tokens;
}

/** Two letters and two letters, overlapping, and the last alone: whatever stands inside is found as a phrase. */
function* pairsOf(letters: readonly string[]): Generator<string> {
  for (const [i, letter] of letters.entries()) yield letter + (letters[i + 1] ?? '');
}

/** Other forms of the words of a text, each once, a space between. */
export function indexForms(text: string): string {
  const language = languageOf(text);
  const forms = new Set<string>();
  // What does not say its language is taken for English where its letters allow it, as a short question is.
  const said = withoutMasks(text);
  if (language === 'en' || language === null) englishForms(said, forms);
  else formsIn(said, language, forms);
  return [...forms].join(' ');
}

/** By letter codes, because nearly all text comes by here: no array of words, no pattern. */
function englishForms(text: string, forms: Set<string>): void {
  let start = -1;
  let inner = false;
  let upper = false;
  let plain = true;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 32;
    if (code > 96 && code < 123) {
      if (start < 0) start = i;
    } else if (code > 64 && code < 91) {
      if (start < 0) start = i;
      else inner = true;
      upper = true;
    } else if ((code > 47 && code < 58) || (code >= 0xc0 && code < 0x2000)) {
      if (start < 0) start = i;
      // A word with accents is no English one, and figures end no English word.
      plain = false;
    } else if (start >= 0) {
      const length = i - start;
      if (length > 2 && length <= longestWord && forms.size < mostForms) {
        const word = text.slice(start, i);
        if (inner) addParts(word, forms);
        if (plain) add(stemOf(upper ? word.toLowerCase() : word, 'en'), forms);
      }
      start = -1;
      inner = false;
      upper = false;
      plain = true;
    }
  }
}

function formsIn(text: string, language: string, forms: Set<string>): void {
  for (const word of wordsIn(text)) {
    if (word.unspaced || word.text.length > longestWord) continue;
    if (forms.size >= mostForms) return;
    addParts(word.text, forms);
    add(stemOf(streamSafe(word.text).normalize('NFC').toLowerCase(), language), forms);
  }
}

function addParts(word: string, forms: Set<string>): void {
  for (const part of partsOfName(word)) {
    if (part.length < 2) continue;
    forms.add(part);
    add(stemOf(part, 'en'), forms);
  }
}

function add(stem: string | null, forms: Set<string>): void {
  if (stem !== null) forms.add(stem);
}
