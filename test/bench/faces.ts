/**
 * The web application as somebody with a long history meets it: built as it ships, in headless Chromium, over a real server. The
 * history is imported once by the page itself and kept, with the browser's profile, in `--keep`; a second run opens it at once.
 * Without the embedder: what is measured is the page, and answers by words are the quickest to draw against.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { buildWebFiles } from '../browser/web-files.ts';
import { dialogue } from '../kit/exports.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';
import { graphFigures } from './faces/measure-graph.ts';
import {
  asNewcomer,
  beginInteractions,
  figuresOf,
  mainThread,
  type PageFigures,
  watchPage,
} from './faces/measure-page.ts';
import { type Figure, ms, percentile } from './measure.ts';
import { writeExport } from './synthetic.ts';

export interface FacesChoice {
  readonly messages: number;
  /** Where histories are kept. */
  readonly keep: string;
}

interface Kept {
  readonly port: number;
}

/** Messages of the one conversation that is scrolled. */
const longConversation = 2_000;
const rounds = 5;
const importLimitMs = 40 * 60_000;

export async function benchFaces({ messages, keep }: FacesChoice): Promise<Figure[]> {
  const directory = join(keep, `faces-${messages}`);
  for (const part of ['browser', 'server']) mkdirSync(join(directory, part), { recursive: true });
  const note = join(directory, 'kept.json');
  const kept = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as Kept) : null;
  // Keys and cookies of a browser belong to an address, its port included.
  const port = kept?.port ?? (await freePort());
  const web = await buildWebFiles();
  const server = await startTestServer({
    dataDir: join(directory, 'server'),
    env: { VIVIM_WEB_DIR: web.dir, VIVIM_MODELS: 'off', VIVIM_PORT: String(port), VIVIM_LOG: 'warn' },
  });
  const context = await chromium.launchPersistentContext(join(directory, 'browser'), {
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    viewport: { width: 1200, height: 860 },
    locale: 'en-GB',
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(60_000);
    await watchPage(page);
    await (kept === null ? fill(page, server, directory, messages) : signIn(page, server));
    if (kept === null) writeFileSync(note, JSON.stringify({ port } satisfies Kept));
    return [...(await measured(context, page, server)), machine()];
  } finally {
    await context.close();
    await server.stop({ keep: true });
    await web.remove();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

async function fill(page: Page, { url }: TestServer, directory: string, messages: number): Promise<void> {
  await page.goto(url);
  await page.getByLabel('A name for this browser').fill('Bench');
  await page.getByRole('button', { name: 'Make a key and sign in' }).click();
  await page.getByRole('link', { name: 'Not now' }).click();
  const history = join(directory, 'history.json');
  writeExport(history, { messages: messages - longConversation });
  const long = join(directory, 'long.json');
  const lines = Array.from({ length: longConversation }, (_, i) =>
    `Message ${i} of a long talk about the glaze of bowl ${i % 40}, its firing and what it cost. `.repeat(1 + (i % 7)),
  );
  writeFileSync(long, JSON.stringify([dialogue('long', 'The long talk', lines)]));
  for (const file of [history, long]) {
    await page.goto(`${url}/import`);
    await page.locator('input[type=file]').first().setInputFiles(file);
    const card = page
      .getByRole('article')
      .filter({ has: page.getByRole('link', { name: `Report of ${basename(file)}` }) });
    await card.getByText('done', { exact: true }).waitFor({ timeout: importLimitMs });
  }
  // What follows an import would take the processor from the page.
  const deadline = Date.now() + importLimitMs;
  while (Date.now() < deadline) {
    // Without the embedder what waits for it goes on waiting.
    const { imports, rollup } = (await page.evaluate(
      `fetch('/v1/space').then((r) => r.json()).then(({ pending }) => pending)`,
    )) as { imports: number; rollup: number };
    if (imports + rollup === 0) return;
    await page.waitForTimeout(1_000);
  }
  throw new Error('The work that follows an import did not end.');
}

async function signIn(page: Page, { url }: TestServer): Promise<void> {
  await page.goto(url);
  const again = page.getByRole('button', { name: 'Sign in as Bench' });
  const home = page.getByRole('heading', { level: 1, name: 'Home' });
  await again.or(home).first().waitFor();
  if (await again.isVisible()) await again.click();
  await home.waitFor();
}

async function measured(context: BrowserContext, page: Page, { url }: TestServer): Promise<Figure[]> {
  const session = await context.newCDPSession(page);
  const { items } = (await page.evaluate(
    `fetch('/v1/search?q=%22Message+0+of+a+long+talk%22').then((r) => r.json())`,
  )) as {
    items: { conversation: { id: string } }[];
  };
  const reader = `/conversations/${items[0]?.conversation.id ?? ''}`;
  const pages = [
    ['Home', '/', 'main h1'],
    ['Search', '/search?q=glaze+firing', '[aria-label="Results"] article'],
    ['Reader', reader, '.message'],
  ] as const;
  const figures: Figure[] = [];
  for (const [name, path, there] of pages) {
    for (const cold of [true, false]) {
      await asNewcomer(session, cold);
      const seen = await openings(page, `${url}${path}`, there);
      figures.push({
        what: `${name}, ${cold ? 'nothing kept by the browser' : 'opened before'}: first contentful paint (largest)`,
        value: `median ${ms(median(seen, ({ firstPaint }) => firstPaint))} (${ms(median(seen, ({ largestPaint }) => largestPaint))})`,
        goal: '< 1.5 s',
      });
      if (name === 'Home' && cold)
        figures.push({
          what: 'script of the first load, compressed (the same is weighed by `npm run build`)',
          value: `${((seen[0]?.scriptBytes ?? 0) / 1_000).toFixed(0)} kB`,
          goal: '≤ 245 kB',
        });
    }
  }
  await asNewcomer(session, false);
  const typed = await typing(page, session, url);
  const read = await reading(page, session, `${url}${reader}`);
  return [
    ...figures,
    ...interactionFigures('typing in search', typed),
    ...interactionFigures('reading: pages down, up and to the end', read),
    ...(await graphFigures(page, session, url)),
  ];
}

/** What a page tells after it was used, and the processor's milliseconds for each key. */
type Used = PageFigures & { readonly perKey: number };

async function openings(page: Page, address: string, there: string): Promise<PageFigures[]> {
  const seen: PageFigures[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.goto('about:blank');
    await page.goto(address);
    await page.locator(there).first().waitFor();
    await page.waitForTimeout(300);
    seen.push(await figuresOf(page));
  }
  return seen;
}

const median = (seen: readonly PageFigures[], of: (one: PageFigures) => number): number =>
  percentile(seen.map(of), 0.5);

async function typing(page: Page, session: CDPSession, url: string): Promise<Used> {
  await page.goto(`${url}/search`);
  const field = page.getByRole('searchbox', { name: 'What are you looking for?' });
  await field.waitFor();
  await page.waitForTimeout(1_000);
  await beginInteractions(page);
  let keys = 0;
  const spent = await mainThread(session, async () => {
    for (const words of ['the glaze of bowl', 'firing schedule', 'what it cost in may', 'long talk about']) {
      await field.fill('');
      await field.pressSequentially(words, { delay: 90 });
      await page.getByRole('list', { name: 'Results' }).getByRole('article').first().waitFor();
      await page.waitForTimeout(400);
      keys += words.length + 13;
      await field.press('ArrowDown');
      for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowDown', { delay: 60 });
    }
  });
  return { ...(await figuresOf(page)), perKey: spent / keys };
}

async function reading(page: Page, session: CDPSession, address: string): Promise<Used> {
  await page.goto(address);
  await page.locator('.message').first().waitFor();
  await page.waitForTimeout(1_000);
  await beginInteractions(page);
  await page.locator('main').focus();
  let keys = 0;
  const spent = await mainThread(session, async () => {
    for (const key of [
      'PageDown',
      'PageDown',
      'PageUp',
      'PageDown',
      'PageDown',
      'PageDown',
      'End',
      'End',
      'Home',
      'End',
    ]) {
      for (let i = 0; i < 4; i++) {
        keys += 1;
        await page.keyboard.press(key);
        await page.waitForTimeout(120);
      }
    }
  });
  await page.mouse.move(600, 500);
  for (let i = 0; i < 40; i++) {
    await page.mouse.wheel(0, i % 10 === 9 ? -2_400 : 700);
    await page.waitForTimeout(30);
  }
  await page.waitForTimeout(500);
  return { ...(await figuresOf(page)), perKey: spent / keys };
}

/** Chromium tells of no interaction that was seen within 16 ms: of those that were told the worst counts, as the measure is defined. */
const interactionFigures = (what: string, { interactions, longTasks, perKey }: Used): Figure[] => [
  { what: `${what}: processor time of the page for each key, what it leads to included`, value: ms(perKey) },
  {
    what: `${what}: interaction to next paint`,
    value:
      interactions.length === 0
        ? 'below 16 ms'
        : `worst ${ms(Math.max(...interactions))}, p75 ${ms(percentile(interactions, 0.75))} of ${interactions.length} over 16 ms`,
    goal: '≤ 100 ms',
  },
  {
    what: `${what}: tasks over 50 ms`,
    value: `${longTasks.length}${longTasks.length === 0 ? '' : `, longest ${ms(Math.max(...longTasks))}`}`,
  },
];

const machine = (): Figure => ({
  what: 'load of the machine meanwhile (1, 5, 15 minutes)',
  value: loadavg()
    .map((load) => load.toFixed(1))
    .join(', '),
});
