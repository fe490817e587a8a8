/**
 * Getting back in, in a real Chromium: with the words on paper after the wait, stopped by the owner, through a guardian who
 * compares six words; and an account that is locked, unlocked, deleted and kept.
 */
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import {
  button,
  expectAccessible,
  expectNoOffences,
  heading,
  newcomer,
  type Person,
  publicName,
  signUp,
  sixWords,
  wipe,
  writeDown,
} from './people.ts';
import { useSite } from './site.ts';

describeBrowser('recovery in the browser', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  /** A browser that has nothing. */
  let fresh: Person;
  let account: string;
  let words: string[];

  beforeAll(async () => {
    ({ server, browser } = await startSite({ VIVIM_MODELS: 'off', VIVIM_RECOVERY_DELAY_HOURS: '0' }));
    [alice, bob, fresh] = await Promise.all([
      newcomer(browser, server.url),
      newcomer(browser, server.url, { viewport: { width: 390, height: 844 } }),
      newcomer(browser, server.url, { colorScheme: 'dark' }),
    ]);
  }, 120_000);

  expectNoOffences(() => [alice, bob, fresh]);

  /** Types in the words of the paper and asks. */
  async function askWithWords({ page }: Person, name: string, typed: readonly string[]): Promise<void> {
    await page.getByLabel('Your public name (DID)').fill(account);
    await page.getByLabel('The 24 words').fill(typed.join(' '));
    await page.getByLabel('A name for this browser').fill(name);
    await button(page, 'Ask to get back in').click();
  }

  it('is stopped by the owner, who sees it on every page at once', async () => {
    await signUp(alice, 'Home computer');
    await button(alice.page, 'Choose this: A recovery key on paper').click();
    words = await writeDown(alice.page);
    await heading(alice.page, 'Two ways in').waitFor();
    account = await publicName(alice);
    await signUp(bob, 'Bob’s phone');
    await alice.page.goto(`${server.url}/search`);

    await fresh.page.goto(server.url);
    await fresh.page.getByRole('link', { name: 'I lost my devices' }).click();
    await heading(fresh.page, 'Get back in').waitFor();
    await expectAccessible(fresh.page);
    await askWithWords(fresh, 'Thief', words.slice(1));
    await fresh.page.getByText('There should be 24 words; these are 23.').waitFor();
    await expectAccessible(fresh.page);
    await askWithWords(fresh, 'Thief', words);
    await button(fresh.page, 'Get back in').waitFor();
    await expectAccessible(fresh.page);

    await alice.page.getByText('Somebody asks to get into your account').waitFor();
    await expectAccessible(alice.page);
    expect(await bob.page.getByText('Somebody asks to get into').count()).toBe(0);
    await button(alice.page, 'Stop it').click();
    await alice.page.getByText('Somebody asks to get into your account').waitFor({ state: 'detached' });
    await alice.page.getByText('Whoever it was has your words').waitFor();
    await button(alice.page, 'Dismiss').click();
    await fresh.page.getByText('One of your devices stopped this recovery.').waitFor();
    await expectAccessible(fresh.page);
    await button(fresh.page, 'Start over').click();
    await button(fresh.page, 'Ask to get back in').waitFor();
  });

  it('says the same of words of nobody and of an account that has none', async () => {
    const { page } = fresh;
    await page.goto(`${server.url}/recover`);
    const theirs = await publicName(bob);
    await page.getByLabel('Your public name (DID)').fill(theirs);
    await page.getByLabel('The 24 words').fill(words.join(' '));
    await button(page, 'Ask to get back in').click();
    await page.getByText('The recovery key does not fit this account.').waitFor();
    // Nothing of the try stays in the browser.
    await page.goto(server.url);
    await heading(page, 'Your memory of every AI').waitFor();
    expect(await page.getByText('Identities in this browser').count()).toBe(0);
  });

  it('lets the owner of the words in after the wait, opens the names, and shuts the lost device out', async () => {
    const { page } = fresh;
    await page.goto(`${server.url}/identity/devices`);
    await page.getByRole('link', { name: 'I lost my devices' }).click();
    await askWithWords(fresh, 'New computer', words);
    await button(page, 'Get back in').waitFor();
    // Closing the page loses nothing.
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Go on with New computer' }).click();
    await button(page, 'Get back in').click();
    await heading(page, 'Home').waitFor();
    await page.getByText('Your account was recovered.').waitFor();
    await heading(alice.page, 'Sign in').waitFor();
    await fresh.load('/identity/devices', 'Devices');
    await page.getByText('New computer', { exact: true }).waitFor();
    expect(await page.getByText('Home computer', { exact: true }).count()).toBe(0);
    await fresh.load('/identity/account', 'Account');
    expect(await button(page, 'Erase the account').isDisabled()).toBe(true);
    await expectAccessible(page);
    await fresh.load('/identity/history', 'History');
    await page.getByText('The account was recovered with a new key.').first().waitFor();
  });

  it('locks the account against everybody, and the words unlock it', async () => {
    const { page } = fresh;
    await fresh.load('/identity/account', 'Account');
    await button(page, 'Lock the account').click();
    await expectAccessible(page);
    await button(page, 'Lock it now').click();
    await heading(page, 'Sign in').waitFor();
    await button(page, 'Sign in as New computer').click();
    await page.getByRole('link', { name: 'Unlock the account' }).click();
    await heading(page, 'Unlock your account').waitFor();
    await expectAccessible(page);
    await page.getByLabel('The 24 words').fill(words.join(' ').toUpperCase());
    await button(page, 'Unlock').click();
    await page.getByText('Unlocked.').waitFor();
    await page.getByRole('link', { name: 'Go to sign-in' }).click();
    await button(page, 'Sign in as New computer').click();
    await heading(page, 'Home').waitFor();
  });

  it('goes through a guardian who compares six words', async () => {
    const friend = await publicName(bob);
    const { page } = fresh;
    await fresh.load('/identity/access', 'Access');
    await button(page, 'Set guardians').click();
    await page.getByLabel('Their public names').fill(friend);
    await page.getByLabel('How many must vouch').fill('1');
    await button(page, 'Set guardians').click();
    await page.getByText('1 of these 1 must vouch').waitFor();

    await wipe(alice);
    await alice.page.goto(`${server.url}/recover`);
    await alice.page.getByLabel('Guardians: people I chose').check();
    await alice.page.getByLabel('Your public name (DID)').fill(account);
    await alice.page.getByLabel('A name for this browser').fill('Borrowed computer');
    await button(alice.page, 'Ask to get back in').click();
    const asked = await sixWords(alice.page);
    await alice.page.getByText('0 of 1 guardians have vouched').waitFor();
    await expectAccessible(alice.page);
    await page.getByText('They ask your guardians to vouch').waitFor();

    await bob.load('/identity', 'You');
    await bob.page.getByRole('link', { name: 'See who' }).click();
    await heading(bob.page, 'Access').waitFor();
    expect(await sixWords(bob.page)).toEqual(asked);
    await expectAccessible(bob.page);
    await button(bob.page, 'The words are the same: vouch').click();
    await bob.page
      .getByRole('alertdialog')
      .getByRole('button', { name: /vouch$/ })
      .click();

    await alice.page.getByText('Shut out every other device').waitFor();
    await alice.page.getByLabel('Shut out every other device').uncheck();
    await button(alice.page, 'Get back in').click();
    await heading(alice.page, 'Home').waitFor();
    await alice.load('/identity/devices', 'Devices');
    for (const name of ['Borrowed computer', 'New computer'])
      await alice.page.getByText(name, { exact: true }).waitFor();
    // What a guardian vouched for is not theirs.
    await bob.load('/identity/devices', 'Devices');
    expect(await bob.page.getByText('Borrowed computer').count()).toBe(0);
  });

  it('undoes what a weaker key did, with the words', async () => {
    const { page } = alice;
    await alice.load('/identity/access', 'Access');
    await button(page, 'Remove all').click();
    await button(page, 'Remove all').click();
    await page.getByText('None yet. People of this server').waitFor();
    await alice.load('/identity/history', 'History');
    await page
      .getByRole('button', { name: /^Undo number/ })
      .first()
      .click();
    await page.getByLabel(/The 24 words of your recovery key/).fill(words.join(' '));
    await expectAccessible(page);
    await button(page, 'Undo it').click();
    await page.getByText('ways back in set (undone)').waitFor();
    await alice.load('/identity/access', 'Access');
    await page.getByText('1 of these 1 must vouch').waitFor();
  });

  it('keeps an account after all that was to be erased', async () => {
    const { page } = bob;
    await bob.load('/identity/account', 'Account');
    await page.getByText('You need a recovery key first').waitFor();
    await button(page, 'Erase the account').click();
    await button(page, 'Erase my account').click();
    await page.getByText('Your account will be erased on').waitFor();
    const receipt = await page.locator('.secret').innerText();
    expect(receipt).toMatch(/\/erased\/[A-Za-z0-9_-]{43}$/);
    await expectAccessible(page);
    await page.reload();
    await button(page, 'Show the receipt').click();
    expect(await page.locator('.secret').innerText()).toBe(receipt);
    await alice.page.goto(receipt);
    await alice.page.getByText('has been erased on this server, or not yet').waitFor();
    await expectAccessible(alice.page);
    await page.goto(server.url);
    await page.getByText('Your account will be erased on').waitFor();
    await button(page, 'Keep my account').click();
    await page.getByText('Your account will be erased on').waitFor({ state: 'detached' });
  });
});
