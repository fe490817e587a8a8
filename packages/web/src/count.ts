/** Numbers as the reader's locale writes them, and the form of a word that goes with one. */
const whole = new Intl.NumberFormat();
/** The words of this version are English, whatever the locale of the digits. */
const plural = new Intl.PluralRules('en');

export const number = (value: number): string => whole.format(value);

/** `one` or `other`, as the count asks for. */
export const form = (count: number, one: string, other: string): string =>
  plural.select(count) === 'one' ? one : other;
