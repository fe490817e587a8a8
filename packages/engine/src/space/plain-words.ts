/** A statement by its words alone, whoever it speaks as and in whatever order: so that what was forgotten is known again. Pure. */

/** Say who, and nothing of what. */
const who = new Set(['i', 'am', 'm', 'is', 'are', 'me', 'my', 's', 'the', 'user', 'a', 'an']);

export function plainWords(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return [...new Set(words)]
    .filter((word) => word !== '' && !who.has(word))
    .sort()
    .join(' ');
}
