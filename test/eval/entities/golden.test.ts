/** Names of our own conversations are found, are of the right sort, and little is found beside: figures `npm run eval -- entities` prints. */
import { describe, expect, it } from 'vitest';
import { newSpace } from '../../kit/spaces.ts';
import { golden } from './golden.ts';
import { entityFigures, entityReport, scoreEntities } from './score-entities.ts';

describe('entities of the golden conversations', () => {
  it('are found as well as before', async () => {
    const scores = [];
    for (const conversation of golden) scores.push(await scoreEntities(newSpace(), conversation));
    const figures = entityFigures(scores);
    const report = entityReport(scores);
    expect(figures.precision, report).toBeGreaterThanOrEqual(0.85);
    expect(figures.recall, report).toBeGreaterThanOrEqual(0.85);
    expect(figures.types, report).toBeGreaterThanOrEqual(0.85);
    expect(figures.aliases, report).toBeGreaterThanOrEqual(0.8);
  });
});
