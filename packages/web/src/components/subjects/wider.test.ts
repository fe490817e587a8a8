import { expect, it } from 'vitest';
import { underWider } from './wider.ts';

const rows = (...names: string[]) => names.map((name) => ({ name, depth: 0 }));
const shown = (...names: string[]) =>
  underWider(rows(...names)).map(({ name, depth }) => `${'>'.repeat(depth)}${name}`);

it('narrower topics stand under the narrowest wider one, and each stands once', () => {
  expect(shown('rye sourdough starter', 'Chess', 'Sourdough', 'sourdough starter', 'dough')).toEqual([
    'Chess',
    'Sourdough',
    '>sourdough starter',
    '>>rye sourdough starter',
    'dough',
  ]);
});

it('what is written the same twice is under neither', () => {
  expect(shown('Chess', 'chess')).toEqual(['Chess', 'chess']);
});
