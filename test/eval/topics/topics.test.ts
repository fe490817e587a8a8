/** Topics of our own conversations are called what a person would call them: figures `npm run eval -- topics` prints. */
import { builtInEmbedder } from '@vivim/contract/models';
import type { Embedder } from '@vivim/engine/models/embedder';
import { EmbedQueue } from '@vivim/models/embed-queue';
import { loadMiniLm } from '@vivim/models/minilm';
import { describe, expect, it } from 'vitest';
import { newSpace } from '../../kit/spaces.ts';
import { scoreMeaning } from './meaning.ts';
import { historyFigures, talkFigures } from './score-topics.ts';
import { scoreTopics, topicReport } from './topics.ts';

describe('topics of the golden conversations', () => {
  it('are called as well as before', { timeout: 240_000 }, async () => {
    const scores = await scoreTopics(newSpace);
    const report = topicReport(scores);
    const single = talkFigures(scores.single);
    expect(single.precision, report).toBeGreaterThanOrEqual(0.88);
    expect(single.recall, report).toBeGreaterThanOrEqual(0.75);
    const strange = talkFigures(scores.singleHeldOut);
    expect(strange.precision, report).toBeGreaterThanOrEqual(0.8);
    expect(strange.recall, report).toBeGreaterThanOrEqual(0.5);
    for (const history of [scores.history, scores.demo]) {
      const { precision, recall } = historyFigures(history);
      expect(precision, report).toBeGreaterThanOrEqual(0.85);
      expect(recall, report).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('are told near in meaning as well as before', { timeout: 120_000 }, async () => {
    const queue = new EmbedQueue(loadMiniLm);
    const embedder: Embedder = { ...builtInEmbedder, embed: (texts) => queue.embed(texts, true) };
    const { offered, shown, onShelf, atHand } = await scoreMeaning(newSpace, embedder);
    expect(offered.same).toBeGreaterThanOrEqual(0.65);
    expect(offered.related).toBeLessThanOrEqual(0.1);
    expect(shown.related).toBeGreaterThanOrEqual(0.5);
    expect(onShelf[0]).toBeLessThanOrEqual(2);
    expect(atHand.precision).toBeGreaterThanOrEqual(0.9);
    expect(atHand.recall).toBeGreaterThanOrEqual(0.4);
  });
});
