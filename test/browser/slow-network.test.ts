/**
 * The pages over a slow line (400 ms a round trip, 50 kB a second): the shape of a page comes before its answers, what is typed is not
 * overtaken by what was typed before, a file tells how far it is, and a message that has not come yet holds its place. Bob's line is as it was.
 */
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue, manyConversations } from '../kit/exports.ts';
import { longConversation } from '../kit/long-reading.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, button, expectNoOffences, heading, jsonFile, type Person, shot, toast, twoPeople } from './people.ts';
import { useSite } from './site.ts';

const line = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const length = 400;
const mine = [
  longConversation('kiln', 'Kiln log', length),
  dialogue('raku', 'Raku', ['What is raku cooled in?', 'In sawdust, with the lid on.']),
  dialogue('glaze', 'Blue bowls', ['Which celadon for the blue bowls?', 'The one with ash.']),
];
const his = [dialogue('boat', 'The boat', ['Where does the celadon boat lie?', 'In Faro.'])];

describeBrowser('over a slow line', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  expectNoOffences(() => [alice, bob].filter((person) => person !== undefined));

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await twoPeople({ browser, server });
    await bringIn(alice, jsonFile('conversations.json', JSON.stringify(mine)));
    await bringIn(bob, jsonFile('conversations.json', JSON.stringify(his)));
    const session = await alice.context.newCDPSession(alice.page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', line);
    // A slow line is waited for.
    alice.page.setDefaultTimeout(60_000);
  }, 180_000);

  /** Whether the shape of a page was drawn before what it is about, written down by the page itself. */
  const watch = (page: Page) =>
    page.evaluate(`window.shape = false;
      new MutationObserver(() => { window.shape ||= document.querySelector('main .skeleton') !== null; })
        .observe(document.body, { childList: true, subtree: true });`);

  it('a page shows its shape at once, then what it is about', async () => {
    const { page } = alice;
    await page.goto(server.url);
    await heading(page, 'Home').waitFor();
    await watch(page);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Conversations' }).click();
    await page.getByRole('link', { name: 'Kiln log' }).waitFor();
    expect(await page.evaluate('window.shape')).toBe(true);
    await shot(alice, 'slow-conversations');
  });

  it('what was typed last is what is found, also when it is typed while an answer is on its way', async () => {
    const { page } = alice;
    await alice.load('/search', 'Search');
    const field = page.getByRole('searchbox', { name: 'What are you looking for?' });
    await field.pressSequentially('celadon', { delay: 120 });
    await field.fill('');
    await field.pressSequentially('raku sawdust', { delay: 120 });
    const results = page.getByRole('list', { name: 'Results' });
    await page.waitForURL(/q=raku(\+|%20)sawdust/);
    await expect.poll(() => page.locator('.results').getAttribute('aria-busy')).toBe('false');
    await results.getByText('In sawdust, with the lid on.').waitFor();
    expect(await results.innerText()).not.toMatch(/celadon|boat/i);
  });

  it('a message that is not here yet holds its place, and comes', async () => {
    const { page } = alice;
    await alice.load('/conversations', 'Conversations');
    await page.getByRole('link', { name: 'Kiln log' }).click();
    await page.locator('article.message').filter({ hasText: 'Question 0 about firing' }).waitFor();
    await page.keyboard.press('End');
    await page.locator('article.message[aria-busy="true"]').first().waitFor();
    await page
      .locator('article.message')
      .filter({ hasText: `Answer ${length - 1}.` })
      .waitFor();
    await expect.poll(() => page.locator('article.message[aria-busy="true"]').count()).toBe(0);
  });

  it('an act is said once it is done, and taken back', async () => {
    const { page } = alice;
    await alice.load('/conversations', 'Conversations');
    await page.getByRole('link', { name: 'Blue bowls' }).click();
    await button(page, 'Archive').click();
    await toast(page, 'Archived. Search still finds it.').waitFor();
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await button(page, 'Archive').waitFor();
  });

  it('a file says how far it is, and can be left alone', async () => {
    const { page } = alice;
    await alice.load('/import', 'Import');
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(jsonFile('years.json', manyConversations(120, 12)));
    const card = page.getByRole('article').filter({ hasText: 'years.json' });
    await card.getByRole('progressbar').first().waitFor();
    await shot(alice, 'slow-upload');
    await card.getByText('done', { exact: true }).waitFor();
    expect(await page.getByRole('alert').allInnerTexts()).toEqual([]);
  });

  it('another person, on a line of their own, finds their own meanwhile', async () => {
    const { page } = bob;
    await bob.load('/search?q=celadon', 'Search');
    await page.getByRole('list', { name: 'Results' }).getByText('Where does the celadon boat lie?').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/kiln|blue bowls/i);
  });
});
