/**
 * People whose history is not English get the same product: topics called as they would call them, the names they name, and search by words.
 * Figures `npm run eval -- histories` prints, on histories of our own; about one topic or name of each may be lost before it fails.
 */
import { describe, expect, it } from 'vitest';
import { twoSpaces } from '../../kit/spaces.ts';
import { historiesReport } from './histories.ts';
import { readHistory } from './history.ts';
import { bringHistory, foundWithin, scoreHistory, scoreQuestions } from './score-history.ts';

/** Shares of: labels that are right, topics found, names found, questions whose conversation words find among ten. */
const least: Readonly<Record<string, readonly [labels: number, topics: number, names: number, words: number]>> = {
  ar: [0.95, 0.86, 0.8, 0.73],
  de: [0.89, 0.92, 0.8, 0.61],
  es: [0.92, 0.89, 0.8, 0.5],
  fr: [0.86, 0.92, 0.85, 0.63],
  hi: [0.9, 0.93, 0.8, 0.95],
  ja: [0.93, 0.9, 0.8, 0.9],
  ko: [0.97, 0.97, 0.8, 0.76],
  pt: [0.85, 0.86, 0.85, 0.65],
  ru: [0.93, 0.93, 0.85, 0.75],
  zh: [0.87, 0.84, 0.85, 0.9],
};
/** Of the histories that no rule was made with. Names are three of each. */
const leastHeldOut: Readonly<Record<string, readonly [labels: number, topics: number, names: number]>> = {
  ar: [0.75, 0.8, 0.66],
  de: [0.75, 0.9, 0.6],
  es: [0.75, 0.7, 0.66],
  fr: [0.62, 0.6, 0.66],
  hi: [0.7, 0.8, 0.66],
  ja: [0.78, 0.8, 0.66],
  ko: [0.6, 0.8, 0.66],
  pt: [0.8, 0.8, 0.6],
  ru: [0.64, 0.8, 0.6],
  zh: [0.75, 0.6, 0.6],
};

describe('a history', () => {
  it.each(Object.entries(least))('in %s is told and found as well as before', async (language, bars) => {
    const { alice, bob } = twoSpaces();
    const history = readHistory(language);
    await bringHistory(alice, history);
    const byWords = await scoreQuestions(alice, history, null);
    const score = scoreHistory(alice, history);
    const report = historiesReport([{ ...score, byWords, withMeaning: byWords }], []);
    const [labels, topics, names, words] = bars;
    expect(score.right / score.shown, report).toBeGreaterThanOrEqual(labels);
    expect(score.found / score.wanted, report).toBeGreaterThanOrEqual(topics);
    expect(score.names.found / score.names.wanted, report).toBeGreaterThanOrEqual(names);
    expect(score.names.beside, report).toEqual([]);
    expect(foundWithin(byWords, 10), report).toBeGreaterThanOrEqual(words);
    expect(scoreHistory(bob, history)).toMatchObject({ shown: 0, found: 0, names: { shown: 0 } });
  });

  it.each(Object.entries(leastHeldOut))('in %s that is strange to the rules is told too', async (language, bars) => {
    const { alice } = twoSpaces();
    const history = readHistory(language, true);
    await bringHistory(alice, history);
    const score = scoreHistory(alice, history);
    const [labels, topics, names] = bars;
    const figures = JSON.stringify({
      ...score,
      labels: [],
      missed: [],
      beside: [],
      names: { ...score.names, missed: [] },
    });
    expect(score.right / score.shown, figures).toBeGreaterThanOrEqual(labels);
    expect(score.found / score.wanted, figures).toBeGreaterThanOrEqual(topics);
    expect(score.names.found / score.names.wanted, figures).toBeGreaterThanOrEqual(names);
  });
});
