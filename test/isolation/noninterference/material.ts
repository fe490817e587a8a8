/**
 * What the two people say and ask: texts with a word of their own in every line, and one text both have. Made from a number,
 * so that the same person can say the same things again.
 */
import { dialogue } from '../../kit/exports.ts';

export interface Words {
  /** Stands in every line they wrote, and both ask for it: an answer may say it back to whoever asked. */
  readonly asked: string;
  /** Stands beside it, and nobody ever says it: whoever is shown it was shown the text. */
  readonly canary: string;
}

/** Words of letters alone, which every tokenizer keeps whole, and which nobody else has. */
export function wordsOf(name: string, seed: number): Words {
  let letters = '';
  for (let rest = seed; rest > 0; rest = Math.floor(rest / 20)) letters += 'bcdfghjklmnpqrstvwxz'[rest % 20];
  return { asked: `${name}${letters}quill`, canary: `${name}${letters}hush` };
}

const shared = JSON.stringify([
  dialogue('shared-bread', 'Sourdough', [
    'How long does a sourdough loaf from Lisbon have to rest before it is baked?',
    'Let the sourdough rest for twelve hours in the cold. Marta Oliveira bakes hers at 240 °C.',
  ]),
]);

/** Exports a person may bring in: three of their own, the shared one, and a broken one. */
export function exportsOf({ asked, canary }: Words): readonly string[] {
  const talk = (subject: string) =>
    JSON.stringify([
      dialogue(`${asked}-${subject}`, `${subject} of ${canary}`, [
        `Tell me about ${subject} with ${asked} ${canary} in Lisbon. I prefer metric units.`,
        `The ${subject} of ${asked} belongs to Marta Oliveira; ${canary} decided to keep it near Peniche.`,
      ]),
      dialogue(`${asked}-more-${subject}`, `More ${subject} of ${canary}`, [
        `What did ${asked} ${canary} decide about the ${subject}?`,
        `${asked} and ${canary} decided to paint the ${subject} green in June.`,
      ]),
    ]);
  return [talk('garden'), talk('boat'), talk('lighthouse'), shared, '{"broken'];
}

/** Questions both ask in the same words; two of them name a person's own word. */
export const questionsOf = (alice: string, bob: string): readonly string[] => [
  alice,
  bob,
  'what was decided about the boat',
  'sourdough Lisbon',
  'Marta Oliveira',
  'the garden in June',
];
