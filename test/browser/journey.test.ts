/**
 * A person's whole way through the web application, in a real Chromium against a real server: make a key, bring an
 * export in, find, read, compile and copy. And another person, who is shown nothing of it.
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { root } from '../architecture/source-files.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser, type Visitor, visitor } from './chromium.ts';
import { expectAccessible } from './people.ts';
import { useSite } from './site.ts';

const fixture = (name: string): string => join(root, 'test/fixtures/demo', name);
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const room = (page: Page, name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });

async function signUp(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('A name for this browser').fill(name);
  await page.getByRole('button', { name: 'Make a key and sign in' }).click();
}

describeBrowser('the web application', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Visitor;
  let conversationUrl = '';

  beforeAll(async () => {
    ({ server, browser } = await startSite());
    // What it keeps is in charge of all that follows.
    alice = await visitor(browser, server.url, { serviceWorkers: 'allow' });
    // Progress is gone as soon as it is complete, so the page notes down every bar it ever shows.
    await alice.page.addInitScript(`
      window.progressSeen = [];
      new MutationObserver(() => {
        for (const bar of document.querySelectorAll('progress')) {
          const name = bar.getAttribute('aria-label');
          if (!window.progressSeen.includes(name)) window.progressSeen.push(name);
        }
      }).observe(document, { childList: true, subtree: true });
    `);
  }, 120_000);

  afterEach(async ({ task }) => {
    const { page, offences } = alice;
    // What the page said when a step failed is the first thing one wants to know.
    if (task.result?.state === 'fail') console.error(page.url(), await page.locator('main').innerText());
    expect(offences).toEqual([]);
  });

  it('makes a key that cannot be read out, and signs in with it', async () => {
    const { page } = alice;
    await page.goto(server.url);
    await heading(page, 'Your memory of every AI').waitFor();
    await page.getByText('no password to reset').waitFor();
    await expectAccessible(page);
    await signUp(page, server.url, 'Alice at home');
    await heading(page, 'One more way in').waitFor();
    await page.getByRole('link', { name: 'Not now' }).click();
    await heading(page, 'Home').waitFor();
    await page.getByText('Nothing here yet').waitFor();
    await expectAccessible(page);
    const extractable = await page.evaluate(`new Promise((resolve, reject) => {
      const opening = indexedDB.open('vivim');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const all = opening.result.transaction('identities').objectStore('identities').getAll();
        all.onsuccess = () => resolve(all.result.map((identity) => identity.privateKey.extractable));
      };
    })`);
    expect(extractable).toEqual([false]);
    const [cookie] = await alice.context.cookies(server.url);
    expect(cookie).toMatchObject({ name: '__Host-sid', httpOnly: true, secure: true, sameSite: 'Strict' });
  });

  it('imports a file chosen by keyboard and shows its progress to the end', async () => {
    const { page } = alice;
    await room(page, 'Import').click();
    await heading(page, 'Import').waitFor();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).focus();
    await page.keyboard.press('Enter');
    await (await chooser).setFiles([fixture('alice-chatgpt.json'), fixture('alice-claude.json')]);
    for (const file of ['alice-chatgpt.json', 'alice-claude.json']) {
      const card = page.getByRole('article').filter({ has: page.getByRole('link', { name: `Report of ${file}` }) });
      await card.getByText('done', { exact: true }).waitFor();
    }
    expect(await page.evaluate('window.progressSeen')).toContain('Progress of alice-chatgpt.json');
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Report of alice-chatgpt.json' }).click();
    await heading(page, 'alice-chatgpt.json').waitFor();
    const counts = page.getByRole('row', { name: /^Conversations/ });
    expect(await counts.getByRole('cell').first().textContent()).toBe('15');
    await expectAccessible(page);
  });

  it('goes on by asking when live updates break, and says that a file came in before', async () => {
    const { page } = alice;
    await page.route('**/v1/events', (route) => route.abort());
    await room(page, 'Import').click();
    await page.locator('input[type=file]').first().setInputFiles(fixture('alice-claude.json'));
    const card = page.getByRole('article').filter({ hasText: 'You had imported the very same file before.' });
    await card.getByText('done', { exact: true }).waitFor();
    await card.getByText('4 unchanged').waitFor();
    await page.unroute('**/v1/events');
  });

  it('explains a dropped file it cannot read', async () => {
    const { page } = alice;
    await room(page, 'Import').click();
    const dropped = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['Only some words.'], 'notes.txt', { type: 'text/plain' }));
      return transfer;
    })()`);
    await page
      .getByRole('region', { name: 'Drop an export or a folder here' })
      .dispatchEvent('drop', { dataTransfer: dropped });
    const card = page.getByRole('article').filter({ hasText: 'notes.txt' });
    await card
      .getByText(/^(failed|Not uploaded)$/)
      .first()
      .waitFor();
    // What was sent stands there until the list knows it.
    await expect.poll(() => card.count()).toBe(1);
    expect(await card.innerText()).toMatch(/export/i);
    await expectAccessible(page);
  });

  it('finds as one types, and leads to the message', async () => {
    const { page } = alice;
    await room(page, 'Search').click();
    await page.getByLabel('What are you looking for?').pressSequentially('celadon cone 6');
    const first = page.getByRole('article').first();
    await first.locator('mark').first().waitFor();
    await page.waitForURL(/q=celadon/);
    await expectAccessible(page);
    await first.getByRole('link').first().click();
    await page.waitForURL(/\/conversations\/c_.*message=m_/);
    await page.locator('article.wanted').waitFor();
    await expectAccessible(page);
  });

  it('reads a conversation and steps between the versions of an answer', async () => {
    const { page } = alice;
    await room(page, 'Conversations').click();
    await heading(page, 'Conversations').waitFor();
    // Only what is near the window stands in the page.
    await page.getByLabel('Order').selectOption('title');
    await page.getByRole('link', { name: 'Firing schedule for the blue bowls' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Firing schedule for the blue bowls' }).click();
    await heading(page, 'Firing schedule for the blue bowls').waitFor();
    conversationUrl = page.url();
    const active = 'Leave 4 cm more between the bottom shelf';
    const other = 'Lengthen the hold at the top';
    await page.keyboard.press('End');
    await page.getByText(active).waitFor();
    await page.getByText('Version 2 of 2').waitFor();
    await page.getByRole('button', { name: 'Previous version' }).click();
    await page.getByText(other).waitFor();
    expect(await page.getByText(active).count()).toBe(0);
    await page.getByRole('button', { name: 'Next version' }).click();
    await page.getByText(active).waitFor();
    await expectAccessible(page);
  });

  it('compiles a context within its budget, cites it and copies it', async () => {
    const { page } = alice;
    await room(page, 'Context').click();
    await page.getByLabel('The message the context is for').fill('How do I fire the blue celadon bowls?');
    await page.getByLabel('Budget in tokens').fill('2000');
    await page.getByRole('button', { name: 'Compile' }).click();
    await page.getByRole('heading', { name: 'Bundle' }).waitFor();
    const used = await page.locator('.bundle-head b').innerText();
    const [tokens = 0, budget = 0] = [...used.matchAll(/[\d,]+/g)].map(([figure]) =>
      Number(figure.replaceAll(',', '')),
    );
    expect(budget).toBe(2_000);
    expect(tokens).toBeGreaterThan(0);
    expect(tokens).toBeLessThanOrEqual(budget);
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Copy the bundle' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    await page.getByRole('tab', { name: 'Text' }).click();
    expect(copied).toBe(await page.getByRole('region', { name: 'Text', exact: true }).locator('pre').textContent());
    expect(copied).toMatch(/celadon/i);

    // A memory stands among the sources too, and leads to itself.
    await page.getByRole('tab', { name: /^Lines/ }).click();
    await page.locator('.lines-main a[href^="/conversations/"]').first().click();
    await page.waitForURL(/\/conversations\/c_.*message=m_/);
    await page.locator('article.wanted').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Bundle' }).waitFor();
  });

  it('shows topics and people with the messages they stand on', async () => {
    const { page } = alice;
    for (const [name, path] of [
      ['Topics', 'topics'],
      ['People & things', 'entities'],
    ] as const) {
      await room(page, name).click();
      await heading(page, name).waitFor();
      await page.locator('.subject-name a').first().waitFor();
      await expectAccessible(page);
      await page.locator('.subject-name a').first().click();
      await page.waitForURL(new RegExp(`/${path}/`));
      await page.locator('.claims .evidence').first().waitFor();
      await expectAccessible(page);
    }
    await page.locator('.claims .evidence').first().click();
    await page.locator('article.wanted').waitFor();
  });

  it('shows nobody else a word of it', async () => {
    const bob = await visitor(browser, server.url, { colorScheme: 'dark', viewport: { width: 390, height: 844 } });
    const { page } = bob;
    await signUp(page, conversationUrl, 'Bob');
    // What is said above every page comes beside it, and not always before.
    const shown = async () => {
      await heading(page, 'Not found').waitFor();
      await page.getByText('Only this browser can open your account').waitFor();
    };
    await shown();
    const foreign = await page.locator('main').innerText();
    await page.goto(`${server.url}/conversations/c_${'a'.repeat(32)}`);
    await shown();
    expect(await page.locator('main').innerText()).toBe(foreign);
    expect(foreign).toContain('There is nothing at this address.');
    await expectAccessible(page);

    await page.goto(`${server.url}/search?q=celadon`);
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    await page.goto(`${server.url}/conversations`);
    await page.getByText('No conversations yet').waitFor();
    await page.getByRole('button', { name: 'Menu' }).click();
    await expectAccessible(page);
    expect(bob.offences).toEqual([]);
    await bob.context.close();
  });

  it('signs out, keeps the key, and signs in again', async () => {
    const { page, context } = alice;
    await room(page, 'You').click();
    await page.getByText('did:key:z6Mk').first().waitFor();
    await expectAccessible(page);
    const before = await context.cookies(server.url);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Sign in').waitFor();
    await expectAccessible(page);
    await context.addCookies(before);
    await page.reload();
    await heading(page, 'Sign in').waitFor();
    await page.getByRole('button', { name: 'Sign in as Alice at home' }).click();
    await heading(page, 'You').waitFor();
    await room(page, 'Conversations').click();
    await page.getByLabel('Order').selectOption('title');
    await page.getByText('Firing schedule for the blue bowls').waitFor();
  });

  it('erases a conversation after showing what would go, and shows nothing of it from then on', async () => {
    const { page } = alice;
    await page.goto(conversationUrl);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const title = await page.getByRole('heading', { level: 1 }).innerText();
    await page.getByRole('button', { name: 'More on this conversation' }).click();
    await page.getByRole('menuitem', { name: 'Erase this conversation' }).click();
    await page.getByText(/messages? and .* units? would go/).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await heading(page, 'Conversations').waitFor();
    await page.getByRole('link').first().waitFor();
    await expect.poll(() => page.locator('main').innerText()).not.toContain(title);
    await page.goto(conversationUrl);
    await heading(page, 'Not found').waitFor();
  });
});
