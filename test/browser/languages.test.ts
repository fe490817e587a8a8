/**
 * Every word on every page goes through strings: in a language nobody speaks none is left in English. What people wrote is
 * Greek here, so that a Latin word on a page is one of ours. And read from the right, nothing is out of place.
 */
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, it, vi } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { describeBrowser } from './chromium.ts';
import { type Address, addressOf, goWithin, ownPages, settledPage } from './pages.ts';
import {
  bringIn,
  expectAccessible,
  expectNoOffences,
  makeOperator,
  newcomer,
  type Person,
  settleIn,
  shot,
} from './people.ts';
import { useSite } from './site.ts';

const daySeconds = 86_400;
const talk = (n: number) =>
  dialogue(
    `${n}`,
    'Γλάσα για τα μπλε μπολ',
    [
      'Θέλω σελαντόν για τα μπλε μπολ. Ο Νίκος είπε ότι αποφασίσαμε στάχτη.',
      'Τότε πάρε στάχτη.',
      'Προτιμώ ματ. Ο Νίκος προτιμά σελαντόν.',
      'Ωραία.',
    ],
    Math.floor(Date.now() / 1_000) - n * 9 * daySeconds,
  );
const greek = JSON.stringify([1, 2, 3, 4].map(talk));

/** An entity of theirs there is none: who and what Greek speaks of is not read out of it. The reference is English in every language. */
const without = new Set(['/entities/$id', '/docs']);
/** Beside all pages, what is found where one looks for something. */
const pages: readonly Address[] = [
  ...ownPages.filter(({ path }) => !without.has(path)),
  { path: '/search', asked: '/search?q=%CF%83%CF%84%CE%AC%CF%87%CF%84%CE%B7' },
  { path: '/context', asked: '/context?q=%CF%83%CF%84%CE%AC%CF%87%CF%84%CE%B7' },
];

/** Names, abbreviations and forms that are the same in every language, as they stand on pages. */
const same =
  /VIVIM|ChatGPT|Claude|Gemini|Grok|DeepSeek|OpenAI|Anthropic|Ollama|JSON|Markdown|CSV|XML|HTML|DID|KB|MB|GB|TB|kB|Chromium|Linux|Chrome|Ctrl|Esc|byte|https?:\S*|\S*\/\S*|did:\S*|\S+\.\w+|[0-9a-f]{6,}|[\w-]{43}|\b\w\b/g;

/** What comes from the server in English says so: details of errors, why a layer stands in a context, the recipes that come with VIVIM. */
const ofTheEngine = '[lang="en"]';

/** Texts, names and hints of the page that hold a word in plain Latin letters and are nobody's content. */
const plainWords = async (page: Page): Promise<string[]> => {
  const said = await page.evaluate<string[]>(`(() => {
    const found = [document.title];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const element = walk.currentNode.parentElement;
      if (element.closest('script, style, noscript, code, pre, kbd, [translate="no"], input, textarea, ${ofTheEngine}')) continue;
      if (element.checkVisibility()) found.push(walk.currentNode.textContent);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '');
    return found;
  })()`);
  return [...new Set(said)].filter((text) => /[A-Za-z]{2,}/.test(text.replace(same, ' ')));
};

async function speak(page: Page, tag: string): Promise<void> {
  await page.evaluate(`localStorage.setItem('vivim:language', ${JSON.stringify(tag)})`);
  await page.reload();
}

describeBrowser('other languages', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    ({ server, browser } = await startSite());
    alice = await newcomer(browser, server.url, { locale: 'el-GR' });
    bob = await newcomer(browser, server.url, { viewport: { width: 390, height: 844 } });
    await settleIn(alice, 'Α');
    await settleIn(bob, 'Β');
    for (const person of [alice, bob]) {
      const { page, url } = person;
      await makeOperator(person, server.dataDir);
      await bringIn(person, { name: 'α', mimeType: 'application/json', buffer: Buffer.from(greek) });
      await page.evaluate(`fetch('/v1/context', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'στάχτη', budget: 1000 }),
      }).then((answer) => answer.text())`);
      await vi.waitFor(
        async () => {
          await page.goto(`${url}/topics`);
          await settledPage(page);
          expect(await page.locator('main a[href^="/topics/"]').count()).toBeGreaterThan(0);
        },
        { timeout: 60_000, interval: 1_000 },
      );
    }
    await speak(alice.page, 'en-XA');
    await speak(bob.page, 'ar-XB');
  }, 180_000);
  expectNoOffences(() => [alice, bob]);

  /** @returns what it is called where something is wrong with it */
  async function go({ page, url }: Person, address: Address): Promise<string> {
    await goWithin(page, await addressOf(page, url, address));
    await settledPage(page);
    return address.asked ?? address.path;
  }

  it('no word stays English on any page', async () => {
    const { page } = alice;
    const left: Record<string, string[]> = {};
    for (const address of pages) {
      const path = await go(alice, address);
      const words = await plainWords(page);
      if (words.length > 0) left[path] = words;
    }
    expect(left).toEqual({});
    expect(await page.locator('html').getAttribute('lang')).toBe('en-XA');
    await shot(alice, 'accented');
  });

  it('a third longer, the pages still hold, on a phone and from right to left', async () => {
    const { page } = bob;
    for (const address of pages) {
      const path = await go(bob, address);
      expect(await page.evaluate(`document.documentElement.dir`)).toBe('rtl');
      expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), `${path} scrolls sideways`).toBe(
        false,
      );
      await expectAccessible(page);
      if (path === '/operator') await shot(bob, 'mirrored-phone-operator');
    }
    await shot(bob, 'mirrored-phone');
    // What somebody types in English stands from left to right: its question mark is at its end.
    await goWithin(page, `${bob.url}/context`);
    await page.locator('textarea').first().fill('Which glaze did I decide on?');
    expect(await page.evaluate(`getComputedStyle(document.querySelector('main textarea')).unicodeBidi`)).toBe(
      'plaintext',
    );
    await page.setViewportSize({ width: 1200, height: 860 });
    const side = await page.locator('.side').boundingBox();
    expect(side?.x).toBeGreaterThan(600);
    await shot(bob, 'mirrored');
  });

  it('is as the browser has it until somebody chooses', async () => {
    const { page } = bob;
    await page.evaluate(`localStorage.removeItem('vivim:language')`);
    await page.goto(server.url);
    await settledPage(page);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('html').getAttribute('dir')).toBe('ltr');
  });
});
