/**
 * No page waits on more than one round trip: all that it asks for goes out before the first answer is there. Every answer is held
 * until nothing more is asked; then all are let through, and whatever is asked after that is never answered.
 */
import type { Page, Request, Route } from 'playwright-core';
import { beforeAll, expect, it, vi } from 'vitest';
import { describeBrowser } from './chromium.ts';
import { bringInDemo, expectNoOffences, newcomer, type Person, twoPeople } from './people.ts';
import { type Site, useSite } from './site.ts';

/** A page asks for nothing more when it has been silent for so long. Milliseconds. */
const silenceMs = 400;

/** What a page may move of what already stood there, when its answers come: the measure of browsers (Layout Instability). */
const mostShift = 0.1;
const watchShifts = `
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      window.shifts.push({ value, of: sources.map(({ node }) => node?.className || node?.nodeName) });
  }).observe({ type: 'layout-shift', buffered: true });
`;

interface Place {
  readonly path: string;
  /** Where its own id is to be found: the first link of a list that leads to it. */
  readonly from?: string;
  /** Text of its content, that only an answer brings. */
  readonly shows: string | RegExp;
}

const places: readonly Place[] = [
  { path: '/', shows: 'messages in the last year' },
  { path: '/import', shows: 'alice-chatgpt.json' },
  { path: '/imports/', from: '/import', shows: 'Deposit calculation in Python' },
  { path: '/import/conflicts', shows: 'Your exports agree with each other' },
  { path: '/conversations', shows: 'Deposit calculation in Python' },
  { path: '/conversations/', from: '/conversations', shows: 'I have to give a speech' },
  { path: '/search?q=celadon', shows: /celadon/i },
  { path: '/topics', shows: 'Crawling glaze' },
  { path: '/topics/', from: '/topics', shows: 'I have to give a speech' },
  { path: '/entities', shows: 'Inês' },
  { path: '/entities/', from: '/entities', shows: 'is getting married in Sintra' },
  { path: '/graph', shows: '30 items, 34 connections' },
  { path: '/memories', shows: /Use metric units/ },
  { path: '/context', shows: 'A little of everything, shared by need' },
  { path: '/context/recipes', shows: 'A little of everything, shared by need' },
  { path: '/context/kept', shows: 'Nothing is pinned' },
  { path: '/context/records', shows: 'Which glaze did I decide on?' },
  { path: '/context/records/', from: '/context/records', shows: 'Quotes from this person' },
  { path: '/secrets', shows: 'None were found' },
  { path: '/identity', shows: /did:key/ },
  { path: '/identity/access', shows: '1 device' },
  { path: '/identity/devices', shows: 'Laptop' },
  { path: '/identity/sessions', shows: 'Laptop' },
  { path: '/identity/tokens', shows: 'No tokens.' },
  { path: '/identity/connections', shows: 'No application yet' },
  { path: '/identity/space', shows: 'conversations' },
  { path: '/identity/take-along', shows: 'There is none of your space yet.' },
  { path: '/identity/erase', shows: 'Everything of a source, or of a time' },
  { path: '/identity/history', shows: 'A device was renamed.' },
  { path: '/identity/account', shows: 'You need a recovery key first' },
];

/** What the pages ask for, but for the news. */
const asks = /\/v1\/(?!events)/;

describeBrowser('a page that is opened by its address', () => {
  const start = useSite();
  expectNoOffences(() => [alice, bob]);
  let site: Site;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    site = await start();
    [alice, bob] = await twoPeople(site, ['Laptop', 'Phone']);
    await alice.page.addInitScript(watchShifts);
    await bringInDemo(alice);
  });

  it.each(places)('$path', async ({ path, from, shows }) => {
    const { page, url } = alice;
    let address = path;
    if (from !== undefined) {
      await page.goto(`${url}${from}`);
      address = (await page.locator(`main a[href^="${path}"]`).first().getAttribute('href')) ?? '';
    }
    await page.goto('about:blank');
    const trip = await firstTrip(page, `${url}${address}`);
    try {
      expect(trip.asked).toContain('/v1/me');
      await page.locator('main').getByText(shows).first().waitFor({ timeout: 5_000 });
      await expect.poll(() => page.locator('main .skeleton').count()).toBe(0);
      const shifts = await page.evaluate<{ value: number }[]>('window.shifts');
      expect(
        shifts.reduce((sum, { value }) => sum + value, 0),
        JSON.stringify(shifts),
      ).toBeLessThanOrEqual(mostShift);
    } finally {
      await trip.end();
    }
  });

  it('asks nothing but who is there where nobody was signed in', async () => {
    const guest = await newcomer(site.browser, alice.url);
    const asked = askedBy(guest.page);
    await guest.open('/conversations', 'Sign in');
    expect(asked).toEqual(['/v1/me']);
    expect(guest.offences).toEqual([]);
  });

  it('shows nothing where the session is over, and asks for nothing the next time', async () => {
    const { page, open } = bob;
    await open('/conversations', 'Conversations');
    await page.context().clearCookies();
    await open('/conversations', 'Sign in');
    expect(await page.getByRole('navigation').count()).toBe(0);
    const asked = askedBy(page);
    await open('/conversations', 'Sign in');
    expect(asked).toEqual(['/v1/me']);
  });
});

/** What a page asks for from now on. */
function askedBy(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (asks.test(request.url())) asked.push(new URL(request.url()).pathname);
  });
  return asked;
}

/** Opens a page and answers what it asks for before any answer is there. */
async function firstTrip(page: Page, address: string) {
  const held: Route[] = [];
  /** Scripts and styles on their way: on a busy machine they take longer than a silence. */
  const files = new Set<Request>();
  let last = Date.now();
  let open = true;
  const hold = (route: Route): void => {
    last = Date.now();
    if (open) held.push(route);
  };
  const began = (request: Request): void => {
    if (!request.url().includes('/v1/')) files.add(request);
  };
  const ended = (request: Request): void => {
    if (files.delete(request)) last = Date.now();
  };
  page.on('request', began).on('requestfinished', ended).on('requestfailed', ended);
  // News come one by one over a connection of their own, which nothing waits for.
  await page.route(asks, hold);
  await page.goto(address);
  await vi.waitFor(
    async () => {
      await page.evaluate('new Promise((done) => requestIdleCallback(done))');
      expect(held.length > 0 && files.size === 0 && Date.now() - last > silenceMs).toBe(true);
    },
    { timeout: 20_000 },
  );
  open = false;
  page.off('request', began).off('requestfinished', ended).off('requestfailed', ended);
  const asked = held.map(pathOf);
  await Promise.all(held.map((route) => route.continue()));
  return { asked, end: () => page.unroute(asks, hold) };
}

const pathOf = (route: Route): string => new URL(route.request().url()).pathname;
