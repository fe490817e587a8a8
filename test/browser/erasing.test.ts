/**
 * Erasing in a real Chromium: a message, what is known of a topic and of somebody, and a whole import, each after it was said what
 * would go; and a second person keeps all of theirs.
 */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { root } from '../architecture/source-files.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import {
  bringIn,
  button,
  expectAccessible,
  expectNoOffences,
  heading,
  newcomer,
  type Person,
  signUp,
} from './people.ts';
import { useSite } from './site.ts';

describeBrowser('erasing in the browser', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  const links = ({ page }: Person, below: string) =>
    page.locator(`main a[href^="${below}/"]`).filter({ hasText: /\S/ });

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await Promise.all([
      newcomer(browser, server.url),
      newcomer(browser, server.url, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }),
    ]);
    for (const person of [alice, bob]) {
      await signUp(person, 'Home');
      await bringIn(person, join(root, 'test/fixtures/demo', 'alice-chatgpt.json'));
    }
  }, 120_000);

  expectNoOffences(() => [alice, bob]);

  it('takes one message out of its conversation, and the rest stays', async () => {
    const { page } = alice;
    await alice.open('/conversations', 'Conversations');
    await links(alice, '/conversations').first().click();
    const articles = page.locator('article.message');
    await articles.nth(1).waitFor();
    const [before, text] = [await articles.count(), (await articles.nth(1).locator('p').first().innerText()).trim()];
    await articles.nth(1).getByRole('button', { name: 'More on this message' }).click();
    await page.getByRole('menuitem', { name: 'Erase this message' }).click();
    await page.getByText(/The message and .* would go/).waitFor();
    await expectAccessible(page);
    await button(page, 'Erase for good').click();
    await expect.poll(() => articles.count(), { timeout: 15_000 }).toBe(before - 1);
    expect(await page.locator('main').innerText()).not.toContain(text);
  });

  it.each([
    ['/topics', 'Topics', 'Erase this topic'],
    ['/entities', 'People & things', 'Erase what is known of this'],
  ])('takes away what is known under %s', async (path, title, name) => {
    const { page } = alice;
    await alice.open(path, title);
    await links(alice, path).first().waitFor();
    const href = await links(alice, path).first().getAttribute('href');
    await links(alice, path).first().click();
    await button(page, name).click();
    await page.getByText(/would go, and it is not made again/).waitFor();
    await button(page, 'Erase for good').click();
    await heading(page, title).waitFor();
    await expect.poll(() => page.locator(`main a[href="${href}"]`).count()).toBe(0);
  });

  it('takes a whole import back, and says so where it stood', async () => {
    const { page } = alice;
    await alice.open('/import', 'Import');
    await page.getByRole('link', { name: 'Report of alice-chatgpt.json' }).click();
    await button(page, 'Erase this import').click();
    await page.getByText(/that no other import brought/).waitFor();
    await button(page, 'Erase for good').click();
    await heading(page, 'Import').waitFor();
    await alice.open('/conversations', 'Conversations');
    await expect.poll(() => links(alice, '/conversations').count()).toBe(0);
    await bob.open('/conversations', 'Conversations');
    await links(bob, '/conversations').first().waitFor();
  });
});
