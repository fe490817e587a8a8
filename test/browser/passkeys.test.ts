/**
 * Passkeys in a real Chromium with its virtual authenticator: one made as the second way in, which opens the space on a
 * browser that has nothing, signs entries of the key log there, and makes that browser a device. And one without PRF.
 */
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { plugIn } from './authenticator.ts';
import { describeBrowser } from './chromium.ts';
import { button, expectAccessible, expectNoOffences, heading, newcomer, type Person, signUp, wipe } from './people.ts';
import { useSite } from './site.ts';

/** What the server is asked for, by path. */
function noteRequests(page: Page): string[] {
  const bodies: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') bodies.push(`${new URL(request.url()).pathname} ${request.postData() ?? ''}`);
  });
  return bodies;
}

/** Requests of this kind wait. @returns lets them go, now and from then on */
function hold(page: Page, method: string, address: string): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = page.route(address, async (route) => {
    if (route.request().method() === method) await promise;
    await route.fallback();
  });
  return async () => {
    await held;
    resolve();
  };
}

describeBrowser('passkeys in the browser', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await Promise.all([newcomer(browser, server.url), newcomer(browser, server.url)]);
    await plugIn(alice.page, { prf: true });
    await plugIn(bob.page, { prf: false });
  }, 120_000);

  expectNoOffences(() => [alice, bob]);

  /** Authenticators answer the page in front and no other. */
  async function inFront({ page }: Person): Promise<Page> {
    await page.bringToFront();
    return page;
  }

  it('are a second way in, and open the space where the authenticator can', async () => {
    const page = await inFront(alice);
    const sent = noteRequests(page);
    await signUp(alice, 'Home computer');
    await button(page, 'Choose this: A passkey').click();
    await page.getByLabel('A name for it').fill('Key ring');
    await expectAccessible(page);
    await button(page, 'Add a passkey').click();
    await heading(page, 'Two ways in').waitFor();
    await alice.open('/identity/access', 'Access');
    const ring = page.getByRole('listitem').filter({ hasText: 'Key ring' });
    await ring.getByText('signs in and opens your space').waitFor();
    await expectAccessible(page);
    // The secret of the authenticator stays in the page.
    const registration = sent.filter((line) => line.startsWith('/v1/webauthn/register/verify'));
    expect(registration).toHaveLength(1);
    expect(registration[0]).toContain('"clientExtensionResults":{}');
    expect(sent.filter((line) => line.includes('"prf"'))).toEqual([]);
  });

  it('sign in a browser that has nothing, at the address it came to, and read the names there', async () => {
    const page = await inFront(alice);
    await wipe(alice);
    await page.goto(`${server.url}/identity/devices`);
    await heading(page, 'Sign in').waitFor();
    await button(page, 'Sign in with a passkey').click();
    await heading(page, 'Devices').waitFor();
    await page.getByText('Home computer', { exact: true }).waitFor();
    await page.getByText('This browser has no key of its own.').waitFor();
    await expectAccessible(page);
    await page.reload();
    await page.getByText('Home computer', { exact: true }).waitFor();
    await alice.open('/identity/sessions', 'Sessions');
    await page.getByText('A browser, by passkey').waitFor();
  });

  it('sign afresh, and sign entries of the key log', async () => {
    const page = await inFront(alice);
    const sent = noteRequests(page);
    let asked = 0;
    await page.route('**/v1/webauthn/register/options', async (route) => {
      asked += 1;
      if (asked > 1) return route.continue();
      const problem = { type: 'about:blank', title: 'stale', status: 401, code: 'stepup_required' };
      await route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(problem) });
    });
    await alice.open('/identity/access', 'Access');
    await button(page, 'Make a recovery key').click();
    await button(page, 'I have them on paper').waitFor();
    await button(page, 'Stop').click();
    await button(page, 'Add a passkey').click();
    // It holds one already, and says so; on the way it has freshened the session.
    await page.getByText('This authenticator holds a passkey of yours already.').waitFor();
    expect(sent.some((line) => line.startsWith('/v1/webauthn/stepup/verify'))).toBe(true);
    await page.unroute('**/v1/webauthn/register/options');

    // The page hears of its new session before the one it came with has ended, and gives the device its name meanwhile.
    const opened = hold(page, 'DELETE', '**/v1/sessions/*');
    const ended = page.waitForResponse((response) => response.request().method() === 'DELETE');
    const emptied = hold(page, 'PATCH', '**/v1/devices/*');
    await button(page, 'Make it a device of mine').click();
    await page.getByText('This browser has no key of its own.').waitFor({ state: 'detached' });
    const entry = sent.find((line) => line.startsWith('/v1/keys/log')) ?? '';
    expect(entry).toContain('"authenticatorData"');
    await alice.open('/identity/devices', 'Devices');
    await page.getByText('Unnamed device', { exact: true }).waitFor();
    await opened();
    await ended;
    await page.waitForTimeout(500);
    await emptied();
    await page.getByText('Chrome on Linux', { exact: true }).waitFor();
    await page.getByText('Home computer', { exact: true }).waitFor();
    await alice.open('/identity/sessions', 'Sessions');
    expect(await page.getByText('A browser, by passkey').count()).toBe(0);
  });

  it('of a browser that became a device are not needed any more, and are taken away', async () => {
    const page = await inFront(alice);
    await alice.open('/identity', 'You');
    await button(page, 'Sign out').click();
    await button(page, 'Sign in as Chrome on Linux').click();
    await heading(page, 'You').waitFor();
    await alice.open('/identity/access', 'Access');
    await button(page, 'Remove Key ring').click();
    await button(page, 'Remove the passkey').click();
    await page.getByText('None yet. A passkey signs you in').waitFor();
    await alice.open('/identity', 'You');
    await button(page, 'Sign out').click();
    await button(page, 'Sign in with a passkey').click();
    await page.getByRole('alert').first().waitFor();
    await heading(page, 'Sign in').waitFor();
    await expectAccessible(page);
  });

  it('without PRF only sign in, and say so', async () => {
    const page = await inFront(bob);
    await signUp(bob, 'Bob’s phone');
    await bob.open('/identity/access', 'Access');
    await page.getByLabel('A name for it').fill('Old key');
    await button(page, 'Add a passkey').click();
    await page.getByText('This authenticator has no PRF').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Old key' }).getByText('only signs in').waitFor();
    await wipe(bob);
    await page.goto(`${server.url}/identity/devices`);
    await button(page, 'Sign in with a passkey').click();
    await heading(page, 'Devices').waitFor();
    await page.getByText('Names are sealed').waitFor();
    await button(page, 'Read them with a passkey').click();
    await page.getByText('This passkey cannot open names.').waitFor();
    expect(await page.getByText('Home computer').count()).toBe(0);
    await expectAccessible(page);
  });
});
