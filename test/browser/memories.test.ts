/** Memories in a real Chromium: brought in, filtered, edited, pinned, forgotten; projects filter conversations. Bob is shown none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { claudeExport, inProject } from '../kit/claude-export.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import { accessibilityFaults } from './accessibility.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, button, heading, newcomer, type Person, settleIn } from './people.ts';
import { useSite } from './site.ts';

const room = (page: Page, name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });
const card = (page: Page, text: string) => page.locator('.memory').filter({ hasText: text });

describeBrowser('memories', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  const scratch = mkdtempSync(join(tmpdir(), 'vivim-memories-'));

  beforeAll(async () => {
    ({ server, browser } = await startSite());
    alice = await newcomer(browser, server.url);
    bob = await newcomer(browser, server.url);
  }, 120_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(alice.page.url(), await alice.page.locator('main').innerText());
    expect([...alice.offences, ...bob.offences]).toEqual([]);
  });

  afterAll(async () => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it('come in with an export, and say where they come from', async () => {
    const { page } = alice;
    await settleIn(alice, 'Alice at home');
    const file = join(scratch, 'data.zip');
    writeFileSync(
      file,
      claudeExport({
        memory: 'Teaches physics in Leeds.\n\n- Likes peat.',
        projectMemory: 'Writes sonnets.',
        instructions: 'Answer in verse',
        documents: { 'rules.md': '# Rules' },
        conversations: [inProject('c0000000-0000-4000-8000-000000000001', 'Begin the poem.')],
      }),
    );
    await bringIn(alice, file);
    await room(page, 'Memories').click();
    await heading(page, 'Memories').waitFor();
    await expect
      .poll(
        async () => {
          await page.reload();
          await heading(page, 'Memories').waitFor();
          await page.locator('.memory, .empty').first().waitFor();
          return page.locator('.memory').count();
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe(4);
    await card(page, 'Teaches physics')
      .getByText(/Claude memory, imported/)
      .waitFor();
    await card(page, 'Answer in verse').getByText('in Poetry').waitFor();
    await card(page, 'Teaches physics').getByText('Stands on 1 place').click();
    await card(page, 'Teaches physics').getByText('conversations_memory').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    if (process.env.VIVIM_SCREENSHOTS)
      await page.screenshot({ path: join(process.env.VIVIM_SCREENSHOTS, 'memories.png'), fullPage: true });
  });

  it('are filtered, edited, pinned and forgotten', async () => {
    const { page } = alice;
    await page.getByLabel('Kind', { exact: true }).selectOption('instruction');
    await expect.poll(() => page.locator('.memory').count(), { timeout: 10_000 }).toBe(1);
    await page.getByLabel('Kind', { exact: true }).selectOption('');
    await card(page, 'Likes peat').getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('What it says').fill('Likes black tea.');
    await page.getByRole('button', { name: 'Save' }).click();
    await card(page, 'Likes black tea.').getByRole('button', { name: 'Pin', exact: true }).click();
    await card(page, 'Likes black tea.').getByText('pinned').waitFor();
    await card(page, 'Teaches physics').getByRole('button', { name: 'Forget' }).click();
    await page.getByText('no import brings it back').waitFor();
    await page.getByRole('button', { name: 'Forget for good' }).click();
    await expect.poll(() => card(page, 'Teaches physics').count(), { timeout: 10_000 }).toBe(0);
    await page.getByLabel('State something to be remembered').fill('Always use metric units.');
    await page.getByRole('button', { name: 'Remember' }).click();
    await card(page, 'Always use metric units.')
      .getByText(/Stated by you/)
      .waitFor();
  });

  it('that contradict each other are asked about, and the chosen one holds', async () => {
    const { page } = alice;
    for (const text of ['I live in Porto.', 'I live in Lisbon.']) {
      await page.getByLabel('State something to be remembered').fill(text);
      await page.getByRole('button', { name: 'Remember' }).click();
      await card(page, text).waitFor();
    }
    const choice = page.getByRole('button', { name: 'This one: I live in Lisbon.' });
    await expect
      .poll(
        async () => {
          await page.reload();
          await card(page, 'I live in Lisbon.').waitFor();
          return choice.count();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(1);
    await page.getByRole('heading', { name: 'Which holds?' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await choice.click();
    await expect.poll(() => card(page, 'I live in Porto.').count(), { timeout: 10_000 }).toBe(0);
    await card(page, 'I live in Lisbon.').waitFor();
  });

  it('belong to projects, which filter conversations', async () => {
    const { page } = alice;
    await room(page, 'Conversations').click();
    await button(page, 'Filter').click();
    await page.getByRole('combobox', { name: /^Project/ }).selectOption({ index: 1 });
    await page.getByRole('link', { name: 'In the project' }).waitFor();
    expect(page.url()).toContain('project=p_');
  });

  it('are nobody else’s', async () => {
    const { page } = bob;
    await settleIn(bob, 'Bob');
    await room(page, 'Memories').click();
    await page.getByText('No memories here').waitFor();
    expect(await page.locator('.memory').count()).toBe(0);
    await room(page, 'Conversations').click();
    await heading(page, 'Conversations').waitFor();
    expect(await page.getByText('Poetry').count()).toBe(0);
  });
});
