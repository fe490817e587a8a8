/** Plays interleavings until one shows interference or as many steps as wanted were played. Knows no test runner. */
import fc from 'fast-check';
import { interleaving } from './operations.ts';
import { Interference, play } from './play.ts';
import type { Place } from './site.ts';

/** Steps of one interleaving: long enough that both have much and do much with it, short enough that people are fresh often. */
export const stepsOfOne = 160;

export interface Proof {
  /** Steps of both people that were played with both of them there. */
  readonly steps: number;
  readonly sequences: number;
}

export interface ProofOptions {
  readonly steps: number;
  /** What the interleavings are made from; random unless given. */
  readonly seed?: number;
  /** Asked before each interleaving. */
  readonly isOver?: () => boolean;
  readonly onSequence?: (steps: number) => void;
}

/** No two interleavings of a process share their people's words, whatever server they are played on. */
let people = 0;

/** @throws Interference naming the seed, the steps played and what was seen; any other error as it came */
export async function prove(place: Place, { steps, seed, isOver, onSequence }: ProofOptions): Promise<Proof> {
  let sequences = 0;
  const property = fc.asyncProperty(interleaving(stepsOfOne), async (interleaved) => {
    if (isOver?.() === true) return;
    people += 1;
    await play(place, interleaved, people);
    sequences += 1;
    onSequence?.(sequences * stepsOfOne);
  });
  const verdict = await fc.check(property, {
    numRuns: Math.ceil(steps / stepsOfOne),
    endOnFailure: true,
    ...(seed === undefined ? {} : { seed }),
  });
  const { failed, errorInstance, counterexample } = verdict;
  if (!failed) return { steps: sequences * stepsOfOne, sequences };
  if (!(errorInstance instanceof Interference)) throw errorInstance;
  const told = JSON.stringify(counterexample?.[0]);
  throw new Interference(
    `${errorInstance.message}\nafter ${(sequences + 1) * stepsOfOne} steps, seed ${verdict.seed}, in the interleaving\n${told}`,
  );
}
