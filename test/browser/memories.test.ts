/** Memories in a real Chromium: brought in, filtered, edited, pinned, merged, decided on, looked at again, forgotten; projects filter conversations. Bob is shown none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { claudeExport, inProject } from '../kit/claude-export.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { accessibilityFaults } from './accessibility.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, button, heading, newcomer, type Person, remember, settleIn } from './people.ts';
import { useSite } from './site.ts';

const room = (page: Page, name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });
const card = (page: Page, text: string) => page.locator('.memory').filter({ hasText: text });
const menu = async (page: Page, text: string, act: string): Promise<void> => {
  await card(page, text)
    .getByRole('button', { name: /^More actions for/ })
    .click();
  await page.getByRole('menuitem', { name: act }).click();
};

describeBrowser('memories', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  const scratch = mkdtempSync(join(tmpdir(), 'vivim-memories-'));

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
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
    await card(page, 'Teaches physics')
      .getByRole('button', { name: /^Stands on 1 place/ })
      .click();
    await card(page, 'Teaches physics').getByText('conversations_memory').waitFor();
    await card(page, 'Teaches physics').locator('blockquote').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    if (process.env.VIVIM_SCREENSHOTS)
      await page.screenshot({ path: join(process.env.VIVIM_SCREENSHOTS, 'memories.png'), fullPage: true });
  });

  it('are filtered by the address, edited, pinned and archived, each with a way back', async () => {
    const { page } = alice;
    const kind = page.getByRole('combobox', { name: 'Kind' });
    await kind.selectOption('instruction');
    await expect.poll(() => page.locator('.memory').count(), { timeout: 10_000 }).toBe(1);
    expect(page.url()).toContain('kind=instruction');
    await page.reload();
    await card(page, 'Answer in verse').waitFor();
    await kind.selectOption('');
    await menu(page, 'Likes peat', 'Edit…');
    await page.getByLabel('What it says').fill('Likes black tea.');
    await page.getByLabel('Domains (empty: always)').fill('home, Kitchen');
    await page.getByRole('button', { name: 'Save' }).click();
    await card(page, 'Likes black tea.').getByText('kitchen').waitFor();
    await page.getByRole('combobox', { name: 'Domain' }).selectOption('kitchen');
    await expect.poll(() => page.locator('.memory').count(), { timeout: 10_000 }).toBe(1);
    await page.getByRole('combobox', { name: 'Domain' }).selectOption('');
    // Taken back exactly: its words, its domains, and that nobody changed it.
    await page.keyboard.press('Control+z');
    await card(page, 'Likes peat').waitFor();
    await expect.poll(() => page.getByText('kitchen').count(), { timeout: 10_000 }).toBe(0);
    await card(page, 'Likes peat')
      .getByText(/changed by you/)
      .waitFor({ state: 'detached' });
    await menu(page, 'Likes peat', 'Archive');
    await expect.poll(() => card(page, 'Likes peat').count(), { timeout: 10_000 }).toBe(0);
    await page.getByRole('radio', { name: /^Archived/ }).check({ force: true });
    await card(page, 'Likes peat').waitFor();
    expect(page.url()).toContain('state=archived');
    await menu(page, 'Likes peat', 'Make active');
    await page.getByRole('radio', { name: /^Active/ }).check({ force: true });
    await card(page, 'Likes peat').waitFor();
  });

  it('are walked and acted on by keys, and typed words narrow the list', async () => {
    const { page } = alice;
    await card(page, 'Teaches physics').locator('.memory-open').focus();
    await page.keyboard.press('p');
    await card(page, 'Teaches physics').getByText('pinned', { exact: true }).waitFor();
    await page.keyboard.press('Home');
    expect(await page.evaluate('document.activeElement.closest(".memory").textContent')).toContain('Teaches physics');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.closest(".memory").textContent')).not.toContain(
      'Teaches physics',
    );
    await page.getByRole('searchbox', { name: 'Find a memory by its words' }).fill('verse');
    await expect.poll(() => page.locator('.memory').count(), { timeout: 10_000 }).toBe(1);
    await page.locator('mark').filter({ hasText: 'verse' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('searchbox').fill('nothing says this');
    await page.getByText('No memory fits these filters').waitFor();
    await page.getByRole('button', { name: 'Show all active ones' }).click();
    await card(page, 'Likes peat').waitFor();
  });

  it('are forgotten for good only after a question, and stated in a dialog', async () => {
    const { page } = alice;
    await menu(page, 'Teaches physics', 'Forget for good…');
    await page.getByText('no import brings it back').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Forget for good', exact: true }).click();
    await expect.poll(() => card(page, 'Teaches physics').count(), { timeout: 10_000 }).toBe(0);
    await remember(page, 'Always use metric units.');
    await card(page, 'Always use metric units.')
      .getByText(/Stated by you/)
      .waitFor();
  });

  it('that contradict each other stand side by side, the chosen one holds, and the decision can be taken back', async () => {
    const { page } = alice;
    for (const text of ['I live in Porto.', 'I live in Lisbon.']) await remember(page, text);
    const decide = page.getByRole('button', { name: 'Decide' });
    await expect
      .poll(
        async () => {
          await page.reload();
          await card(page, 'I live in Lisbon.').waitFor();
          return decide.count();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(1);
    await decide.click();
    expect(page.url()).toContain('decide=true');
    await page.getByRole('heading', { name: 'Where you live' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const choice = page.getByRole('button', { name: 'This one: I live in Lisbon.' });
    await choice.click();
    await expect.poll(() => card(page, 'I live in Porto.').count(), { timeout: 10_000 }).toBe(0);
    await page.keyboard.press('Control+z');
    await choice.waitFor();
    await choice.click();
    await expect.poll(() => card(page, 'I live in Porto.').count(), { timeout: 10_000 }).toBe(0);
    await page.goto(`${server.url}/memories?state=superseded`);
    await card(page, 'I live in Porto.').locator('.memory-open').click();
    await card(page, 'I live in Porto.').getByText('Its place was taken by').waitFor();
  });

  it('that say the same become one, and are parted again', async () => {
    const { page } = alice;
    await page.goto(`${server.url}/memories`);
    await menu(page, 'Always use metric units.', 'Same as another…');
    await page.getByRole('dialog').getByRole('button', { name: 'I live in Lisbon.' }).click();
    await expect.poll(() => card(page, 'Always use metric units.').count(), { timeout: 10_000 }).toBe(0);
    await page.keyboard.press('Control+z');
    await card(page, 'Always use metric units.').waitFor();
  });

  it('that were said long ago are looked at in a short round', async () => {
    const { page } = alice;
    const said = ['I am allergic to peanuts.', 'I am allergic to shellfish.'];
    const file = join(scratch, 'old.json');
    writeFileSync(
      file,
      JSON.stringify(said.map((line, i) => dialogue(`old${i}`, 'Long ago', [line, 'I see.'], 1_600_000_000))),
    );
    await bringIn(alice, file);
    const begin = page.getByRole('button', { name: 'Look at 2, one by one' });
    await expect
      .poll(
        async () => {
          await page.goto(`${server.url}/memories`);
          await page.locator('.memory').first().waitFor();
          // The round is counted after the list is there.
          return begin.waitFor({ timeout: 2_000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 50_000 },
      )
      .toBe(true);
    await begin.click();
    await page.getByText('1 of 2').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // The focus is on the answer: the round is walked by one key.
    await page.keyboard.press('Enter');
    await page.getByText('2 of 2').waitFor();
    await page.getByRole('button', { name: 'No longer' }).click();
    await page.getByText('Thank you: 2 looked at.').waitFor();
    await page.goto(`${server.url}/memories?state=archived`);
    await page.locator('.memory').first().waitFor();
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
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.locator('.memory').count()).toBe(0);
    await room(page, 'Conversations').click();
    await heading(page, 'Conversations').waitFor();
    expect(await page.getByText('Poetry').count()).toBe(0);
  });
});
