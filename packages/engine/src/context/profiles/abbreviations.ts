/**
 * Where a text says that one way of writing is short for another: "retrieval augmented generation (RAG)", "K8s, short for
 * Kubernetes". After Schwartz and Hearst (2003): each letter of the short form is found in the long one, in order, the first at
 * the beginning of a word. Pure; knows no abbreviation by itself.
 */

export interface Abbreviation {
  readonly short: string;
  readonly long: string;
}

const bracketed = /(?<before>(?:[\p{L}\p{N}'’&+#./-]+ ){1,8})\((?<inside>[^()\n]{2,60})\)/gu;
const said =
  /(?<![\p{L}\p{N}])(?<short>[\p{L}\p{N}.+#-]{2,12}),? (?:which is |is )?(?:short for|stands for|which means|aka|a\.k\.a\.|abbreviates) (?<long>[\p{L}\p{N}'’-]+(?: [\p{L}\p{N}'’-]+){0,4})/giu;

/** Pairs a text names, in order, none twice. */
export function abbreviationsIn(text: string): Abbreviation[] {
  const found = new Map<string, Abbreviation>();
  const note = (short: string, long: string | null): void => {
    if (long !== null && long.length > short.length) found.set(`${short} ${long}`, { short, long });
  };
  if (text.includes('('))
    for (const { groups } of text.matchAll(bracketed)) {
      const before = groups?.before?.trim() ?? '';
      const inside = groups?.inside?.trim() ?? '';
      if (isShort(inside)) note(inside, longFormBefore(inside, before));
      else {
        const last = /\S+$/.exec(before)?.[0] ?? '';
        if (isShort(last) && stands(last, inside)) note(last, inside);
      }
    }
  for (const { groups } of text.matchAll(said)) {
    const { short = '', long = '' } = groups ?? {};
    const words = long.split(' ');
    // As many words as its letters need.
    for (let n = 1; n <= words.length; n++) {
      const tried = words.slice(0, n).join(' ');
      if (!stands(short, tried)) continue;
      note(short, tried);
      break;
    }
  }
  return [...found.values()];
}

const isShort = (text: string): boolean =>
  /^[\p{L}\p{N}][\p{L}\p{N}.&+-]{1,9}$/u.test(text) && /\p{Lu}.*\p{Lu}|\d/u.test(text) && /\p{L}/u.test(text);

/** The fewest words at the end of `before` that the short form stands for. */
function longFormBefore(short: string, before: string): string | null {
  const words = before.split(' ');
  for (let from = words.length - 1; from >= 0 && words.length - from <= Math.min(short.length + 3, 8); from--) {
    const long = words.slice(from).join(' ');
    if (stands(short, long)) return long;
  }
  return null;
}

/** Whether each letter of the short form begins a word of the long one or follows in it; a digit counts letters left out. */
function stands(short: string, long: string): boolean {
  const wanted = [...short.toLowerCase()].filter((char) => /\p{L}/u.test(char));
  const lower = long.toLowerCase();
  if (wanted.length === 0 || lower[0] !== wanted[0] || lower.includes(short.toLowerCase())) return false;
  const words = lower.split(/[\s-]+/);
  const initials = words.map((word) => word[0]).join('');
  if (words.length > 1)
    return initials.includes(wanted.join('')) || inOrder(wanted, initialsAndMore(words, wanted.length));
  return /\d/.test(short) && inOrder(wanted, [...lower]) && lower.endsWith(wanted.at(-1) ?? '');
}

/** Of many words every one has to give a letter: what is left over could stand for anything. */
const initialsAndMore = (words: readonly string[], letters: number): string[] =>
  words.length <= letters ? words.flatMap((word) => [...word]) : [];

function inOrder(wanted: readonly string[], within: readonly string[]): boolean {
  let at = 0;
  for (const char of within) if (char === wanted[at]) at++;
  return at === wanted.length;
}
