/** A newer version of the pages: noticed by whoever has them open, and loaded when they say so; until then they go on with the old one. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../kit/server.ts';
import { buildChanged } from './changed-build.ts';
import { describeBrowser, launchChromium } from './chromium.ts';
import { button, expectAccessible, expectNoOffences, heading, newcomer, type Person, settleIn } from './people.ts';
import { buildWebFiles } from './web-files.ts';

const before = 'What VIVIM remembers about you, one statement each.';
const after = 'What VIVIM remembers about you, in the next version.';

describeBrowser('a newer version of the pages', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'vivim-versions-'));
  const served = join(scratch, 'served');
  let server: TestServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  const people: Person[] = [];

  beforeAll(async () => {
    const first = await buildWebFiles();
    cpSync(first.dir, served, { recursive: true });
    await first.remove();
    server = await startTestServer({ env: { VIVIM_WEB_DIR: served, VIVIM_MODELS: 'off' } });
    browser = await launchChromium();
    alice = await newcomer(browser, server.url, { serviceWorkers: 'allow' });
    bob = await newcomer(browser, server.url, { serviceWorkers: 'allow' });
    people.push(alice, bob);
    await settleIn(alice, 'Alice at home');
    await settleIn(bob, 'Bob at work');
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  expectNoOffences(() => people);

  const inCharge = (page: Page): Promise<unknown> =>
    page.evaluate(`navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null
      ? true : new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve)).then(() => true))`);
  /** What an open page does every hour. */
  const look = (page: Page): Promise<unknown> =>
    page.evaluate(
      `navigator.serviceWorker.getRegistration().then((registration) => registration.update()).then(() => true)`,
    );
  const notice = (page: Page) => page.getByText('A new version of VIVIM is here.');

  it('is noticed where they are open, and not before there is one', async () => {
    const { page } = alice;
    await alice.load('/memories', 'Memories');
    for (const one of people) await inCharge(one.page);
    await look(page);
    expect(await notice(page).count()).toBe(0);
    const next = join(scratch, 'next');
    await buildChanged(next, before, after);
    rmSync(served, { recursive: true });
    cpSync(next, served, { recursive: true });
    await look(page);
    await notice(page).waitFor();
    await expectAccessible(page);
    // Until its person says so, the page is the one they had.
    await page.getByText(before).waitFor();
  }, 180_000);

  it('is loaded by the button, into the same page', async () => {
    const { page } = alice;
    await button(page, 'Load it').click();
    await page.getByText(after).waitFor();
    await heading(page, 'Memories').waitFor();
    expect(page.url()).toContain('/memories');
    expect(await notice(page).count()).toBe(0);
    expect(
      await page.evaluate(`caches.keys().then((names) => names.filter((name) => name.startsWith('vivim-')).length)`),
    ).toBe(1);
  });

  it('is there for whoever comes back to the old one, and waits for their word too', async () => {
    const { page } = bob;
    await bob.load('/memories', 'Memories');
    await notice(page).waitFor();
    await button(page, 'Load it').click();
    await page.getByText(after).waitFor();
  });
});
