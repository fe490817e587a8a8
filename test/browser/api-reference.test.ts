/** The reference of the API in a real Chromium: open to guests, served from here alone, and what is tried in it is asked as whoever is signed in. */
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import { expectAccessible, expectNoOffences, newcomer, type Person, settleIn, shot } from './people.ts';
import { useSite } from './site.ts';

/** The viewer is large, and fetched when it is first looked at. */
const patience = 60_000;

describeBrowser('the reference of the API', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let guest: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, guest] = await Promise.all([
      newcomer(browser, server.url),
      newcomer(browser, server.url, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }),
    ]);
  }, 120_000);

  expectNoOffences(() => [alice, guest]);

  const opened = (person: Person, path: string) => person.page.locator('.opblock', { hasText: path }).first();

  it('is there for a guest, also on a phone and in the dark, and shows what each route takes and gives', async () => {
    const { page } = guest;
    await guest.open('/docs', 'API reference');
    await page.locator('.opblock-tag', { hasText: 'search' }).first().waitFor({ timeout: patience });
    await expectAccessible(page);
    await shot(guest, 'docs-phone-dark');
    const sideways = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(sideways).toBe(false);
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as { openapi: string };
    expect(document.openapi).toBe('3.1.0');
  });

  it('asks as whoever is signed in, by keyboard alone', async () => {
    const { page } = alice;
    await settleIn(alice, 'Laptop');
    await alice.open('/docs', 'API reference');
    await page.locator('.opblock-tag', { hasText: 'search' }).first().waitFor({ timeout: patience });
    await shot(alice, 'docs');
    await page.getByPlaceholder(/^Filter by tag/).fill('account');
    await page.locator('.opblock-tag', { hasText: 'account' }).getByRole('button').first().press('Enter');
    await opened(alice, '/v1/me').getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Try it out' }).press('Enter');
    await page.getByRole('button', { name: 'Execute' }).press('Enter');
    await opened(alice, '/v1/me').getByText('"userId"').first().waitFor();
    await expectAccessible(page);
    await shot(alice, 'docs-open');
  });
});
