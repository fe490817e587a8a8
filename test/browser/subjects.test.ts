/** Topics, people and the map of both in a real Chromium: found, put right and taken back. Bob's stay as they were, and he sees his alone. */
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { describeBrowser } from './chromium.ts';
import {
  bringIn,
  button,
  expectAccessible,
  expectNoOffences,
  heading,
  newcomer,
  type Person,
  settleIn,
  shot,
  toast,
} from './people.ts';
import { useSite } from './site.ts';

const daySeconds = 86_400;
const ago = (days: number): number => Math.floor(Date.now() / 1_000) - days * daySeconds;

/** Four lines about something and somebody, so many days ago. */
const talk = (thing: string, who: string, days: number): object =>
  dialogue(
    `${thing} ${days}`,
    thing[0]?.toUpperCase() + thing.slice(1),
    [
      `My friend ${who} asked me about ${thing}. How do I begin with ${thing}?`,
      `With ${thing} one begins slowly, and writes down what went well.`,
      `We decided to try ${thing} on Sunday. I told ${who} that I prefer ${thing} in the morning.`,
      `Then plan an hour for ${thing}, and ask ${who} along.`,
    ],
    ago(days),
  );

const mine = [
  dialogue(
    'k1',
    'Kubernetes upgrade',
    [
      'We run Kubernetes at work. Kubernetes is slow.',
      'Which version of Kubernetes?',
      'I broke our k8s. The k8s is down. We use Kubernetes for everything.',
      'Look at the k8s logs of Kubernetes.',
    ],
    ago(3),
  ),
  ...[400, 320, 240, 60, 20, 5].map((days) => talk('sourdough bread', 'Emma Watson', days)),
  ...[380, 300, 250, 200, 160].map((days) => talk('rock climbing', 'Oliver', days)),
  ...[30, 12].map((days) => talk('sourdough starter', 'Emma', days)),
  ...[500, 480].map((days) => talk('tax returns', 'Hannah', days)),
  ...[100, 40, 9].map((days) => talk('rye bread', 'Hannah', days)),
];
const his = [talk('sailing boats', 'Peter', 5), talk('sailing boats', 'Peter', 9)];
const file = (conversations: readonly object[]) => ({
  name: 'conversations.json',
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(conversations)),
});

/** A map comes to rest after a while; only who looks at its picture has to wait for that. */
async function atRest({ page }: Person): Promise<void> {
  if (process.env.VIVIM_SHOTS !== undefined) await page.waitForTimeout(2_000);
}
/** A layout moves nodes for a while. */
const patience = { timeout: 20_000, interval: 500 };
const names = (page: Page) => page.locator('.subject-name a').allInnerTexts();
const rows = (page: Page) => page.locator('.subject-row, .empty').first();

/** What stands in the list of topics now. */
async function listed(person: Person): Promise<string[]> {
  await person.open('/topics', 'Topics');
  await rows(person.page).waitFor();
  return (await names(person.page)).map((name) => name.toLowerCase());
}

