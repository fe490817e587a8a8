/** What a golden conversation of this measure is, and when a label is one a person would have chosen. Pure. */

export interface GoldenTalk {
  readonly language: string;
  readonly title: string | null;
  /** What the person and the model say by turns. */
  readonly lines: readonly string[];
  /** What a person would list for it, the main thing first; each with every way of writing that is as good. */
  readonly topics: readonly (readonly string[])[];
  /** Labels nobody would miss and nobody would mind. */
  readonly also?: readonly string[];
}

/** Lower case, without accents, articles and plural: labels that are the same to a reader. */
export const normalLabel = (label: string): string =>
  label
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replace(/[\s\p{Pd}_'’]+/gu, ' ')
    .replace(/^(?:the|a|an|my|der|die|das|el|la|los|las|le|les|l) /, '')
    .split(' ')
    .map((word) => (word.length > 3 ? word.replace(/(?<=[^s])s$/, '') : word))
    .join(' ')
    .trim();

export const isOneOf = (label: string, variants: readonly string[]): boolean =>
  variants.some((variant) => normalLabel(variant) === normalLabel(label));

export interface Compared {
  readonly wanted: number;
  readonly found: number;
  readonly shown: number;
  /** Shown labels a person would have chosen too, or would not mind. */
  readonly right: number;
  readonly missed: readonly string[];
  readonly beside: readonly string[];
}

/** Labels that are shown beside topics a person would list. @param also nobody would mind these */
export function compared(
  shown: readonly string[],
  topics: readonly (readonly string[])[],
  also: readonly string[] = [],
): Compared {
  const fine = [...topics.flat(), ...also];
  const missed = topics.filter((variants) => !shown.some((label) => isOneOf(label, variants)));
  const beside = shown.filter((label) => !isOneOf(label, fine));
  return {
    wanted: topics.length,
    found: topics.length - missed.length,
    shown: shown.length,
    right: shown.length - beside.length,
    missed: missed.map(([main = '']) => main),
    beside,
  };
}
