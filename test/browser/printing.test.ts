/**
 * A conversation on paper: all of it, however little of it stands in the page while one reads; what a browser prints by itself says how
 * much that is. Bob prints his own.
 */
import type { Browser, Page, Route } from 'playwright-core';
import { beforeAll, expect, it, vi } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { longConversation } from '../kit/long-reading.ts';
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
  twoPeople,
} from './people.ts';
import { useSite } from './site.ts';

const length = 400;
const exported = (...conversations: object[]) => jsonFile('conversations.json', JSON.stringify(conversations));
const messages = (page: Page) => page.locator('article.message');
/** The dialog of the browser, which nobody sees here: that it was asked for, and what would be on paper. */
const watchPrinter = `window.asked = [];
  window.print = () => window.asked.push({
    messages: document.querySelectorAll('article.message').length,
    coming: document.querySelectorAll('article.message[aria-busy="true"]').length,
    dialogs: document.querySelectorAll('[role="dialog"]').length,
  });`;
const asked = (page: Page) => page.evaluate<object[]>('window.asked');
const tell = (page: Page, event: string) => page.evaluate(`window.dispatchEvent(new Event('${event}'))`);

describeBrowser('a conversation on paper', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  expectNoOffences(() => [alice, bob].filter((person) => person !== undefined));

  async function read({ page, load }: Person, title: string): Promise<void> {
    await load('/conversations', 'Conversations');
    await page.getByRole('link', { name: title }).click();
    await heading(page, title).waitFor();
    await messages(page).first().waitFor();
  }
  const fromTheMenu = async (page: Page): Promise<void> => {
    await button(page, 'More on this conversation').click();
    await page.getByRole('menuitem', { name: 'Print' }).click();
  };

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await twoPeople({ browser, server });
    await bringIn(alice, exported(longConversation('kiln', 'Kiln log', length)));
    await bringIn(bob, exported(dialogue('boat', 'The boat', ['Where does the boat lie?', 'In Faro.'])));
    for (const { page } of [alice, bob]) await page.addInitScript(watchPrinter);
  }, 120_000);

  it('is all of it, in order, and one goes on reading where one was', async () => {
    const { page } = alice;
    await read(alice, 'Kiln log');
    expect(await messages(page).count()).toBeLessThan(40);
    for (let times = 0; times < 6; times++) await page.keyboard.press('PageDown');
    const place = () => page.evaluate<number>('window.scrollY');
    // A page goes on scrolling for a moment, and a message that comes may be taller than it was guessed.
    let before = -1;
    await expect
      .poll(
        async () => {
          const [was, coming] = [before, await page.locator('article.message[aria-busy="true"]').count()];
          before = await place();
          return coming + Math.abs(before - was);
        },
        { interval: 300 },
      )
      .toBe(0);
    expect(before).toBeGreaterThan(1_000);
    await page.keyboard.press('Control+p');
    await expect.poll(() => asked(page), { timeout: 60_000 }).toEqual([{ messages: length, coming: 0, dialogs: 0 }]);
    const texts = await messages(page).allInnerTexts();
    for (const [place, text] of texts.entries())
      expect(text).toContain(place % 2 === 0 ? `Question ${place} about firing` : `Answer ${place}.`);
    await page.emulateMedia({ media: 'print' });
    expect(
      await page.locator('.message-tools, .head-tools, .reading-outline, .side').filter({ visible: true }).count(),
    ).toBe(0);
    expect(await page.getByText('is laid out to be printed').isVisible()).toBe(false);
    await page.emulateMedia({ media: null });
    await tell(page, 'afterprint');
    await expect.poll(() => messages(page).count()).toBeLessThan(40);
    await expect.poll(async () => Math.abs((await place()) - before)).toBeLessThan(4);
  });

  it('from the menu, too: it says how far it has come, and can be stopped', async () => {
    const { page } = alice;
    await read(alice, 'Kiln log');
    const held: Route[] = [];
    const hold = (route: Route): void => void held.push(route);
    const some = '**/v1/conversations/*/messages?*ids=*';
    await page.route(some, hold);
    await fromTheMenu(page);
    const dialog = page.getByRole('dialog', { name: 'Getting ready to print' });
    await dialog.getByText(/^\d+ of 400 messages$/).waitFor();
    await expectAccessible(page);
    await shot(alice, 'printing');
    await button(page, 'Stop').click();
    await dialog.waitFor({ state: 'detached' });
    await page.unroute(some, hold);
    await Promise.all(held.map((route) => route.abort().catch(() => {})));
    expect(await asked(page)).toEqual([]);
    await fromTheMenu(page);
    await expect.poll(() => asked(page), { timeout: 60_000 }).toEqual([{ messages: length, coming: 0, dialogs: 0 }]);
    await button(page, 'Back to reading').click();
    await expect.poll(() => messages(page).count()).toBeLessThan(40);
  });

  it('that could not be fetched is not printed as if it were whole', async () => {
    const { page } = alice;
    await read(alice, 'Kiln log');
    await page.route('**/v1/conversations/*/messages?*ids=*', (route) => route.abort());
    await fromTheMenu(page);
    await page.locator('.toast-text').filter({ hasText: 'The server cannot be reached.' }).waitFor();
    expect(await asked(page)).toEqual([]);
    await page.unrouteAll();
  });

  it('printed by the browser itself says how much of it has come', async () => {
    const { page } = alice;
    await page.route('**/v1/conversations/*/messages?*ids=*', () => {});
    await read(alice, 'Kiln log');
    await page.emulateMedia({ media: 'print' });
    await tell(page, 'beforeprint');
    await page.getByText(/^Printed as far as it had come: \d+ of 400 messages\./).waitFor();
    expect(await messages(page).count()).toBe(length);
    await tell(page, 'afterprint');
    await page.getByText(/^Printed as far/).waitFor({ state: 'detached' });
    await page.emulateMedia({ media: null });
    await page.unrouteAll();
    expect(await asked(page)).toEqual([]);
  });

  it('of two messages is printed without asking for anything, and another’s is not found', async () => {
    const { page } = bob;
    await read(bob, 'The boat');
    await fromTheMenu(page);
    await expect.poll(() => asked(page)).toEqual([{ messages: 2, coming: 0, dialogs: 0 }]);
    await vi.waitFor(async () => expect(await page.getByText('is laid out to be printed').count()).toBe(1));
    await tell(page, 'afterprint');
    await page.getByText('is laid out to be printed').waitFor({ state: 'detached' });
    const address = new URL(alice.page.url()).pathname;
    await page.goto(`${server.url}${address}`);
    await heading(page, 'Not found').waitFor();
  });

  it('has more than one sheet', async () => {
    const { page } = alice;
    await read(alice, 'Kiln log');
    const sheets = async () =>
      (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    await fromTheMenu(page);
    await expect.poll(async () => (await asked(page)).length, { timeout: 60_000 }).toBe(1);
    // A message a line is forty to a sheet at most.
    expect(await sheets()).toBeGreaterThan(length / 40);
  });
});
