/**
 * What a conversation is about, from its own words: noun-like phrases of one to three words, scored by who says them,
 * in how many messages, and whether the title does. After RAKE (Rose et al. 2010) for the candidates and C-value
 * (Frantzi et al. 2000) for phrases inside longer ones. Pure: one conversation in, its phrases out; what other
 * conversations say changes nothing here, so that increments and a rebuild agree.
 */

import { isPlainWord } from '../../space/plain-word.ts';
import { citationFirst, isAside } from './citation-form.ts';
import { looksLikeCode } from './code-words.ts';
import type { PhraseWord } from './phrase-word.ts';
import { phraseRuns, plainKey } from './phrase-words.ts';
import { linkWords } from './stop-words-of-scripts.ts';
import { type TitleRun, titleRuns } from './title-heads.ts';

export interface SpokenText {
  readonly messagePk: number;
  readonly byHuman: boolean;
  readonly text: string;
}

export interface Keyphrase {
  readonly key: string;
  /** The keys of its words in a text, in order. */
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
  /** Times it stood where a verb stands: "to restore", "we drill". */
  acts: number;
  /** Among the person's messages, which said it first and last. */
  firstSaid: number;
  lastSaid: number;
}

/** Words of a phrase beside those that link; of a title that is one phrase a word more. */
const longest = 3;
const longestTitle = 4;
/** Of scripts without spaces a dictionary cuts words short, "微|信|小|程序": they count by signs where they are many. */
const longestGlued = 5;
const longestSigns = 8;
/** Of a person's messages, for an everyday word. */
const plainShare = 0.2;
/** Of a model's message its beginning says what it is about; the rest repeats and pads. */
const modelReach = 1500;

/**
 * The phrases of a conversation, best first; ties by key. Yields the characters read, as a place for a break.
 * @param limit how many at most
 * @param tongue the language it is in; null where that is not clear
 * @param people names that are part of no phrase, as keys of words
 */
