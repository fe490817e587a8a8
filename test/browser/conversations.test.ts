/**
 * The list of conversations in a real Chromium: hundreds of rows with a few in the page, filters in the address, many dealt with at
 * once and taken back; a second person on a phone in the dark has none of it.
 */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { everyKind } from '../kit/long-reading.ts';
import { describeBrowser } from './chromium.ts';
import {
  bringIn,
  button,
  expectAccessible,
  expectNoOffences,
  heading,
  jsonFile,
  type Person,
  shot,
  toast,
  twoPeople,
} from './people.ts';
import { useSite } from './site.ts';

const many = 450;
const day = 86_400;
const talks = Array.from({ length: many }, (_, n) =>
  dialogue(
    `talk-${n}`,
    `Talk ${String(n).padStart(3, '0')} of pottery`,
    [`What of ${n}?`, 'This.'],
    1_700_000_000 + n * day,
  ),
);

/** What stands in the window: of a long page, all there is to see. */
async function glance({ page }: Person, name: string): Promise<void> {
  const directory = process.env.VIVIM_SHOTS;
  if (directory !== undefined) await page.screenshot({ path: join(directory, `${name}.png`) });
}

describeBrowser('the list of conversations', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  const row = ({ page }: Person, title: string) => page.locator('.conversation-row').filter({ hasText: title });
  const drawn = ({ page }: Person) => page.locator('.conversation-row').count();

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await twoPeople({ browser, server });
    await bringIn(alice, jsonFile('conversations.json', JSON.stringify(talks)));
    await bringIn(alice, jsonFile('glaze.json', everyKind('bowls')));
    await bringIn(bob, jsonFile('conversations.json', JSON.stringify(talks.slice(0, 8))));
  }, 120_000);

  expectNoOffences(() => [alice, bob].filter((person) => person !== undefined));

  it('scrolls through all of them with a few in the page, by keys too', async () => {
    const { page } = alice;
    await alice.open('/conversations', 'Conversations');
    await row(alice, 'Talk 449').waitFor();
    await page.getByText('451 conversations').waitFor();
    expect(await drawn(alice)).toBeLessThan(60);
    await expectAccessible(page);
    await glance(alice, 'conversations');
    await page.locator('.row-title').first().focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('.row-title:focus').innerText()).toContain('Talk 448');
    await expect
      .poll(
        async () => {
          await page.mouse.wheel(0, 4_000);
          return row(alice, 'Talk 000').count();
        },
        { timeout: 20_000, interval: 60 },
      )
      .toBe(1);
    expect(await drawn(alice)).toBeLessThan(60);
  });

  it('keeps filters and order in the address, shows them as chips, and takes each away', async () => {
    const { page } = alice;
    await alice.open('/conversations', 'Conversations');
    await button(page, 'Filter').click();
    await page.getByLabel('Source').selectOption({ label: 'OpenAI messages (1)' });
    await page.keyboard.press('Escape');
    await page.waitForURL(/source=openai/);
    await page.getByText('1 conversation', { exact: true }).waitFor();
    await expect.poll(() => drawn(alice)).toBe(1);
    await shot(alice, 'conversations-filtered');
    await button(page, 'Remove filter: OpenAI messages').click();
    await page.getByText('451 conversations').waitFor();
    await page.getByLabel('Order').selectOption('oldest');
    await page.waitForURL(/sort=oldest/);
    await row(alice, 'Talk 000').waitFor();
    await page.reload();
    await row(alice, 'Talk 000').waitFor();
    await page.goto(`${server.url}/conversations?from=2023-11-20&to=2023-11-22&archived=sideways`);
    await page.getByText('2 conversations').waitFor();
    await page.goto(`${server.url}/conversations?bookmarked=true`);
    await page.getByText('No bookmarks yet').waitFor();
    await expectAccessible(page);
    await shot(alice, 'conversations-none');
    await button(page, 'Clear filters').click();
    await page.getByText('451 conversations').waitFor();
  });

  it('tags, archives and keeps out many at once, and takes all of it back', async () => {
    const { page } = alice;
    await alice.open('/conversations', 'Conversations');
    await row(alice, 'Talk 449').getByRole('checkbox').check();
    await row(alice, 'Talk 445')
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });
    await page.getByText('5 selected').waitFor();
    await expectAccessible(page);
    await glance(alice, 'conversations-selected');
    await button(page, 'Tag…').click();
    await page.getByLabel('Tag', { exact: true }).fill('Pottery class');
    await page.keyboard.press('Enter');
    await toast(page, '5 conversations tagged Pottery class.').waitFor();
    await row(alice, 'Talk 447').getByRole('link', { name: 'All conversations tagged Pottery class' }).click();
    await page.waitForURL(/tag=Pottery/);
    await page.getByText('5 conversations', { exact: true }).waitFor();
    await row(alice, 'Talk 446').getByRole('checkbox').check();
    await button(page, 'Select all').click();
    await button(page, 'Archive').click();
    await toast(page, '5 conversations archived.').waitFor();
    await page.getByText('No conversation matches these filters').waitFor();
    await page.locator('.toast').filter({ hasText: 'archived' }).getByRole('button', { name: 'Undo' }).click();
    await row(alice, 'Talk 446').waitFor();
    await row(alice, 'Talk 446').getByRole('checkbox').check();
    await button(page, 'Keep out of contexts').click();
    await toast(page, '1 conversation kept out of contexts.').waitFor();
    await page.locator('.toast').filter({ hasText: 'kept out' }).getByRole('button', { name: 'Undo' }).click();
    await toast(page, 'Undone.').first().waitFor();
  });

  it('erases many at once, after it was said what would go', async () => {
    const { page } = alice;
    await alice.open('/conversations', 'Conversations');
    await row(alice, 'Talk 449').getByRole('checkbox').check();
    await row(alice, 'Talk 448').getByRole('checkbox').check();
    await button(page, 'Erase…').click();
    await page.getByText(/2 conversations with 4 messages and .* would go/).waitFor();
    await expectAccessible(page);
    await button(page, 'Erase for good').click();
    await page.getByText('449 conversations').waitFor();
    expect(await row(alice, 'Talk 449').count()).toBe(0);
  });

  it('fits a phone in the dark; Bob has his own, and none of Alice’s tags', async () => {
    const { page } = bob;
    await bob.open('/conversations', 'Conversations');
    await row(bob, 'Talk 007').waitFor();
    await expect.poll(() => drawn(bob)).toBe(8);
    expect(await page.locator('.row-tags').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await row(bob, 'Talk 007').getByRole('checkbox').check();
    await expectAccessible(page);
    await shot(bob, 'conversations-phone');
    await page.goto(`${server.url}/conversations?tag=Pottery%20class`);
    await page.getByText('No conversation matches these filters').waitFor();
    await heading(page, 'Conversations').waitFor();
    await expectAccessible(page);
  });
});
