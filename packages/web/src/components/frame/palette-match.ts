/** Whether and how well a name answers to what was typed. Pure. */

/** In any case and without accents: how names are compared. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Each word of what was typed begins a word of the name, in any order. */
export function matches(name: string, typed: string): boolean {
  const words = plain(name).split(/[^\p{L}\p{N}]+/u);
  return plain(typed)
    .split(/\s+/)
    .every((part) => part === '' || words.some((word) => word.startsWith(part)));
}

/** 0: it is that name; 1: the name begins so; 2: words of it do; 3: it stands within, or in another way it is written. */
export function distance(name: string, typed: string): 0 | 1 | 2 | 3 {
  const [called, asked] = [plain(name), plain(typed)];
  if (called === asked) return 0;
  if (called.startsWith(asked)) return 1;
  return matches(name, typed) ? 2 : 3;
}
