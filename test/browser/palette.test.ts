/**
 * Topics and people by name in the palette, in a real Chromium: all of them and not only those a page has shown, none of what was typed
 * over, what is known while the server is gone; nobody else's.
 */
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import { bringInDemo, expectAccessible, newcomer, type Person, settleIn, shot } from './people.ts';
import { useSite } from './site.ts';

/** The lists of a page, which know the most important ones alone. */
const firstPages = /\/v1\/(topics|entities)\?limit=\d+$/;
const asked = /\/v1\/(topics|entities)\?q=/;

describeBrowser('names in the palette', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let topic = '';

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = [await newcomer(browser, server.url), await newcomer(browser, server.url)];
    await settleIn(alice, 'Laptop');
    await settleIn(bob, 'Desk');
    await bringInDemo(alice);
    topic = await alice.page.evaluate<string>(
      `fetch('/v1/topics?limit=1').then((answer) => answer.json()).then(({ items: [first] }) => first.label)`,
    );
  }, 180_000);

  const opened = async (page: Page) => {
    await page.keyboard.press('ControlOrMeta+K');
    const field = page.getByRole('dialog').getByRole('combobox');
    await field.waitFor();
    return field;
  };
  const option = (page: Page) => page.getByRole('option', { name: topic, exact: true });

  it('takes what is typed before its field is there, and no key of the page does', async () => {
    const { page } = bob;
    let letIn: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    await page.route(/\/assets\/palette-[^/]*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await bob.open('/', 'Home');
    await page.keyboard.press('ControlOrMeta+K');
    // `g`, `t` leads to the topics anywhere else.
    await page.keyboard.type('gtx');
    await page.keyboard.press('Backspace');
    letIn?.();
    const field = page.getByRole('dialog').getByRole('combobox');
    await field.waitFor();
    expect(await field.inputValue()).toBe('gt');
    await page.keyboard.type('!');
    expect(await field.inputValue()).toBe('gt!');
    expect(new URL(page.url()).pathname).toBe('/');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByRole('heading', { level: 1, name: 'Topics' }).waitFor();
    await page.unroute(/\/assets\/palette-[^/]*\.js$/);
  });

  it('finds one that is on no page yet, and nobody else’s', async () => {
    for (const person of [alice, bob]) {
      const { page } = person;
      await page.route(firstPages, (route) => route.fulfill({ json: { items: [], nextCursor: null } }));
      await person.open('/', 'Home');
      const answered = page.waitForResponse((response) => asked.test(response.url()) && response.ok());
      await (await opened(page)).fill(topic.slice(0, -1));
      await answered;
      await page.getByRole('option', { name: `Search for “${topic.slice(0, -1)}”` }).waitFor();
    }
    await option(alice.page).waitFor();
    await expectAccessible(alice.page);
    await shot(alice, 'palette-named');
    expect(await option(bob.page).count()).toBe(0);
    for (const { page } of [alice, bob]) {
      await page.keyboard.press('Escape');
      await page.unroute(firstPages);
    }
  });

  it('takes back what it asked for words that were typed over', async () => {
    const { page } = alice;
    await alice.open('/', 'Home');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holding = (url: URL): boolean => asked.test(url.href) && url.searchParams.get('q') === topic;
    const reached = page.waitForRequest((request) => holding(new URL(request.url())));
    const aborted = page.waitForEvent('requestfailed', (request) => holding(new URL(request.url())));
    await page.route(holding, async (route) => {
      await held;
      // The page asks no more: there is nobody to answer.
      await route.continue().catch(() => undefined);
    });
    const field = await opened(page);
    await field.fill(topic);
    await reached;
    await field.fill('zzzzzz');
    expect((await aborted).failure()?.errorText).toBe('net::ERR_ABORTED');
    release();
    await page.getByRole('option', { name: 'Search for “zzzzzz”', selected: true }).waitFor();
    expect(await option(page).count()).toBe(0);
    await page.unroute(holding);
    await page.keyboard.press('Escape');
  });

  it('offers what this browser knows while the server is gone', async () => {
    const { page, context } = alice;
    await page.goto(`${server.url}/topics`);
    await page.locator('main').getByRole('link', { name: topic }).first().waitFor();
    // The palette itself comes when it is first asked for; without a service worker only from the server.
    await opened(page);
    await page.keyboard.press('Escape');
    await context.setOffline(true);
    try {
      await (await opened(page)).fill(topic.slice(0, 4));
      await option(page).waitFor();
    } finally {
      await context.setOffline(false);
    }
  });
});