export function* keyphrases(
  title: string | null,
  texts: readonly SpokenText[],
  limit: number,
  tongue: string | null = null,
  people: ReadonlySet<string> = new Set(),
): Generator<number, Keyphrase[]> {
  const seen = new Map<string, Seen>();
  if (title !== null)
    for (const one of titleRuns(cutAt(people, phraseRuns(title, tongue)), tongue)) countTitle(seen, one, tongue);
  let message = -1;
  let read = 0;
  let said = -1;
  for (const spoken of texts) {
    if (spoken.messagePk !== message) {
      read = 0;
      if (spoken.byHuman) said += 1;
    }
    message = spoken.messagePk;
    const room = spoken.byHuman ? 8 * modelReach : modelReach;
    if (read >= room) continue;
    read += spoken.text.length;
    for (const run of cutAt(people, phraseRuns(spoken.text.slice(0, room), tongue))) {
      eachPhrase(run, longest, (key, surface, from, to) =>
        count(
          entry(seen, key, run, from, to),
          surface,
          message,
          spoken.byHuman ? said : null,
          from === 0 && isActing(run, tongue),
        ),
      );
    }
    yield Math.min(room, spoken.text.length);
  }
  inheritTitles(seen);
  const candidates = [...seen].filter(([, phrase]) => isCandidate(phrase));
  const kept = withoutNested(candidates, seen);
  return kept
    .map(([key, phrase]) => ({
      key: phrase.glued ? key : keyOf(key, phrase.surfaces, tongue),
      words: phrase.words,
      score: score(phrase, said + 1),
      titled: phrase.titled,
      surfaces: phrase.surfaces,
    }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    .slice(0, limit);
}

/** "Alfabetização da Júlia" is about the first and not about the second. */
function cutAt(people: ReadonlySet<string>, runs: PhraseWord[][]): PhraseWord[][] {
  if (people.size === 0) return runs;
  return runs.flatMap((run) => {
    const parts: PhraseWord[][] = [[]];
    for (const word of run)
      if (people.has(word.key)) parts.push([]);
      else parts.at(-1)?.push(word);
    return parts.filter((part) => part.length > 0);
  });
}

/** A form somebody wrote, where the evened one is none: a key is what is found again by its person. */
function keyOf(evened: string, surfaces: ReadonlyMap<string, number>, tongue: string | null): string {
  const written = citationFirst(surfaces).map(([surface]) => plainKey(surface, tongue));
  return written.includes(evened) ? evened : (written[0] ?? evened);
}

/** A phrase in its run: written how, from which word to which. */
type Visit = (key: string, surface: string, from: number, to: number, glued: boolean) => void;

/** Every phrase of a run of up to so many words, links not counted; a link stands between two words. Called for each word of a history. */
function eachPhrase(run: readonly PhraseWord[], most: number, visit: Visit): void {
  for (let from = 0; from < run.length; from++) {
    const first = run[from];
    // A single sign before others is mostly a verb or a number: "做红烧肉".
    if (
      first === undefined ||
      first.links ||
      first.endsOnly ||
      (first.glued && !first.opens && first.surface.length === 1)
    )
      continue;
    const glued = first.glued === true;
    let { key, stands } = first;
    let surface = first.alone ?? first.surface;
    let content = 0;
    for (let to = from; to < run.length; to++) {
      const word = run[to] as PhraseWord;
      if (to > from) {
        key = glued ? key + word.key : `${key} ${word.key}`;
        surface = glued ? surface + word.surface : `${surface} ${word.surface}`;
        stands ||= word.stands;
      }
      if (word.links) continue;
      if (glued && content >= most && surface.length > longestSigns) break;
      // Of two that name nothing alone, "steps plan", none makes a phrase.
      if (stands) visit(key, surface, from, to, glued);
      if (++content === (glued ? Math.max(most, longestGlued) : most) || word.endsOnly) break;
    }
  }
}

function entry(seen: Map<string, Seen>, key: string, run: readonly PhraseWord[], from: number, to: number): Seen {
  let phrase = seen.get(key);
  if (phrase === undefined) {
    const words = run.slice(from, to + 1).map((word) => word.key);
    const nothing = {
      human: 0,
      model: 0,
      titled: false,
      inTitle: false,
      lastMessage: -1,
      acts: 0,
      firstSaid: -1,
      lastSaid: -1,
    };
    phrase = { words, glued: run[from]?.glued === true, ...nothing, surfaces: new Map() };
    seen.set(key, phrase);
  }
  return phrase;
}

/** What stands before a verb and before no noun. "to" stands before both, and is outvoted where the word is a noun. */
const beforeVerbs =
  /(?:^| )(?:to|i|we|you|they|he|she|that|can|can't|cannot|could|will|would|should|must|may|might|don't|doesn't|didn't|won't|let's|please|not|never|just|always)$/;

/** The same of French, Spanish, Portuguese and Italian; in English some of these stand before nouns. */
const beforeRomanceVerbs =
  /(?:^| )(?:je|tu|il|elle|on|nous|vous|ils|elles|ne|qui|me|te|se|yo|nos|eu|ele|ela|eles|elas|você|vocês|não|non|ya|já)$/;
const romance = new Set(['fr', 'es', 'pt', 'it']);

function isActing(run: readonly PhraseWord[], tongue: string | null): boolean {
  const [first] = run;
  if (first?.before === undefined || !/^\p{Ll}/u.test(first.surface)) return false;
  return (tongue !== null && romance.has(tongue) ? beforeRomanceVerbs : beforeVerbs).test(first.before);
}

/** @param said which of the person's messages this is; null: the model's */
function count(seen: Seen, surface: string, message: number, said: number | null, acts: boolean): void {
  seen.surfaces.set(surface, (seen.surfaces.get(surface) ?? 0) + 1);
  if (acts) seen.acts++;
  if (seen.lastMessage === message) return;
  if (said === null) seen.model++;
  else {
    if (seen.human++ === 0) seen.firstSaid = said;
    seen.lastSaid = said;
  }
  seen.lastMessage = message;
}

/** What a title names is the whole of what it says in a row; parts of that are no subjects of their own. */
function countTitle(seen: Map<string, Seen>, { run, isHead }: TitleRun, tongue: string | null): void {
  const isOne = run.filter((word) => !word.links).length <= longestTitle;
  let widest = -1;
  let whole: Seen | undefined;
  eachPhrase(run, longestTitle, (key, surface, from, to) => {
    const held = entry(seen, key, run, from, to);
    if (from === 0 && isActing(run, tongue)) held.acts++;
    held.inTitle = true;
    held.surfaces.set(surface, (held.surfaces.get(surface) ?? 0) + 1);
    if (to - from > widest) whole = held;
    widest = Math.max(widest, to - from);
  });
  if (isHead && isOne && whole !== undefined) whole.titled = true;
}

const contentOf = ({ words }: Seen): number => words.filter((word) => !linkWords.has(word)).length;

/**
 * A title that nobody says again is a headline. What the person says of it is what it is about: its parts of several words. A short one
 * whose words are said, each by itself ("Restore drill": restore it, the drill), tells it better than those words. So it is where a
 * title is too long to be one phrase.
 */
function inheritTitles(seen: Map<string, Seen>): void {
  const all = [...seen.values()];
  const headlines = all.filter((phrase) => phrase.titled && phrase.human === 0 && contentOf(phrase) >= 2);
  if (headlines.length === 0 && all.some((phrase) => phrase.titled)) return;
  const said = all.filter((phrase) => phrase.inTitle && !phrase.titled && phrase.human > 0);
  const long = said.filter((phrase) => contentOf(phrase) >= 2);
  const short = headlines.length > 0 ? [] : said.filter(({ human, model }) => human + model >= 2);
  const parts = [...(long.length > 0 ? long : short), ...said.filter(isNamed)];
  if (long.length > 0) for (const headline of headlines) headline.titled = headline.model > 0;
  for (const part of parts) part.titled = true;
}

/** A word its writer gave a capital: the name of something, where others have none. */
const isNamed = (phrase: Seen): boolean =>
  !isPlain(phrase) &&
  contentOf(phrase) === 1 &&
  phrase.human > 0 &&
  [...phrase.surfaces.keys()].every((surface) => /^\p{Lu}/u.test(surface));

const isPlain = (phrase: Seen): boolean =>
  phrase.words.length === 1 && [...phrase.surfaces.keys()].some((surface) => isPlainWord(surface));

/** Said by the person or in the title, and more than once somewhere; a piece of code only where the title is about it. */
function isCandidate(phrase: Seen): boolean {
  const times = phrase.human + phrase.model;
  if (phrase.acts > 0 && 2 * phrase.acts >= times) return false;
  if (phrase.titled) return true;
  if (phrase.human === 0 || times < 2) return false;
  // "На даче", "в школе": where something is, and what it is done with.
  if (phrase.words.length === 1 && [...phrase.surfaces.keys()].every(isAside)) return false;
  if ([...phrase.surfaces.keys()].every(looksLikeCode)) return false;
  // An everyday word has to be the person's own more than once.
  return !isPlain(phrase) || phrase.human >= 2 || phrase.inTitle;
}

const occurrences = (phrase: Seen): number =>
  phrase.human * 3 + phrase.model + (phrase.titled ? 4 : phrase.inTitle ? 1 : 0);

/** @param messages of the person in this conversation */
function score(phrase: Seen, messages: number): number {
  const { human, model } = phrase;
  const title = phrase.titled ? (human + model > 0 ? 6 : 8) : phrase.inTitle ? 2 : 0;
  // Come back to, asked first, taken up by the other: that is what sets a subject apart from a word in passing.
  const kept = human >= 2 && 2 * (phrase.lastSaid - phrase.firstSaid) >= messages - 1 ? 2 : 0;
  const opens = phrase.firstSaid === 0 ? 1 : 0;
  const shared = human > 0 && model > 0 ? 1 : 0;
  const said = 2 * Math.min(human, 12) + 0.5 * Math.min(model, 12) + title + kept + opens + shared;
  if (contentOf(phrase) > 1) return said * 1.4;
  // Of a long conversation an everyday word has to hold a share of it.
  const held = isPlain(phrase) && !phrase.titled && messages > 10 ? Math.min(1, human / messages / plainShare) : 1;
  return said * held;
}

/** A phrase that is nearly always part of longer ones gives way to them, and a longer one that is rare gives way. */
function withoutNested(candidates: readonly [string, Seen][], seen: ReadonlyMap<string, Seen>): [string, Seen][] {
  const covered = new Map<string, { most: number; all: number }>();
  const inTitles = new Set(candidates.flatMap(([, phrase]) => (phrase.titled ? innerKeys(phrase) : [])));
  const kept: [string, Seen][] = [];
  const longestFirst = [...candidates].sort((a, b) => b[1].words.length - a[1].words.length || (a[0] < b[0] ? -1 : 1));
  for (const [key, phrase] of longestFirst) {
    const own = occurrences(phrase);
    const by = covered.get(key);
    if (by !== undefined && (by.most >= 0.6 * own || (phrase.words.length === 1 && by.all >= 0.85 * own))) continue;
    // "restore" beside the title's "restore drill"; a word spoken of at length stands beside it.
    if (inTitles.has(key) && isPlain(phrase) && !phrase.titled && phrase.human < 4) continue;
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
