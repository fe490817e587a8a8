/**
 * What a conversation is about, from its own words: noun-like phrases of one to three words, scored by who says them,
 * in how many messages, and whether the title does. After RAKE (Rose et al. 2010) for the candidates and C-value
 * (Frantzi et al. 2000) for phrases inside longer ones. Pure: one conversation in, its phrases out; what other
 * conversations say changes nothing here, so that increments and a rebuild agree.
 */
import { looksLikeCode } from './code-words.ts';
import { type PhraseWord, phraseRuns } from './phrase-words.ts';

export interface SpokenText {
  readonly messagePk: number;
  readonly byHuman: boolean;
  readonly text: string;
}

export interface Keyphrase {
  readonly key: string;
  readonly words: number;
  readonly score: number;
  readonly titled: boolean;
  /** Ways it is written, with how often. */
  readonly surfaces: ReadonlyMap<string, number>;
}

interface Seen {
  words: number;
  human: number;
  model: number;
  titled: boolean;
  lastMessage: number;
  surfaces: Map<string, number>;
}

const longest = 3;
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
  if (title !== null) for (const run of phraseRuns(title)) count(seen, run, 0, 'title');
  let message = -1;
  let read = 0;
  for (const spoken of texts) {
    if (spoken.messagePk !== message) read = 0;
    message = spoken.messagePk;
    const room = spoken.byHuman ? 8 * modelReach : modelReach;
    if (read >= room) continue;
    read += spoken.text.length;
    for (const run of phraseRuns(spoken.text.slice(0, room))) {
      count(seen, run, message, spoken.byHuman ? 'human' : 'model');
    }
    yield Math.min(room, spoken.text.length);
  }
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

function count(
  seen: Map<string, Seen>,
  run: readonly PhraseWord[],
  message: number,
  by: 'title' | 'human' | 'model',
): void {
  for (let from = 0; from < run.length; from++) {
    let key = '';
    let surface = '';
    let stands = false;
    for (let to = from; to < run.length && to < from + longest; to++) {
      const word = run[to];
      if (word === undefined || (word.endsOnly && to === from)) break;
      key = to === from ? word.key : `${key} ${word.key}`;
      surface = to === from ? word.surface : `${surface} ${word.surface}`;
      stands ||= word.stands;
      if (!stands) {
        if (word.endsOnly) break;
        continue;
      }
      let phrase = seen.get(key);
      if (phrase === undefined) {
        phrase = { words: to - from + 1, human: 0, model: 0, titled: false, lastMessage: -1, surfaces: new Map() };
        seen.set(key, phrase);
      }
      phrase.surfaces.set(surface, (phrase.surfaces.get(surface) ?? 0) + 1);
      if (by === 'title') phrase.titled = true;
      else if (phrase.lastMessage !== message) {
        phrase[by]++;
        phrase.lastMessage = message;
      }
      if (word.endsOnly) break;
    }
  }
}

/** Said by the person or in the title, and more than once somewhere; a piece of code only where the title is about it. */
const isCandidate = (phrase: Seen): boolean =>
  phrase.titled ||
  (phrase.human > 0 && phrase.human + phrase.model >= 2 && ![...phrase.surfaces.keys()].every(looksLikeCode));

const occurrences = (phrase: Seen): number => phrase.human * 3 + phrase.model + (phrase.titled ? 4 : 0);

function score(phrase: Seen): number {
  const said = 2 * Math.min(phrase.human, 12) + 0.5 * Math.min(phrase.model, 12) + (phrase.titled ? 6 : 0);
  return said * (phrase.words === 1 ? 1 : 1.4);
}

/** A phrase that is nearly always part of one longer phrase gives way to it, and a longer one that is rare gives way. */
function withoutNested(candidates: readonly [string, Seen][], seen: ReadonlyMap<string, Seen>): [string, Seen][] {
  const covered = new Map<string, number>();
  const kept: [string, Seen][] = [];
  for (const [key, phrase] of [...candidates].sort((a, b) => b[1].words - a[1].words)) {
    const own = occurrences(phrase);
    if ((covered.get(key) ?? 0) >= 0.6 * own) continue;
    const parts = phrase.words > 1 ? innerKeys(key) : [];
    const rare = parts.some((part) => own < 0.3 * occurrences(seen.get(part) ?? phrase));
    if (rare && !(phrase.titled && phrase.human > 0)) continue;
    kept.push([key, phrase]);
    for (const part of parts) covered.set(part, Math.max(covered.get(part) ?? 0, own));
  }
  return kept;
}

/** Keys of the shorter phrases inside one. */
function innerKeys(key: string): string[] {
  const words = key.split(' ');
  if (words.length === 2) return words;
  return [...words, `${words[0]} ${words[1]}`, `${words[1]} ${words[2]}`];
}
