import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Sample, sampleExport } from './sample-export.ts';

const sample = JSON.parse(
  readFileSync(new URL('../../public/sample/conversations.json', import.meta.url), 'utf8'),
) as Sample;

it('the sample ends before now and is the same person whenever it is tried', () => {
  const now = Date.parse('2027-03-05T01:00:00Z');
  const { conversations } = sampleExport(sample, now);
  const later = sampleExport(sample, now + 9 * 86_400_000).conversations;
  expect(conversations.length).toBeGreaterThan(8);
  for (const [nth, { externalId, messages }] of conversations.entries()) {
    expect(Date.parse(messages.at(-1)?.createdAt ?? '')).toBeLessThan(now);
    expect(later[nth]?.externalId).toBe(externalId);
    expect(messages.map(({ role }) => role)[0]).toBe('user');
  }
});
