/** What people do again and again in the tests of identity: sign up, write down their words, join with another browser. */
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, expect, vi } from 'vitest';
import { root } from '../architecture/source-files.ts';
import { atTerminal } from '../kit/operator.ts';
import { accessibilityFaults } from './accessibility.ts';
import { type Visitor, visitor } from './chromium.ts';
import { goWithin } from './pages.ts';
import type { Site } from './site.ts';

export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
/** By its whole name: "Get back in" is not "Ask to get back in". */
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** What is said in passing, where a person reads it: for who listens, it stands in the page a second time for a moment. */
export const toast = (page: Page, words: string | RegExp) => page.locator('.toast-text').filter({ hasText: words });

export async function expectAccessible(page: Page): Promise<void> {
  await page.locator('h1').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
}

/** After each test: no page of theirs met an error. What a page said when a step failed is the first thing one wants to know. */
export function expectNoOffences(people: () => readonly Visitor[]): void {
  afterEach(async ({ task }) => {
    for (const { page, offences } of people()) {
      if (task.result?.state === 'fail') console.error(page.url(), await page.locator('body').innerText());
      expect(offences).toEqual([]);
    }
  });
}

export interface Person extends Visitor {
  readonly url: string;
  /** Goes to a page of the application, which is loaded once (`goWithin`). */
  open(path: string, title: string): Promise<void>;
  /** The same, and loads the application anew: what it knew of before is gone. */
  load(path: string, title: string): Promise<void>;
}

export async function newcomer(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Person> {
  const seen = await visitor(browser, url, options);
  return {
    ...seen,
    url,
    async open(path, title) {
      await goWithin(seen.page, `${url}${path}`);
      await heading(seen.page, title).waitFor();
    },
    async load(path, title) {
      await seen.page.goto(`${url}${path}`);
      await heading(seen.page, title).waitFor();
    },
  };
}

/** Makes an identity at the address they came to, and stands before the question of a second way in. */
export async function signUp({ page, url }: Person, name: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('A name for this browser').fill(name);
  await button(page, 'Make a key and sign in').click();
  await heading(page, 'One more way in').waitFor();
}

/** Makes an identity, leaves the second way in for later, and is at home. */
export async function settleIn(person: Person, name: string): Promise<void> {
  await signUp(person, name);
  await person.page.getByRole('link', { name: 'Not now' }).click();
  await heading(person.page, 'Home').waitFor();
}

/** Two people with an identity each, at home: one at a desk, the other on a phone in the dark. @param names of their browsers */
export async function twoPeople(
  { browser, server }: Site,
  [desk, phone]: readonly [string, string] = ['Alice', 'Bob'],
): Promise<[Person, Person]> {
  const two: [Person, Person] = [
    await newcomer(browser, server.url),
    await newcomer(browser, server.url, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }),
  ];
  await settleIn(two[0], desk);
  await settleIn(two[1], phone);
  return two;
}

/** For whoever looks at pages: kept where VIVIM_SHOTS says. */
export async function shot({ page }: Person, name: string): Promise<void> {
  const directory = process.env.VIVIM_SHOTS;
  if (directory === undefined) return;
  mkdirSync(directory, { recursive: true });
  await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true });
}

/** What stands for a file. */
interface FileLike {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const jsonFile = (name: string, text: string): FileLike => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

/** Imports a file on the import page, to its end. @param file a path, or what stands for a file */
export async function bringIn({ page, open }: Person, file: string | FileLike): Promise<void> {
  const name = typeof file === 'string' ? basename(file) : file.name;
  await open('/import', 'Import');
  await page.locator('input[type=file]').first().setInputFiles(file);
  const card = page.getByRole('article').filter({ has: page.getByRole('link', { name: `Report of ${name}` }) });
  // An import gives way to everybody on the machine, and so may take longer than a page does.
  await card.getByText('done', { exact: true }).waitFor({ timeout: 60_000 });
}

/** Brings in Alice's demo history, waits until all that follows is done, and asks for a context once: every page has something then. */
export async function bringInDemo(person: Person): Promise<void> {
  await bringIn(person, join(root, 'test/fixtures/demo/alice-chatgpt.json'));
  await vi.waitFor(
    async () =>
      expect(
        await person.page.evaluate<number>(`fetch('/v1/space').then((answer) => answer.json()).then(({ pending }) =>
          pending.imports + pending.rollup + pending.memories)`),
      ).toBe(0),
    { timeout: 60_000, interval: 500 },
  );
  await person.page.evaluate(`fetch('/v1/context', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'Which glaze did I decide on?', budget: 1000 }),
  }).then((answer) => answer.text())`);
}

/** From the words that are shown to the key that is in force. @returns the words */
export async function writeDown(page: Page): Promise<string[]> {
  const list = page.getByRole('list', { name: 'The 24 words' }).getByRole('listitem');
  await list.first().waitFor();
  const words = (await list.allInnerTexts()).map((word) => word.trim());
  expect(words).toHaveLength(24);
  await button(page, 'I have them on paper').click();
  for (const field of await page.getByRole('textbox', { name: /^Word \d+$/ }).all()) {
    const place = Number(/\d+/.exec((await field.getAttribute('name')) ?? '')?.[0]);
    await field.fill(words[place - 1] ?? '');
  }
  await button(page, 'Put it in force').click();
  return words;
}

/** Makes an operator of somebody, at a terminal of the server's host. */
export async function makeOperator(person: Person, dataDir: string): Promise<void> {
  const added = await atTerminal(dataDir, ['admin', 'operators', 'add', await publicName(person)]);
  expect([added.code, added.stderr]).toEqual([0, '']);
}

/** The account's public name, out of the address another browser is to open. */
export async function publicName(person: Person): Promise<string> {
  await person.open('/identity/devices', 'Devices');
  const address = new URL(await person.page.getByLabel('Address for the other browser').inputValue());
  return address.searchParams.get('account') ?? '';
}

export const sixWords = async (page: Page): Promise<string[]> => {
  const list = page.getByRole('list', { name: 'Six words to compare' }).getByRole('listitem');
  await list.nth(5).waitFor();
  return list.allInnerTexts();
};

/** Another browser asks an account to be let in and shows its words. */
export async function askToJoin(person: Person, account: string, name: string): Promise<string[]> {
  await person.open(`/join?account=${encodeURIComponent(account)}`, 'Add this browser');
  await person.page.getByLabel('A name for this browser').fill(name);
  await button(person.page, 'Ask to be let in').click();
  return sixWords(person.page);
}

/** What somebody does who gets a new computer: nothing of this site is left in the browser. */
export async function wipe({ page, context, url }: Person): Promise<void> {
  await page.goto(`${url}/favicon.svg`);
  await page.evaluate(`new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase('vivim');
    deleting.onsuccess = resolve;
    deleting.onerror = deleting.onblocked = () => reject(new Error('the database stays'));
  })`);
  await context.clearCookies();
}

/** What lies in the browser of what was seen, as text. */
export const resting = (page: Page): Promise<string> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('vivim');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asking = opening.result.transaction('last-seen').objectStore('last-seen').getAll();
      asking.onsuccess = () => { opening.result.close(); resolve(JSON.stringify(asking.result)); };
    };
  })`);

/** On the page of memories: states one, and waits until it is listed. */
export async function remember(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Remember something' }).first().click();
  await page.getByLabel('What it says').fill(text);
  await page.getByRole('button', { name: 'Remember', exact: true }).click();
  await page.locator('.memory').filter({ hasText: text }).waitFor();
}
