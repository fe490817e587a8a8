/** Numbers as the reader's locale writes them, and the form of a word that goes with one. */
import { intlLocale } from './language.ts';

const whole = new Intl.NumberFormat(intlLocale);
const several = new Intl.ListFormat(intlLocale, { style: 'short', type: 'unit' });
/** Of the English words; another language brings rules of its own. */
const plural = new Intl.PluralRules('en');

export const number = (value: number): string => whole.format(value);

/** `one` or `other`, as the count asks for. */
export const form = (count: number, one: string, other: string): string =>
  plural.select(count) === 'one' ? one : other;

/** Several names one after the other. */
export const list = (names: readonly string[]): string => several.format(names);
