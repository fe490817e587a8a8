/** The first minutes: a made-up person's conversations to look around in, gone with one press; and what the start page tells. */
import { beforeAll, expect, it } from 'vitest';
import { describeBrowser } from './chromium.ts';
import { button, expectAccessible, expectNoOffences, heading, type Person, shot, twoPeople } from './people.ts';
import { useSite } from './site.ts';

describeBrowser('the start page', () => {
  const start = useSite();
  expectNoOffences(() => [alice, bob]);
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    [alice, bob] = await twoPeople(await start(), ['Laptop', 'Phone']);
  });

  it('a newcomer tries the sample and gets a cited answer', async () => {
    const { page } = alice;
    await expectAccessible(page);
    await shot(alice, 'home-empty');
    await button(page, 'Try with sample data').click();
    await page.getByText('You are looking at sample conversations').waitFor();
    await page.getByText('messages in the last year').waitFor();
    await page.getByRole('link', { name: 'Ask for a context and see where each line comes from' }).click();
    await heading(page, /context/i).waitFor();
    await page.getByRole('textbox').first().fill('Which glaze did I decide on for the bowls?');
    await page.keyboard.press('Control+Enter');
    await page
      .getByText(/0\.25 %/)
      .first()
      .waitFor();
  });

  it('the start page tells what is there, and is nobody else’s', async () => {
    await alice.open('/', 'Home');
    await alice.page.getByRole('heading', { name: 'Latest conversations' }).waitFor();
    await alice.page.getByRole('link', { name: 'A gift for Tomás' }).waitFor();
    await alice.page.getByRole('heading', { name: 'Topics that matter most' }).waitFor();
    await expectAccessible(alice.page);
    await shot(alice, 'home');
    await bob.open('/', 'Home');
    await button(bob.page, 'Try with sample data').waitFor();
    await expectAccessible(bob.page);
    await shot(bob, 'home-empty-phone-dark');
    expect(await bob.page.getByText('A gift for Tomás').count()).toBe(0);
  });

  it('the sample goes with one press, and only its own', async () => {
    await button(bob.page, 'Try with sample data').click();
    await bob.page.getByText('You are looking at sample conversations').waitFor();
    await bob.page.getByRole('link', { name: 'A gift for Tomás' }).waitFor();
    await shot(bob, 'home-phone-dark');
    await alice.open('/', 'Home');
    await button(alice.page, 'Remove the sample').click();
    await button(alice.page, 'Try with sample data').waitFor();
    await bob.page.reload();
    await bob.page.getByRole('link', { name: 'A gift for Tomás' }).waitFor();
  });
});
