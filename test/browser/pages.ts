/** Every address of the application, by who finds something there: one list, so that no page is left out of what is tried on all of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../architecture/source-files.ts';

export interface Address {
  /** As the router has it. */
  readonly path: string;
  /** Where the first of its kind is found: a list that links to it. */
  readonly from?: string;
  /** In place of the path: with what is asked for. */
  readonly asked?: string;
  /** For operators alone: everybody else is told that there is no such page. */
  readonly operator?: true;
}

/** Of whoever is signed in and has brought something in. */
export const ownPages: readonly Address[] = [
  { path: '/' },
  { path: '/import' },
  { path: '/imports/$id', from: '/import' },
  { path: '/import/conflicts' },
  { path: '/conversations' },
  { path: '/conversations/$id', from: '/conversations' },
  { path: '/search' },
  { path: '/topics' },
  { path: '/topics/$id', from: '/topics' },
  { path: '/entities' },
  { path: '/entities/$id', from: '/entities' },
  { path: '/graph' },
  { path: '/memories' },
  { path: '/context' },
  { path: '/context/recipes' },
  { path: '/context/kept' },
  { path: '/context/records' },
  { path: '/context/records/$id', from: '/context/records' },
  { path: '/secrets' },
  { path: '/identity' },
  { path: '/identity/access' },
  { path: '/identity/devices' },
  { path: '/identity/sessions' },
  { path: '/identity/tokens' },
  { path: '/identity/connections' },
  { path: '/identity/connections', asked: '/identity/connections?view=proxy' },
  { path: '/identity/connections', asked: '/identity/connections?view=models' },
  { path: '/identity/space' },
  { path: '/identity/take-along' },
  { path: '/identity/erase' },
  { path: '/identity/history' },
  { path: '/identity/account' },
  { path: '/operator', operator: true },
  { path: '/welcome' },
  { path: '/docs' },
];

/** Of guests, and of moments that a test of their own leads to. */
export const otherPages = [
  '/connect/$uid',
  '/context/records/asked/$id',
  '/erased/$receipt',
  '/join',
  '/messages/$id',
  '/recover',
  '/unlock',
] as const;

/** Every path the router knows. */
export function routedPaths(): readonly string[] {
  const router = readFileSync(join(root, 'packages/web/src/router.tsx'), 'utf8');
  const routes = router.matchAll(/createRoute\(\{\s*getParentRoute(: ofIdentity)?,\s*path: '([^']+)'/g);
  return [...routes].map(([, within, path = '']) =>
    within === undefined ? path : `/identity${path}`.replace(/\/$/, ''),
  );
}

/**
 * Goes to another page as a link of the application does, without loading the application again, which is four times as much work.
 * Loads it where it is not open yet, and where the page is the one that is shown already.
 */
export async function goWithin(page: Page, address: string): Promise<void> {
  const gone = await page.evaluate<boolean>(`(async () => {
    const to = new URL(${JSON.stringify(address)});
    const router = self.__TSR_ROUTER__;
    if (router === undefined || to.origin !== location.origin || to.pathname === location.pathname) return false;
    router.history.push(to.pathname + to.search + to.hash);
    const arrived = ({ status, resolvedLocation }) =>
      status === 'idle' && resolvedLocation?.pathname === location.pathname;
    do await new Promise(requestAnimationFrame);
    while (!arrived(router.state));
    return true;
  })()`);
  if (!gone) await page.goto(address);
}

/** @returns the address, with the id of the first of its kind where it has one */
export async function addressOf(page: Page, url: string, { path, from, asked }: Address): Promise<string> {
  if (from === undefined) return `${url}${asked ?? path}`;
  await goWithin(page, `${url}${from}`);
  const first = page.locator(`main a[href^="${path.replace('$id', '')}"]`).first();
  return `${url}${await first.getAttribute('href')}`;
}

/** Its content is there. */
export async function settledPage(page: Page): Promise<void> {
  await page.locator('h1').waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}
