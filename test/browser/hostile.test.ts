/** Content that wants to be a program stays text on every page that shows it: nothing runs, nothing is asked of anybody. */
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostileTexts } from '../fixtures/hostile-texts.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, expectNoOffences, heading, newcomer, type Person, remember, settleIn, shot } from './people.ts';
import { useSite } from './site.ts';

/** Stands in every message, so that a search finds them all. */
const sign = 'heliotrope';
const titled = '<img src=x onerror=pwned=1> [t](javascript:pwned=1)';

const hostileExport = JSON.stringify([
  dialogue(
    'hostile-1',
    titled,
    hostileTexts.flatMap((text, at) => [`${sign} ${at}: ${text}`, `${text}\n\n${sign} answer ${at}`]),
  ),
]);

describeBrowser('hostile content', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  const opened: string[] = [];

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    alice = await newcomer(browser, server.url);
    bob = await newcomer(browser, server.url);
    alice.page.on('dialog', (dialog) => {
      opened.push(dialog.message());
      void dialog.dismiss();
    });
    alice.context.on('page', (page) => opened.push(page.url()));
    await settleIn(alice, 'Alice at home');
    await settleIn(bob, 'Bob at work');
    await bringIn(alice, {
      name: 'conversations.json',
      mimeType: 'application/json',
      buffer: Buffer.from(hostileExport),
    });
  }, 180_000);
  expectNoOffences(() => [alice, bob]);

  /** Of the whole page: what content could have become. */
  const grown = (): Promise<string[]> =>
    alice.page.evaluate<string[]>(`[
      typeof pwned === 'undefined' ? [] : ['pwned'],
      [...document.querySelectorAll('main :is(script, style, link, iframe, object, embed, base, meta, template, audio[autoplay], math form, foreignObject)')].map((e) => e.outerHTML),
      [...document.querySelectorAll('body *')].flatMap((e) => [...e.attributes].filter(({ name, value }) =>
        /^on/i.test(name) || (/^(href|src|action|formaction|xlink:href|srcdoc)$/i.test(name) && /^\\s*(javascript|vbscript|data:text|file|blob:https:..evil)/i.test(value))).map(() => e.outerHTML)),
      [...document.querySelectorAll('img, video, source')].filter((e) => (e.src || e.srcset || '').includes('evil.example')).map((e) => e.outerHTML),
      [...document.querySelectorAll('main a[href]')].filter((e) => e.origin !== location.origin && !/noopener/.test(e.rel)).map((e) => e.outerHTML),
      [...document.querySelectorAll('main a[href^="/v1"], main .markdown a[href^="/"], main .markdown form')].filter((e) => e.closest('.markdown')).map((e) => e.outerHTML),
    ].flat()`);

  const expectText = async (): Promise<void> => {
    expect(await grown()).toEqual([]);
    expect(opened).toEqual([]);
    expect(new URL(alice.page.url()).origin).toBe(server.url);
    expect(await alice.page.title()).toMatch(/ · VIVIM$/);
  };

  it('the server sends pages under a policy without exceptions', async () => {
    const policy = (await fetch(server.url)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|https?:|strict-dynamic/);
  });

  it('is read as text', async () => {
    const { page } = alice;
    await alice.open('/conversations', 'Conversations');
    await page.getByRole('link', { name: titled }).click();
    await heading(page, titled).waitFor();
    await page.getByText(`${sign} answer 0`).first().waitFor();
    await expectText();
    // Down to the last one, however the page loads the rest.
    await expect
      .poll(
        async () => {
          await page.evaluate(`scrollTo(0, document.documentElement.scrollHeight)`);
          await expectText();
          return page.getByText(`${sign} answer ${hostileTexts.length - 1}`).count();
        },
        { timeout: 40_000, interval: 300 },
      )
      .toBeGreaterThan(0);
    // Hovering and reaching by key is what handlers wait for.
    for (const link of (await page.locator('.markdown a').all()).slice(0, 30)) await link.hover({ trial: true });
    await expectText();
    await shot(alice, 'hostile');
  });

  it('is found as text', async () => {
    const { page } = alice;
    await page.goto(`${server.url}/search?q=${sign}`);
    await page.getByText(sign).first().waitFor();
    await expectText();
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox').pressSequentially(sign);
    await page.getByRole('option', { name: titled }).first().waitFor();
    await expectText();
    await page.keyboard.press('Escape');
  });

  it('is given as text', async () => {
    const { page } = alice;
    await alice.open('/context', 'Context');
    await page.getByLabel('The message the context is for').fill(`${sign} ${hostileTexts[3]}`);
    await page.getByRole('button', { name: 'Compile', exact: true }).click();
    await page.getByRole('heading', { name: 'Bundle' }).waitFor();
    await expectText();
  });

  describe('is remembered as text', () => {
    it.each([hostileTexts[0], hostileTexts[17], hostileTexts[33]])('%s', async (text = '') => {
      const { page } = alice;
      await alice.open('/memories', 'Memories');
      await remember(page, `${text} ${sign}`);
      await page.getByText(sign).first().waitFor();
      await expectText();
    });
  });

  it('is nothing of the other person’s', async () => {
    await bob.page.goto(`${server.url}/search?q=${sign}`);
    await bob.page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    expect(await bob.page.evaluate(`typeof pwned`)).toBe('undefined');
  });
});
