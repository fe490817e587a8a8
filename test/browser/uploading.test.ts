/**
 * A file that takes its time, in a real Chromium: paused and gone on with, left behind by a reload and gone on with by choosing it
 * again; an import that is paused. And another person, who is shown nothing of it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { manyConversations } from '../kit/exports.ts';
import { describeBrowser } from './chromium.ts';
import { button, expectAccessible, expectNoOffences, heading, newcomer, type Person, signUp } from './people.ts';
import { useSite } from './site.ts';

const pieces = '**/v1/uploads/*';

describeBrowser('a file on its way up', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let directory: string;
  const file = () => join(directory, 'large.json');

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'vivim-uploading-'));
    writeFileSync(file(), manyConversations(1_500, 12));
    ({ server, browser } = await startSite('without models'));
    // The worker lets uploads pass, which cost memory where it did not.
    alice = await newcomer(browser, server.url, { serviceWorkers: 'allow' });
    bob = await newcomer(browser, server.url);
    await signUp(alice, 'Alice at home');
    await signUp(bob, 'Bob at home');
  }, 120_000);
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
  });
  expectNoOffences(() => [alice, bob]);

  const card = (page: Page) => page.getByRole('article').filter({ hasText: 'large.json' });
  const choose = (page: Page) => page.locator('input[type=file]').first().setInputFiles(file());
  const arrived = /524\.3 kB of .* arrived/;

  it('is paused, and what has arrived waits; another person sees none of it', async () => {
    const { page } = alice;
    await alice.open('/import', 'Import');
    // All pieces but the first are held back, as by a slow line.
    await page.route(pieces, () => {});
    await choose(page);
    await card(page).getByText('Uploading', { exact: true }).waitFor();
    await card(page).getByText(arrived).waitFor();
    await card(page).getByRole('button', { name: 'Pause large.json' }).click();
    await card(page).getByText('Upload paused').waitFor();
    await expectAccessible(page);
    await bob.open('/import', 'Import');
    await bob.page.getByText('Imports show up here').waitFor();
    expect(await card(bob.page).count()).toBe(0);
  });

  it('goes on where it was after the page was loaded anew, when the same file is chosen again', async () => {
    const { page } = alice;
    await page.reload();
    await heading(page, 'Import').waitFor();
    await card(page).getByText('receiving', { exact: true }).waitFor();
    await card(page).getByText(arrived).waitFor();
    await card(page).getByText('Choose the same file again to go on from there').waitFor();
    await expectAccessible(page);
    await page.unroute(pieces);
    const sent: number[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') sent.push(Number(request.headers()['upload-offset']));
    });
    await choose(page);
    await card(page).getByRole('button', { name: 'Pause large.json' }).waitFor();
    await card(page)
      .getByText(/^(waiting|importing|done)$/)
      .waitFor();
    expect(sent[0]).toBe(512 * 1024);
    expect(await card(page).count()).toBe(1);
  });

  it('is imported, which can be paused, over a reload too, and continued', async () => {
    const { page } = alice;
    await card(page).getByRole('button', { name: 'Pause large.json' }).click();
    await card(page).getByText('paused', { exact: true }).waitFor();
    await page.reload();
    await card(page).getByText('paused', { exact: true }).waitFor();
    await card(page).getByRole('link', { name: 'Report of large.json' }).click();
    await heading(page, 'large.json').waitFor();
    await expectAccessible(page);
    await button(page, 'Continue large.json').click();
    await page.getByRole('status').getByText('done', { exact: true }).waitFor({ timeout: 60_000 });
    const row = page.getByRole('row', { name: /^Conversations/ });
    expect(await row.getByRole('cell').first().textContent()).toBe('1,500');
  });

  it('waits while the line is away, and goes on by itself; it can be given up, and nothing of it stays', async () => {
    const { page } = alice;
    await alice.open('/import', 'Import');
    const other = join(directory, 'other.json');
    writeFileSync(other, manyConversations(300, 12));
    let away = true;
    await page.route(pieces, (route) => (away ? route.abort() : route.continue()));
    await page.locator('input[type=file]').first().setInputFiles(other);
    const its = page.getByRole('article').filter({ hasText: 'other.json' });
    await its.getByText('The connection is away.').waitFor();
    away = false;
    await its.getByText(/^(waiting|importing|done)$/).waitFor();

    away = true;
    writeFileSync(other, manyConversations(250, 12));
    await page.locator('input[type=file]').first().setInputFiles(other);
    await its.getByText('The connection is away.').waitFor();
    away = false;
    await its.getByRole('button', { name: 'Give up: other.json' }).click();
    await its.nth(1).waitFor({ state: 'detached' });
    expect(await its.count()).toBe(1);
    await page.reload();
    await its.getByText('done', { exact: true }).waitFor({ timeout: 60_000 });
    expect(await its.count()).toBe(1);
  });
});
