/** A rule that is not asked, because nothing it needs stands in a text, would have found nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FoundSpan, knownTokens } from './known-tokens.ts';
import { ownTokens } from './own-rules.ts';

const hex = (length: number): string => 'a1b2c3d4e5f60718'.repeat(20).slice(0, length);
const mixed = (length: number): string => 'aZ3kQ9xW7bT5mR1cV8nP6dL4'.repeat(20).slice(0, length);
const letters = (length: number): string => 'aZkQxWbTmRcVnPdL'.repeat(20).slice(0, length);
const pem = `-----BEGIN RSA PRIVATE KEY-----\n${`MI${mixed(62)}\n`.repeat(4)}-----END RSA PRIVATE KEY-----`;

/** One that each rule of secretlint finds, by the name of the rule. */
const known: readonly (readonly [string, string])[] = [
  ['aws', `aws_secret_access_key = "${mixed(40)}"`],
  ['gcp', JSON.stringify({ private_key_id: 'k', private_key: pem })],
  ['gcp, in escapes', JSON.stringify({ private_key_id: 'k', private_key: pem }).replaceAll('private', '\\u0070rivate')],
  ['privatekey', pem],
  ['npm', `npm_${mixed(36)}`],
  ['npm', `https://${mixed(40)}:x-oauth-basic@github.com/a/b.git`],
  ['basicauth', 'https://anna:k3fW9zQ2@intranet.corp.net/'],
  ['slack', `xoxb-${mixed(11)}-${mixed(24)}`],
  ['slack', `HTTPS://Hooks.Slack.COM/services/T${mixed(9)}/B${mixed(9)}/${mixed(24)}`],
  ['sendgrid', `SG.${mixed(22)}.${mixed(43)}`],
  ['shopify', `shpat_${mixed(32)}`],
  ['stripe', `sk_live_${mixed(24)}`],
  ['stripe', `rk_test_${mixed(24)}`],
  ['github', `ghp_${mixed(36)}`],
  ['github', `github_pat_${mixed(82)}`],
  ['gitlab', `glpat-${mixed(20)}`],
  ['grafana', `glsa_${mixed(32)}_${hex(8)}`],
  ['openai', `sk-${mixed(20)}T3BlbkFJ${mixed(20)}`],
  ['anthropic', `sk-ant-api03-${mixed(93)}AA`],
  ['groq', `gsk_${mixed(52)}`],
  ['huggingface', `hf_${letters(34)}`],
  ['linear', `lin_api_${mixed(40)}`],
  ['notion', `ntn_12345678901${mixed(35)}`],
  ['database', 'mongodb+srv://anna:k3fW9zQ2x@cluster0.mongo.corp.net/shop'],
  ['database', 'jdbc:mysql://anna:k3fW9zQ2x@db.corp.net/shop'],
  ['database', 'postgresql://anna:k3fW9zQ2x@db.corp.net/shop'],
  ['vault', `hvs.${mixed(95)}`],
  ['vercel', `vcp_${mixed(24)}`],
  ['databricks', `dapi${hex(32)}`],
  ['docker', `dckr_pat_${mixed(27)}`],
  ['figma', `figd_${mixed(40)}`],
  ['tailscale', `tskey-auth-${mixed(17)}-${mixed(32)}`],
];

/** One that each rule of ours finds, by its label. */
const own: readonly (readonly [string, string])[] = [
  ['VIVIM token', `vivim_pat_${mixed(43)}`],
  ['Google API key', `AIza${mixed(35)}`],
  ['Google OAuth secret', `GOCSPX-${mixed(28)}`],
  ['Google access token', `ya29.${mixed(40)}`],
  ['signed web token', `eyJ${mixed(20)}.eyJ${mixed(30)}.${mixed(43)}`],
  ['OpenAI key', `sk-proj-${mixed(48)}`],
  ['OpenRouter key', `sk-or-v1-${hex(64)}`],
  ['xAI key', `xai-${mixed(80)}`],
  ['Perplexity key', `pplx-${mixed(48)}`],
  ['Replicate token', `r8_${mixed(37)}`],
  ['Telegram bot token', `123456789:AA${mixed(33)}`],
  ['Discord token', `M${mixed(23)}.${mixed(6)}.${mixed(30)}`],
  ['PyPI token', `pypi-AgEIcHlwaS5vcmc${mixed(60)}`],
  ['DigitalOcean token', `dop_v1_${hex(64)}`],
  ['Mailgun key', `key-${hex(32)}`],
  ['Twilio key', `SK${hex(32)}`],
  ['Azure storage key', `AccountKey=${mixed(86)}==`],
  ['age key', `AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0'.repeat(4).slice(0, 58)}`],
  ['private key', pem],
  ['payment card', '4111 1111 1111 1111'],
  ['access token', `AuthoriZation: Bearer ${mixed(24)}`],
  ['password or key', `Api Key: "${mixed(20)}"`],
];

const sorted = (spans: readonly FoundSpan[]): FoundSpan[] =>
  spans.toSorted((a, b) => a.start - b.start || a.end - b.end || a.label.localeCompare(b.label));

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(...[...known, ...own].map(([, secret]) => secret)),
    fc.string({ maxLength: 30 }),
    fc.constantFrom('sk-', 'xox', 'gh', '://', 'AKIA', 'eyJ', '_v1_', 'Authorization', '{"private_key":1}'),
  ),
  { maxLength: 6 },
);

describe('a text', () => {
  it.each(known)('of the rule for %s is looked through by it: %#', (_, secret) => {
    expect(knownTokens(secret, true).length).toBeGreaterThan(0);
    expect(sorted(knownTokens(secret))).toEqual(sorted(knownTokens(secret, true)));
  });

  it.each(own)('with a %s is looked through by its rule', (label, secret) => {
    expect(ownTokens(`It is ${secret} here.`).map((span) => span.label)).toContain(label);
  });

  it('has nothing in it that a rule which was not asked would have found', () => {
    fc.assert(
      fc.property(pieces, fc.constantFrom(' ', '\n', ''), (parts, between) => {
        const text = parts.join(between);
        expect(sorted(knownTokens(text))).toEqual(sorted(knownTokens(text, true)));
        expect(sorted(ownTokens(text))).toEqual(sorted(ownTokens(text, true)));
      }),
      { numRuns: 500 },
    );
  });
});
