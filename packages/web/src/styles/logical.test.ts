/** No style says left or right where it means the beginning or the end of a line: the pages are read from either side. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const sheets = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.css'));
const physical =
  /(?:^|[\s;{])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|border-(?:top|bottom)-(?:left|right)-radius|left|right|float|clear)\s*:|text-align\s*:\s*(?:left|right)/;
/** Four values that differ at the sides, as `padding: 1px 2px 3px 4px`. */
const uneven = /(?:margin|padding|inset|border-width)\s*:\s*[^\s(]+\s+([^\s(]+)\s+[^\s(]+\s+(?!\1\s*;)[^\s;(]+\s*;/;

describe('styles are logical', () => {
  it.each(sheets)('%s', (sheet) => {
    const lines = readFileSync(join(import.meta.dirname, sheet), 'utf8').split('\n');
    expect(lines.filter((line) => physical.test(line) || uneven.test(line))).toEqual([]);
  });

  it('would notice', () => {
    for (const bad of ['  margin-left: 1px;', '  left: 0;', 'text-align: right;', '  padding: 0 1rem 0 0;'])
      expect(physical.test(bad) || uneven.test(bad)).toBe(true);
    for (const good of [
      '  margin-inline-start: 1px;',
      '  text-align: end;',
      '  padding: 0 1rem 2px 1rem;',
      '  inset: 0;',
    ])
      expect(physical.test(good) || uneven.test(good)).toBe(false);
  });
});
