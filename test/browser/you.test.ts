/**
 * The pages of one's space and the operator's page in a real Chromium: how large it is, taking it along, erasing a time of it, and
 * how the server does. Alice is an operator; Bob, on a phone in the dark, is not, and has a space of his own she sees nothing of.
 */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { root } from '../architecture/source-files.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { atTerminal } from '../kit/operator.ts';
import { describeBrowser } from './chromium.ts';
import {
  bringIn,
  button,
  expectAccessible,
  expectNoOffences,
  heading,
  makeOperator,
  type Person,
  shot,
  toast,
  twoPeople,
} from './people.ts';
import { useSite } from './site.ts';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`) / 1_000;
const years = {
  name: 'years.json',
  mimeType: 'application/json',
  buffer: Buffer.from(
    JSON.stringify([
      dialogue('old', 'The old boat', ['Where did the old boat lie?', 'In Porto.'], at('2022-05-01')),
      dialogue('new', 'The new boat', ['Where does the new boat lie?', 'In Faro.'], at('2024-05-01')),
    ]),
  ),
};

/** A page that closed is noticed by the server a moment later. */
const patience = { timeout: 20_000, interval: 500 };

describeBrowser('one’s space and the server in the browser', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite({ VIVIM_MODELS: 'off' }));
    [alice, bob] = await twoPeople({ browser, server }, ['Home computer', 'Phone']);
    await bringIn(alice, years);
    await bringIn(bob, join(root, 'test/fixtures/demo', 'bob-generic.json'));
  }, 120_000);

  expectNoOffences(() => [alice, bob]);

  const fits = async (person: Person, name: string) => {
    await person.page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await expectAccessible(person.page);
    const sideways = await person.page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(sideways, `${name} scrolls sideways`).toBe(false);
    await shot(person, `${name}-${person === bob ? 'phone-dark' : 'wide'}`);
  };

  it('shows what one’s space takes, what is in it, who can open it and what stands around it', async () => {
    for (const person of [alice, bob]) {
      await person.open('/identity', 'You');
      await person.page.getByText('A DID is a name made from a key of yours').waitFor();
      await fits(person, 'you');
      await person.open('/identity/space', 'Space');
      await person.page.getByRole('img', { name: 'Room taken' }).waitFor();
      await person.page.getByText('Today the server keeps a key of its own').waitFor();
      await person.page.getByText('Everything that came in has been read.').waitFor();
      await fits(person, 'space');
    }
    const tile = alice.page.locator('.tiles li', { hasText: 'Conversations' });
    expect(await tile.innerText()).toMatch(/^2\b/);
    expect(await bob.page.locator('.tiles li', { hasText: 'Conversations' }).innerText()).not.toMatch(/^2\b/);
  });

  it('takes it along and tells how much came, and stops when told to', async () => {
    for (const person of [alice, bob]) {
      await person.open('/identity/take-along', 'Take along');
      await person.page.getByText('There is none of your space yet.').waitFor();
      await fits(person, 'take-along');
    }
    const { page } = alice;
    const coming = page.waitForEvent('download');
    await button(page, 'Export everything').press('Enter');
    expect((await coming).suggestedFilename()).toMatch(/^vivim-\d{4}-\d\d-\d\d\.zip$/);
    await page.getByText(/^Saved vivim-.*\.zip, /).waitFor();
    // Held back until she has changed her mind.
    await page.route('**/v1/space/export**', () => {});
    await button(page, 'Export everything').click();
    await button(page, 'Stop').click();
    await button(page, 'Stop').waitFor({ state: 'detached' });
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.unroute('**/v1/space/export**');
  });

  it('shows the backups of one’s own space once there are some, and of nobody else’s', async () => {
    const id = await userIdOf(alice);
    expect((await atTerminal(server.dataDir, ['backup', 'run', '--user', id])).code).toBe(0);
    await alice.open('/identity/take-along', 'Take along');
    await alice.page.locator('tbody tr').waitFor();
    expect(await alice.page.locator('tbody tr').count()).toBe(1);
    await bob.open('/identity/take-along', 'Take along');
    await bob.page.getByText('There is none of your space yet.').waitFor();
  });

  it('erases a time after showing what would go, with a receipt, by keyboard; the neighbour keeps everything', async () => {
    const { page } = alice;
    for (const person of [alice, bob]) {
      await person.open('/identity/erase', 'Erase');
      await person.page.getByText('You have not erased anything yet.').waitFor();
      await fits(person, 'erase');
    }
    expect(await button(page, 'Show what would go').isDisabled()).toBe(true);
    await page.getByLabel('From').fill('2023-01-01');
    await page.getByLabel('Until').fill('2022-01-01');
    await page.getByText('The first day must be before the last.').waitFor();
    await page.getByLabel('From').fill('2021-01-01');
    await page.getByLabel('Until').press('Enter');
    await page.getByText('Nothing fits').waitFor();
    await page.getByLabel('Until').fill('2023-01-01');
    await page.getByLabel('Until').press('Enter');
    await page.getByRole('region', { name: 'This would go' }).waitFor();
    await fits(alice, 'erase-preview');
    await button(page, 'Erase 1 conversation').press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await button(page, 'Erase for good').press('Enter');
    await toast(page, 'Erased 1 conversation.').waitFor();
    await page.getByRole('listitem').filter({ hasText: '1 conversation' }).first().waitFor();
    await button(page, /^Let 1 conversation erased on/).click();
    await page.getByText('may come in again since').waitFor();
    await fits(alice, 'erase-receipts');
    await alice.open('/conversations', 'Conversations');
    await page.getByText('The new boat').first().waitFor();
    expect(await page.getByText('The old boat').count()).toBe(0);
    await bob.page.reload();
    await bob.page.getByText('You have not erased anything yet.').waitFor();
  });

  it('keeps the operator’s page from whoever is none, as a page that is not there', async () => {
    for (const person of [alice, bob]) {
      await person.page.goto(`${server.url}/operator`);
      await heading(person.page, 'Not found').waitFor();
      await expectAccessible(person.page);
    }
    await alice.open('/identity', 'You');
    expect(await alice.page.getByRole('link', { name: 'Operator' }).count()).toBe(0);
  });

  it('shows an operator how the server does, lets them stop an idle engine, and writes both down', async () => {
    const { page } = alice;
    await makeOperator(alice, server.dataDir);
    await alice.open('/identity', 'You');
    await page.getByRole('link', { name: 'Operator' }).press('Enter');
    await heading(page, 'Operator').waitFor();
    const [hers, his] = [await userIdOf(alice), await userIdOf(bob)];
    const row = page.getByRole('row').filter({ hasText: his });
    await row.waitFor();
    await page.getByRole('row').filter({ hasText: hers }).waitFor();
    const text = await page.locator('#main').innerText();
    expect(text).not.toMatch(/did:|boat|Porto|Home computer/);
    await fits(alice, 'operator');
    // Her own row says so, and each person finds their id on a page of their own.
    expect(await page.getByRole('row').filter({ hasText: hers }).innerText()).toMatch(/\byou\b/);
    expect(await row.innerText()).not.toMatch(/\byou\b/);
    for (const [person, id] of [
      [bob, his],
      [alice, hers],
    ] as const) {
      await person.open('/identity', 'You');
      expect(await person.page.locator('.did').filter({ hasText: 'Account id' }).locator('code').innerText()).toBe(id);
    }
    await alice.open('/operator', 'Operator');
    // From one button to the next by keyboard: the table is a stop too, so that it can be scrolled.
    await button(page, 'Refresh').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Accounts');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.ariaLabel')).toMatch(/^Stop the engine of /);
    // His page holds his engine; it is idle once he has left.
    await bob.page.goto('about:blank');
    await expect
      .poll(async () => {
        const stop = button(page, `Stop the engine of ${his}`);
        if ((await stop.count()) > 0) await stop.press('Enter');
        return row.getByText('stopped').count();
      }, patience)
      .toBeGreaterThan(0);
    // Whoever pressed it by keyboard goes on from there, though the button is gone.
    await expect
      .poll(() => row.getByRole('rowheader').evaluate((cell) => cell === cell.ownerDocument.activeElement))
      .toBe(true);
    await alice.open('/identity/history', 'History');
    await page.getByText('You looked at the server as its operator.').first().waitFor();
    await bob.open('/identity/history', 'History');
    await bob.page.getByText('The operator stopped your engine.').first().waitFor();
    expect(await bob.page.getByText('as its operator').count()).toBe(0);
    await alice.page.setViewportSize({ width: 390, height: 844 });
    await alice.open('/operator', 'Operator');
    await row.waitFor();
    await fits(alice, 'operator-phone');
  });

  const userIdOf = ({ page }: Person) =>
    page.evaluate<string>("fetch('/v1/me').then((answer) => answer.json()).then(({ userId }) => userId)");
});
