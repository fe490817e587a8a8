/**
 * Which units of a found message to show: those that say what was asked for. Pure.
 * Matches word beginnings rather than words, because the index finds stems and a unit is searched as it was written.
 */
import { beyondPlain, foldWord, plainWordsPattern, sharedBeginning, wordsPattern } from '@vivim/contract/words';
import type { LocatedAcu } from '../../space/located-acu.ts';

/** A term of the question with its worth: the rarer in the space, the more. */
export interface WeighedWord {
  readonly word: string;
  readonly weight: number;
}

export interface ChosenUnit {
  readonly unit: LocatedAcu;
  /** 0–1: how well it fits, as a share of the message's best unit. */
  readonly fit: number;
}

/** UTF-16 units from which a unit's length tells against it: it holds the words because it holds so many. */
const plainLength = 300;
/** What quality adds where no word of the question tells units apart. */
const qualityWeight = 0.2;

/** The best units of one message, best first. @param most how many */
export type UnitChooser = (units: readonly LocatedAcu[], most: number) => ChosenUnit[];

/** How much of what was asked a text says for its length. */
export function wordScorer(words: readonly WeighedWord[]): (text: string) => number {
  const weights = new Map(words.map(({ word, weight }) => [foldWord(sharedBeginning(word)), weight]));
  const stems = [...weights.keys()];
  const plain = plainWordsPattern(stems);
  // Not made for a question whose candidates are all plain.
  let pattern: RegExp | null | undefined;
  const metIn = (text: string): readonly string[] | null => {
    if (!beyondPlain.test(text)) return plain === null ? null : text.toLowerCase().match(plain);
    pattern = pattern === undefined ? wordsPattern(stems) : pattern;
    return pattern === null ? null : (text.match(pattern)?.map(foldWord) ?? null);
  };
  return (text) => {
    let score = 0;
    for (const stem of new Set(metIn(text))) score += weights.get(stem) ?? 0;
    return score / (1 + Math.max(0, text.length - plainLength) / (4 * plainLength));
  };
}

export function unitChooser(words: readonly WeighedWord[]): UnitChooser {
  let said: ((text: string) => number) | undefined;
  const scoreOf = ({ acu }: LocatedAcu): number => {
    said ??= wordScorer(words);
    return said(acu.text) + qualityWeight * acu.quality;
  };
  return (units, most) => {
    // Of one unit there is nothing to choose, and most messages have one.
    const [only] = units;
    if (units.length === 1 && only !== undefined && most > 0) return [{ unit: only, fit: 1 }];
    const scored = units.map((unit) => ({ unit, score: scoreOf(unit) }));
    scored.sort((a, b) => b.score - a.score || a.unit.acu.pk - b.unit.acu.pk);
    const best = scored[0]?.score ?? 0;
    return scored.slice(0, most).map(({ unit, score }) => ({ unit, fit: best === 0 ? 1 : score / best }));
  };
}
