/**
 * Alice's engine dies in the middle of what she does, and again: an import goes on to its end, reading and searching go on without a
 * question, and what was done stays done. Bob's engine is another one, which lives.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { engines } from '../bench/processes.ts';
import { dialogue, manyConversations } from '../kit/exports.ts';
import { longConversation } from '../kit/long-reading.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';
import { commonChromium, describeBrowser, leaveChromium } from './chromium.ts';
import { bringIn, button, expectNoOffences, jsonFile, newcomer, type Person, settleIn, shot, toast } from './people.ts';
import { buildWebFiles, type WebFiles } from './web-files.ts';

const length = 400;
const conversations = 800;
const raku = dialogue('raku', 'Raku', ['What is raku cooled in?', 'In sawdust, with the lid on.']);
/** An import that dies begins anew where it was, and gives way to everybody. */
const patience = { timeout: 120_000 };

describeBrowser('an engine that dies in the middle', () => {
  let web: WebFiles;
  let server: TestServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let his: readonly number[];

  beforeAll(async () => {
    web = await buildWebFiles();
    server = await startTestServer({ env: { VIVIM_WEB_DIR: web.dir, VIVIM_MODELS: 'off' } });
    browser = await commonChromium();
    [alice, bob] = [await newcomer(browser, server.url), await newcomer(browser, server.url)];
    await settleIn(bob, 'Bob');
    his = engines(server.pid).map(({ pid }) => pid);
    await settleIn(alice, 'Alice');
    await bringIn(alice, jsonFile('kiln.json', JSON.stringify([longConversation('kiln', 'Kiln log', length), raku])));
  }, 120_000);
  afterAll(async () => {
    await leaveChromium(browser);
    await server?.stop();
    await web?.remove();
  });
  expectNoOffences(() => [alice, bob].filter((person) => person !== undefined));

  const hers = () => engines(server.pid).flatMap(({ pid }) => (his.includes(pid) ? [] : [pid]));
  /** @returns how many died */
  const kill = (): number => {
    const pids = hers();
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    return pids.length;
  };

  it('an import goes on to its end, on the page that showed it', async () => {
    const { page } = alice;
    await alice.open('/import', 'Import');
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(jsonFile('years.json', manyConversations(conversations, 12)));
    const card = page.getByRole('article').filter({ hasText: 'years.json' });
    await card.getByText('importing', { exact: true }).waitFor();
    expect(kill()).toBe(1);
    await card.getByText('done', { exact: true }).waitFor(patience);
    await shot(alice, 'engine-import');
    await card.getByRole('link', { name: 'Report of years.json' }).click();
    await page
      .getByText(`${conversations.toLocaleString('en')} added`)
      .first()
      .waitFor();
  });

  it('reading goes on: what comes into sight is asked of the new one', async () => {
    const { page } = alice;
    await page.goto(`${server.url}/search?q=${encodeURIComponent('"Question 0 about firing"')}`);
    await page.getByRole('list', { name: 'Results' }).getByRole('link').first().click();
    await page.locator('article.message').filter({ hasText: 'Question 0 about firing' }).waitFor();
    expect(kill()).toBe(1);
    await page.keyboard.press('End');
    await page
      .locator('article.message')
      .filter({ hasText: `Answer ${length - 1}.` })
      .waitFor();
    expect(await page.getByRole('alert').allInnerTexts()).toEqual([]);
  });

  it('what was done just before stays done, and can be taken back', async () => {
    const { page } = alice;
    await button(page, 'Archive').click();
    await toast(page, 'Archived. Search still finds it.').waitFor();
    expect(kill()).toBe(1);
    await page.reload();
    await button(page, 'Put back into lists').click();
    await button(page, 'Archive').waitFor();
  });

  it('a search that was under way is answered, and so is a context', async () => {
    const { page } = alice;
    await alice.open('/search', 'Search');
    const field = page.getByRole('searchbox', { name: 'What are you looking for?' });
    await field.fill('raku');
    kill();
    await field.fill('sawdust');
    await page.getByRole('list', { name: 'Results' }).getByText('In sawdust, with the lid on.').waitFor();
    await alice.open('/context', 'Context');
    await page.getByLabel('The message the context is for').fill('What is raku cooled in?');
    expect(kill()).toBe(1);
    await button(page, 'Compile').click();
    await page.getByRole('tab', { name: /^Lines \d/ }).waitFor();
  });

  it('of somebody else is not noticed: his lives, and holds his alone', async () => {
    const { page } = bob;
    expect(engines(server.pid).map(({ pid }) => pid)).toEqual(expect.arrayContaining([...his]));
    await bob.open('/conversations', 'Conversations');
    expect(await page.locator('main').innerText()).not.toMatch(/Kiln/);
  });
});
