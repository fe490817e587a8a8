/**
 * A resumed session in a real Chromium: the reader leads from it to the one it continues and back. Bob, who brought in the resumed
 * session only, is led nowhere.
 */
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, expectAccessible, expectNoOffences, heading, newcomer, type Person, shot, signUp } from './people.ts';
import { useSite } from './site.ts';

const words = ['How do I prune roses?', 'In late winter.', 'And pears?', 'In late winter too.'];

/** A session as Codex writes it, under ids of its own. */
function rollout(id: string, title: string, minute: number, said: readonly string[]): Buffer {
  const at = (n: number) => new Date(1_780_000_000_000 + (minute * 60 + n) * 1000).toISOString();
  const rows = said.map((text, n) => {
    const [role, type] = n % 2 === 0 ? ['user', 'input_text'] : ['assistant', 'output_text'];
    const payload = { type: 'message', id: `${id}-${n}`, role, content: [{ type, text }] };
    return { timestamp: at(n + 1), type: 'response_item', payload };
  });
  const meta = { timestamp: at(0), type: 'session_meta', payload: { id, title, timestamp: at(0), cwd: '/home/a' } };
  return Buffer.from(`${[meta, ...rows].map((row) => JSON.stringify(row)).join('\n')}\n`);
}

const session = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/jsonl', buffer });

describeBrowser('lineage in the browser', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await Promise.all([newcomer(browser, server.url), newcomer(browser, server.url)]);
    await signUp(alice, 'Home computer');
    await signUp(bob, 'Office computer');
  }, 120_000);

  expectNoOffences(() => [alice, bob]);

  async function read({ page, open }: Person, title: string): Promise<void> {
    await open('/conversations', 'Conversations');
    await page
      .getByRole('link', { name: new RegExp(title) })
      .first()
      .click();
    await heading(page, title).waitFor();
  }

  it('leads to the session that is continued, and back', async () => {
    await bringIn(alice, session('resumed.jsonl', rollout('two', 'Roses and pears', 10, words)));
    await bringIn(alice, session('first.jsonl', rollout('one', 'Roses', 0, words.slice(0, 2))));
    await read(alice, 'Roses and pears');
    const up = alice.page.locator('p.note').filter({ hasText: 'Continues Roses (2 messages shared)' });
    await up.waitFor();
    await expectAccessible(alice.page);
    await shot(alice, 'lineage');
    await up.getByRole('link').click();
    await heading(alice.page, /^Roses$/).waitFor();
    await alice.page.getByText('Continued by Roses and pears (2 messages shared)').waitFor();
  });

  it('leads a person nowhere who has no such session', async () => {
    await bringIn(bob, session('resumed.jsonl', rollout('two', 'Roses and pears', 10, words)));
    await read(bob, 'Roses and pears');
    await bob.page.getByText('In late winter too.').waitFor();
    expect(await bob.page.locator('body').innerText()).not.toContain('messages shared');
  });
});
