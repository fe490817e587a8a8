/**
 * Secrets in a text: keys, tokens, private keys, card numbers. Two tables look, and of spans that overlap the widest is told.
 * Pure and bounded; never keeps what it found.
 */
import { type FoundSpan, knownTokens } from './known-tokens.ts';
import { ownTokens } from './own-rules.ts';

export type { FoundSpan } from './known-tokens.ts';

/** What every secret has somewhere, beside a {@link hasLongRun}: a password in an address, digits in groups, or a word that says so. */
const suspicious = /:\/\/[^\s/@]{1,200}@|-----BEGIN|\d(?:[ -]?\d){12}|pass|secret|key|token|bearer/i;
/** Characters tokens are made of: those of base64 and of web tokens. */
const ofTokens = new Uint8Array(128);
for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_=.~-')
  ofTokens[sign.charCodeAt(0)] = 1;
const longRun = 16;
/** A text is looked at in pieces of so many characters, which overlap by what the longest token needs. */
const piece = { length: 200_000, overlap: 20_000 };

/** Sixteen characters of tokens in a row. A loop, because every text of an import is asked and a pattern takes four times as long. */
function hasLongRun(text: string): boolean {
  let run = 0;
  for (let at = 0; at < text.length; at += 1) {
    run = ofTokens[text.charCodeAt(at)] === 1 ? run + 1 : 0;
    if (run === longRun) return true;
  }
  return false;
}

/** In the order they stand, none within another. */
export function findSecrets(text: string): FoundSpan[] {
  if (text.length < 8 || (!hasLongRun(text) && !suspicious.test(text))) return [];
  const spans: FoundSpan[] = [];
  for (let from = 0; from < text.length; from += piece.length) {
    const part = text.length <= piece.length ? text : text.slice(from, from + piece.length + piece.overlap);
    for (const { label, start, end } of [...ownTokens(part), ...knownTokens(part)]) {
      spans.push({ label, start: start + from, end: end + from });
    }
  }
  return widest(spans);
}

function widest(spans: readonly FoundSpan[]): FoundSpan[] {
  const kept: FoundSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    // Two that begin apart and overlap are one secret to a reader: hide both.
    else if (span.end > last.end) kept[kept.length - 1] = { ...last, end: span.end };
  }
  return kept;
}
