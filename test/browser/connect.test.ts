/** An application asks a person to be let in: on the server's own page, through signing in, and never without a yes. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  type Application,
  askToken,
  authorizeUrl,
  newApplication,
  newAttempt,
  tradeParameters,
} from '../kit/applications.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import { button, expectAccessible, heading, newcomer, type Person, publicName, signUp, sixWords } from './people.ts';
import { useSite } from './site.ts';

describeBrowser('letting an application in, in the browser', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let application: Application;
  /** Where the application listens for the answer. */
  let listener: Server;
  let redirectUri: string;

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = await Promise.all([
      newcomer(browser, server.url, { serviceWorkers: 'allow' }),
      newcomer(browser, server.url, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }),
    ]);
    listener = createServer((_, answer) => answer.end('Back at the application.')).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    redirectUri = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/callback`;
    const metadata = { client_name: 'Notes', client_uri: 'https://notes.example', redirect_uris: [redirectUri] };
    application = await newApplication(server, metadata);
  }, 120_000);

  afterEach(async ({ task }) => {
    for (const { page, offences } of [alice, bob]) {
      if (task.result?.state === 'fail') console.error(page.url(), await page.locator('body').innerText());
      expect(offences.filter((offence) => !offence.startsWith(`request to ${new URL(redirectUri).origin}/`))).toEqual(
        [],
      );
    }
  });

  afterAll(async () => {
    listener?.close();
  });

  it('asks somebody who has to sign in first, and lets less be allowed than was asked for', async () => {
    const { page } = alice;
    const attempt = newAttempt(server, application, { scope: 'memory:read memory:write' });
    await page.goto(authorizeUrl(server, attempt));
    await heading(page, 'Sign in').waitFor();
    expect(page.url()).toContain('/connect/');
    await button(page, 'Make a key and sign in').click();
    await heading(page, 'Let an application in?').waitFor();
    await page.getByText('Notes asks to use your memory.').waitFor();
    await page.getByText(new URL(redirectUri).host, { exact: true }).waitFor();
    await page.getByText('That is a program on your own computer.').waitFor();
    await page.getByText('Nobody has checked it').waitFor();
    await page.getByText('Erasing cannot be taken back.').waitFor();
    await page.getByText('90 days at most').waitFor();
    await page.getByText('one press ends its access at once').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Import conversations, and change').uncheck();
    await button(page, 'Allow').click();
    await page.waitForURL(`${redirectUri}?**`);
    const code = new URL(page.url()).searchParams.get('code') ?? '';
    const { body } = await askToken(server, tradeParameters(application, attempt, code));
    expect(body.scope).toBe('memory:read');

    await alice.open('/identity/sessions', 'Sessions');
    await page.getByRole('heading', { name: 'Applications' }).waitFor();
    const card = page.getByRole('listitem').filter({ has: button(page, 'End Notes') });
    await card.getByText('memory:read', { exact: true }).waitFor();
    await expectAccessible(page);
    await button(page, 'End Notes').click();
    await page.getByRole('heading', { name: 'Applications' }).waitFor({ state: 'detached' });
    const again = await askToken(server, {
      grant_type: 'refresh_token',
      client_id: application.clientId,
      refresh_token: String(body.refresh_token),
    });
    expect(again.body.error).toBe('invalid_grant');
  });

  it('takes a no back to the application, and does not answer twice', async () => {
    const { page } = bob;
    await signUp(bob, 'Bob’s phone');
    await page.goto(authorizeUrl(server, newAttempt(server, application)));
    await heading(page, 'Let an application in?').waitFor();
    await expectAccessible(page);
    const question = page.url();
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await page.getByText('Notes asks to use your memory.').waitFor();
    for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
    await page.getByText('Leave at least one, or deny.').waitFor();
    expect(await button(page, 'Allow').isDisabled()).toBe(true);
    await button(page, 'Deny').click();
    await page.waitForURL(`${redirectUri}?**`);
    expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
    await page.goto(question);
    await page.getByText('This question is not open any more.').waitFor();
    await bob.open('/identity/sessions', 'Sessions');
    expect(await page.getByRole('heading', { name: 'Applications' }).count()).toBe(0);
  });

  it('keeps its address while somebody comes in another way', async () => {
    const work = await newcomer(browser, server.url);
    await work.page.goto(authorizeUrl(server, newAttempt(server, application)));
    await work.page.getByRole('link', { name: 'Add this browser to an identity I have' }).click();
    await heading(work.page, 'Add this browser').waitFor();
    await work.page.getByLabel('Your public name (DID)').fill(await publicName(alice));
    await button(work.page, 'Ask to be let in').click();
    const words = await sixWords(work.page);
    expect(await sixWords(alice.page)).toEqual(words);
    await button(alice.page, 'The words are the same: approve').click();
    await heading(work.page, 'Let an application in?').waitFor();
    await work.page.getByText('Notes asks to use your memory.').waitFor();
    expect(work.offences).toEqual([]);
    await work.context.close();
  });

  it('is not answered by somebody else who is sent the address', async () => {
    await alice.page.goto(authorizeUrl(server, newAttempt(server, application)));
    await heading(alice.page, 'Let an application in?').waitFor();
    await bob.page.goto(alice.page.url());
    await bob.page.getByText('This question is not open any more.').waitFor();
    await expectAccessible(bob.page);
  });
});
