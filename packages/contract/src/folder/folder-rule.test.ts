/** Which names of a folder are sent: by part, wherever it stands, and nothing that opens a door. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeName, judgePath } from './folder-rule.ts';

describe('the rule of folders', () => {
  it.each([
    ['-home-alice/5f0c.jsonl', 'take', '-home-alice/5f0c.jsonl'],
    ['.aider.chat.history.md', 'take', '.aider.chat.history.md'],
    ['author.json', 'take', 'author.json'],
    ['.DS_Store', 'pass-over', '.DS_Store'],
    ['a/.git/config', 'pass-over', 'a/.git'],
    ['a/node_modules/p/auth.json', 'pass-over', 'a/node_modules'],
    ['codex/auth.json', 'sign-in', 'codex/auth.json'],
    ['app/.env.production', 'sign-in', 'app/.env.production'],
    ['.ssh/id_ed25519', 'sign-in', '.ssh/id_ed25519'],
    ['tls/Server.PEM', 'sign-in', 'tls/Server.PEM'],
    ['ttl/30d/prod-mc-billing.json', 'account', 'ttl/30d/prod-mc-billing.json'],
    ['ttl/30d/prod-mc-auth-mgmt-api.json', 'account', 'ttl/30d/prod-mc-auth-mgmt-api.json'],
    ['c\\d.md', 'name', 'c\\d.md'],
    ['C:notes.md', 'name', 'C:notes.md'],
    ['half \ud800.md', 'name', 'half \ud800.md'],
  ])('says of %s: %s', (path, verdict, name) => {
    expect(judgePath(path)).toEqual({ name, verdict });
  });

  it('takes a path exactly where it takes each of its parts', () => {
    const part = fc
      .oneof(fc.string({ minLength: 1 }), fc.constantFrom('.git', '.env', 'auth.json', 'notes'))
      .map((name) => name.replaceAll('/', '-'));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const { verdict } = judgePath(parts.join('/'));
        expect(verdict === 'take').toBe(parts.every((one) => judgeName(one) === 'take'));
      }),
    );
  });
});
