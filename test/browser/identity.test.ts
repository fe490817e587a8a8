/**
 * Identity in a real Chromium: the first key and a second way in, a second browser let in by six words and shut out again,
 * sessions, tokens and history. And another person, who is shown nothing of it and reaches nothing of it.
 */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { filesOf } from '../kit/archives.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import {
  askToJoin,
  button,
  expectAccessible,
  expectNoOffences,
  heading,
  newcomer,
  type Person,
  publicName,
  signUp,
  sixWords,
  toast,
  writeDown,
} from './people.ts';
import { useSite } from './site.ts';

const pages = [
  ['/identity', 'You'],
  ['/identity/access', 'Access'],
  ['/identity/devices', 'Devices'],
  ['/identity/sessions', 'Sessions'],
  ['/identity/tokens', 'Tokens'],
  ['/identity/space', 'Space'],
  ['/identity/take-along', 'Take along'],
  ['/identity/erase', 'Erase'],
  ['/identity/history', 'History'],
  ['/identity/account', 'Account'],
] as const;

describeBrowser('identity in the browser', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  /** At home, at work, and somebody else. */
  let alice: Person;
  let work: Person;
  let bob: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, work, bob] = await Promise.all([
      newcomer(browser, server.url),
      newcomer(browser, server.url, { colorScheme: 'dark' }),
      newcomer(browser, server.url, { viewport: { width: 390, height: 844 } }),
    ]);
  }, 120_000);

  expectNoOffences(() => [alice, work, bob]);

  it('makes one identity and one token for a double click', async () => {
    const eager = await newcomer(browser, server.url);
    const { page } = eager;
    await page.goto(server.url);
    await page.getByLabel('A name for this browser').fill('Eager');
    await button(page, 'Make a key and sign in').dblclick();
    await heading(page, 'One more way in').waitFor();
    await eager.open('/identity/tokens', 'Tokens');
    await page.getByLabel('What it is for').fill('Once');
    await button(page, 'Make a token').dblclick();
    await page.locator('code.secret').waitFor();
    await page.reload();
    await heading(page, 'Tokens').waitFor();
    await page.getByText('Once', { exact: true }).first().waitFor();
    expect(await page.getByText('Once', { exact: true }).count()).toBe(1);
    await eager.open('/identity', 'You');
    await button(page, 'Sign out').click();
    await heading(page, 'Sign in').waitFor();
    expect(await page.locator('.identities > li').count()).toBe(1);
    await eager.context.close();
  });

  it('asks somebody new for a second way in, and says so on every page until there is one', async () => {
    const { page } = alice;
    await signUp(alice, 'Home computer');
    await page.getByText('no password to reset and nobody to ask').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Not now' }).click();
    await heading(page, 'Home').waitFor();
    await page.getByText('Only this browser can open your account').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Add a second way in' }).click();
    await heading(page, 'One more way in').waitFor();
    await signUp(bob, 'Bob’s phone');
  });

  it('makes a recovery key by keyboard alone: shown once, printed, typed back, in force', async () => {
    const { page } = alice;
    const choose = button(page, 'Choose this: A recovery key on paper');
    await choose.focus();
    await page.keyboard.press('Enter');
    const list = page.getByRole('list', { name: 'The 24 words' }).getByRole('listitem');
    await list.first().waitFor();
    await expectAccessible(page);
    await page.emulateMedia({ media: 'print' });
    const paper = page.locator('.paper');
    expect(await paper.isVisible()).toBe(true);
    expect(await page.locator('#main').isVisible()).toBe(false);
    expect(await paper.innerText()).toContain('did:key:z6Mk');
    await page.emulateMedia({ media: 'screen' });
    expect(await paper.isVisible()).toBe(false);

    const shown = (await list.allInnerTexts()).map((word) => word.trim());
    await button(page, 'I have them on paper').click();
    for (const field of await page.getByRole('textbox', { name: /^Word/ }).all()) await field.fill('zoo');
    if (shown.every((word) => word !== 'zoo')) {
      await button(page, 'Put it in force').click();
      await page.getByText('That is not what was shown').waitFor();
      await expectAccessible(page);
    }
    await button(page, 'Show the words again').click();
    expect(await writeDown(page)).toEqual(shown);
    await heading(page, 'Two ways in').waitFor();
    await page.getByRole('link', { name: 'Go to the start page' }).click();
    await heading(page, 'Home').waitFor();
    expect(await page.getByText('Only this browser can open your account').count()).toBe(0);
    expect(await page.locator('.paper').count()).toBe(0);
  });

  it('lets a second browser in by six words; it reads the names of all devices', async () => {
    const account = await publicName(alice);
    await alice.open('/identity', 'You');
    const words = await askToJoin(work, account, 'Work computer');
    await expectAccessible(work.page);
    const { page } = alice;
    await page.getByText('1 device asks to be let into your account.').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Compare the words' }).click();
    expect(await sixWords(page)).toEqual(words);
    await expectAccessible(page);
    let entries = 0;
    work.page.on('request', (request) => {
      if (request.url().endsWith('/v1/auth/verify')) entries += 1;
    });
    await button(page, 'The words are the same: approve').click();
    await heading(work.page, 'Home').waitFor();
    await toast(page, 'On another device: Signed in from a browser.').waitFor();
    expect(entries).toBe(1);
    await work.open('/identity/devices', 'Devices');
    for (const name of ['Home computer', 'Work computer']) await work.page.getByText(name, { exact: true }).waitFor();
    await page.getByText('Work computer', { exact: true }).waitFor();

    await button(page, 'Rename Work computer').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Office');
    await page.keyboard.press('Enter');
    // The keyboard is where it was before.
    await page.locator(':focus').and(button(page, 'Rename Office')).waitFor();
    // The other one is told, and reads the new name without being loaded anew.
    await work.page.getByText('Office', { exact: true }).waitFor();
  });

  it('keeps a request of somebody else’s from everybody but the account it names', async () => {
    const stranger = await newcomer(browser, server.url);
    const account = await publicName(alice);
    await askToJoin(stranger, account, 'Stranger');
    await bob.open('/identity/devices', 'Devices');
    expect(await bob.page.getByText('Waiting to be let in').count()).toBe(0);
    await alice.open('/identity/devices', 'Devices');
    await button(alice.page, 'Refuse').click();
    await stranger.page.getByText('The request was refused.').waitFor();
    await expectAccessible(stranger.page);
    expect(stranger.offences).toEqual([]);
    await stranger.context.close();
  });

  it('shows each page of identity well, also to a phone and in the dark', async () => {
    for (const person of [alice, work, bob])
      for (const [path, title] of pages) {
        await person.open(path, title);
        await person.page.locator('.loading').first().waitFor({ state: 'detached' });
        await expectAccessible(person.page);
        const sideways = await person.page.evaluate('document.documentElement.scrollWidth > innerWidth');
        expect(sideways, `${path} scrolls sideways`).toBe(false);
      }
    await alice.open('/identity/history', 'History');
    await alice.page.getByText('A device was let in.').waitFor();
    expect(await bob.page.getByText('A device was let in.').count()).toBe(0);
  });

  it('makes a token that is shown once, works, and is ended', async () => {
    const { page } = alice;
    await alice.open('/identity/tokens', 'Tokens');
    await page.getByLabel('What it is for').fill('Nightly import');
    await page.getByLabel('Only from this network').fill('nowhere');
    await button(page, 'Make a token').click();
    await page.getByText('Write an address prefix').waitFor();
    await page.getByLabel('Only from this network').fill('');
    await button(page, 'Make a token').click();
    await button(page, 'Copy the token').click();
    const token = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(token).toMatch(/^vivim_pat_/);
    const ask = (path: string) =>
      fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);
    expect(await ask('/v1/space')).toBe(200);
    expect(await ask('/v1/sessions')).toBe(403);
    await button(page, 'I have it').click();
    expect(await page.getByText(token).count()).toBe(0);
    await alice.open('/identity/sessions', 'Sessions');
    await button(page, 'End Nightly import').click();
    await page.getByText('Nightly import').waitFor({ state: 'detached' });
    expect(await ask('/v1/space')).toBe(401);
  });

  it('signs afresh without being seen where the server asks for it', async () => {
    const { page } = alice;
    let asked = 0;
    // As the server does when the last signature is older than five minutes.
    await page.route('**/v1/tokens', async (route) => {
      asked += 1;
      if (asked > 1) return route.continue();
      const problem = { type: 'about:blank', title: 'stale', status: 401, code: 'stepup_required' };
      await route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(problem) });
    });
    const purposes: unknown[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/v1/auth/challenge')) purposes.push(request.postDataJSON().purpose);
    });
    await alice.open('/identity/tokens', 'Tokens');
    await button(page, 'Make a token').click();
    await button(page, 'Copy the token').waitFor();
    expect([asked, purposes]).toEqual([2, ['stepup']]);
    await page.unroute('**/v1/tokens');
  });

  it('gives everything away in three forms, after a fresh signature', async () => {
    const { page } = alice;
    await alice.open('/identity/take-along', 'Take along');
    const exported = async () => {
      const coming = page.waitForEvent('download');
      await button(page, 'Export everything').click();
      const download = await coming;
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    const archive = await exported();
    expect(archive.name).toMatch(/^vivim-\d{4}-\d\d-\d\d\.zip$/);
    expect(Object.keys(await filesOf(archive.bytes))).toContain('manifest.json');
    await page.getByLabel('Database').check();
    const database = await exported();
    expect(database.name).toMatch(/^vivim-\d{4}-\d\d-\d\d\.db$/);
    expect(database.bytes.subarray(0, 15).toString()).toBe('SQLite format 3');
    await page.getByLabel('Markdown').check();
    expect(Object.keys(await filesOf((await exported()).bytes))).toContain('index.md');
    await expectAccessible(page);
  });

  it('names guardians without touching the recovery key', async () => {
    const { page } = alice;
    const friend = await publicName(bob);
    await alice.open('/identity/access', 'Access');
    await button(page, 'Set guardians').click();
    await page.getByLabel('Their public names').fill(friend);
    await button(page, 'Set guardians').click();
    await page.getByText('no more must vouch than there are').waitFor();
    await page.getByLabel('How many must vouch').fill('1');
    await button(page, 'Set guardians').click();
    await page.getByText('1 of these 1 must vouch').waitFor();
    await page.getByText('a recovery key on paper').waitFor();
    await expectAccessible(page);
  });

  it('shuts a device out: its open page is led to the door at once, and its key opens nothing', async () => {
    // Which key is the stronger one is known late: what is pressed before is not lost.
    await work.page.route('**/v1/keys', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
    await work.open('/identity/devices', 'Devices');
    // The first key is the stronger one: only paper could shut it out.
    await button(work.page, 'Shut out Home computer').click();
    await work.page.getByLabel('The 24 words of your recovery key').fill('abandon '.repeat(24));
    await button(work.page, 'Shut it out').click();
    await work.page.getByText('one of them is not what was written down').waitFor();
    await expectAccessible(work.page);

    const tab = await work.context.newPage();
    await tab.goto(`${server.url}/identity/sessions`);
    await heading(tab, 'Sessions').waitFor();
    await alice.open('/identity/devices', 'Devices');
    await button(alice.page, 'Shut out Office').click();
    await expectAccessible(alice.page);
    await button(alice.page, 'Shut it out').click();
    for (const page of [work.page, tab]) {
      await heading(page, 'Sign in').waitFor();
      await page.getByText('You were signed out').waitFor();
    }
    await tab.close();
    await button(work.page, 'Sign in as Work computer').click();
    await work.page.getByText('This key signs in here no more').waitFor();
    await expectAccessible(work.page);
    await button(work.page, 'Forget Work computer').click();
    await button(work.page, 'Delete the key').click();
    await heading(work.page, 'Sign in').waitFor();
    await button(work.page, 'Make a key and sign in').waitFor();
  });
});
