/**
 * Secrets the rules of secretlint do not know: tokens of services people paste from, payment cards, and what stands right
 * behind the word "password". A table of bounded patterns: none can run longer than its text is, times a small number. Pure.
 */
import { type FoundSpan, mayHold } from './known-tokens.ts';

interface OwnRule {
  readonly label: string;
  /** Global; where it has a group named `secret`, that alone is the secret. */
  readonly pattern: RegExp;
  /** One of them stands in every text the pattern finds something in; none where that cannot be said shortly. */
  readonly needs?: readonly (string | RegExp)[];
  /** Looks again at what the pattern found. */
  readonly holds?: (secret: string) => boolean;
}

/** Bits a character carries on average (Shannon 1948): what a person types as an example carries little. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** The check digit of a payment card (ISO/IEC 7812-1, annex B), and the length its network gives it. */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const lengths = digits.startsWith('3') ? [15] : digits.startsWith('4') ? [13, 16, 19] : [16];
  if (!lengths.includes(digits.length) || /^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}

const isRandom = (secret: string): boolean =>
  /\d/.test(secret) &&
  /[a-z]/i.test(secret) &&
  entropy(secret) >= 3 &&
  !/example|placeholder|your[-_ ]|x{4}|\*{3}|\.{3}/i.test(secret);

/** Nothing of its word stands before it. */
const alone = String.raw`(?<![\w-])`;
const rule = (label: string, needs: string | null, body: string, holds?: (secret: string) => boolean): OwnRule => ({
  label,
  pattern: new RegExp(alone + body, 'gu'),
  ...(needs === null ? {} : { needs: [needs] }),
  ...(holds === undefined ? {} : { holds }),
});

export const ownRules: readonly OwnRule[] = [
  rule('VIVIM token', 'vivim_', 'vivim_[a-z]{2,4}_[A-Za-z0-9_-]{20,200}'),
  rule('Google API key', 'AIza', String.raw`AIza[0-9A-Za-z_-]{35}(?![\w-])`),
  rule('Google OAuth secret', 'GOCSPX-', String.raw`GOCSPX-[0-9A-Za-z_-]{28}(?![\w-])`),
  rule('Google access token', 'ya29.', String.raw`ya29\.[0-9A-Za-z_-]{20,500}`),
  rule(
    'signed web token',
    '.eyJ',
    String.raw`eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,6000}\.[A-Za-z0-9_-]{20,1000}`,
  ),
  rule('OpenAI key', 'sk-', 'sk-(?!or-v1-)(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{32,200}', isRandom),
  rule('OpenRouter key', 'sk-or-v1-', 'sk-or-v1-[0-9a-f]{64}'),
  rule('xAI key', 'xai-', 'xai-[A-Za-z0-9]{60,100}'),
  rule('Perplexity key', 'pplx-', 'pplx-[A-Za-z0-9]{40,60}'),
  rule('Replicate token', 'r8_', String.raw`r8_[A-Za-z0-9]{37}(?!\w)`),
  rule('Telegram bot token', ':AA', String.raw`\d{8,10}:AA[A-Za-z0-9_-]{33}(?![\w-])`),
  rule(
    'Discord token',
    null,
    String.raw`[MNO][A-Za-z\d_-]{23,27}\.[A-Za-z\d_-]{6}\.[A-Za-z\d_-]{27,40}(?![\w-])`,
    isRandom,
  ),
  rule('PyPI token', 'pypi-', 'pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,300}'),
  rule('DigitalOcean token', '_v1_', String.raw`do[opr]_v1_[0-9a-f]{64}(?!\w)`),
  rule('Mailgun key', 'key-', String.raw`key-[0-9a-f]{32}(?!\w)`),
  rule('Twilio key', 'SK', String.raw`SK[0-9a-f]{32}(?!\w)`),
  rule('Azure storage key', 'AccountKey=', 'AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)'),
  rule('age key', 'AGE-SECRET-KEY-1', String.raw`AGE-SECRET-KEY-1[0-9A-Z]{58}(?!\w)`),
  {
    label: 'private key',
    needs: ['-----BEGIN'],
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]{40,20000}?-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/gu,
  },
  {
    label: 'payment card',
    pattern:
      /(?<![\d.,/_-])(?:3[47]\d{2}[ -]?\d{6}[ -]?\d{5}|[2456]\d{3}(?:[ -]?\d{4}){3}|4\d{12}(?:\d{6})?)(?![\d/_]|[.,-]\d)/gu,
    holds: isCardNumber,
  },
  {
    label: 'access token',
    needs: [/authorization/i],
    pattern:
      /(?<![\w-])authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:bearer|basic|token)\s{1,4}(?<secret>[A-Za-z0-9._~+/=-]{16,2000})/giu,
    holds: isRandom,
  },
  {
    label: 'password or key',
    pattern:
      /(?<![A-Za-z])(?:pass(?:word|wd|phrase)|secret|api[-_ ]?key|access[-_ ]?(?:key|token)|auth[-_ ]?token|client[-_ ]?secret|private[-_ ]?key)["']?\s{0,4}(?:=>?|:)\s{0,4}(?:"(?<secret>[^"\s]{8,200})"|'(?<quoted>[^'\s]{8,200})'|(?<bare>[^\s"'`,;(){}<>[\]]{12,200}))/giu,
    holds: isRandom,
  },
];

/** What the table finds, in no order; spans may overlap. @param everyRule also those that find nothing in such a text */
export function ownTokens(text: string, everyRule = false): FoundSpan[] {
  const spans: FoundSpan[] = [];
  for (const { label, pattern, needs, holds } of ownRules) {
    if (!everyRule && !mayHold(text, needs)) continue;
    for (const match of text.matchAll(pattern)) {
      const { secret: named, quoted, bare } = match.groups ?? {};
      const secret = named ?? quoted ?? bare ?? match[0];
      if (holds !== undefined && !holds(secret)) continue;
      const start = match.index + match[0].lastIndexOf(secret);
      spans.push({ label, start, end: start + secret.length });
    }
  }
  return spans;
}
