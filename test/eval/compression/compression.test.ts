/** What has to be known of a long conversation survives a cut: more of it than by recency or by choosing units, and as much as before. */
import { o200k } from '@vivim/engine/context/tokens/byte-pair-tokenizer';
import { expect, it } from 'vitest';
import { newSpace } from '../../kit/spaces.ts';
import { goldenTalks } from './golden.ts';
import {
  type CompressionScore,
  compressionReport,
  cutTo,
  kept,
  scoreTalk,
  unitsOf,
  type Way,
} from './score-compression.ts';

it('decisions, open questions, code and names survive in a few hundred tokens', async () => {
  const tokenizer = await o200k();
  const scores: CompressionScore[] = [];
  for (const talk of goldenTalks) {
    const words = talk.lines.join('\n').toLowerCase();
    for (const fragment of Object.values(talk.keep).flat()) expect(words).toContain(fragment.toLowerCase());
    scores.push(...scoreTalk(talk, await unitsOf(newSpace(), talk), tokenizer));
  }
  const report = compressionReport(scores);
  console.log(report);
  const survived = (way: Way, tokens: number) => {
    const these = scores.filter((score) => score.way === way && score.tokens === tokens);
    return these.reduce((sum, score) => sum + kept.reduce((n, of) => n + score.survived[of], 0), 0);
  };
  for (const tokens of cutTo) {
    expect(survived('compression', tokens), report).toBeGreaterThan(survived('recency', tokens));
    expect(survived('compression', tokens), report).toBeGreaterThan(survived('units', tokens));
  }
});
