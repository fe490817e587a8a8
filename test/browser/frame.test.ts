/** The frame around every page: by keyboard alone, on a phone, light and dark, dense; two people in two browsers. */
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, expectAccessible, expectNoOffences, heading, type Person, shot, twoPeople } from './people.ts';
import { useSite } from './site.ts';

const notes = (text: string) => ({
  name: 'notes.md',
  mimeType: 'text/markdown',
  buffer: Buffer.from(`# Glazes\n\n**User:** ${text}\n\n**Assistant:** Then take ash.\n`),
});

describeBrowser('the frame', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await twoPeople({ browser, server }, ['Alice at home', 'Bob on the phone']);
    await bringIn(alice, notes('I want celadon for the blue bowls.'));
  }, 120_000);
  expectNoOffences(() => [alice, bob]);

  const focusedName = (page: Page) =>
    page.evaluate<string>(`document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`);

  it('is walked by keys: a letter after g, the skip link, the slash', async () => {
    const { page } = alice;
    await alice.load('/', 'Home');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await heading(page, 'Conversations').waitFor();
    // What was gone to is read from its start.
    expect(await page.evaluate(`document.activeElement.id`)).toBe('main');
    await page.keyboard.press('g');
    await page.keyboard.press('y');
    await heading(page, 'You').waitFor();
    await page.keyboard.press('/');
    await heading(page, 'Search').waitFor();
    await expect.poll(() => page.evaluate(`document.activeElement.type`)).toBe('search');
    // Typed, they are letters.
    await page.keyboard.type('gc?/');
    expect(await page.evaluate(`document.activeElement.value`)).toBe('gc?/');
    await alice.load('/topics', 'Topics');
    await page.keyboard.press('Tab');
    expect(await focusedName(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(`document.activeElement.id`)).toBe('main');
  });

  it('marks one room at a time, also where one lies within another', async () => {
    const marked = () =>
      alice.page.getByRole('navigation', { name: 'Main' }).locator('a[aria-current=page]').allInnerTexts();
    await alice.load('/identity/connections', 'Connections');
    expect(await marked()).toEqual(['Connections']);
    await alice.load('/identity/devices', 'Devices');
    expect(await marked()).toEqual(['You']);
    await alice.load('/', 'Home');
    expect(await marked()).toEqual(['Home']);
    // And a page whose address does not begin with that of its room.
    for (const [path, title, room] of [
      ['/secrets', 'Secrets', 'Import'],
      ['/graph', 'Map of topics, people and things', 'Topics'],
      ['/docs', 'API reference', 'You'],
    ] as const) {
      await alice.load(path, title);
      expect(await marked()).toEqual([room]);
    }
  });

  it('lists its keys, and lets the single ones be turned off', async () => {
    const { page } = alice;
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await keys.waitFor();
    await expectAccessible(page);
    await shot(alice, 'keys');
    await keys.getByRole('switch', { name: 'Shortcuts of single keys' }).press(' ');
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('dialog', { name: 'Go to or find' }).waitFor();
    expect(await keys.count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Go to or find' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Looks, language and keys' }).click();
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
    await keys.getByRole('switch').press(' ');
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
  });

  it('finds pages, acts and what was said, each person their own', async () => {
    const { page } = alice;
    await page.keyboard.press('ControlOrMeta+K');
    const field = page.getByRole('combobox', { name: 'A page, something to do, or words from your conversations' });
    await field.waitFor();
    await expectAccessible(page);
    // Whoever opens it writes: nothing is between the key and the field.
    await expect.poll(() => field.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.type('memo');
    await page.getByRole('option', { name: 'Memories', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await heading(page, 'Memories').waitFor();

    await page.keyboard.press('ControlOrMeta+K');
    await field.pressSequentially('celadon');
    const found = page.getByRole('option', { name: 'Glazes' });
    await found.waitFor();
    await shot(alice, 'palette');
    await page.keyboard.press('ArrowUp');
    await page.getByRole('option', { name: 'Search for “celadon”', selected: true }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await heading(page, 'Glazes').waitFor();

    await bob.page.getByRole('button', { name: 'Menu' }).click();
    await bob.page.getByRole('button', { name: 'Go to or find…' }).click();
    const answered = bob.page.waitForResponse((response) => response.url().includes('/v1/search?q=celadon'));
    await bob.page.getByRole('combobox').pressSequentially('celadon');
    await answered;
    await bob.page.getByRole('option', { name: 'Search for “celadon”' }).waitFor();
    expect(await bob.page.getByText('Glazes').count()).toBe(0);
    await expectAccessible(bob.page);
    await bob.page.keyboard.press('Escape');
  });

  it('looks as this browser was told, also after it was closed', async () => {
    const { page, context } = alice;
    const ground = (of: Page) => of.evaluate<string>(`getComputedStyle(document.documentElement).backgroundColor`);
    await alice.load('/', 'Home');
    const light = await ground(page);
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox').pressSequentially('dark');
    await page.keyboard.press('Enter');
    await expect.poll(() => ground(page)).not.toBe(light);
    await expectAccessible(page);
    await shot(alice, 'home-dark');
    const again = await context.newPage();
    await again.goto(server.url);
    await heading(again, 'Home').waitFor();
    expect(await ground(again)).toBe(await ground(page));
    await again.close();
    await page.getByRole('button', { name: 'Looks, language and keys' }).click();
    await expectAccessible(page);
    await shot(alice, 'tools');
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    await page.getByRole('button', { name: 'Looks, language and keys' }).click();
    await page.getByRole('menuitemradio', { name: 'Dense' }).click();
    expect(await page.evaluate(`getComputedStyle(document.documentElement).fontSize`)).toBe('14.4px');
    await expectAccessible(page);
    await shot(alice, 'home-dense');
    // The other browser is as it was.
    expect(await bob.page.evaluate(`document.documentElement.dataset.density ?? 'roomy'`)).toBe('roomy');
  });

  it('is at the bottom of a phone, and nothing hides behind it', async () => {
    const { page } = bob;
    await bob.load('/', 'Home');
    const bar = page.getByRole('navigation', { name: 'Main' });
    for (const name of ['Search', 'Conversations', 'Context', 'Home']) {
      await bar.getByRole('link', { name }).click();
      await heading(page, name).waitFor();
      await expectAccessible(page);
    }
    await page.getByRole('button', { name: 'Menu' }).click();
    const sheet = page.getByRole('dialog', { name: 'VIVIM' });
    await expectAccessible(page);
    await shot(bob, 'phone-menu');
    await sheet.getByRole('link', { name: 'Import' }).click();
    await heading(page, 'Import').waitFor();
    await sheet.waitFor({ state: 'detached' });
    await page.evaluate(`scrollTo(0, document.documentElement.scrollHeight)`);
    const gap = await page.evaluate<number>(`(() => {
      const last = [...document.querySelectorAll('main > *')].at(-1).getBoundingClientRect().bottom;
      return document.querySelector('.bottom-bar').getBoundingClientRect().top - last;
    })()`);
    expect(gap).toBeGreaterThan(0);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await shot(bob, 'phone-import');
  });
});
