/**
 * A picture of every page for the docs: light, dark and on a phone, of a made-up person's life (test/fixtures/demo).
 * Writes docs/screens; fails where a page is not there, or the pictures together grow over their bound.
 */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, it, vi } from 'vitest';
import { root } from '../architecture/source-files.ts';
import { describeBrowser } from '../browser/chromium.ts';
import { bringIn, button, heading, makeOperator, newcomer, type Person, signUp, writeDown } from '../browser/people.ts';
import { useSite } from '../browser/site.ts';

const directory = join(root, 'docs/screens');
const boundBytes = 4_000_000;
const restMs = 1_500;
const question = 'Chef Rui asks which glaze is on the blue bowls and how they are fired. What do I tell him?';

interface Place {
  readonly name: string;
  readonly title: string | RegExp;
  /** A path, or a page to begin at and the first link there that leads on to where `to` matches. */
  readonly path: string;
  readonly to?: RegExp;
  readonly act?: (page: Page) => Promise<void>;
  /** Seen by somebody who has no identity here yet. */
  readonly guest?: true;
}

const compile = async (page: Page): Promise<void> => {
  await page.getByLabel('The message the context is for').fill(question);
  await page.getByRole('button', { name: 'Compile', exact: true }).click();
  await page.getByRole('tab', { name: /^Lines \d/ }).waitFor({ timeout: 120_000 });
};

const makeKey = async (page: Page): Promise<void> => {
  await page.getByLabel('A name for this browser').fill('Desk at home');
  await page.getByRole('button', { name: 'Make a key and sign in' }).click();
};

const places: readonly Place[] = [
  { name: 'home', path: '/', title: 'Home' },
  { name: 'import', path: '/import', title: 'Import' },
  { name: 'import-report', path: '/import', to: /^\/imports\//, title: /./ },
  { name: 'import-conflicts', path: '/import/conflicts', title: /./ },
  { name: 'secrets', path: '/secrets', title: /./ },
  { name: 'conversations', path: '/conversations', title: 'Conversations' },
  { name: 'conversation', path: '/conversations', to: /^\/conversations\/./, title: /./ },
  { name: 'search', path: '/search?q=celadon%20glaze', title: 'Search' },
  { name: 'topics', path: '/topics', title: 'Topics' },
  { name: 'topic', path: '/topics', to: /^\/topics\/./, title: /./ },
  { name: 'people', path: '/entities', title: /./ },
  { name: 'person', path: '/entities', to: /^\/entities\/./, title: /./ },
  { name: 'graph', path: '/graph', title: /./ },
  { name: 'memories', path: '/memories', title: 'Memories' },
  { name: 'context', path: '/context', title: /./, act: compile },
  { name: 'context-recipes', path: '/context/recipes', title: 'Recipes' },
  { name: 'context-kept', path: '/context/kept', title: /./ },
  { name: 'context-records', path: '/context/records', title: 'Records' },
  { name: 'context-record', path: '/context/records', to: /^\/context\/records\/./, title: /./ },
  { name: 'connections', path: '/identity/connections', title: /./ },
  { name: 'connections-proxy', path: '/identity/connections?view=proxy', title: /./ },
  { name: 'connections-models', path: '/identity/connections?view=models', title: /./ },
  { name: 'you', path: '/identity', title: 'You' },
  { name: 'access', path: '/identity/access', title: /./ },
  { name: 'devices', path: '/identity/devices', title: 'Devices' },
  { name: 'sessions', path: '/identity/sessions', title: 'Sessions' },
  { name: 'tokens', path: '/identity/tokens', title: 'Tokens' },
  { name: 'space', path: '/identity/space', title: 'Space' },
  { name: 'take-along', path: '/identity/take-along', title: 'Take along' },
  { name: 'erase', path: '/identity/erase', title: 'Erase' },
  { name: 'history', path: '/identity/history', title: 'History' },
  { name: 'account', path: '/identity/account', title: /./ },
  { name: 'operator', path: '/operator', title: 'Operator' },
  { name: 'api', path: '/docs', title: /./ },
  { name: 'sign-in', path: '/', title: /^Your memory/, guest: true },
  { name: 'join', path: '/join', title: 'Add this browser', guest: true },
  { name: 'recover', path: '/recover', title: 'Get back in', guest: true },
  { name: 'welcome', path: '/', title: 'One more way in', guest: true, act: makeKey },
];

describeBrowser('screens', () => {
  const startSite = useSite();
  let browser: Browser;
  let alice: Person;
  let guest: Person;

  beforeAll(async () => {
    const site = await startSite();
    browser = site.browser;
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    [alice, guest] = [await newcomer(browser, site.server.url), await newcomer(browser, site.server.url)];
    await signUp(alice, 'Desk at home');
    await button(alice.page, 'Choose this: A recovery key on paper').click();
    await writeDown(alice.page);
    await heading(alice.page, 'Two ways in').waitFor();
    for (const file of ['alice-chatgpt.json', 'alice-claude.json'])
      await bringIn(alice, join(root, 'test/fixtures/demo', file));
    await makeOperator(alice, site.server.dataDir);
    // Everything that is read out of it is there.
    await vi.waitFor(
      async () =>
        expect(
          await alice.page.evaluate<number>(`fetch('/v1/space').then((answer) => answer.json()).then(({ pending }) =>
            pending.imports + pending.rollup + pending.memories + pending.embedding)`),
        ).toBe(0),
      { timeout: 240_000, interval: 1_000 },
    );
  });

  const take = async (page: Page, name: string): Promise<void> => {
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 55 });
    await session.detach();
    writeFileSync(join(directory, `${name}.webp`), Buffer.from(data, 'base64'));
  };

  const settled = async (page: Page): Promise<void> => {
    await page.locator('.skeleton, .loading').first().waitFor({ state: 'detached' });
    await page.evaluate('document.fonts.ready.then(() => document.activeElement?.blur())');
    // What is asked for beside the page itself, and a map that finds its places.
    await page.waitForTimeout(restMs);
  };

  it.each(places)('$name', async ({ name, path, to, title, act, guest: asGuest }) => {
    const { page, url, offences } = asGuest ? guest : alice;
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1200, height: 860 });
    await page.goto(`${url}${path}`);
    await page.locator('h1').waitFor();
    await settled(page);
    if (to !== undefined) {
      const links = page.locator('main a[href]');
      await expect
        .poll(async () =>
          (await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))).some((href) =>
            to.test(href),
          ),
        )
        .toBe(true);
      const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      await page.goto(`${url}${hrefs.find((href) => to.test(href)) ?? ''}`);
    }
    if (act === makeKey) await act(page);
    await heading(page, title).waitFor();
    if (act !== makeKey) await act?.(page);
    await settled(page);
    await take(page, `${name}-light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    await take(page, `${name}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    // A map begins below what a phone shows of the page: without it there would be nothing to see.
    if (name === 'graph') await page.evaluate("document.querySelector('.graph-tools').scrollIntoView()");
    await settled(page);
    await take(page, `${name}-phone`);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    expect(offences).toEqual([]);
  });

  it('they are small together', () => {
    const bytes = readdirSync(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(boundBytes);
  });
});