describeBrowser('topics, people and the map', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  expectNoOffences(() => [alice, bob]);

  beforeAll(async () => {
    ({ server, browser } = await startSite());
    alice = await newcomer(browser, server.url, { viewport: { width: 1200, height: 900 } });
    bob = await newcomer(browser, server.url, {
      viewport: { width: 390, height: 800 },
      colorScheme: 'dark',
      hasTouch: true,
    });
    for (const [person, conversations] of [
      [alice, mine],
      [bob, his],
    ] as const) {
      await settleIn(person, 'At home');
      await bringIn(person, file(conversations));
    }
    for (const [person, label] of [
      [alice, 'rye bread'],
      [bob, 'sailing boats'],
    ] as const)
      while (!(await listed(person)).includes(label)) await person.page.waitForTimeout(500);
  }, 180_000);

  it('are found, filtered and ordered, each with whether it is on the way up', async () => {
    const { page } = alice;
    await alice.open('/topics', 'Topics');
    await rows(page).waitFor();
    const all = await names(page);
    expect(all.map((name) => name.toLowerCase())).toEqual(
      expect.arrayContaining(['sourdough bread', 'rock climbing', 'tax returns', 'kubernetes']),
    );
    expect(all.join(' ')).not.toMatch(/sailing/i);
    await expectAccessible(page);
    await shot(alice, 'topics');
    await page.getByRole('radio', { name: 'Quiet' }).check();
    const shown = async () => (await names(page)).map((name) => name.toLowerCase());
    await expect.poll(shown).not.toContain('kubernetes');
    await expect.poll(shown).toContain('tax returns');
    await page.getByRole('radio', { name: 'All' }).check();
    await page.getByRole('searchbox', { name: 'Find a topic' }).fill('climb');
    await expect.poll(() => names(page)).toHaveLength(1);
    expect(page.url()).toContain('q=climb');
    await page.getByRole('searchbox', { name: 'Find a topic' }).fill('nothing of that name');
    await page.getByText('Nothing matches these filters').waitFor();
    await button(page, 'Show all').click();
    await expect.poll(() => names(page)).toEqual(all);
    await page.getByLabel('Grouped by broader topic').check();
    await shot(alice, 'topics-tree');
  });

  it('are put right from the list and the page, at once, and stand as they were when that is taken back', async () => {
    const { page } = alice;
    await alice.open('/topics', 'Topics');
    await rows(page).waitFor();
    const before = await names(page);
    await page.getByRole('link', { name: 'Kubernetes', exact: true }).click();
    await heading(page, 'Kubernetes').waitFor();
    await expectAccessible(page);
    await shot(alice, 'topic-kubernetes');
    await button(page, 'More actions for Kubernetes').click();
    await page.getByRole('menuitem', { name: 'Split…' }).click();
    await page.getByRole('dialog').getByLabel('k8s').check();
    await button(page, 'Split off').click();
    await toast(page, 'k8s stands for itself.').waitFor();
    await expect.poll(() => page.getByText('Also called').count()).toBe(0);
    await button(page, 'Rename…').click();
    await page.getByLabel('Name', { exact: true }).fill('The clusters');
    await shot(alice, 'topic-rename');
    await page.keyboard.press('Enter');
    await heading(page, 'The clusters').waitFor();
    await button(page, 'Pin').click();
    await button(page, 'Unpin').waitFor();
    await page.getByRole('link', { name: 'Topics', exact: true }).first().click();
    await heading(page, 'Topics').waitFor();
    await expect.poll(async () => (await names(page))[0]).toBe('The clusters');
    await button(page, 'More actions for The clusters').click();
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await expect.poll(() => names(page)).not.toContain('The clusters');
    await page.getByLabel('Hidden ones').check();
    await expect.poll(() => names(page)).toEqual(['The clusters']);
    await page.getByLabel('Hidden ones').uncheck();
    await page.getByText('What you put right').click();
    await page.getByText('Kubernetes is called The clusters').waitFor();
    await expectAccessible(page);
    for (let left = 4; left > 0; left--) {
      await page
        .getByRole('button', { name: /^Undo: / })
        .first()
        .click();
      await expect.poll(() => page.getByRole('button', { name: /^Undo: / }).count()).toBe(left - 1);
    }
    await expect.poll(() => names(page)).toEqual(before);
  });

  it('a page tells decisions with their sentences, and where they were said', async () => {
    const { page } = alice;
    await alice.open('/topics', 'Topics');
    await page.getByRole('link', { name: /^sourdough bread$/i }).click();
    await heading(page, /^sourdough bread$/i).waitFor();
    await page.getByRole('heading', { name: 'Decisions' }).waitFor();
    await page.getByRole('heading', { name: 'How well you know it' }).waitFor();
    const source = page.locator('.claim .evidence').first();
    await source.hover();
    await shot(alice, 'topic');
    await page.locator('.tooltip').getByText('We decided to try').first().waitFor();
    await expectAccessible(page);
    await page.getByText('As a table').click();
    await page.getByRole('columnheader', { name: 'Month' }).waitFor();
    await page.keyboard.press('Escape');
    await source.click();
    await page.waitForURL(/\/conversations\//);
  });

  it('two people who look alike are said not to be the same by keys alone, and that is taken back', async () => {
    const { page } = alice;
    await alice.open('/entities', 'People & things');
    await rows(page).waitFor();
    await shot(alice, 'entities');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Oliver', exact: true }).focus();
    await page.keyboard.press('Enter');
    await heading(page, 'Oliver').waitFor();
    await shot(alice, 'entity');
    await expectAccessible(page);
    await button(page, 'More actions for Oliver').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Not the same as…' }).press('Enter');
    await page.getByRole('dialog').getByRole('searchbox').fill('hann');
    const other = page.getByRole('dialog').getByRole('button', { name: 'Hannah' });
    await other.focus();
    await page.keyboard.press('Enter');
    await toast(page, 'Oliver and Hannah stay two.').waitFor();
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await toast(page, /./).filter({ hasText: 'stay two' }).waitFor({ state: 'detached' });
    await alice.open('/entities', 'People & things');
    await page.getByText('What you put right').click();
    await page.getByText('You have put nothing right yet.').waitFor();
  });

  it('the map shows what comes up together, is searched by name, and reads as a list', async () => {
    const { page } = alice;
    await alice.open('/graph', 'Map of topics, people and things');
    await page.locator('.graph-canvas canvas').first().waitFor();
    await page.getByRole('searchbox', { name: 'Find in the map' }).fill('oliver');
    await page.getByRole('list', { name: 'In the map' }).getByRole('button', { name: 'Oliver' }).click();
    const card = page.getByRole('region', { name: 'Oliver' });
    await card.getByRole('button', { name: /^rock climbing$/i }).waitFor();
    await atRest(alice);
    await shot(alice, 'graph');
    await expectAccessible(page);
    await page.locator('.graph-canvas').focus();
    await page.keyboard.press('+');
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: 'List' }).check();
    const list = page.getByRole('list', { name: 'Map of topics, people and things' });
    await list.getByRole('link', { name: 'Oliver' }).first().waitFor();
    expect(await list.innerText()).not.toMatch(/sailing|Peter/i);
    await expectAccessible(page);
    await shot(alice, 'graph-list');
  });

  it('the map is gone through by the keyboard alone, and says where one is', async () => {
    const { page } = alice;
    await alice.open('/graph', 'Map of topics, people and things');
    await page.locator('.graph-canvas:not([aria-busy])').waitFor();
    const radio = page.getByRole('radio', { name: 'Everything' });
    await radio.focus();
    // The last of the tools before the map.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.getByText('Arrows: from point to point').waitFor();
    const chosen = () => new URL(page.url()).searchParams.get('at');
    await page.keyboard.press('ArrowRight');
    await expect.poll(chosen).not.toBe(null);
    const first = chosen();
    const said = page.getByRole('status').filter({ hasText: /connections?$/ });
    await said.waitFor({ state: 'attached' });
    // Whichever way there is another one: of several, one lies in some direction.
    for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(100);
      if (chosen() !== first) break;
    }
    expect(chosen()).not.toBe(first);
    const name = ((await said.textContent()) ?? '').split(',')[0] ?? '';
    await shot(alice, 'graph-keys');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await heading(page, name).waitFor();
    await page.goBack();
    await page.locator('.graph-canvas').focus();
    await page.keyboard.press('Escape');
    await expect.poll(chosen).toBe(null);
  });

  /** Found by name, so that the map goes there and it lies in the middle; then the card is closed, by pressing where nothing is. */
  async function inTheMiddle(
    { page }: Person,
    typed: string,
    name: RegExp,
    press: (x: number, y: number) => Promise<void>,
  ) {
    // The layout comes to rest, and the places with it.
    await page.locator('.graph-canvas:not([aria-busy])').waitFor();
    await page.getByRole('searchbox', { name: 'Find in the map' }).fill(typed);
    await page.getByRole('list', { name: 'In the map' }).getByRole('button', { name }).click();
    const card = page.getByRole('region', { name });
    await card.waitFor();
    const map = page.locator('.graph-canvas');
    await page.evaluate(`document.querySelector('.graph-canvas').scrollIntoView({ block: 'start' })`);
    const box = await map.boundingBox();
    if (box === null) throw new Error('The map has no place.');
    await press(box.x + 4, box.y + 4);
    await card.waitFor({ state: 'detached' });
    // Without the card the page is shorter, and may lie otherwise.
    const now = (await map.boundingBox()) ?? box;
    return { card, map, x: now.x + now.width / 2, y: now.y + now.height / 2 };
  }

  it('a map that was left for another, and come back to before that came, is laid out to its end', async () => {
    const page = await alice.context.newPage();
    // Layouts begin and get nowhere until they are let go.
    await page.addInitScript(`
      window.layouts = 0;
      const let_ = new Promise((go) => { window.letGo = go; });
      const Real = window.Worker;
      window.Worker = class extends Real {
        postMessage(task) {
          window.layouts += 1;
          let_.then(() => super.postMessage(task));
        }
      };
    `);
    await page.route(/\/v1\/graph\?.*kind=topic/, () => undefined);
    await page.goto(`${alice.url}/graph`);
    const layouts = () => page.evaluate<number>('window.layouts');
    await expect.poll(layouts, patience).toBe(1);
    await page.getByRole('radio', { name: 'Topics' }).check();
    await page.getByRole('radio', { name: 'Everything' }).check();
    await expect.poll(layouts, patience).toBe(2);
    await page.evaluate('window.letGo()');
    await page.locator('.graph-canvas:not([aria-busy])').waitFor();
    await page.close();
  });

  it('a node of the map is rested on and clicked, a pull chooses nothing, and its card leads to its page', async () => {
    const { page } = alice;
    await alice.open('/graph', 'Map of topics, people and things');
    const press = (at: number, down: number) => page.mouse.click(at, down);
    const { card, map, x, y } = await inTheMiddle(alice, 'oliver', /^Oliver$/, press);
    const points = async () => ((await map.getAttribute('style')) ?? '').includes('cursor: pointer');
    await expect
      .poll(async () => {
        await page.mouse.move(x + 40, y + 40);
        await page.mouse.move(x, y);
        return points();
      }, patience)
      .toBe(true);
    await shot(alice, 'graph-rested');
    const before = await page.evaluate('scrollY');
    await page.mouse.click(x, y);
    await card.waitFor();
    // What was pressed stays where it is.
    expect(await page.evaluate('scrollY')).toBe(before);
    expect(before).toBeGreaterThan(0);
    expect(new URL(page.url()).searchParams.get('at')).toMatch(/^e_/);
    await shot(alice, 'graph-clicked');
    await card.getByRole('link').click();
    await heading(page, 'Oliver').waitFor();
    await page.goBack();
    await card.waitFor();
    const again = await inTheMiddle(alice, 'oliver', /^Oliver$/, press);
    await page.mouse.move(again.x, again.y);
    await page.mouse.down();
    await page.mouse.move(again.x + 60, again.y, { steps: 5 });
    await page.mouse.move(again.x, again.y, { steps: 5 });
    await page.mouse.up();
    expect(await card.count()).toBe(0);
  });

  it('a finger opens a node of the map, and closes it beside it; it finds only his own', async () => {
    const { page } = bob;
    await bob.open('/graph', 'Map of topics, people and things');
    const tap = (at: number, down: number) => page.touchscreen.tap(at, down);
    const { card, x, y } = await inTheMiddle(bob, 'peter', /^Peter$/, tap);
    // A finger is broader than a node.
    await expect
      .poll(async () => {
        await tap(x + 6, y + 6);
        return card.count();
      }, patience)
      .toBe(1);
    await shot(bob, 'graph-tapped');
    await card.getByRole('button', { name: /^sailing boats$/i }).tap();
    await page.getByRole('region', { name: /^sailing boats$/i }).waitFor();
    await page.getByRole('searchbox', { name: 'Find in the map' }).fill('oliver');
    expect(await page.getByRole('list', { name: 'In the map' }).count()).toBe(0);
  });

  it('the map takes the colours of whoever has their own for everything: names stand out from their ground', async () => {
    const { page } = bob;
    await bob.open('/graph', 'Map of topics, people and things');
    await page.locator('.graph-canvas:not([aria-busy])').waitFor();
    await page.emulateMedia({ forcedColors: 'active' });
    // How many colours the names and what is around them are made of: one would be a black bar for each.
    const shades = () =>
      page.evaluate<number>(`(() => {
        const canvas = document.querySelector('.graph-overlay');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const seen = new Set();
        for (let at = 0; at < data.length; at += 4)
          if (data[at + 3] === 255) seen.add(data[at] + ' ' + data[at + 1] + ' ' + data[at + 2]);
        return seen.size;
      })()`);
    await expect.poll(shades, patience).toBeGreaterThan(1);
    await shot(bob, 'graph-own-colours');
    await page.emulateMedia({ forcedColors: 'none' });
  });

  it('all of it fits a phone in the dark, and Bob sees his own alone', async () => {
    const { page } = bob;
    await bob.open('/topics', 'Topics');
    await rows(page).waitFor();
    expect((await names(page)).map((name) => name.toLowerCase())).toEqual(['sailing boats']);
    await expectAccessible(page);
    await shot(bob, 'topics-phone');
    await page.getByRole('link', { name: /^sailing boats$/i }).click();
    await heading(page, /^sailing boats$/i).waitFor();
    await shot(bob, 'topic-phone');
    await bob.open('/entities', 'People & things');
    await rows(page).waitFor();
    expect(await names(page)).toEqual(['Peter']);
    await bob.open('/graph', 'Map of topics, people and things');
    await page.locator('.graph-canvas canvas').first().waitFor();
    await atRest(bob);
    await shot(bob, 'graph-phone');
    for (const path of ['/topics', '/entities', '/graph']) {
      await page.goto(`${server.url}${path}`);
      await page.locator('h1').waitFor();
      const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
      expect(wide).toBe(false);
    }
  });
});
