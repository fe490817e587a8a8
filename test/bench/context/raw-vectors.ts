/**
 * The raw limit of finding by meaning: as many int8 vectors in one piece of memory, each compared with a question.
 * `node raw-vectors.ts MESSAGES` prints the median milliseconds of processor time of one scan as JSON.
 */
import { builtInEmbedder } from '@vivim/contract/models';
import { percentile, stopwatch } from '../measure.ts';
import { random } from '../synthetic.ts';

const { dimensions } = builtInEmbedder;
const count = Number(process.argv[2]);
const next = random(3);
const all = new Int8Array(count * dimensions);
for (let i = 0; i < all.length; i += 1) all[i] = 255 * next() - 128;
const best = 200;

function scan(question: Float32Array): number[] {
  const scores = new Float32Array(count);
  for (let i = 0, at = 0; i < count; i += 1) {
    let sum = 0;
    for (let d = 0; d < dimensions; d += 1, at += 1) sum += (all[at] ?? 0) * (question[d] ?? 0);
    scores[i] = sum;
  }
  const least = scores.slice().sort()[Math.max(0, count - best)] ?? 0;
  return Array.from(scores.keys()).filter((i) => (scores[i] ?? 0) >= least);
}

const taken = Array.from({ length: 12 }, () => {
  const question = Float32Array.from({ length: dimensions }, () => next() - 0.5);
  const spent = stopwatch();
  scan(question);
  return 1_000 * spent().processor;
});
process.stdout.write(JSON.stringify(percentile(taken.slice(2), 0.5)));
