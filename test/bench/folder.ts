/**
 * `npm run bench -- folder`: a folder of Claude Code (`--mb N`, 500 unless told) dropped on the Import page in headless Chromium, on
 * the built web files. How long each step takes, what the engine and the tab hold at the peak, and how long the page leaves its person
 * without an answer meanwhile.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildWebFiles } from '../browser/web-files.ts';
import { startTestServer } from '../kit/server.ts';
import { writeClaudeFolder } from './folder/claude-folder.ts';
import { type Figure, ms, percentile } from './measure.ts';
import { descendants, engines, memory } from './processes.ts';

const patienceMs = 30 * 60_000;
/** How often the page is asked whether it answers, and what processes held at most is looked at: the kernel keeps that. */
const askEveryMs = 50;
const lookEveryMs = 5_000;

export async function benchFolder(scratch: string, megabytes: number): Promise<Figure[]> {
  const parent = mkdtempSync(join(scratch, 'folder-'));
  const folder = join(parent, 'projects');
  const sessions = writeClaudeFolder(folder, megabytes * 1e6);
  const web = await buildWebFiles();
  const server = await startTestServer({ env: { VIVIM_LOG: 'warn', VIVIM_MODELS: 'off', VIVIM_WEB_DIR: web.dir } });
  const chrome = await Chrome.start(join(parent, 'profile'));
  const peak = { engine: 0, tab: 0 };
  const looking = setInterval(() => {
    for (const { pid } of engines(server.pid)) peak.engine = Math.max(peak.engine, peakOf(pid));
    for (const { pid, command } of descendants(chrome.pid))
      if (command.includes('--type=renderer')) peak.tab = Math.max(peak.tab, peakOf(pid));
  }, lookEveryMs);
  try {
    const shown = await chrome.with((page) => begun(page, server.url, folder));
    // Whoever watches a browser has it keep what it sends: nobody does while it sends.
    const { sent, done, sending, coming } = await ended(chrome);
    const size = `${megabytes} MB in ${sessions} sessions`;
    return [
      { what: `a dropped folder, ${size}: until what goes is shown`, value: ms(shown) },
      { what: 'until all of it is sent', value: rate(megabytes, sent) },
      { what: 'from there until it is in', value: rate(megabytes, done) },
      {
        what: `the page does not answer while it is sent: p50, p99, longest of ${sending.length}`,
        value: shape(sending),
        goal: 'p99 < 100 ms',
      },
      { what: `the same while it comes in, of ${coming.length}`, value: shape(coming), goal: 'p99 < 100 ms' },
      { what: 'peak memory of the engine (resident)', value: `${peak.engine.toFixed(0)} MB`, goal: '< 500 MB' },
      { what: 'peak memory of the tab (resident)', value: `${peak.tab.toFixed(0)} MB` },
    ];
  } finally {
    clearInterval(looking);
    await chrome.stop();
    await server.stop();
    await web.remove();
    rmSync(parent, { recursive: true, force: true });
  }
}

/** A Chromium one can turn to and from while it goes on. */
class Chrome {
  readonly #process: ChildProcess;
  readonly #address: string;

  private constructor(process: ChildProcess, address: string) {
    this.#process = process;
    this.#address = address;
  }

  static async start(profile: string): Promise<Chrome> {
    const quiet = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
    const args = ['--headless=new', ...quiet, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'];
    const started = spawn('/usr/bin/chromium', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    for await (const words of started.stderr.setEncoding('utf8')) {
      said += words;
      const address = /listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) return new Chrome(started, address);
    }
    throw new Error(`Chromium did not start: ${said}`);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** The page, for as long as the work takes. */
  async with<T>(work: (page: Page) => Promise<T>): Promise<T> {
    const browser: Browser = await chromium.connectOverCDP(this.#address, { timeout: patienceMs });
    try {
      const page = browser.contexts()[0]?.pages()[0];
      if (page === undefined) throw new Error('The page is gone.');
      page.setDefaultTimeout(patienceMs);
      return await work(page);
    } finally {
      await browser.close();
    }
  }

  async stop(): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill();
    await gone;
  }
}

/** 0 of a process that is gone. */
function peakOf(pid: number): number {
  try {
    return memory(pid).peak;
  } catch {
    return 0;
  }
}

const rate = (megabytes: number, taken: number): string =>
  `${(taken / 1000).toFixed(1)} s, ${((megabytes * 1000) / taken).toFixed(1)} MB/s`;
const shape = (late: readonly number[]): string =>
  [ms(percentile(late, 0.5)), ms(percentile(late, 0.99)), ms(Math.max(...late))].join(', ');

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('A name for this browser').fill('Bench');
  await page.getByRole('button', { name: 'Make a key and sign in', exact: true }).click();
  await page.getByRole('link', { name: 'Not now' }).click();
  await page.goto(`${url}/import`);
}

/** Signs in, drops the folder, lets it go. @returns milliseconds until what goes was shown */
async function begun(page: Page, url: string, folder: string): Promise<number> {
  await signIn(page, url);
  const box = await page.getByRole('region', { name: 'Drop an export or a folder here' }).boundingBox();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  const start = performance.now();
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: (box?.x ?? 0) + 40, y: (box?.y ?? 0) + 40, data });
  const begin = page.getByRole('button', { name: 'Import this folder: projects' });
  await begin.waitFor();
  const shown = performance.now() - start;
  await page.evaluate(watching);
  await begin.click();
  return shown;
}

/** In the page: how much later than asked for it did what it was asked for, and how far it says the import is. */
const watching = `{
  const watch = (globalThis.watch = { start: performance.now(), sent: null, done: null, failed: null, sending: [], coming: [] });
  let due = performance.now() + ${askEveryMs};
  const ask = () => {
    const now = performance.now();
    (watch.sent === null ? watch.sending : watch.coming).push(Math.max(0, now - due));
    const states = [...document.querySelectorAll('article *')].filter(({ children }) => children.length === 0);
    const says = (...words) => states.some(({ textContent }) => words.includes(textContent));
    if (watch.sent === null && says('importing', 'done')) watch.sent = now - watch.start;
    if (says('failed')) watch.failed = document.querySelector('main').innerText;
    if (watch.sent !== null && says('done')) watch.done = now - watch.start - watch.sent;
    else {
      due = performance.now() + ${askEveryMs};
      setTimeout(ask, ${askEveryMs});
    }
  };
  setTimeout(ask, ${askEveryMs});
}`;

interface Watched {
  /** Milliseconds each. */
  readonly sent: number;
  readonly done: number | null;
  /** What the page says where it failed. */
  readonly failed: string | null;
  readonly sending: readonly number[];
  readonly coming: readonly number[];
}

async function ended(chrome: Chrome): Promise<Watched & { readonly done: number }> {
  for (const end = Date.now() + patienceMs; Date.now() < end; ) {
    await pause(10_000);
    const watched = await chrome.with((page) => page.evaluate<Watched>('globalThis.watch'));
    if (watched.failed !== null) throw new Error(watched.failed);
    if (watched.done !== null) return { ...watched, done: watched.done };
  }
  throw new Error('The import did not end.');
}
