/**
 * Reading in a real Chromium: everything a message may hold, a conversation of hundreds of messages, branches, keys, what one hangs on
 * messages and takes back, where a message was used; a second person's browser, a phone, the dark.
 */
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { everyKind, longConversation } from '../kit/long-reading.ts';
import { describeBrowser } from './chromium.ts';
import {
  bringIn,
  button,
  expectAccessible,
  expectNoOffences,
  heading,
  jsonFile,
  type Person,
  shot,
  toast,
  twoPeople,
} from './people.ts';
import { useSite } from './site.ts';

const length = 800;

describeBrowser('the reader', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let glaze = '';
  let long = '';

  const article = ({ page }: Person, text: string | RegExp) =>
    page.locator('article.message').filter({ hasText: text });
  const drawn = ({ page }: Person) => page.locator('article.message').count();
  /** By keys alone: what has the focus. */
  const focused = ({ page }: Person) => page.locator('article.message:focus').innerText();
  async function find({ page, open }: Person, title: string): Promise<string> {
    await open('/conversations', 'Conversations');
    await page.getByRole('link', { name: title }).click();
    await heading(page, title).waitFor();
    return page.url();
  }

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await twoPeople({ browser, server });
    await bringIn(alice, jsonFile('glaze.json', everyKind('bowls')));
    await bringIn(
      alice,
      jsonFile('conversations.json', JSON.stringify([longConversation('kiln', 'Kiln log', length)])),
    );
    await bringIn(bob, jsonFile('glaze.json', everyKind('vases')));
  }, 120_000);

  expectNoOffences(() => [alice, bob].filter((person) => person !== undefined));

  it('shows code in colours, mathematics, tables, folded reasoning and tools, and says what nobody can read', async () => {
    const { page } = alice;
    glaze = await find(alice, 'Glaze chemistry of bowls');
    const answer = article(alice, 'The ratio is');
    await answer.locator('.hljs-keyword').first().waitFor();
    await answer.locator('math').nth(1).waitFor();
    expect(await answer.locator('math mfrac').count()).toBeGreaterThan(0);
    expect(await answer.innerText()).toContain('costs $5 and not $10');
    expect(await answer.locator('table td').count()).toBe(4);
    await page.getByText('Called find_recipe', { exact: true }).waitFor();
    await page.getByText('Result of find_recipe', { exact: true }).waitFor();
    const reasoning = page.locator('details.reasoning');
    expect(await reasoning.getAttribute('open')).toBeNull();
    await reasoning.locator('summary').click();
    await reasoning.getByText('I should look the recipe up first.').last().waitFor();
    const unknown = answer.locator('details.kept');
    await unknown.locator('summary').click();
    await unknown.getByText('does not know this kind of content yet').waitFor();
    await unknown.getByText('hologram').last().waitFor();
    await expectAccessible(page);
    await shot(alice, 'reader');
  });

  it('hangs a bookmark, a note and tags on it, each with a way back', async () => {
    const { page } = alice;
    await page.goto(glaze);
    const answer = article(alice, 'The ratio is');
    await answer.locator('.hljs-keyword').first().waitFor();
    await answer.getByRole('button', { name: 'Bookmark' }).click();
    await toast(page, 'Bookmarked.').waitFor();
    await answer.getByRole('button', { name: 'Bookmark', pressed: true }).waitFor();
    await answer.focus();
    await page.keyboard.press('n');
    await page.getByLabel('Your words').fill('Ask **Nadia** about the alumina.');
    await expectAccessible(page);
    await button(page, 'Save').click();
    await answer.locator('.own-note strong').getByText('Nadia').waitFor();
    await button(page, 'Add tag').first().click();
    await page.getByLabel('Tag', { exact: true }).fill('chemistry');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'All conversations tagged chemistry' }).waitFor();
    await button(page, 'Archive').click();
    await toast(page, 'Archived. Search still finds it.').waitFor();
    await shot(alice, 'reader-hung');
    await page.locator('.toast').filter({ hasText: 'Archived.' }).getByRole('button', { name: 'Undo' }).click();
    await button(page, 'Archive').waitFor();
    await page.reload();
    await answer.locator('.own-note').waitFor();
    await answer.getByRole('button', { name: 'Bookmark', pressed: true }).waitFor();
  });

  it('copies a message as Markdown, says where its units were used, and keeps it out of contexts', async () => {
    const { page } = alice;
    await page.goto(`${server.url}/context`);
    await page.getByLabel('The message the context is for').fill('What is the ratio of silica and alumina in celadon?');
    await page.getByRole('button', { name: 'Compile' }).click();
    await page.getByRole('heading', { name: 'Bundle' }).waitFor();
    await page.goto(glaze);
    const answer = article(alice, 'The ratio is');
    await answer.locator('.hljs-keyword').first().waitFor();
    const menu = answer.getByRole('button', { name: 'More on this message' });
    await menu.click();
    await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
    await toast(page, 'Copied.').waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('```python\ndef ratio(');
    await menu.click();
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: 'Units and where they were used' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('What is the ratio of silica and alumina in celadon?').first().waitFor();
    await expectAccessible(page);
    await shot(alice, 'reader-units');
    await page.keyboard.press('Escape');
    await menu.click();
    await page.getByRole('menuitem', { name: 'Keep out of contexts' }).click();
    await answer.locator('header').getByText('Kept out of contexts').waitFor();
    await page.locator('.toast').filter({ hasText: 'Kept out' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => answer.locator('header').getByText('Kept out of contexts').count()).toBe(0);
  });

  it('holds hundreds of messages with a few of them in the page, and goes from one to the next by keys', async () => {
    const { page } = alice;
    long = await find(alice, 'Kiln log');
    await article(alice, 'Question 0 about firing').waitFor();
    expect(await drawn(alice)).toBeLessThan(40);
    await article(alice, 'Question 0 about firing').focus();
    for (const text of ['Answer 1.', 'Question 2 about', 'Answer 3.']) {
      await page.keyboard.press('j');
      await expect.poll(() => focused(alice)).toContain(text);
    }
    await page.keyboard.press('k');
    await expect.poll(() => focused(alice)).toContain('Question 2 about');
    await page.keyboard.press('[');
    await article(alice, 'The answer to the other question.').waitFor();
    await article(alice, 'asked otherwise').focus();
    await page.keyboard.press(']');
    await article(alice, 'Question 2 about firing').waitFor();
    await page.keyboard.press('End');
    await article(alice, `Answer ${length - 1}.`).waitFor();
    expect(await drawn(alice)).toBeLessThan(40);
    await expectAccessible(page);
  });

  it('goes where the outline leads and where a link leads, on whatever branch, and stays there', async () => {
    const { page } = alice;
    await page.goto(long);
    await article(alice, 'Question 0 about firing').waitFor();
    const outline = page.getByRole('navigation', { name: 'What you asked in this conversation' });
    await outline.getByRole('button', { name: 'Question 20 about firing 20?' }).click();
    await expect.poll(() => focused(alice)).toContain('Question 20 about');
    const link = async (place: number) => {
      const { items } = await page.evaluate<{ items: { id: string; opening: string | null }[] }>(
        `fetch('/v1/conversations/${new URL(long).pathname.split('/').at(-1)}/outline').then((answer) => answer.json())`,
      );
      return `${long}?message=${items.find(({ opening }) => opening?.startsWith(`Question ${place}`))?.id}`;
    };
    await page.goto(await link(700));
    const wanted = page.locator('article.wanted');
    await wanted.getByText('Question 700 about firing 700?').waitFor();
    // Those around it come with their own heights, and it stays where it is.
    await article(alice, 'Answer 699.').waitFor();
    await expect.poll(async () => Math.round((await wanted.boundingBox())?.y ?? -1)).toBeGreaterThan(0);
    expect((await wanted.boundingBox())?.y).toBeLessThan(200);
    if (process.env.VIVIM_SHOTS !== undefined)
      await page.screenshot({ path: `${process.env.VIVIM_SHOTS}/reader-long.png` });
    const elsewhere = await page.evaluate<string>(
      `fetch('/v1/conversations/${new URL(long).pathname.split('/').at(-1)}/outline').then((answer) => answer.json()).then(({ items }) => items.find(({ opening }) => opening === 'Question 2, asked otherwise?').id)`,
    );
    await page.goto(`${long}?message=${elsewhere}`);
    await page.locator('article.wanted').getByText('Question 2, asked otherwise?').waitFor();
    await article(alice, 'The answer to the other question.').waitFor();
    expect(await article(alice, 'Question 2 about firing').count()).toBe(0);
    await page.goto(`${long}?message=m_${'a'.repeat(32)}`);
    await page.getByText('The message you followed is not in this conversation any more.').waitFor();
  });

  it('fits a phone in the dark, and shows Bob nothing of Alice’s', async () => {
    const { page } = bob;
    await page.goto(glaze);
    await heading(page, 'Not found').waitFor();
    await find(bob, 'Glaze chemistry of vases');
    await article(bob, 'The ratio is').locator('.hljs-keyword').first().waitFor();
    await page.getByText('Called find_recipe', { exact: true }).waitFor();
    expect(await page.locator('.own-note').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await expectAccessible(page);
    await shot(bob, 'reader-phone');
    await button(page, 'Outline').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Thank you, that is clear.' }).click();
    await article(bob, 'Thank you, that is clear.').waitFor();
    await expectAccessible(page);
  });
});
