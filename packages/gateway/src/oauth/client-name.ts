/** What an application calls itself, made fit to be shown. Nobody has checked it, so that it must not pass for anything else. Pure. */

const longest = 80;

/** Without control characters, marks that turn the direction of text, and runs of spaces; the fallback where nothing is left. */
export function shownName(name: string | undefined, fallback: string): string {
  const plain = (name ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return [...(plain === '' ? fallback : plain)].slice(0, longest).join('');
}
