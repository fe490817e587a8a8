/**
 * Watched folders on the Import page, in a real Chromium: what a watcher told, since when one is silent, how to begin; and another
 * person, who sees nothing of it.
 */
import { uuidv7 } from '@vivim/contract/random';
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import { button, expectAccessible, expectNoOffences, newcomer, type Person, shot, signUp } from './people.ts';
import { useSite } from './site.ts';

describeBrowser('watched folders on the Import page', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = [await newcomer(browser, server.url), await newcomer(browser, server.url)];
    await signUp(alice, 'Alice at home');
    await signUp(bob, 'Bob at home');
  }, 120_000);
  expectNoOffences(() => [alice, bob]);

  const region = ({ page }: Person) => page.getByRole('region', { name: 'Watched folders' });

  it('says how to begin where nothing is watched', async () => {
    await alice.open('/import', 'Import');
    await region(alice).getByText('No folder is watched yet.').waitFor();
    await region(alice).getByText('How to watch a folder').click();
    await region(alice).getByText('vivim watch --install').waitFor();
  });

  it('shows what a watcher told, to its owner alone', async () => {
    // The page speaks for its owner: what the watcher of their machine would send.
    await alice.page.evaluate(
      async ({ machine, key }) => {
        const place = {
          source: 'codex',
          folder: '~/.codex/sessions',
          files: 12,
          failed: 1,
          error: 'import_format_unknown',
          missing: false,
          came: { at: '2026-05-01T10:00:00.000Z', times: 3 },
        };
        const named = {
          source: 'aider',
          folder: '/srv/notes',
          files: 0,
          failed: 0,
          error: null,
          missing: true,
          came: null,
        };
        const body = JSON.stringify({ device: 'desk', ended: true, places: [place, named] });
        const answer = await fetch(`/v1/watchers/${machine}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body,
        });
        if (!answer.ok) throw new Error(await answer.text());
      },
      { machine: uuidv7(), key: uuidv7() },
    );
    await alice.open('/import', 'Import');
    const desk = region(alice).getByRole('article', { name: 'desk' });
    await desk.getByText(/Stopped/).waitFor();
    await desk.getByText('~/.codex/sessions').waitFor();
    await desk.getByText(/1 file could not be brought in; .* The last one: /).waitFor();
    expect(await desk.getByRole('row').count()).toBe(3);
    await shot(alice, 'watched-folders');
    await expectAccessible(alice.page);
    await bob.open('/import', 'Import');
    await region(bob).getByText('No folder is watched yet.').waitFor();
  });

  it('forgets one', async () => {
    await button(alice.page, 'Forget the watcher on desk').click();
    await region(alice).getByText('No folder is watched yet.').waitFor();
  });
});
