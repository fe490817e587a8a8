/**
 * `npm run bench -- reading`: a conversation of 5,000 messages in headless Chromium, on the built web files. How long until its
 * first words and until a message far down are there, and how smoothly it scrolls: time between frames, and tasks over 50 ms.
 */
import type { Page } from 'playwright-core';
import { launchChromium, visitor } from '../browser/chromium.ts';
import { buildWebFiles } from '../browser/web-files.ts';
import { longConversation } from '../kit/long-reading.ts';
import { startTestServer } from '../kit/server.ts';
import { type Figure, ms, p50p95, percentile } from './measure.ts';

const messages = 5_000;
/** How far it is moved for each frame: a fling of the wheel. px */
const perFrame = 120;
const frames = 300;

interface Scrolled {
  readonly gaps: number[];
  readonly longTasks: number[];
  readonly inPage: number;
}

/** Moves the window frame by frame, in the page itself: what stands between is the page's own work. */
const scroll = (page: Page): Promise<Scrolled> =>
  page.evaluate<Scrolled>(`new Promise((resolve) => {
    const longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    const gaps = [];
    let before = performance.now();
    let inPage = 0;
    const step = (now) => {
      gaps.push(now - before);
      before = now;
      scrollBy(0, ${perFrame});
      inPage = Math.max(inPage, document.querySelectorAll('article.message').length);
      if (gaps.length < ${frames}) requestAnimationFrame(step);
      else setTimeout(() => resolve({ gaps: gaps.slice(1), longTasks, inPage }), 100);
    };
    requestAnimationFrame(step);
  })`);

async function bringIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('A name for this browser').fill('Bench');
  await page.getByRole('button', { name: 'Make a key and sign in', exact: true }).click();
  await page.getByRole('link', { name: 'Not now' }).click();
  await page.goto(`${url}/import`);
  const buffer = Buffer.from(JSON.stringify([longConversation('long', 'Long log', messages)]));
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'conversations.json', mimeType: 'application/json', buffer });
  await page.getByText('done', { exact: true }).first().waitFor({ timeout: 300_000 });
}

async function until(page: Page, address: string, words: string): Promise<number> {
  const start = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator('article.message').filter({ hasText: words }).first().waitFor();
  return performance.now() - start;
}

export async function benchReading(): Promise<Figure[]> {
  const web = await buildWebFiles();
  const server = await startTestServer({ env: { VIVIM_LOG: 'warn', VIVIM_MODELS: 'off', VIVIM_WEB_DIR: web.dir } });
  const browser = await launchChromium();
  try {
    const { page } = await visitor(browser, server.url, { serviceWorkers: 'allow' });
    await bringIn(page, server.url);
    await page.goto(`${server.url}/conversations`);
    await page.getByRole('link', { name: 'Long log' }).click();
    await page.locator('article.message').first().waitFor();
    const address = page.url();
    const outline = await page.evaluate<{ items: { id: string; opening: string | null }[] }>(
      `fetch('/v1/conversations/${new URL(address).pathname.split('/').at(-1)}/outline').then((answer) => answer.json())`,
    );
    const far = outline.items.find(({ opening }) => opening?.startsWith('Question 4000 '));
    const opened: number[] = [];
    const jumped: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      opened.push(await until(page, address, 'Question 0 about'));
      jumped.push(await until(page, `${address}?message=${far?.id}`, 'Question 4000 about'));
    }
    await until(page, address, 'Question 0 about');
    const { gaps, longTasks, inPage } = await scroll(page);
    const goal = `≤ ${ms(17)} p50`;
    return [
      { what: `A conversation of ${messages} messages, from address to first words`, value: p50p95(opened) },
      { what: 'The same to a linked message, the 4,000th', value: p50p95(jumped) },
      { what: `Between frames, scrolling ${perFrame} px a frame`, value: p50p95(gaps), goal },
      {
        what: `Tasks over 50 ms in ${frames} frames`,
        value: `${longTasks.length}, longest ${longTasks.length === 0 ? ms(0) : ms(percentile(longTasks, 1))}`,
      },
      { what: 'Messages in the page at most', value: String(inPage) },
    ];
  } finally {
    await browser.close();
    await server.stop();
    await web.remove();
  }
}
