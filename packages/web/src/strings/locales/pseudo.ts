/**
 * Languages nobody speaks, made from English: whatever stays English on a page never went through strings.ts. They are
 * longer by a third, as most languages are. Never offered; chosen by name, in tests and by translators.
 */
import type { Strings } from '../../strings.ts';

const accented: Readonly<Record<string, string>> = Object.fromEntries(
  [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, at) => [
    letter,
    [...'åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'][at] ?? letter,
  ]),
);

/** What is called the same in every language. */
const names = /(https?:\S+|~?\/?[\w.-]+\/[\w./-]+|\bVIVIM\b|\b(?:did|vvt):\S+)/;

function lengthen(text: string): string {
  const words = text
    .split(names)
    .map((piece, at) => (at % 2 === 1 ? piece : piece.replace(/[A-Za-z]/g, (letter) => accented[letter] ?? letter)))
    .join('');
  return text.trim() === '' ? text : `${words}${'·'.repeat(Math.ceil(text.length * 0.3))}`;
}

/** @param wrap what is done to each text, beside the accents */
export function pseudo(wrap: (text: string) => string): (english: Strings) => Strings {
  const turn = (value: unknown): unknown => {
    if (typeof value === 'string') return wrap(lengthen(value));
    if (typeof value === 'function') return (...given: unknown[]) => turn(value(...given));
    if (Array.isArray(value)) return value.map(turn);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, turn(inner)]));
    return value;
  };
  return (english) => turn(english) as Strings;
}
