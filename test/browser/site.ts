/** A server with the web application and a Chromium, for one file of tests; what is the file's own ends with it. */
import type { Browser } from 'playwright-core';
import { afterAll } from 'vitest';
import { type CommonServer, commonServer } from '../kit/common-servers.ts';
import { startTestServer } from '../kit/server.ts';
import { commonChromium, leaveChromium } from './chromium.ts';
import { buildWebFiles } from './web-files.ts';

export interface Site {
  readonly server: CommonServer;
  readonly browser: Browser;
}

/** What a common server is started with, or what only this file wants. */
export type SiteSettings = 'common' | 'without models' | Readonly<Record<string, string>>;

/**
 * Say it where the suite is described.
 * @returns to be called once, before the tests: with the settings of a server of the file's own, or with the name of a common one
 */
export function useSite(): (settings?: SiteSettings) => Promise<Site> {
  const endings: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const end of endings.reverse()) await end();
  });
  const ownServer = async (env: Readonly<Record<string, string>>) => {
    const web = await buildWebFiles();
    endings.push(web.remove);
    const server = await startTestServer({ env: { VIVIM_WEB_DIR: web.dir, ...env } });
    endings.push(() => server.stop());
    return server;
  };
  return async (settings = 'common') => {
    const server = await (typeof settings === 'string'
      ? commonServer(settings === 'common' ? 'builtin' : 'off')
      : ownServer(settings));
    const browser = await commonChromium();
    endings.push(() => leaveChromium(browser));
    return { server, browser };
  };
}
