/**
 * What is likely asked next. Pure: what speaks for each subject in, the likeliest subjects out. Knows no word of what they are about.
 *
 * The score of a subject is the chance that at least one of the things that speak for it is right, taken as independent:
 *
 *   score = 1 − Π over signals (1 − weight of the signal × greatest strength it has for this subject)
 *
 * So more that speaks for a subject never lowers it, nothing ever reaches 1, and the order in which things are told is no matter.
 * The weights are guesses; the tally of what came true, by signal, is there to put them right.
 */
import type { ForesightSignal, SubjectKind } from '@vivim/contract/presence';

export interface SubjectKey {
  readonly kind: SubjectKind;
  readonly id: string;
}

export interface Evidence extends SubjectKey {
  readonly signal: ForesightSignal;
  /** 0–1. */
  readonly strength: number;
}

export interface Predicted extends SubjectKey {
  /** 0–1. */
  readonly score: number;
  /** Strongest first. */
  readonly why: readonly ForesightSignal[];
}

export const signalWeights = {
  typed: 0.8,
  open: 0.6,
  recent: 0.5,
  beside: 0.3,
  rhythm: 0.2,
} as const satisfies Record<ForesightSignal, number>;

/** Below this a guess is not worth making anything ready for. */
export const leastScore = 0.1;
/** Subjects that are made ready at most. */
export const mostPredicted = 6;

export function predict(evidence: readonly Evidence[], most: number = mostPredicted): Predicted[] {
  const bySubject = Map.groupBy(evidence, keyOf);
  return [...bySubject.values()]
    .map(predictedOf)
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score || compare(keyOf(a), keyOf(b)))
    .slice(0, most);
}

function predictedOf(evidence: readonly Evidence[]): Predicted {
  const [{ kind, id }] = evidence as readonly [Evidence];
  const shares = new Map<ForesightSignal, number>();
  for (const { signal, strength } of evidence) {
    const share = signalWeights[signal] * Math.min(1, Math.max(0, strength));
    shares.set(signal, Math.max(shares.get(signal) ?? 0, share));
  }
  const strongest = [...shares].filter(([, share]) => share > 0).sort(([a, x], [b, y]) => y - x || compare(a, b));
  const score = 1 - strongest.reduce((rest, [, share]) => rest * (1 - share), 1);
  return { kind, id, score, why: strongest.map(([signal]) => signal) };
}

export const keyOf = ({ kind, id }: SubjectKey): string => `${kind} ${id}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Strength of what was so `ageMs` ago. Half of it is left after `halfLifeMs`; what is to come, by a clock that went back, is now. */
export const fading = (ageMs: number, halfLifeMs: number): number => 2 ** (-Math.max(0, ageMs) / halfLifeMs);

/** Messages a rhythm is read from at least. */
const leastMessages = 20;

/**
 * How much more than by chance something is spoken of at this hour of the day: 0 at three of 24 hours' share of its messages or
 * less, 1 where all of them are of this hour and those beside it.
 * @param ofHours messages by hour of the day, UTC
 */
export function rhythmStrength(ofHours: readonly number[], hour: number): number {
  const all = ofHours.reduce((sum, n) => sum + n, 0);
  if (all < leastMessages) return 0;
  const at = (h: number): number => ofHours[(h + 24) % 24] ?? 0;
  const chance = 3 / 24;
  return Math.max(0, ((at(hour - 1) + at(hour) + at(hour + 1)) / all - chance) / (1 - chance));
}
