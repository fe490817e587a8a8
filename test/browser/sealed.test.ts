/**
 * A sealed space in a real Chromium: sealed on the page that says what it means, read again after the server was started anew
 * without anybody being asked, locked and unlocked by hand; and a browser that opens nothing, which the words on paper open.
 */
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../architecture/source-files.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';
import { commonChromium, describeBrowser, leaveChromium } from './chromium.ts';
import {
  bringIn,
  button,
  expectAccessible,
  expectNoOffences,
  heading,
  newcomer,
  type Person,
  publicName,
  resting,
  shot,
  signUp,
  writeDown,
} from './people.ts';
import { buildWebFiles, type WebFiles } from './web-files.ts';

/** The same port after a restart, as a server has it: a browser's keys belong to an address. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(address)));
    });
  });
}

describeBrowser('a sealed space in the browser', () => {
  let web: WebFiles;
  let server: TestServer;
  let env: Record<string, string>;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let fresh: Person;
  let words: string[];
  let account: string;

  beforeAll(async () => {
    web = await buildWebFiles();
    env = {
      VIVIM_WEB_DIR: web.dir,
      VIVIM_MODELS: 'off',
      VIVIM_RECOVERY_DELAY_HOURS: '0',
      VIVIM_PORT: String(await freePort()),
    };
    server = await startTestServer({ env });
    browser = await commonChromium();
    [alice, bob, fresh] = await Promise.all([
      newcomer(browser, server.url),
      newcomer(browser, server.url, { viewport: { width: 390, height: 844 } }),
      newcomer(browser, server.url, { colorScheme: 'dark' }),
    ]);
  }, 120_000);

  expectNoOffences(() => [alice, bob, fresh]);

  afterAll(async () => {
    await leaveChromium(browser);
    await server?.stop();
    await web?.remove();
  });

  /** What stands first among the conversations. */
  const firstOf = async (person: Person): Promise<string> => {
    await person.load('/conversations', 'Conversations');
    const links = person.page.locator('main a[href^="/conversations/"]').filter({ hasText: /\S/ });
    // A list that is longer than the page draws its rows when they come into view: what is not drawn has no inner text.
    return (await links.first().textContent())?.trim() ?? '';
  };

  /** In another tab of the same browser; the one that is open is told nothing. */
  async function lockElsewhere({ context }: Person): Promise<void> {
    const tab = await context.newPage();
    await tab.goto(`${server.url}/identity/space`);
    // Another page of hers may hand the key in again before this one has said that it is gone.
    const locked = tab.waitForResponse((answer) => answer.url().endsWith('/v1/space/lock'));
    await button(tab, 'Lock it now').click();
    expect((await locked).status()).toBe(200);
    await tab.close();
  }

  it('is offered with what it means, and only where two keys open it', async () => {
    await signUp(alice, 'Home computer');
    await signUp(bob, 'Phone');
    await alice.load('/identity/space', 'Space');
    await alice.page.getByText('Fewer than two keys of yours open the space.').waitFor();
    expect(await button(alice.page, 'Seal my space').count()).toBe(0);
    await alice.page.goto(`${server.url}/welcome`);
    await button(alice.page, 'Choose this: A recovery key on paper').click();
    words = await writeDown(alice.page);
    await heading(alice.page, 'Two ways in').waitFor();
    await bringIn(alice, join(root, 'test/fixtures/demo', 'alice-chatgpt.json'));
    await bringIn(bob, join(root, 'test/fixtures/demo', 'bob-generic.json'));
    account = await publicName(alice);
    await alice.load('/identity/space', 'Space');
    await alice.page.getByText('Guardians can bring your account back; they cannot open a sealed space.').waitFor();
    await expectAccessible(alice.page);
    await shot(alice, 'before');
    await button(alice.page, 'Seal my space').click();
    await alice.page.getByText('only 1 device and the recovery key on paper will open your space').waitFor();
    await button(alice.page, 'I understand: seal it').click();
    await alice.page.getByText('Sealed, and unlocked now').waitFor();
    await expectAccessible(alice.page);
    await shot(alice, 'sealed');
  });

  it('reads on after the server was started anew, without a question, and so does the neighbour', async () => {
    const [hers, his] = [await firstOf(alice), await firstOf(bob)];
    expect([hers, his]).not.toContain('');
    const { dataDir } = server;
    const refusals: string[] = [];
    alice.page.on('response', (response) => {
      if (response.status() === 423) refusals.push(new URL(response.url()).pathname);
    });
    await server.stop({ keep: true });
    server = await startTestServer({ env, dataDir });
    expect(await firstOf(alice)).toBe(hers);
    // It was locked, and was unlocked by the page itself.
    expect(refusals.length).toBeGreaterThan(0);
    await alice.load('/identity/history', 'History');
    await alice.page.getByText('The sealed space was unlocked.').first().waitFor();
    expect(await firstOf(bob)).toBe(his);
    // What was read of a sealed space rests nowhere in the browser; his, which is open, may.
    await expect.poll(() => resting(bob.page), { timeout: 20_000 }).toContain('conversations');
    expect(await resting(alice.page)).toBe('[]');
  });

  it('is locked by hand and stays so on this page until it is unlocked by hand', async () => {
    await alice.load('/identity/space', 'Space');
    await button(alice.page, 'Lock it now').click();
    await alice.page.getByText('Sealed, and locked').waitFor();
    await alice.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Search' }).click();
    await heading(alice.page, 'Your space is locked').waitFor();
    await expectAccessible(alice.page);
    await shot(alice, 'locked');
    await button(alice.page, 'Unlock with this browser').click();
    await heading(alice.page, 'Search').waitFor();
  });

  it('takes an upload that begins while it is locked', async () => {
    await alice.load('/import', 'Import');
    await lockElsewhere(alice);
    await alice.page
      .locator('input[type=file]')
      .first()
      .setInputFiles(join(root, 'test/fixtures/demo/alice-claude.json'));
    const card = alice.page
      .getByRole('article')
      .filter({ has: alice.page.getByRole('link', { name: 'Report of alice-claude.json' }) });
    await card.getByText('done', { exact: true }).waitFor();
  });

  it('after a recovery is opened with the words, in a browser that opens nothing by itself', async () => {
    // An open page of hers that keeps up with the space would hand the key in again.
    await alice.page.goto('about:blank');
    await lockElsewhere(alice);
    await fresh.load('/recover', 'Get back in');
    await fresh.page.getByLabel('Your public name (DID)').fill(account);
    await fresh.page.getByLabel('The 24 words').fill(words.join(' '));
    await fresh.page.getByLabel('A name for this browser').fill('New computer');
    await button(fresh.page, 'Ask to get back in').click();
    await button(fresh.page, 'Get back in').click();
    await heading(fresh.page, 'Your space is locked').waitFor();
    await shot(fresh, 'recovered');
    await button(fresh.page, 'Unlock with this browser').click();
    await fresh.page.getByText('Your space is sealed; unlock it').waitFor();
    await button(fresh.page, 'With the 24 words').click();
    await fresh.page.getByLabel('The 24 words of your recovery key').fill(words.join(' '));
    await button(fresh.page, 'Open with these words').click();
    await heading(fresh.page, 'Home').waitFor();
    // The key is sealed to this browser now: next time it opens the space by itself.
    const { dataDir } = server;
    await server.stop({ keep: true });
    server = await startTestServer({ env, dataDir });
    expect(await firstOf(fresh)).not.toBe('');
  });
});
