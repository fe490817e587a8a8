/** What is found as a secret and what is not. The secrets are made up here, of their providers' shapes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecrets } from './find-secrets.ts';
import { isCardNumber } from './own-rules.ts';

const found = (text: string): [string, string][] =>
  findSecrets(text).map(({ label, start, end }) => [label, text.slice(start, end)]);

const hex = (length: number): string => 'a1b2c3d4e5f60718'.repeat(20).slice(0, length);
const mixed = (length: number): string => 'aZ3kQ9xW7bT5mR1cV8nP6dL4'.repeat(20).slice(0, length);

const secrets: readonly [label: string, secret: string][] = [
  ['GitHub token', `ghp_${mixed(36)}`],
  ['OpenAI key', `sk-proj-${mixed(48)}`],
  ['OpenRouter key', `sk-or-v1-${hex(64)}`],
  ['Google API key', `AIza${mixed(35)}`],
  ['Telegram bot token', `123456789:AA${mixed(33)}`],
  ['DigitalOcean token', `dop_v1_${hex(64)}`],
  ['Twilio key', `SK${hex(32)}`],
  ['VIVIM token', `vivim_pat_${mixed(43)}`],
  ['signed web token', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${mixed(43)}`],
  ['payment card', '4111 1111 1111 1111'],
  ['payment card', '5500-0055-5555-5559'],
  ['payment card', '378282246310005'],
];

describe('finding secrets', () => {
  it.each(secrets)('%s: %s', (label, secret) => {
    expect(found(`Here it is: ${secret}, do not lose it.`)).toEqual([[label, secret]]);
  });

  it('a private key over many lines, whatever program wrote it', () => {
    const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${mixed(64)}\n${mixed(64)}\n-----END OPENSSH PRIVATE KEY-----`;
    expect(found(`cat id_ed25519\n${key}\n`)).toEqual([['private key', key]]);
  });

  it('a password behind the word that says so, and in an address', () => {
    expect(found('DB_PASSWORD="tr0ub4dor&3xyz"')).toEqual([['password or key', 'tr0ub4dor&3xyz']]);
    expect(found('Authorization: Bearer aB3dE5fG7hI9kL1mN3')).toEqual([['access token', 'aB3dE5fG7hI9kL1mN3']]);
    expect(found('postgres://bob:s3cretpw@db.x.org/y')[0]?.[0]).toBe('password of a database');
  });

  it.each([
    'My password is on the note under the keyboard.',
    'password: your_password_here1',
    'api_key = os.environ["OPENAI_API_KEY_1"]',
    'token: <insert token 12345678>',
    'Order 4111 1111 1111 1112 was shipped',
    'Call 0049 30 1234567890 or write to a1@example.org',
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    'id 019a1b2c-3d4e-7f60-8a9b-0c1d2e3f4a5b',
    'https://example.org/a/very/long/path/with-many-words/and_numbers_123456789',
    'The secret: patience, 10000 hours of it',
  ])('not in: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('card numbers bear their check digit', () => {
    const digits = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 15, maxLength: 15 })
      .map((rest) => `4${rest.slice(0, 14).join('')}`);
    fc.assert(
      fc.property(digits, (beginning) => {
        const whole = Array.from({ length: 10 }, (_, last) => `${beginning}${last}`);
        expect(whole.filter(isCardNumber).length).toBe(1);
      }),
    );
  });

  it('spans are in order, apart, inside the text, and found wherever the secret stands', () => {
    const part = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom(...secrets.map(([, secret]) => secret)),
      fc.constant('password: '),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join(' \n ');
        let last = 0;
        for (const { start, end } of findSecrets(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('looks through a text of any length, over the seams of its pieces too', () => {
    const key = `ghp_${mixed(36)}`;
    for (const before of [0, 199_980, 200_000, 399_990]) {
      expect(found(`${'word '.repeat(before / 5)}${key} end`)).toEqual([['GitHub token', key]]);
    }
  });

  it('ends soon on what is made to keep it busy', () => {
    for (const text of [
      'sk-'.repeat(200_000),
      'eyJ'.repeat(200_000),
      '-----BEGIN PRIVATE KEY-----'.repeat(20_000),
      '4'.repeat(600_000),
      `password=${'"'.repeat(500_000)}`,
      '://'.repeat(200_000),
      `://${'a'.repeat(600_000)}`,
    ])
      findSecrets(text);
  }, 20_000);
});
