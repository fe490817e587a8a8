/** Connections in the browser: a service is added, tried, paused and removed; its key is never shown; the other person sees none of it. */
import OpenAI from 'openai';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { type ModelService, startModelService } from '../kit/model-service.ts';
import { describeBrowser } from './chromium.ts';
import { button, expectAccessible, expectNoOffences, heading, newcomer, type Person, shot, signUp } from './people.ts';
import { useSite } from './site.ts';

const key = 'sk-canary-1234567890-wxyz';

describeBrowser('connections, in the browser', () => {
  const startSite = useSite();
  let service: ModelService;
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    const fixtures = [{ match: { userMessage: 'tomatoes' }, response: { content: 'In March, under glass.' } }];
    service = await startModelService(fixtures, [key]);
    ({ server, browser } = await startSite({ VIVIM_MODELS: 'off', VIVIM_UPSTREAM_PRIVATE: service.host }));
    alice = await newcomer(browser, server.url);
    bob = await newcomer(browser, server.url, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  }, 120_000);
  expectNoOffences(() => [alice, bob]);
  afterAll(async () => {
    await service?.stop();
  });

  it('adds a service, whose key is never seen again, and tries it', async () => {
    const { page } = alice;
    await signUp(alice, 'laptop');
    await alice.open('/identity/connections', 'Connections');
    await page.getByRole('tab', { name: 'Proxy' }).click();
    await page.getByText('None yet. Add one below.').waitFor();
    await page.getByText(`${server.url}/v1`, { exact: true }).waitFor();
    await shot(alice, 'connections-proxy');
    await page.getByLabel('Name', { exact: false }).fill('Not A Name');
    await page.getByLabel('Its address').fill(`${service.url}/v1`);
    await page.getByLabel('Its key').fill(key);
    await button(page, 'Add').click();
    await page.getByText('Use lower case letters, digits and dashes for the name.').waitFor();
    await page.getByLabel('Name', { exact: false }).fill('garden');
    await page.getByLabel('Its address').fill('http://127.0.0.1:9/v1');
    await button(page, 'Add').click();
    await page.getByText('VIVIM_UPSTREAM_PRIVATE=127.0.0.1:9').waitFor();
    await page.getByText('None yet. Add one below.').waitFor();
    await page.getByLabel('Its address').fill(`${service.url}/v1`);
    await button(page, 'Add').click();
    await page.getByText('key ends in wxyz').waitFor();
    await expect.poll(() => page.getByLabel('Its key').inputValue()).toBe('');
    await button(page, 'Test garden').click();
    await page.getByText(/^It answers, with \d+ models?\.$/).waitFor();
    expect(await page.content()).not.toContain(key);
    await expectAccessible(page);
  });

  it('shows what was kept of a program that was given a token on the next page', async () => {
    const { page } = alice;
    await page.getByRole('link', { name: 'Make a token', exact: true }).click();
    await heading(page, 'Tokens').waitFor();
    await page.getByLabel('Ask models through this server, with the keys you set for them').check();
    await page.getByLabel('Keep what is said to those models').check();
    await button(page, 'Make a token').click();
    const token = await page.locator('code.secret').innerText();
    const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: token, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: 'When do I sow tomatoes?' }];
    await client.chat.completions.create({ model: 'gpt-4o', messages });
    await alice.open('/conversations', 'Conversations');
    await page
      .getByRole('link', { name: /When do I sow tomatoes\?/ })
      .first()
      .click();
    await page.getByText('In March, under glass.').waitFor();
    await expectAccessible(page);
    await alice.open('/identity/connections?view=proxy', 'Connections');
    await page.getByText('1 exchange kept.').waitFor();
  });

  it('shows nothing of it to anybody else', async () => {
    await signUp(bob, 'phone');
    await bob.open('/identity/connections?view=proxy', 'Connections');
    await bob.page.getByText('None yet. Add one below.').waitFor();
    await bob.page.getByText('0 exchanges kept.').waitFor();
    await expectAccessible(bob.page);
  });

  it('stops keeping, goes on, and forgets the service', async () => {
    const { page } = alice;
    await button(page, 'Stop keeping what goes through garden').click();
    await page.getByText('not kept', { exact: true }).waitFor();
    await button(page, 'Keep what goes through garden again').click();
    await page.getByText('not kept', { exact: true }).waitFor({ state: 'detached' });
    await page.getByText('key ends in wxyz').waitFor();
    await button(page, 'Remove garden').click();
    await button(page, 'Forget it').click();
    await page.getByText('None yet. Add one below.').waitFor();
  });
});
