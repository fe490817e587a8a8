import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Subject } from '../space/stores/bundle-material.ts';
import { NameIndex } from './name-index.ts';

const subject = (name: string, ...aliases: string[]): Subject =>
  ({ pk: 1, id: name, name, aliases, type: null, conversations: 1, firstMs: null, lastMs: null }) as unknown as Subject;
const index = new NameIndex([
  subject('Ann'),
  subject('Emma Watson', 'Emma'),
  subject('peer review', 'peer reviews'),
  subject('review'),
  subject('São Paulo'),
  subject('C++'),
  subject('陶芸'),
  subject('закваска'),
  subject('김치찌개'),
  subject('تجديد المطبخ'),
  subject('पहाड़ा'),
]);
const named = (text: string): string[] => index.namedIn(text, 3).map(({ name }) => name);

describe('names in a message', () => {
  it.each([
    ['whole words only', 'Where is the annual report?', []],
    ['in any case, with a possessive', "what is ann's plan", ['Ann']],
    ['by an alias', 'Did Emma call?', ['Emma Watson']],
    ['in the plural, the longest name first', 'When are the Peer-Reviews due?', ['peer review', 'review']],
    ['without their accents', 'a trip to sao paulo', ['São Paulo']],
    ['in scripts that do not set words apart', '昨日は陶芸教室に行った', ['陶芸']],
    ['in another case', 'Чем кормить закваску?', ['закваска']],
    ['with a particle', '김치찌개를 끓이고 싶어요', ['김치찌개']],
    ['with what is tied to their article', 'وتجديد للمطبخ? تجديد المطبخ', ['تجديد المطبخ']],
    ['in the plural of Hindi', 'पहाड़े याद नहीं होते', ['पहाड़ा']],
    ['but not from punctuation alone', '++ ?', []],
    ['in a text that looks like SQL', "'; DROP TABLE topic; --", []],
  ])('%s', (_, text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it('are as many as asked for', () => {
    expect(index.namedIn('Ann, Emma and a peer review', 2)).toHaveLength(2);
  });

  it('are found as they would be one by one, the longest first, then the most important', () => {
    const word = fc.constantFrom('ann', 'anna', 'bo', 'cy', '陶芸', '陶');
    const words = (most: number) => fc.array(word, { minLength: 1, maxLength: most });
    fc.assert(
      fc.property(fc.array(fc.tuple(words(3), words(2)), { maxLength: 6 }), words(8), (names, text) => {
        const subjects = names.map(([name, alias]) => subject(name.join(' '), alias.join(' ')));
        const holds = (name: string) =>
          name.length > 1 &&
          (/[陶芸]/.test(name) ? text.join(' ').includes(name) : ` ${text.join(' ')} `.includes(` ${name} `));
        const lengthOf = (name: string) => (/[陶芸]/.test(name) ? name.length : name.length + 2);
        const longest = ({ name, aliases }: Subject) => Math.max(0, ...[name, ...aliases].filter(holds).map(lengthOf));
        const expected = subjects.filter((one) => longest(one) > 0).toSorted((a, b) => longest(b) - longest(a));
        expect(new NameIndex(subjects).namedIn(text.join(' '), 9)).toEqual(expected);
      }),
    );
  });
});
