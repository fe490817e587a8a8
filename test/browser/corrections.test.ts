/** Topics and people put right in a real Chromium: renamed, pinned, split, merged, hidden, and back again. Bob's stay as they were. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { dialogue } from '../kit/exports.ts';
import type { TestServer } from '../kit/server.ts';
import { accessibilityFaults } from './accessibility.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, heading, newcomer, type Person, settleIn } from './people.ts';
import { useSite } from './site.ts';

const room = (page: Page, name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });
const cards = (page: Page) => page.locator('.profile h2').allInnerTexts();

async function openTopics(page: Page): Promise<string[]> {
  await room(page, 'Topics').click();
  await heading(page, 'Topics').waitFor();
  await page.locator('.profile, .empty').first().waitFor();
  return cards(page);
}

describeBrowser('topics and people', () => {
  const startSite = useSite();
  let server: TestServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  const scratch = mkdtempSync(join(tmpdir(), 'vivim-corrections-'));

  beforeAll(async () => {
    ({ server, browser } = await startSite());
    alice = await newcomer(browser, server.url);
    bob = await newcomer(browser, server.url);
  }, 120_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(alice.page.url(), await alice.page.locator('main').innerText());
    expect([...alice.offences, ...bob.offences]).toEqual([]);
  });

  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('are put right where they are read, and stand as they were when that is undone', async () => {
    const file = join(scratch, 'conversations.json');
    writeFileSync(
      file,
      JSON.stringify([
        dialogue('a', 'Kubernetes upgrade', [
          'We run Kubernetes at work. Kubernetes is slow.',
          'Which version of Kubernetes?',
          'I broke our k8s. The k8s is down.',
          'Look at the k8s logs.',
        ]),
        dialogue('b', 'Sourdough bread', [
          'My sourdough bread is flat. More sourdough bread!',
          'Fold the sourdough bread.',
        ]),
      ]),
    );
    for (const [person, name] of [
      [alice, 'Alice at home'],
      [bob, 'Bob at home'],
    ] as const) {
      await settleIn(person, name);
      await bringIn(person, file);
    }
    const { page } = alice;
    await expect.poll(() => openTopics(page), { timeout: 60_000, interval: 1_000 }).toContain('Kubernetes');
    const before = await openTopics(page);
    await page.getByRole('link', { name: 'Kubernetes', exact: true }).click();
    await heading(page, 'Kubernetes').waitFor();
    await page.getByText('Put it right').click();
    await page.getByLabel('k8s').check();
    await page.getByRole('button', { name: 'Split off' }).click();
    await expect.poll(() => page.getByText('Also called').count()).toBe(0);
    await page.getByLabel('Name', { exact: true }).fill('The clusters');
    await page.getByRole('button', { name: 'Rename' }).click();
    await heading(page, 'The clusters').waitFor();
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await page.getByRole('button', { name: 'Unpin' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await expect.poll(async () => (await openTopics(page))[0]).toBe('The clusters');
    await page.getByText('What you put right').click();
    await page.getByText('Kubernetes is called The clusters').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    for (let left = 3; left > 0; left--) {
      await page
        .getByRole('button', { name: /^Undo: / })
        .first()
        .click();
      await expect.poll(() => page.getByRole('button', { name: /^Undo: / }).count()).toBe(left - 1);
    }
    await expect.poll(() => cards(page)).toEqual(before);
    await expect.poll(() => openTopics(bob.page)).toEqual(before);
  });
});
