/** What was last seen is read while the server is gone, by whoever saw it in their own browser, and by nobody else. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import {
  bringIn,
  button,
  expectAccessible,
  heading,
  newcomer,
  type Person,
  resting,
  settleIn,
  shot,
  signUp,
  toast,
} from './people.ts';
import { useSite } from './site.ts';

const notes = {
  name: 'notes.md',
  mimeType: 'text/markdown',
  buffer: Buffer.from('# Glazes\n\n**User:** I want celadon for the blue bowls.\n\n**Assistant:** Then take ash.\n'),
};

const recipe = {
  name: 'recipe.md',
  mimeType: 'text/markdown',
  buffer: Buffer.from('# Firing\n\n**User:** Is raku fired quickly?\n\n**Assistant:** Yes, and cooled in sawdust.\n'),
};

const installed = (page: Page): Promise<unknown> => page.evaluate(`navigator.serviceWorker.ready.then(() => true)`);

describeBrowser('an installed application without its server', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let conversation = '';

  const withoutNetwork = async (context: BrowserContext, act: () => Promise<void>): Promise<void> => {
    await context.setOffline(true);
    try {
      await act();
    } finally {
      await context.setOffline(false);
    }
  };

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    alice = await newcomer(browser, server.url, { serviceWorkers: 'allow' });
    bob = await newcomer(browser, server.url, { serviceWorkers: 'allow' });
    await settleIn(alice, 'Alice at home');
    await settleIn(bob, 'Bob at work');
  }, 120_000);

  it('keeps what is read', async () => {
    await bringIn(alice, notes);
    await alice.load('/conversations', 'Conversations');
    await alice.page.getByRole('link', { name: 'Glazes' }).click();
    await alice.page.locator('article').getByText('celadon for the blue bowls').waitFor();
    conversation = new URL(alice.page.url()).pathname;
    await expect.poll(() => resting(alice.page), { timeout: 20_000 }).toContain('celadon');
    // Its head is another answer.
    await expect.poll(() => resting(alice.page), { timeout: 20_000 }).toMatch(/"conversation","c_[a-z2-7]{32}"\]/);
    for (const { page } of [alice, bob]) await installed(page);
  });

  it('is asked about no request that carries something: the browser would keep it until the worker ends', async () => {
    const { page } = alice;
    await page.reload();
    await page.waitForFunction('navigator.serviceWorker.controller !== null');
    const routeOf = (method: string) =>
      page.evaluate<string>(`(async () => {
        const address = new URL('/v1/health?' + crypto.randomUUID(), location.href).href;
        const seen = new Promise((resolve) => new PerformanceObserver((list) => {
          for (const entry of list.getEntriesByName(address)) resolve(entry.workerMatchedSourceType);
        }).observe({ type: 'resource' }));
        await (await fetch(address, { method: '${method}' })).text();
        return seen;
      })()`);
    expect(await routeOf('GET')).toBe('');
    expect(await routeOf('POST')).toBe('network');
    expect(await routeOf('PATCH')).toBe('network');
  });

  it('shows what was seen, says as of when, and goes on when the server is back', async () => {
    const { page, context } = alice;
    await withoutNetwork(context, async () => {
      await page.reload();
      await page.locator('article').getByText('celadon for the blue bowls').waitFor();
      await page.getByText('The server is out of reach.').waitFor();
      await expectAccessible(page);
      await shot(alice, 'offline');
      await button(page, 'Try now').click();
      await page.getByText('The server is out of reach.').waitFor();
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Conversations' }).click();
      await page.getByRole('link', { name: 'Glazes' }).waitFor();
      // What is asked of the server alone does not seem to be on its way.
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Search' }).click();
      await page.getByRole('searchbox').fill('celadon');
      await page.getByText('This browser has not kept this.').waitFor();
      expect(await page.locator('.skeleton').count()).toBe(0);
    });
    // The browser says that its network is back, and the page asks by itself.
    await page.getByText('The server is out of reach.').waitFor({ state: 'detached' });
    await page.locator('.hit').getByText('for the blue bowls').waitFor();
  });

  it('keeps no secret and nothing of the account', async () => {
    const kept = JSON.parse(await resting(alice.page)) as { id: string; key?: readonly unknown[] }[];
    const words = new Set(kept.flatMap(({ key }) => (key === undefined ? [] : [String(key[0])])));
    for (const word of words)
      expect([
        'space',
        'conversations',
        'conversation',
        'message',
        'topics',
        'topic',
        'entities',
        'entity',
        'memories',
        'memory',
        'projects',
      ]).toContain(word);
    expect(words.size).toBeGreaterThan(1);
    const cached = await alice.page.evaluate<string[]>(`caches.keys().then((names) => Promise.all(names.map(
      (name) => caches.open(name).then((cache) => cache.keys())))).then((all) => all.flat().map(({ url }) => url))`);
    expect(cached.length).toBeGreaterThan(5);
    expect(cached.filter((url) => /\/v1\//.test(url))).toEqual([]);
  });

  it('shows the other person nothing of it', async () => {
    const { page, context } = bob;
    expect(await resting(page)).not.toContain('celadon');
    await withoutNetwork(context, async () => {
      await page.goto(`${server.url}${conversation}`);
      await page.getByText('The server is out of reach.').waitFor();
      expect(await page.locator('body').innerText()).not.toContain('celadon');
    });
  });

  it('does not keep what was erased, here or elsewhere', async () => {
    const { page } = alice;
    await bringIn(alice, recipe);
    await alice.load('/conversations', 'Conversations');
    await page.getByRole('link', { name: 'Firing' }).click();
    const articles = page.locator('article.message');
    await articles.nth(1).waitFor();
    const firing = new URL(page.url()).pathname;
    await expect.poll(() => resting(page), { timeout: 20_000 }).toContain('sawdust');
    await articles.nth(1).getByRole('button', { name: 'More on this message' }).click();
    await page.getByRole('menuitem', { name: 'Erase this message' }).click();
    await button(page, 'Erase for good').click();
    await expect.poll(() => articles.count()).toBe(1);
    await expect.poll(() => resting(page), { timeout: 20_000 }).not.toContain('sawdust');
    await expect.poll(() => resting(page), { timeout: 20_000 }).toContain('raku');
    // All that was read before is gone with it: nobody needs to know where else the words stood.
    expect(await resting(page)).not.toContain('celadon for the blue bowls');
    expect(await resting(page)).toContain('owner');
    // Nobody tells the pages of this one: they find it when they are opened next.
    const status = `fetch('/v1${firing}', { method: 'DELETE', headers: { 'idempotency-key': crypto.randomUUID() } })
      .then(({ status }) => status)`;
    expect(await page.evaluate<number>(status)).toBe(200);
    expect(await resting(page)).toContain('raku');
    await alice.load('/identity', 'You');
    await expect.poll(() => resting(page), { timeout: 20_000 }).not.toContain('raku');
    await alice.load('/conversations', 'Conversations');
    await expect.poll(() => resting(page), { timeout: 20_000 }).toContain('Glazes');
    expect(await resting(page)).not.toContain('Firing');
  });

  it('is gone with the session, also for who signs in next at the same browser', async () => {
    const { page, context } = alice;
    await alice.load('/identity', 'You');
    await button(page, 'Sign out').click();
    await heading(page, 'Sign in').waitFor();
    expect(await resting(page)).toBe('[]');
    await withoutNetwork(context, async () => {
      await page.goto(`${server.url}${conversation}`);
      await heading(page, 'Something went wrong').waitFor();
      expect(await page.locator('body').innerText()).not.toContain('celadon');
    });
    await page.goto(server.url);
    await signUp(alice, 'Carol on the same computer');
    await expect.poll(() => resting(page), { timeout: 20_000 }).toContain('owner');
    expect(await resting(page)).not.toContain('celadon');
  });

  it('is wiped where the session was ended elsewhere, as soon as the server is heard', async () => {
    const { page, context } = bob;
    await bob.load('/conversations', 'Conversations');
    await expect.poll(() => resting(page), { timeout: 20_000 }).toContain('conversations');
    await page.evaluate("localStorage.setItem('vivim:recent-searches:somebody', '[\"celadon\"]')");
    await context.clearCookies();
    await page.reload();
    await heading(page, 'Sign in').waitFor();
    expect(await resting(page)).toBe('[]');
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('celadon');
  });

  it('is wiped by signing out while the server is away, which says what stays open there', async () => {
    const { page, context } = alice;
    await page.evaluate("localStorage.setItem('vivim:recent-searches:somebody', '[\"celadon\"]')");
    await alice.load('/identity', 'You');
    await expect.poll(() => resting(page), { timeout: 20_000 }).toContain('owner');
    await withoutNetwork(context, async () => {
      await button(page, 'Sign out').click();
      await heading(page, 'Sign in').waitFor();
      await toast(page, 'the session is still open there').waitFor();
      expect(await resting(page)).toBe('[]');
      expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('celadon');
    });
  });
});
