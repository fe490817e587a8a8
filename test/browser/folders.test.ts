/**
 * A folder given to the Import page, chosen and dropped, in a real Chromium: what goes and what stays is said before anything is
 * sent, it goes as the command sends it, and on a slow line it goes on. And another person, who gives one of their own.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { sessionLine } from '../kit/session-lines.ts';
import { describeBrowser } from './chromium.ts';
import { button, expectAccessible, expectNoOffences, newcomer, type Person, shot, signUp } from './people.ts';
import { useSite } from './site.ts';

const pieces = '**/v1/uploads/*';

describeBrowser('a folder on the Import page', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let directory: string;
  const at = (...parts: string[]) => join(directory, ...parts);

  function write(file: string, text: string): void {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
    utimesSync(at(file), 1_780_000_000, 1_780_000_000);
  }

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'vivim-folders-'));
    for (let n = 0; n < 300; n += 1)
      write(
        `projects/-garden-${n % 10}/s${n}.jsonl`,
        sessionLine(`s${n}`, 0, `How do I prune rose ${n}?`) + sessionLine(`s${n}`, 1, 'In late winter. '.repeat(400)),
      );
    write('projects/notes.txt', 'Nothing known by its name.');
    write('projects/.credentials.json', '{"token":"never-sent"}');
    write('projects/-garden-1/.env.local', 'KEY=never-sent');
    write('projects/.git/config', 'never-sent');
    write('projects/.DS_Store', 'x');
    write('outside/secret.jsonl', sessionLine('outside', 0, 'never-sent'));
    symlinkSync(at('outside'), at('projects/-linked'));
    write(
      'boats/-boat/one.jsonl',
      sessionLine('b1', 0, 'Which knot holds a dinghy?') + sessionLine('b1', 1, 'A bowline.'),
    );
    write('boats/talk.md', '## User\n\nWhich sail?\n\n## Assistant\n\nThe small one.\n');
    write('empty/nothing.jsonl', '');
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = [await newcomer(browser, server.url), await newcomer(browser, server.url)];
    await signUp(alice, 'Alice at home');
    await signUp(bob, 'Bob at home');
  }, 120_000);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  expectNoOffences(() => [alice, bob]);

  const choose = (page: Page, folder: string) =>
    page.locator('input[type=file][webkitdirectory]').setInputFiles(at(folder));
  const review = (page: Page, folder: string) => page.getByRole('region', { name: `The folder ${folder}` });
  const card = (page: Page, folder: string) => page.getByRole('article').filter({ hasText: `${folder}.zip` });

  /** As the system tells the browser of files somebody lets go over the page. */
  async function drop({ page, context }: Person, paths: readonly string[]): Promise<void> {
    const zone = page.getByRole('region', { name: 'Drop an export or a folder here' });
    // A page that is opened again stands where it was left.
    await page.evaluate('scrollTo(0, 0)');
    const box = await zone.boundingBox();
    const session = await context.newCDPSession(page);
    const data = { items: [], files: paths.map((name) => at(name)), dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: (box?.x ?? 0) + 40, y: (box?.y ?? 0) + 40, data });
    await session.detach();
  }

  it('says what goes, what stays and why before anything is sent', async () => {
    const { page } = alice;
    await alice.open('/import', 'Import');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (/POST|PATCH/.test(request.method())) sent.push(request.url());
    });
    await choose(page, 'projects');
    const its = review(page, 'projects');
    await its.getByText(/^301 files go up as one zip of .* Nothing has been sent yet\.$/).waitFor();
    await its.getByText('300 files,').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('The folder projects');
    await its.getByText('Left out (2)').click();
    expect(await its.getByRole('listitem').allInnerTexts()).toEqual([
      '-garden-1/.env.local: its name says that it holds a sign-in or keys',
      '.credentials.json: its name says that it holds a sign-in or keys',
    ]);
    await expectAccessible(page);
    await shot(alice, 'folder-review');
    await page.setViewportSize({ width: 390, height: 844 });
    await shot(alice, 'folder-review-phone');
    await page.setViewportSize({ width: 1200, height: 860 });
    await wait(300);
    expect(sent).toEqual([]);
  });

  it('goes up in pieces, is paused and gone on with, and holds nothing that was left out', async () => {
    const { page } = alice;
    const bodies: Buffer[] = [];
    page.on('request', (request) => {
      const body = request.postDataBuffer();
      if (body !== null && /uploads/.test(request.url())) bodies.push(body);
    });
    let held = true;
    await page.route(pieces, (route) => (held ? undefined : route.continue()));
    await button(page, 'Import this folder: projects').press('Enter');
    await card(page, 'projects')
      .getByText(/524\.3 kB of .* arrived/)
      .waitFor();
    await shot(alice, 'folder-going-up');
    await card(page, 'projects').getByRole('button', { name: 'Pause projects.zip' }).click();
    await card(page, 'projects').getByText('Upload paused').waitFor();
    held = false;
    await page.unroute(pieces);
    await card(page, 'projects').getByRole('button', { name: 'Continue projects.zip' }).click();
    await card(page, 'projects').getByText('done', { exact: true }).waitFor({ timeout: 60_000 });
    await card(page, 'projects').getByText('Conversations: 300 added').waitFor();
    await card(page, 'projects').getByText('Claude Code').waitFor();
    expect(bodies.length).toBeGreaterThan(1);
    expect(bodies.some((body) => body.includes('never-sent'))).toBe(false);
  });

  it('is the same file when it is dropped, with its files beside it; and another person sees none of it', async () => {
    await alice.open('/import', 'Import');
    write('talk.md', '## User\n\nWhich knot?\n\n## Assistant\n\nA bowline.\n');
    await drop(alice, ['projects', 'talk.md']);
    await card(alice.page, 'projects').first().waitFor();
    await alice.page.getByRole('article').filter({ hasText: 'talk.md' }).getByText('done', { exact: true }).waitFor();
    await review(alice.page, 'projects')
      .getByText(/^301 files go up/)
      .waitFor();
    await button(alice.page, 'Import this folder: projects').click();
    await card(alice.page, 'projects').getByText('You had imported the very same file before.').waitFor();
    await bob.open('/import', 'Import');
    await bob.page.getByText('Imports show up here').waitFor();
  });

  it('is taken for what its owner says, or not at all; one with nothing in it is refused in words', async () => {
    const { page } = bob;
    await choose(page, 'boats');
    await review(page, 'boats').getByRole('button', { name: 'Do not import it: the folder boats' }).click();
    await review(page, 'boats').waitFor({ state: 'detached' });
    await choose(page, 'boats');
    await review(page, 'boats').getByLabel('Import it as').selectOption('markdown');
    await button(page, 'Import this folder: boats').click();
    await card(page, 'boats').getByText('Markdown transcript', { exact: true }).waitFor();
    await choose(page, 'empty');
    await review(page, 'empty').getByText('There is no file in it to import.').waitFor();
    expect(await review(page, 'empty').getByRole('button').count()).toBe(1);
    await alice.open('/import', 'Import');
    expect(await card(alice.page, 'boats').count()).toBe(0);
  });

  it('that changes while it goes up is not sent as what it is not, and says what to do', async () => {
    const { page } = bob;
    await page.reload();
    await choose(page, 'boats');
    // What is shown was read as it stands now; what is written before that would be no change.
    await review(page, 'boats').waitFor();
    write('boats/-boat/one.jsonl', sessionLine('b1', 0, 'Another question altogether, and longer than before?'));
    await button(page, 'Import this folder: boats').click();
    await card(page, 'boats').first().getByText('-boat/one.jsonl changed while the folder was sent').waitFor();
    await expectAccessible(page);
  });
});
