/**
 * The import pages as a person goes through them: what a file was recognised as and saying otherwise, what to do about one that
 * cannot be read, how each source's export is got, exports that disagree, decided and taken back. Another person sees none of it.
 */
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { zipOf } from '../kit/zip-builder.ts';
import { describeBrowser } from './chromium.ts';
import {
  bringIn,
  button,
  expectAccessible,
  expectNoOffences,
  heading,
  type Person,
  shot,
  toast,
  twoPeople,
} from './people.ts';
import { useSite } from './site.ts';

const json = (name: string, talks: readonly object[]) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(talks)),
});
const letter = (day: number, id: string, text: string) => ({
  ...dialogue(id, `Letter ${id}`, [text, 'Noted.']),
  update_time: 1_750_000_000 + day * 86_400,
});
const first = ['a', 'b', 'c'].map((id) =>
  letter(0, id, `Dear ${id}, we meet on Monday at the harbour, by the old crane.`),
);
const second = ['a', 'b', 'c'].map((id) =>
  letter(1, id, `Dear ${id}, we meet on Sunday at the harbour, by the old crane.`),
);
const mixed = zipOf([
  { name: 'talks/one.json', bytes: JSON.stringify([dialogue('one', 'Boats', ['Which?', 'The red one.'])]) },
  { name: 'notes/harbour.md', bytes: '# Harbour\n\n## User\n\nWhen?\n\n## Assistant\n\nAt nine.\n' },
]);
const log = '{"messages":[{"role":"user","content":"When is high tide?"},{"role":"assistant","content":"At six."}]}\n';

describeBrowser('the import pages', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await twoPeople({ browser, server });
  }, 120_000);
  expectNoOffences(() => [alice, bob].filter((person) => person !== undefined));

  it('say of a folder of several sources what each part of it is', async () => {
    const { page } = alice;
    await bringIn(alice, { name: 'mixed.zip', mimeType: 'application/zip', buffer: mixed });
    await shot(alice, 'import');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Report of mixed.zip' }).click();
    await page.getByText(/^ChatGPT: 1 file, \d+% sure/).waitFor();
    await page.getByText(/^Markdown.*: 1 file, \d+% sure/).waitFor();
    await expectAccessible(page);
    await shot(alice, 'run');
  }, 60_000);

  it('lead on from a file that cannot be read: how it begins, how exports are got, and the same file as something else', async () => {
    const { page } = alice;
    await alice.open('/import', 'Import');
    const file = { name: 'notes.log', mimeType: 'text/plain', buffer: Buffer.from(`Tides, by hand\n${log}`) };
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.getByRole('link', { name: 'What can I do about notes.log?' }).click();
    await heading(page, 'notes.log').waitFor();
    await page.getByText('Tides, by hand').waitFor();
    await page.getByText('Where do I get my export, and what comes in?').click();
    await page.getByRole('combobox', { name: 'Source', exact: true }).selectOption({ label: 'Claude' });
    await page.getByText('Settings → Privacy → Export data; the mail brings one zip or several').waitFor();
    await expectAccessible(page);
    await shot(alice, 'failed');
    await page.getByLabel('Import it as').selectOption({ label: 'OpenAI messages' });
    await button(page, 'Import notes.log again').click();
    await heading(page, 'Import').waitFor();
    const again = page.getByRole('article').filter({ hasText: 'notes.log' }).filter({ hasText: 'OpenAI messages' });
    await again.getByText('done', { exact: true }).waitFor();
  }, 60_000);

  it('take a file for what was said before it was sent', async () => {
    const { page } = bob;
    await bob.open('/import', 'Import');
    await page.getByLabel('Treat files as').selectOption({ label: 'OpenAI messages' });
    const file = { name: 'tides.log', mimeType: 'text/plain', buffer: Buffer.from(`by hand\n${log}`) };
    await page.locator('input[type=file]').first().setInputFiles(file);
    const card = page.getByRole('article').filter({ hasText: 'tides.log' });
    await card.getByText('done', { exact: true }).waitFor();
    await card.getByText('OpenAI messages').waitFor();
    await expectAccessible(page);
    await shot(bob, 'import-phone-dark');
  }, 60_000);

  it('lay exports that disagree side by side: decided one by one, all at once, and taken back', async () => {
    const { page } = alice;
    await bringIn(alice, json('older.json', first));
    await bringIn(alice, json('newer.json', second));
    await alice.open('/import', 'Import');
    await page.getByRole('link', { name: 'Decide which text is kept' }).click();
    await heading(page, 'Exports that disagree').waitFor();
    const letters = page.getByRole('article');
    await letters.first().waitFor();
    expect(await letters.count()).toBe(3);
    expect(await letters.first().locator('mark').allInnerTexts()).toEqual(['Sunday', 'Monday']);
    await expectAccessible(page);
    await shot(alice, 'conflicts');
    // By keys alone.
    await page.getByRole('button', { name: 'Keep the older: Letter b' }).focus();
    await page.keyboard.press('Enter');
    await toast(page, '1 conversation: the older text is kept.').waitFor();
    await expect.poll(() => letters.count()).toBe(2);
    await button(page, 'Undo').click();
    await expect.poll(() => letters.count()).toBe(3);
    await page.getByRole('checkbox', { name: 'Choose Letter a' }).check();
    await page.getByRole('checkbox', { name: 'Choose Letter c' }).check();
    await page.getByRole('group', { name: '2 chosen' }).getByRole('button', { name: 'Keep both' }).click();
    await toast(page, '2 conversations: both texts are kept.').waitFor();
    await expect.poll(() => letters.count()).toBe(1);
    await page.getByRole('group', { name: 'All at once' }).getByRole('button', { name: 'Keep the newest' }).click();
    // Nothing is left to press, and whoever pressed the last one by keyboard goes on from here.
    await page.getByText('Nothing to decide').waitFor();
    expect(await page.getByRole('button', { name: /^Keep / }).count()).toBe(0);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Bring in an export');
    await button(page, 'Show what I decided').press('Enter');
    await expect.poll(() => letters.count()).toBe(3);
  }, 90_000);

  it('show another person nothing of it', async () => {
    const { page } = bob;
    await bob.open('/import/conflicts', 'Exports that disagree');
    await page.getByText('Nothing to decide').waitFor();
    await expectAccessible(page);
    await shot(bob, 'conflicts-phone-dark');
    await button(page, 'Show what I decided').click();
    await page.getByText('You have decided nothing yet').waitFor();
    await bob.open('/import', 'Import');
    await page.getByRole('article').filter({ hasText: 'tides.log' }).waitFor();
    expect(await page.getByText(/older\.json|mixed\.zip|notes\.log/).count()).toBe(0);
  });
});
