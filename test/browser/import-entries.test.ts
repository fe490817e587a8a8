/**
 * Where a conversation went, as a person finds it in a real Chromium: every record of an import with what became of it, its raw
 * record and the report to save. Another person's browser is told that nothing is there.
 */
import { readFileSync } from 'node:fs';
import type { Browser, Download } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, expectAccessible, expectNoOffences, newcomer, type Person, settleIn } from './people.ts';
import { useSite } from './site.ts';

const talks = Array.from({ length: 60 }, (_, ix) =>
  dialogue(`talk-${ix}`, `Talk ${ix}`, [`Who wrote ${ix}?`, 'Emma.']),
);
const broken = { id: 'broken', title: 'The broken one' };

const textOf = async (download: Download): Promise<string> => readFileSync((await download.path()) ?? '', 'utf8');

describeBrowser('what became of each conversation', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let raw = '';

  beforeAll(async () => {
    ({ server, browser } = await startSite());
    [alice, bob] = [await newcomer(browser, server.url), await newcomer(browser, server.url)];
    await settleIn(alice, 'Alice');
    await settleIn(bob, 'Bob');
  }, 120_000);
  expectNoOffences(() => [alice, bob].filter((person) => person !== undefined));

  it('tells how far the work has come that follows, until it is done', async () => {
    const { page } = bob;
    const talks = Array.from({ length: 300 }, (_, ix) =>
      dialogue(`walk-${ix}`, `Walk ${ix}`, [
        `How far is hut ${ix}?`,
        `Hut ${ix} is ${ix} miles from here. `.repeat(20),
      ]),
    );
    const buffer = Buffer.from(JSON.stringify(talks));
    await bob.open('/import', 'Import');
    const file = { name: 'walks.json', mimeType: 'application/json', buffer };
    await page.locator('input[type=file]').first().setInputFiles(file);
    const following = page.getByRole('region', { name: 'Still being read' });
    await following.getByText(/^Topics and people$/).waitFor();
    await following
      .getByText(/of 300 conversations/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await following.waitFor({ state: 'detached', timeout: 60_000 });
  }, 90_000);

  it('is listed by outcome, with the raw record and the report to save', async () => {
    const { page } = alice;
    const buffer = Buffer.from(JSON.stringify([...talks, broken]));
    await bringIn(alice, { name: 'export.json', mimeType: 'application/json', buffer });
    await page.getByRole('link', { name: 'Report of export.json' }).click();
    const listed = page.getByRole('region', { name: 'Every conversation of the file' });
    await listed.getByRole('link', { name: 'Talk 0', exact: true }).waitFor();
    const [record] = await Promise.all([
      page.waitForEvent('download'),
      listed.getByRole('link', { name: /^Save its raw record \(.*\): export\.json, conversation 1$/ }).click(),
    ]);
    expect(JSON.parse(await textOf(record))).toEqual(talks[0]);
    raw = new URL(record.url()).pathname;
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      listed.getByRole('link', { name: 'CSV', exact: true }).click(),
    ]);
    expect(report.suggestedFilename()).toMatch(/^import-.*\.csv$/);
    expect((await textOf(report)).trimEnd().split('\r\n')).toHaveLength(62);
    await listed.getByLabel('Show').selectOption({ label: 'skipped' });
    await listed.getByText('export.json, conversation 61').waitFor();
    await listed.getByText('No bytes are kept of it.').waitFor();
    expect(await listed.getByRole('listitem').count()).toBe(1);
    await expectAccessible(page);
    if (process.env.VIVIM_SHOTS !== undefined)
      await page.screenshot({ path: `${process.env.VIVIM_SHOTS}/entries.png`, fullPage: true });
    await listed.getByLabel('Show').selectOption({ label: 'all' });
    // More comes in as the end of the list comes near.
    await listed.getByRole('listitem').nth(49).scrollIntoViewIfNeeded();
    await listed.getByRole('link', { name: 'Talk 59', exact: true }).waitFor();
  });

  it('tells another person that there is no such import', async () => {
    const report = raw.replace(/entries\/.*/, 'report');
    const entries = raw.replace(/\/[^/]*\/raw/, '');
    const answers =
      await bob.page.evaluate(`Promise.all(${JSON.stringify([raw, report, entries])}.map(async (address) => {
      const answer = await fetch(address);
      return [answer.status, (await answer.json()).code];
    }))`);
    expect(answers).toEqual(Array(3).fill([404, 'not_found']));
  });
});
