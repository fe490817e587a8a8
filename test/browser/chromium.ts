/**
 * A real Chromium for tests: the machine's own, never downloaded, or the one VIVIM_TEST_CHROMIUM names. Debian's shell without windows
 * comes first: it is the same version, and takes a fifth less of the processor. Where there is none, suites say how to get it.
 */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';

const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));
const executablePath = process.env.VIVIM_TEST_CHROMIUM ?? installed ?? '/usr/bin/chromium';
const required = process.env.CI === 'true';

/** Playwright's own list, which a second one replaces whole, and what no test looks at. */
const withoutFeatures = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  // Pages of the address bar, two for every window, and a process that waits for a page nobody opens.
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
  'SpareRendererForSitePerProcess',
];

/** A suite in Chromium: skipped by name where it is absent, except in CI, where its absence is a failure. */
export function describeBrowser(name: string, suite: () => void): void {
  const there = existsSync(executablePath) || required;
  describe.skipIf(!there)(
    there ? name : `${name} (skipped: needs Chromium; apt-get install chromium-headless-shell)`,
    suite,
  );
}

/** Quiet by flags: a browser under test talks to the server under test alone. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Signals are for what is under test: some tests send them to this very process.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${withoutFeatures.join(',')}`,
    ],
  });
}

let running: Promise<Browser> | undefined;

/** One for all files of a worker, which ends with it. */
export function commonChromium(): Promise<Browser> {
  running ??= launchChromium();
  return running;
}

/** Files of a worker run one after another, so whatever is open at the end of one is its own. */
export async function leaveChromium(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}

/** One person's browser: cookies, keys and storage of their own, and a record of what should never happen in it. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of scripts, refusals of the content security policy, requests to anyone but the server. */
  readonly offences: readonly string[];
}

/**
 * Without service workers unless `serviceWorkers: 'allow'` asks for them: the application's own fetches all of its files into every
 * new browser. It is then what a browser has that knows none; Playwright's `block` would leave one that cannot be registered.
 */
export async function visitor(
  browser: Browser,
  origin: string,
  { serviceWorkers = 'block', ...options }: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 1200, height: 860 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  if (serviceWorkers === 'block') await context.addInitScript('delete Navigator.prototype.serviceWorker');
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const offences: string[] = [];
  page.on('pageerror', (error) => offences.push(error.message));
  page.on('console', (message) => {
    if (/content security policy|script-src/i.test(message.text())) offences.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) offences.push(`request to ${request.url()}`);
  });
  return { context, page, offences };
}
