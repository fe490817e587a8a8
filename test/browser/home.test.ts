/** The first minutes: a made-up person's conversations to look around in, gone with one press; and what the start page tells. */
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { letIn } from './applications.ts';
import { describeBrowser } from './chromium.ts';
import { button, expectAccessible, expectNoOffences, heading, type Person, shot, twoPeople } from './people.ts';
import { useSite } from './site.ts';

describeBrowser('the start page', () => {
  const start = useSite();
  expectNoOffences(() => [alice, bob]);
  let server: CommonServer;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    const site = await start();
    server = site.server;
    [alice, bob] = await twoPeople(site, ['Laptop', 'Phone']);
  });

  it('a newcomer tries the sample and gets a cited answer', async () => {
    const { page } = alice;
    await expectAccessible(page);
    await shot(alice, 'home-empty');
    await button(page, 'Try with sample data').click();
    await page.getByText('You are looking at sample conversations').waitFor();
    await page.getByText('messages in the last year').waitFor();
    await page.getByRole('link', { name: 'Ask, and see where each line comes from' }).click();
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

  it('a step that was done stays done, whoever asks next', async () => {
    const { page } = alice;
    const step = page.getByRole('link', { name: 'Let an AI ask for itself' });
    await step.waitFor();
    const notes = await letIn(alice, server, 'Kitchen notes');
    const message = 'Which glaze is on the bowls?';
    expect((await notes.callTool({ name: 'get_context', arguments: { message } })).isError).not.toBe(true);
    await notes.close();
    await alice.open('/context', 'Context');
    await page.getByLabel('The message the context is for').fill(message);
    await button(page, 'Compile').click();
    await page.getByRole('heading', { name: 'Bundle' }).waitFor();
    await alice.load('/', 'Home');
    await page.getByRole('listitem').filter({ hasText: 'Let an AI ask for itself' }).waitFor();
    expect(await step.count()).toBe(0);
    await bob.open('/', 'Home');
    await button(bob.page, 'Try with sample data').waitFor();
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
