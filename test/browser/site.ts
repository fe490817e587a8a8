/** A server with the web application and a Chromium, for one file of tests; they end with it. */
import type { Browser } from 'playwright-core';
import { afterAll } from 'vitest';
import { startTestServer, type TestServer } from '../kit/server.ts';
import { launchChromium } from './chromium.ts';
import { buildWebFiles } from './web-files.ts';

export interface Site {
  readonly server: TestServer;
  readonly browser: Browser;
}

/**
 * Say it where the suite is described.
 * @returns starts both, with `env` for the server; to be called once, before the tests
 */
export function useSite(): (env?: Record<string, string>) => Promise<Site> {
  const endings: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const end of endings.reverse()) await end();
  });
  return async (env = {}) => {
    const web = await buildWebFiles();
    endings.push(web.remove);
    const server = await startTestServer({ env: { VIVIM_WEB_DIR: web.dir, ...env } });
    endings.push(() => server.stop());
    const browser = await launchChromium();
    endings.push(() => browser.close());
    return { server, browser };
  };
}
