/**
 * AI applications on the page of connections: set up with what is copied, let in, seen with what each was given, and shown out; what one
 * was told to remember and forget, undone by its person. The other person, on a phone in the dark, sees none of it.
 */
import type { Client } from '@modelcontextprotocol/client';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { letIn } from './applications.ts';
import { describeBrowser } from './chromium.ts';
import { button, expectAccessible, expectNoOffences, newcomer, type Person, shot, signUp, toast } from './people.ts';
import { useSite } from './site.ts';

const peanuts = 'The user is allergic to peanuts.';

describeBrowser('applications on the page of connections', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let notes: Client;

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    alice = await newcomer(browser, server.url, { viewport: { width: 1200, height: 800 } });
    bob = await newcomer(browser, server.url, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await signUp(alice, 'laptop');
    await signUp(bob, 'phone');
  }, 120_000);
  expectNoOffences(() => [alice, bob]);
  afterAll(() => notes?.close());

  it('teaches how to connect each of them, by keyboard too', async () => {
    const { page } = alice;
    await alice.open('/identity/connections', 'Connections');
    await page.getByText('No application yet').waitFor();
    await page.getByText('Nothing was asked yet.').waitFor();
    await page.getByText(`claude mcp add --transport http vivim ${server.url}/mcp`).waitFor();
    await page.getByRole('radio', { name: 'Claude Code' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText(`"${server.url}"`).waitFor();
    await page.getByText('which only this computer reaches').waitFor();
    await page.getByRole('radio', { name: 'LM Studio' }).check();
    await page.getByText('"Bearer vivim_pat_…"').waitFor();
    await page.getByRole('radio', { name: 'goose' }).check();
    await page.getByText(`uri: ${server.url}/mcp`).waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'AI applications' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('What to point a client at').waitFor();
    expect(page.url()).toContain('view=proxy');
    await expectAccessible(page);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'Your models' }).waitFor();
    await expectAccessible(page);
  });

  it('shows who was let in, what for, and what it was given', async () => {
    notes = await letIn(alice, server, 'Kitchen notes');
    const kept = await notes.callTool({ name: 'remember', arguments: { text: peanuts } });
    expect(kept.isError).not.toBe(true);
    const asked = { message: 'What may I cook with peanuts tonight?' };
    expect(JSON.stringify(await notes.callTool({ name: 'get_context', arguments: asked }))).toContain('allergic');
    const { page } = alice;
    await alice.open('/identity/connections', 'Connections');
    const card = page.getByRole('listitem').filter({ has: button(page, 'Show out: Kitchen notes') });
    await card.getByRole('link', { name: 'asked 2 times' }).waitFor();
    await card.getByText('Read your conversations, search them').waitFor();
    await page.getByText(asked.message).waitFor();
    await shot(alice, 'connections-apps');
    await expectAccessible(page);
    await page.getByRole('link', { name: asked.message }).click();
    await page.getByText('allergic to peanuts').first().waitFor();
    expect(page.url()).toMatch(/\/context\/records\/[0-9a-f-]{36}/);
    await page.goBack();
    await page.getByRole('link', { name: 'All records of AI applications' }).click();
    await page.getByRole('link', { name: asked.message }).waitFor();
    expect(page.url()).toContain('way=mcp');
    await bob.open('/identity/connections', 'Connections');
    await bob.page.getByText('No application yet').waitFor();
    await bob.page.getByText('Nothing was asked yet.').waitFor();
    expect(await bob.page.content()).not.toContain('Kitchen');
    expect(await bob.page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await shot(bob, 'connections-apps-phone-dark');
    await bob.page.getByRole('tab', { name: 'Proxy' }).click();
    await bob.page.getByText('What to point a client at').waitFor();
    await shot(bob, 'connections-proxy-phone-dark');
    await expectAccessible(bob.page);
  });

  it('opens a source by the page an AI names, for its person alone', async () => {
    const messages = [{ role: 'user', content: 'The ladder to the loft stands behind the shed.' }];
    await notes.callTool({ name: 'save_conversation', arguments: { title: 'Ladder', messages } });
    const found = await notes.callTool({ name: 'search', arguments: { query: 'ladder loft' } });
    const { hits, messagePages } = found.structuredContent as unknown as {
      readonly hits: readonly { readonly citation: { readonly messageId: string } }[];
      readonly messagePages: string;
    };
    const page = `${messagePages}${hits[0]?.citation.messageId}`;
    expect(page).toMatch(new RegExp(`^${server.url}/messages/m_[a-z2-7]{32}$`));
    await alice.page.goto(page);
    await alice.page
      .getByText(messages[0]?.content ?? '')
      .first()
      .waitFor();
    expect(alice.page.url()).toMatch(/\/conversations\/c_[a-z2-7]{32}\?message=m_/);
    await bob.page.goto(page);
    await bob.page.getByRole('heading', { name: 'Not found' }).waitFor();
    expect(await bob.page.content()).not.toContain('ladder to the loft');
  });

  it('tells what it searched and read beside contexts, and each leads to what it was given', async () => {
    const { page } = alice;
    await alice.open('/identity/connections', 'Connections');
    await page.getByRole('link', { name: /^asked \d times$/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Records' }).waitFor();
    expect(page.url()).toContain('app=Kitchen');
    await page.getByRole('link', { name: 'Remembered something' }).waitFor();
    await page.getByRole('combobox', { name: 'What' }).selectOption('search');
    await expect.poll(() => page.getByRole('link', { name: 'Remembered something' }).count()).toBe(0);
    expect(page.url()).toContain('kind=search');
    await expectAccessible(page);
    await shot(alice, 'records-of-an-application');
    await page.getByRole('link', { name: 'Searched: ladder loft' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Searched: ladder loft' }).waitFor();
    const given = page.locator('.given-things');
    await given.getByRole('link', { name: 'Ladder' }).first().waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await shot(alice, 'record-asked-phone-dark');
    await page.setViewportSize({ width: 1200, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
    const address = page.url();
    await given.getByRole('link', { name: 'Ladder' }).first().click();
    const message = page.locator('article').filter({ hasText: 'The ladder to the loft' });
    await message.getByRole('button', { name: 'More on this message' }).click();
    await page.getByRole('menuitem', { name: 'Units and where they were used' }).click();
    await page.getByRole('dialog').getByText('Found and read by connected AIs').waitFor();
    await page.getByRole('dialog').getByRole('link', { name: 'Searched: ladder loft' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    // The head of the conversation says it too, and leads to what gave something of it, and nothing else.
    const told = page.getByRole('link', { name: 'Told to Kitchen notes', exact: true });
    await told.waitFor();
    await shot(alice, 'conversation-told');
    await told.click();
    await page.getByRole('heading', { level: 1, name: 'Records' }).waitFor();
    await page.getByText('Gave something of: Ladder').waitFor();
    await page.getByRole('link', { name: 'Searched: ladder loft' }).waitFor();
    expect(await page.getByRole('link', { name: 'Remembered something' }).count()).toBe(0);
    await expectAccessible(page);
    await shot(alice, 'records-of-a-conversation');
    await page.getByRole('link', { name: 'Open the conversation' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ladder' }).waitFor();
    await page.goBack();
    await button(page, 'Remove the filter Gave something of: Ladder').click();
    await page.getByRole('link', { name: 'Remembered something' }).waitFor();
    await bob.page.goto(address);
    await bob.page.getByText('There is nothing here under this id.').first().waitFor();
    expect(await bob.page.content()).not.toContain('ladder loft');
    await page.goto(address);
    await button(page, 'Remove this record').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove this record' }).click();
    await page.getByRole('heading', { level: 1, name: 'Records' }).waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'Searched: ladder loft' }).count()).toBe(0);
  });

  it('says on the page of memories which of them wrote something down, and brings back what one forgot', async () => {
    const { page } = alice;
    await alice.open('/memories', 'Memories');
    await page.getByText(/^Said to Kitchen notes, /).waitFor();
    const forgotten = await notes.callTool({ name: 'forget', arguments: { quote: peanuts } });
    expect(forgotten.structuredContent).toMatchObject({ outcome: 'set_aside' });
    await alice.open('/memories?state=archived', 'Memories');
    await page.getByText(peanuts).waitFor();
  });

  it('shows one out, which then is told nothing more', async () => {
    const { page } = alice;
    await alice.open('/identity/connections', 'Connections');
    await button(page, 'Show out: Kitchen notes').click();
    await toast(page, 'Kitchen notes was shown out.').waitFor();
    await page.getByText('No application yet').waitFor();
    // Its name stays with what it asked.
    await page.locator('.told-records').getByText('Kitchen notes').first().waitFor();
    await expect(notes.callTool({ name: 'search', arguments: { query: 'peanuts' } })).rejects.toThrow();
  });
});
