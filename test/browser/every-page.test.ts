/**
 * Every page as it looks to somebody who has brought something in: at a desk in the dark. What is tried on all pages from right to left
 * and on a phone stands in languages.test.ts; what opening one by its address asks for, in one-trip.test.ts; what each page does, in a file
 * of its own. No page is missing from the list.
 */
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import { addressOf, goWithin, otherPages, ownPages, routedPaths, settledPage } from './pages.ts';
import {
  bringInDemo,
  expectAccessible,
  expectNoOffences,
  heading,
  makeOperator,
  newcomer,
  type Person,
  settleIn,
  shot,
} from './people.ts';
import { useSite } from './site.ts';

describe('the list of pages', () => {
  it('has every path of the router, and no other', () => {
    const listed = new Set([...ownPages.map(({ path }) => path), ...otherPages]);
    expect([...listed].toSorted()).toEqual([...new Set(routedPaths())].toSorted());
  });
});

describeBrowser('every page in the dark, at a desk', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite());
    const dark = { colorScheme: 'dark', viewport: { width: 1_280, height: 900 } } as const;
    // The worker is in charge of what each page is made of.
    alice = await newcomer(browser, server.url, { ...dark, serviceWorkers: 'allow' });
    bob = await newcomer(browser, server.url, dark);
    await settleIn(alice, 'Laptop');
    await settleIn(bob, 'Desk');
    await bringInDemo(alice);
    await makeOperator(alice, server.dataDir);
  }, 180_000);
  expectNoOffences(() => [alice, bob]);

  const nameOf = (path: string) => path.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '') || 'home';
  const fits = async (person: Person, name: string) => {
    await settledPage(person.page);
    await expectAccessible(person.page);
    expect(await person.page.evaluate('document.documentElement.scrollWidth > innerWidth'), 'scrolls sideways').toBe(
      false,
    );
    await shot(person, `dark-${name}`);
  };

  it.each(ownPages)('$path, $asked', async (address) => {
    const { page, url } = alice;
    await goWithin(page, await addressOf(page, url, address));
    await fits(alice, nameOf(address.asked ?? address.path));
  });

  it.each(
    ownPages.filter(({ from, path, operator }) => from === undefined && operator === undefined && path !== '/docs'),
  )('$path $asked of somebody who has nothing yet, who is taught and shown nobody else’s', async ({ path, asked }) => {
    const { page, url } = bob;
    await goWithin(page, `${url}${asked ?? path}`);
    await settledPage(page);
    expect(await page.locator('main').innerText()).not.toMatch(/celadon|Inês|Sintra/i);
    await shot(bob, `empty-${nameOf(asked ?? path)}`);
  });

  it.each([
    ['/', 'Your memory of every AI you have talked to'],
    ['/join', 'Add this browser'],
    ['/recover', 'Get back in'],
  ])('%s, for a guest', async (path, title) => {
    const guest = await newcomer(browser, server.url, { colorScheme: 'dark' });
    await guest.page.goto(`${server.url}${path}`);
    await heading(guest.page, title).waitFor();
    await fits(guest, `guest-${nameOf(path)}`);
    expect(guest.offences).toEqual([]);
    await guest.context.close();
  });
});
