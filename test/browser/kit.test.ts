/** The kit by keyboard and mouse in a real browser, under the policy of the server: nothing is written into the page. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { commonChromium, describeBrowser, leaveChromium, type Visitor, visitor } from './chromium.ts';
import { type KitSite, serveKit } from './kit-site.ts';
import { button, expectNoOffences } from './people.ts';

describeBrowser('the kit', () => {
  let site: KitSite;
  let browser: Browser;
  let seen: Visitor;
  let page: Page;

  beforeAll(async () => {
    site = await serveKit();
    browser = await commonChromium();
    seen = await visitor(browser, site.url);
    page = seen.page;
  });
  afterAll(async () => {
    await leaveChromium(browser);
    await site.stop();
  });
  beforeEach(async () => {
    await page.goto(site.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  expectNoOffences(() => [seen]);

  const last = () => page.getByLabel('Last', { exact: true }).innerText();
  const focused = () => page.evaluate<string>(`document.activeElement.textContent`);

  it('a dialog takes the focus, keeps it, holds the page and gives the focus back', async () => {
    await button(page, 'Open a dialog').press('Enter');
    const dialog = page.getByRole('dialog', { name: 'A dialog' });
    await dialog.waitFor();
    expect(await page.evaluate(`getComputedStyle(document.documentElement).overflow`)).toBe('hidden');
    for (let tab = 0; tab < 8; tab += 1) {
      await page.keyboard.press('Tab');
      expect(await dialog.evaluate((element) => element.contains(element.ownerDocument.activeElement))).toBe(true);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Open a dialog');
    expect(await page.evaluate(`getComputedStyle(document.documentElement).overflow`)).not.toBe('hidden');
  });

  it('what cannot be undone is asked, and Escape means no', async () => {
    await button(page, 'Erase').click();
    const asked = page.getByRole('alertdialog', { name: 'Erase' });
    await asked.waitFor();
    await page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    expect(await last()).toBe('nothing');
    await button(page, 'Erase').click();
    await button(page, 'Erase it').click();
    expect(await last()).toBe('erased');
  });

  it('a menu is walked by arrows and by letters, and ticks what is on', async () => {
    await button(page, 'Acts').press('Enter');
    await page.getByRole('menuitem', { name: 'Link' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('r');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Acts');
    await button(page, 'Acts').click();
    expect(await page.getByRole('menuitemradio', { name: 'Red' }).getAttribute('aria-checked')).toBe('true');
    await page.getByRole('menuitemcheckbox', { name: 'Loud' }).click();
    expect(await page.getByRole('menuitemcheckbox', { name: 'Loud' }).getAttribute('aria-checked')).toBe('true');
    await page.getByRole('menuitem', { name: 'Link' }).click();
    expect(await last()).toBe('linked');
    expect(await page.getByRole('switch', { name: 'Loud' }).isChecked()).toBe(true);
  });

  it('a popover, a tooltip, tabs, a choice and a switch answer to keys', async () => {
    await button(page, 'Filter').press('Enter');
    await page.getByRole('dialog', { name: 'Filters' }).getByLabel('Word').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('Filter');
    await page.keyboard.press('Tab');
    await page.getByRole('tooltip', { name: 'Says more' }).waitFor();
    await page.getByRole('tab', { name: 'One' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('The second view').waitFor();
    await page.getByRole('radio', { name: 'Red' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { name: 'Blue' }).isChecked()).toBe(true);
    await page.getByRole('switch', { name: 'Loud' }).press(' ');
    expect(await page.getByRole('switch', { name: 'Loud' }).isChecked()).toBe(true);
  });

  it('a toast undoes what was done, once; what failed is said', async () => {
    const things = page.getByRole('list', { name: 'Things' }).getByRole('listitem');
    await button(page, 'Remove pear').click();
    await page.getByText('pear removed.').first().waitFor();
    expect(await things.count()).toBe(1);
    await page.keyboard.press('F8');
    await button(page, 'Undo').click();
    await page.getByText('Undone.').first().waitFor();
    expect(await things.count()).toBe(2);
    expect(await button(page, 'Undo').count()).toBe(0);
    await button(page, 'Fail').click();
    await page.getByText('That did not work: The server cannot be reached.').first().waitFor();
  });

  it('of a long list little stands in the page, and arrow keys, End and Home go through all of it', async () => {
    const list = page.getByRole('list', { name: 'Rows' });
    const rows = list.getByRole('listitem');
    await page.getByRole('link', { name: 'Row 1', exact: true }).focus();
    expect(await rows.count()).toBeLessThan(60);
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('ArrowDown');
      await expect.poll(focused).toBe(`Row ${step + 2}`);
    }
    await page.keyboard.press('End');
    await expect.poll(focused).toBe('Row 5000');
    expect(await rows.count()).toBeLessThan(60);
    // Scrolled away from, the row that has the focus keeps it.
    await page.evaluate(`scrollTo(0, 0)`);
    await page.getByRole('link', { name: 'Row 3', exact: true }).waitFor();
    expect(await focused()).toBe('Row 5000');
    await page.keyboard.press('Home');
    await expect.poll(focused).toBe('Row 1');
    expect(await rows.first().getAttribute('aria-setsize')).toBe('5000');
    const overlaps = await rows.evaluateAll((items) => {
      const boxes = items.map((item) => item.getBoundingClientRect()).sort((a, b) => a.top - b.top);
      return boxes.filter((box, at) => at > 0 && box.top < (boxes[at - 1]?.bottom ?? 0) - 1).length;
    });
    expect(overlaps).toBe(0);
  });
});
