/** Why a message is hidden is told in words, whatever reader of a source says so. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reader } from './reader.ts';

const sources = join(import.meta.dirname, '../../../engine/src/capture/sources');

it('has words for every reason the readers of sources give', () => {
  const texts = globSync('**/*.ts', { cwd: sources })
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(sources, name), 'utf8'));
  const given = texts.flatMap((text) =>
    [...text.matchAll(/\bhidden(?:ReasonOf\([\s\S]*?\n\}|:[^,}\n]*| = [^;]*)/g)].flatMap(([found]) =>
      [...found.matchAll(/(?:\?|:|return) *'(?<reason>[a-z_]+)'/g)].map(({ groups }) => groups?.reason ?? ''),
    ),
  );
  expect(given).toEqual(expect.arrayContaining(['visually_hidden', 'user_system_message', 'compact_summary', 'meta']));
  expect([...new Set(given)].filter((reason) => !(reason in reader.hiddenReasons))).toEqual([]);
});
