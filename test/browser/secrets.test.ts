/**
 * Secrets in a real Chromium: what an import held is listed without a word of what it says, used or left out at a click, erased
 * for good; and a second person sees nothing of it.
 */
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { describeBrowser } from './chromium.ts';
import { button, expectAccessible, expectNoOffences, heading, newcomer, type Person, shot, signUp } from './people.ts';
import { useSite } from './site.ts';

const token = `ghp_${'aZ3kQ9xW7bT5mR1cV8nP6dL4'.repeat(2).slice(0, 36)}`;
const talk = dialogue('talk', 'Building the site', [`Use the token ${token} for the build.`, 'I will use it.']);

describeBrowser('secrets in the browser', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await Promise.all([
      newcomer(browser, server.url),
      newcomer(browser, server.url, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }),
    ]);
    await signUp(alice, 'Home computer');
    await signUp(bob, 'Phone');
  }, 120_000);

  expectNoOffences(() => [alice, bob]);

  it('come in with pasted text, are counted in the report and listed without what they say', async () => {
    await alice.open('/import', 'Import');
    await alice.page.getByText('Paste a conversation or a note').press('Enter');
    await alice.page.getByLabel('Text of a conversation, or a note').fill(JSON.stringify([talk]));
    await shot(alice, 'paste');
    await button(alice.page, 'Import the text').click();
    const card = alice.page
      .getByRole('article')
      .filter({ has: alice.page.getByRole('link', { name: 'Report of Pasted text' }) });
    await card.getByText('done', { exact: true }).waitFor();
    await card.getByRole('link', { name: 'Report of Pasted text' }).click();
    await alice.page.getByText('1 secret found.').waitFor();
    await alice.page.getByRole('link', { name: 'See secrets' }).click();
    await heading(alice.page, 'Secrets').waitFor();
    await alice.page.getByText('GitHub token').waitFor();
    await alice.page.getByText('left out of contexts').waitFor();
    expect(await alice.page.locator('body').innerText()).not.toContain(token);
    await expectAccessible(alice.page);
    await shot(alice, 'secrets');
    await bob.open('/secrets', 'Secrets');
    await bob.page.getByText('None were found').waitFor();
    await expectAccessible(bob.page);
    await shot(bob, 'secrets-none');
  });

  it('come in with a note, too', async () => {
    await bob.open('/import', 'Import');
    await bob.page.getByText('Paste a conversation or a note').press('Enter');
    await bob.page.getByLabel('Text of a conversation, or a note').fill('Milk and tea\nFor Sunday.');
    await button(bob.page, 'Save as a note').click();
    await bob.page.getByRole('link', { name: 'The note is saved. Read it' }).click();
    await heading(bob.page, 'Milk and tea').waitFor();
    await bob.page.getByText('For Sunday.').waitFor();
  });

  it('are used in contexts, or left out again, at a click', async () => {
    await button(alice.page, 'Use in contexts: this GitHub token').click();
    await alice.page.getByText('used in contexts', { exact: true }).waitFor();
    await button(alice.page, 'Leave out of contexts: this GitHub token').click();
    await alice.page.getByText('left out of contexts', { exact: true }).waitFor();
  });

  it('are erased where they stand; the rest of the message stays', async () => {
    await button(alice.page, 'Erase this GitHub token').click();
    await button(alice.page, 'Erase it').click();
    await alice.page.getByText('None were found').waitFor();
    await alice.open('/conversations', 'Conversations');
    await alice.page.getByText('Building the site').first().click();
    await alice.page.getByRole('article').getByText('Use the token [GitHub token masked] for the build.').waitFor();
  });

  it('a rule is chosen for the next one', async () => {
    await bob.open('/secrets', 'Secrets');
    await bob.page.getByRole('radio', { name: /is not stored/ }).check();
    await bob.page.reload();
    await bob.page.getByRole('radio', { name: /is not stored/, checked: true }).waitFor();
    await alice.open('/secrets', 'Secrets');
    await alice.page.getByRole('radio', { name: /stays where it was said/, checked: true }).waitFor();
  });
});
