/**
 * What a page tells of itself while somebody uses it: first paint, how long until a key press is seen, long tasks, bytes of script. All
 * by the browser's own clock (Paint Timing, Event Timing, Long Tasks, Resource Timing). Drives nothing.
 */
import type { CDPSession, Page } from 'playwright-core';

export interface PageFigures {
  /** Milliseconds from navigation to the first text or picture, and to the largest. */
  readonly firstPaint: number;
  readonly largestPaint: number;
  /** Each interaction's milliseconds until the next frame showed it; multiples of eight. */
  readonly interactions: readonly number[];
  /** Milliseconds of each task over fifty. */
  readonly longTasks: readonly number[];
  /** Bytes of script as they came over the wire. */
  readonly scriptBytes: number;
}

/** Runs before any script of the page. */
const watching = `
  window.figures = { largest: 0, interactions: {}, long: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.figures.largest = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId > 0)
        window.figures.interactions[interactionId] = Math.max(window.figures.interactions[interactionId] ?? 0, duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.figures.long.push(duration);
  }).observe({ type: 'longtask', buffered: true });
`;

export const watchPage = (page: Page): Promise<unknown> => page.addInitScript(watching);

/** Forgets what was before: only what is done from now on counts as an interaction. */
export const beginInteractions = (page: Page): Promise<unknown> =>
  page.evaluate('window.figures.interactions = {}; window.figures.long = []');

/** @param floor interactions below the observer's threshold, which it does not tell, counted as so many milliseconds */
export function figuresOf(page: Page): Promise<PageFigures> {
  return page.evaluate(`({
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    largestPaint: window.figures.largest,
    interactions: Object.values(window.figures.interactions),
    longTasks: window.figures.long,
    scriptBytes: performance.getEntriesByType('resource')
      .filter(({ name }) => /\\.js(\\?|$)/.test(name)).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  })`);
}

/**
 * Processor time of the page's main thread over some work, milliseconds: on a machine that does much else only this tells what a page
 * costs.
 */
export async function mainThread(session: CDPSession, work: () => Promise<unknown>): Promise<number> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
  const before = await spent();
  await work();
  return (await spent()) - before;
}

/** As for somebody who comes for the first time: nothing kept by the browser or a worker. */
export async function asNewcomer(session: CDPSession, yes: boolean): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: yes });
  await session.send('Network.setBypassServiceWorker', { bypass: yes });
}
