/**
 * What a conversation is about, from its own words: noun-like phrases of one to three words, scored by who says them,
 * in how many messages, and whether the title does. After RAKE (Rose et al. 2010) for the candidates and C-value
 * (Frantzi et al. 2000) for phrases inside longer ones. Pure: one conversation in, its phrases out; what other
 * conversations say changes nothing here, so that increments and a rebuild agree.
 */

import { isPlainWord } from '../../space/plain-word.ts';
import { looksLikeCode } from './code-words.ts';
import { type PhraseWord, phraseRuns } from './phrase-words.ts';
import { linkWords } from './stop-words-of-scripts.ts';

export interface SpokenText {
  readonly messagePk: number;
  readonly byHuman: boolean;
  readonly text: string;
}

export interface Keyphrase {
  readonly key: string;
  /** The keys of its words, in order. */
  readonly words: readonly string[];
  readonly score: number;
  readonly titled: boolean;
  /** Ways it is written, with how often. */
  readonly surfaces: ReadonlyMap<string, number>;
}

interface Seen {
  words: readonly string[];
  /** Whether its words are written without spaces. */
  glued: boolean;
  human: number;
  model: number;
  titled: boolean;
  /** Stands in the title, inside something longer. */
  inTitle: boolean;
  lastMessage: number;
  surfaces: Map<string, number>;
}

/** Words of a phrase beside those that link; of a title that is one phrase a word more. */
const longest = 3;
const longestTitle = 4;
/** Of a model's message its beginning says what it is about; the rest repeats and pads. */
const modelReach = 1500;

/**
 * The phrases of a conversation, best first; ties by key. Yields the characters read, as a place for a break.
 * @param limit how many at most
 */
