/** The mask of a secret is nobody's word. */
import { expect, it } from 'vitest';
import { keyphrases } from '../../context/profiles/keyphrases.ts';
import { indexForms, indexText } from './index-words.ts';
import { maskOf, withoutMasks } from './masks.ts';

const labels = [
  'GitHub token',
  'payment card',
  'password of a database',
  'password in an address',
  'password or key',
  'Hugging Face token',
  'private key',
  'some-rule secret',
];

it('is in no index and no topic, whatever the secret was', () => {
  for (const label of labels) {
    const text = `Deploy with ${maskOf(label)} today`;
    expect(indexText(text)).toBe('Deploy with  .  today');
    expect(indexForms(text)).not.toContain('mask');
  }
});

it('what people write in brackets stays', () => {
  for (const text of ['[face masked]', '[the card] masked', '[a masked ball]', '[keys unmasked]'])
    expect(withoutMasks(text)).toBe(text);
});

it('a conversation about masked secrets has other topics', () => {
  const texts = [1, 2, 3].map((messagePk) => ({
    messagePk,
    byHuman: true,
    text: `My harbour script uses ${maskOf('GitHub token')} and fails`,
  }));
  const reading = keyphrases(maskOf('GitHub token'), texts, 20);
  let next = reading.next();
  while (!next.done) next = reading.next();
  const keys = next.value.map(({ key }) => key);
  expect(keys).toContain('harbour script');
  expect(keys.filter((key) => /token|mask|github/.test(key))).toEqual([]);
});
