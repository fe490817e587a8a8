/** What the pages say of each source is what the guide says, and every source that comes as a file is in it. */
import { readFileSync } from 'node:fs';
import { importSourceNames } from '@vivim/contract/conversation-words';
import { expect, it } from 'vitest';
import { sourceGuideOf } from './source-guide.ts';

const guide = readFileSync(new URL('../../../docs/guide/sources.md', import.meta.url), 'utf8');

it('tells of every source that can be imported', () => {
  const told = sourceGuideOf(guide).flatMap(({ sources }) => sources);
  // An archive of VIVIM has a guide of its own.
  expect(told.toSorted()).toEqual(
    Object.keys(importSourceNames)
      .filter((source) => source !== 'vivim')
      .toSorted(),
  );
});

it('tells of each provider how to get the export, what comes in and what cannot, in the words of the guide', () => {
  for (const { sources, lines } of sourceGuideOf(guide)) {
    if (sources.some((source) => ['generic', 'openai-api'].includes(source))) continue;
    const names = lines.map(({ name }) => name);
    expect(names, sources.join()).toEqual(expect.arrayContaining(['Get it', 'Comes in', 'Cannot']));
    for (const { text } of lines) expect(guide).toContain(text);
  }
});