export function* keyphrases(
  title: string | null,
  texts: readonly SpokenText[],
  limit: number,
): Generator<number, Keyphrase[]> {
  const seen = new Map<string, Seen>();
  if (title !== null) for (const run of phraseRuns(title)) countTitle(seen, run);
  let message = -1;
  let read = 0;
  for (const spoken of texts) {
    if (spoken.messagePk !== message) read = 0;
    message = spoken.messagePk;
    const room = spoken.byHuman ? 8 * modelReach : modelReach;
    if (read >= room) continue;
    read += spoken.text.length;
    for (const run of phraseRuns(spoken.text.slice(0, room))) {
      eachPhrase(run, longest, (key, surface, from, to) =>
        count(entry(seen, key, run, from, to), surface, message, spoken.byHuman),
      );
    }
    yield Math.min(room, spoken.text.length);
  }
  inheritTitles(seen);
  const candidates = [...seen].filter(([, phrase]) => isCandidate(phrase));
  const kept = withoutNested(candidates, seen);
  return kept
    .map(([key, phrase]) => ({
      key,
      words: phrase.words,
      score: score(phrase),
      titled: phrase.titled,
      surfaces: phrase.surfaces,
    }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    .slice(0, limit);
}

/** A phrase in its run: written how, from which word to which. */
type Visit = (key: string, surface: string, from: number, to: number, glued: boolean) => void;

/** Every phrase of a run of up to so many words, links not counted; a link stands between two words. Called for each word of a history. */
function eachPhrase(run: readonly PhraseWord[], most: number, visit: Visit): void {
  for (let from = 0; from < run.length; from++) {
    const first = run[from];
    // A single sign before others is mostly a verb or a number: "做红烧肉".
    if (first === undefined || first.links || first.endsOnly || (first.glued && first.surface.length === 1)) continue;
    const glued = first.glued === true;
    let { key, surface, stands } = first;
    let content = 0;
    for (let to = from; to < run.length; to++) {
      const word = run[to] as PhraseWord;
      if (to > from) {
        key = glued ? key + word.key : `${key} ${word.key}`;
        surface = glued ? surface + word.surface : `${surface} ${word.surface}`;
        stands ||= word.stands;
      }
      if (word.links) continue;
      // Of two that name nothing alone, "steps plan", none makes a phrase.
      if (stands) visit(key, surface, from, to, glued);
      if (++content === most || word.endsOnly) break;
    }
  }
}

function entry(seen: Map<string, Seen>, key: string, run: readonly PhraseWord[], from: number, to: number): Seen {
  let phrase = seen.get(key);
  if (phrase === undefined) {
    const words = run.slice(from, to + 1).map((word) => word.key);
    const nothing = { human: 0, model: 0, titled: false, inTitle: false, lastMessage: -1 };
    phrase = { words, glued: run[from]?.glued === true, ...nothing, surfaces: new Map() };
    seen.set(key, phrase);
  }
  return phrase;
}

function count(seen: Seen, surface: string, message: number, byHuman: boolean): void {
  seen.surfaces.set(surface, (seen.surfaces.get(surface) ?? 0) + 1);
  if (seen.lastMessage === message) return;
  if (byHuman) seen.human++;
  else seen.model++;
  seen.lastMessage = message;
}

/** What a title names is the whole of what it says in a row; parts of that are no subjects of their own. */
function countTitle(seen: Map<string, Seen>, run: readonly PhraseWord[]): void {
  const isOne = run.filter((word) => !word.links).length <= longestTitle;
  let widest = -1;
  let whole: Seen | undefined;
  eachPhrase(run, longestTitle, (key, surface, from, to) => {
    const held = entry(seen, key, run, from, to);
    held.inTitle = true;
    held.surfaces.set(surface, (held.surfaces.get(surface) ?? 0) + 1);
    if (to - from > widest) whole = held;
    widest = Math.max(widest, to - from);
  });
  if (isOne && whole !== undefined) whole.titled = true;
}

const contentOf = ({ words }: Seen): number => words.filter((word) => !linkWords.has(word)).length;

/**
 * A title that nobody says again is a headline. What the person says of it is what it is about: of long ones their parts of
 * several words, of short ones the word both speak of. So it is where a title is too long to be one phrase.
 */
function inheritTitles(seen: Map<string, Seen>): void {
  const all = [...seen.values()];
  const headlines = all.filter((phrase) => phrase.titled && phrase.human === 0 && contentOf(phrase) >= 2);
  if (headlines.length === 0 && all.some((phrase) => phrase.titled)) return;
  const said = all.filter((phrase) => phrase.inTitle && !phrase.titled && phrase.human > 0);
  const long = said.filter((phrase) => contentOf(phrase) >= 2);
  const parts = long.length > 0 ? long : said.filter(({ human, model }) => human + model >= 2);
  if (parts.length === 0) return;
  for (const headline of headlines) headline.titled = headline.model > 0;
  for (const part of parts) part.titled = true;
}

const isPlain = (phrase: Seen): boolean =>
  phrase.words.length === 1 && [...phrase.surfaces.keys()].some((surface) => isPlainWord(surface));

/** Said by the person or in the title, and more than once somewhere; a piece of code only where the title is about it. */
function isCandidate(phrase: Seen): boolean {
  if (phrase.titled) return true;
  if (phrase.human === 0 || phrase.human + phrase.model < 2) return false;
  if ([...phrase.surfaces.keys()].every(looksLikeCode)) return false;
  // An everyday word has to be the person's own more than once.
  return !isPlain(phrase) || phrase.human >= 2 || phrase.inTitle;
}

const occurrences = (phrase: Seen): number =>
  phrase.human * 3 + phrase.model + (phrase.titled ? 4 : phrase.inTitle ? 1 : 0);

function score(phrase: Seen): number {
  const title = phrase.titled ? (phrase.human + phrase.model > 0 ? 6 : 5) : phrase.inTitle ? 2 : 0;
  const said = 2 * Math.min(phrase.human, 12) + 0.5 * Math.min(phrase.model, 12) + title;
  return said * (contentOf(phrase) === 1 ? 1 : 1.4);
}

/** A phrase that is nearly always part of longer ones gives way to them, and a longer one that is rare gives way. */
function withoutNested(candidates: readonly [string, Seen][], seen: ReadonlyMap<string, Seen>): [string, Seen][] {
  const covered = new Map<string, { most: number; all: number }>();
  const kept: [string, Seen][] = [];
  const longestFirst = [...candidates].sort((a, b) => b[1].words.length - a[1].words.length || (a[0] < b[0] ? -1 : 1));
  for (const [key, phrase] of longestFirst) {
    const own = occurrences(phrase);
    const by = covered.get(key);
    if (by !== undefined && (by.most >= 0.6 * own || (phrase.words.length === 1 && by.all >= 0.85 * own))) continue;
    const parts = innerKeys(phrase);
    const rare = parts.some((part) => own < 0.3 * occurrences(seen.get(part) ?? phrase));
    if (rare && !(phrase.titled && phrase.human > 0)) continue;
    kept.push([key, phrase]);
    for (const part of parts) {
      const { most = 0, all = 0 } = covered.get(part) ?? {};
      covered.set(part, { most: Math.max(most, own), all: all + (phrase.words.length === 2 ? own : 0) });
    }
  }
  return kept;
}

/** Keys of the shorter phrases inside one. */
function innerKeys({ words, glued }: Seen): string[] {
  const keys: string[] = [];
  for (let length = words.length - 1; length > 0; length--)
    for (let from = 0; from + length <= words.length; from++) {
      const part = words.slice(from, from + length);
      if (!linkWords.has(part[0] ?? '') && !linkWords.has(part.at(-1) ?? '')) keys.push(part.join(glued ? '' : ' '));
    }
  return keys;
}
