/**
 * A resumed session in a real Chromium: the reader leads from it to the one it continues and back. Bob, who brought in the resumed
 * session only, is led nowhere.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../kit/server.ts';
import { describeBrowser, launchChromium } from './chromium.ts';
import { expectAccessible, expectNoOffences, heading, newcomer, type Person, signUp } from './people.ts';
import { buildWebFiles, type WebFiles } from './web-files.ts';

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

describeBrowser('lineage in the browser', () => {
  let web: WebFiles;
  let server: TestServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    web = await buildWebFiles();
    server = await startTestServer({ env: { VIVIM_WEB_DIR: web.dir, VIVIM_MODELS: 'off' } });
    browser = await launchChromium();
    [alice, bob] = await Promise.all([newcomer(browser, server.url), newcomer(browser, server.url)]);
    await signUp(alice, 'Home computer');
    await signUp(bob, 'Office computer');
  }, 120_000);

  expectNoOffences(() => [alice, bob]);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await web?.remove();
  });

  async function bring({ page, open }: Person, name: string, buffer: Buffer): Promise<void> {
    await open('/import', 'Import');
    await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/jsonl', buffer });
    const card = page.getByRole('article').filter({ has: page.getByRole('link', { name: `Report of ${name}` }) });
    await card.getByText('done', { exact: true }).waitFor();
  }

  async function read({ page, open }: Person, title: string): Promise<void> {
    await open('/conversations', 'Conversations');
    await page
      .getByRole('link', { name: new RegExp(title) })
      .first()
      .click();
    await heading(page, title).waitFor();
  }

  it('leads to the session that is continued, and back', async () => {
    await bring(alice, 'resumed.jsonl', rollout('two', 'Roses and pears', 10, words));
    await bring(alice, 'first.jsonl', rollout('one', 'Roses', 0, words.slice(0, 2)));
    await read(alice, 'Roses and pears');
    const up = alice.page.locator('p.note').filter({ hasText: 'Continues Roses (2 messages shared)' });
    await up.waitFor();
    await expectAccessible(alice.page);
    const directory = process.env.VIVIM_SHOTS;
    if (directory !== undefined) {
      mkdirSync(directory, { recursive: true });
      await alice.page.screenshot({ path: join(directory, 'lineage.png') });
    }
    await up.getByRole('link').click();
    await heading(alice.page, /^Roses$/).waitFor();
    await alice.page.getByText('Continued by Roses and pears (2 messages shared)').waitFor();
  });

  it('leads a person nowhere who has no such session', async () => {
    await bring(bob, 'resumed.jsonl', rollout('two', 'Roses and pears', 10, words));
    await read(bob, 'Roses and pears');
    await bob.page.getByText('In late winter too.').waitFor();
    expect(await bob.page.locator('body').innerText()).not.toContain('messages shared');
  });
});
