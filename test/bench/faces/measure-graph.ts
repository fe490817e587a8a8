/**
 * The map of topics and entities at its largest: 5,000 nodes and 15,000 ties. The answer is made up here, since what is measured is the
 * page; it is drawn by WebGL in software where Chromium has no graphics card, so frames are fewer than a person sees.
 */
import type { CDPSession, Page } from 'playwright-core';
import { type Figure, ms, percentile } from '../measure.ts';
import { beginInteractions, figuresOf, mainThread } from './measure-page.ts';

const nodes = 5_000;
const edgesOfNode = 3;
const watchedMs = 3_000;

const id = (kind: 't' | 'e', place: number): string => {
  const digits = 'abcdefghijklmnopqrstuvwxyz234567';
  let text = '';
  for (let rest = place; text.length < 32; rest = Math.floor(rest / 32)) text = digits[rest % 32] + text;
  return `${kind}_${text}`;
};

/** Of a made-up person: many named once, few often; each tied to three others, most of them to what is said most. */
function madeGraph(limit: number) {
  const kinds = Array.from({ length: Math.min(limit, nodes) }, (_, place) => (place % 2 === 0 ? 'topic' : 'entity'));
  const edges: [number, number, number][] = [];
  for (let place = 1; place < kinds.length; place++)
    for (let n = 0; n < edgesOfNode; n++) {
      const other = Math.floor(place * (((place * 31 + n * 17) % 97) / 97) ** 2);
      if (other !== place) edges.push([other, place, 0.1 + ((place + n) % 9) / 10]);
    }
  return {
    nodes: kinds.map((kind, place) => ({
      id: id(kind === 'topic' ? 't' : 'e', place),
      kind,
      name: `${kind === 'topic' ? 'Topic' : 'Person'} number ${place}`,
      type: kind === 'topic' ? null : 'person',
      messages: 1 + Math.floor(4_000 / (place + 1)),
      conversations: 1 + Math.floor(900 / (place + 1)),
      importance: 1 / (place + 1),
      lastSeenAt: null,
    })),
    edges,
    left: Math.max(0, nodes - kinds.length),
  };
}

/** Frames a second over some work, as the page itself draws them. */
async function framesDuring(page: Page, work: () => Promise<unknown>): Promise<number> {
  await page.evaluate(`window.frames_ = { count: 0, on: true, since: performance.now() };
    (function next() { if (!window.frames_.on) return; window.frames_.count += 1; requestAnimationFrame(next); })()`);
  await work();
  return page.evaluate(
    `(() => { const f = window.frames_; f.on = false; return 1000 * f.count / (performance.now() - f.since) })()`,
  );
}

export async function graphFigures(page: Page, session: CDPSession, url: string): Promise<Figure[]> {
  await page.route('**/v1/graph*', (route) =>
    route.fulfill({ json: madeGraph(Number(new URL(route.request().url()).searchParams.get('limit'))) }),
  );
  await page.goto(`${url}/graph`);
  const canvas = page.locator('.graph-canvas');
  await canvas.locator('canvas').first().waitFor();
  // 400, 1,200, 3,600, all: the last step is the one that is measured.
  const more = page.locator('.graph-foot').getByRole('button');
  for (const shown of ['1,200', '3,600']) {
    await more.click();
    await page.locator('.graph-foot').getByText(shown).first().waitFor();
    await page.waitForTimeout(2_000);
  }
  await page.evaluate(`(() => {
    const begun = performance.now();
    window.drawnAfter = null;
    const look = () => document.querySelector('.graph-foot')?.textContent.includes('5,000')
      ? requestAnimationFrame(() => requestAnimationFrame(() => { window.drawnAfter = performance.now() - begun; }))
      : requestAnimationFrame(look);
    look();
  })()`);
  await beginInteractions(page);
  const drawing = await mainThread(session, async () => {
    await more.click();
    while ((await page.evaluate('window.drawnAfter')) === null) await page.waitForTimeout(50);
  });
  const drawnAfter = await page.evaluate<number>('window.drawnAfter');
  const settling = await framesDuring(page, () => page.waitForTimeout(9_000));
  const laidOut = await figuresOf(page);
  const box = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const panning = await framesDuring(page, async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let at = 0; at < watchedMs; at += 50) {
      await page.mouse.move(x + 120 * Math.sin(at / 300), y + 80 * Math.cos(at / 300));
      await page.waitForTimeout(50);
    }
    await page.mouse.up();
  });
  const zooming = await framesDuring(page, async () => {
    for (let at = 0; at < watchedMs; at += 100) {
      await page.mouse.wheel(0, at < watchedMs / 2 ? -120 : 120);
      await page.waitForTimeout(100);
    }
  });
  await beginInteractions(page);
  const field = page.getByRole('searchbox', { name: /Find/ });
  for (const words of ['person number 12', 'topic number 40', 'number 7']) {
    await field.fill('');
    await field.pressSequentially(words, { delay: 90 });
  }
  const typed = await figuresOf(page);
  await page.locator('.graph-find li button').first().click();
  await page.waitForTimeout(800);
  await beginInteractions(page);
  // What was found lies in the middle.
  for (let round = 0; round < 5; round++) {
    const now = (await canvas.boundingBox()) ?? box;
    await page.mouse.click(now.x + now.width / 2, now.y + now.height / 2);
    await page.waitForTimeout(400);
    await page.mouse.click(now.x + 8, now.y + 8);
    await page.waitForTimeout(400);
  }
  const clicked = await figuresOf(page);
  await page.unroute('**/v1/graph*');
  const what = `map of ${nodes.toLocaleString('en')} nodes, ${(nodes * edgesOfNode).toLocaleString('en')} ties`;
  const worst = (all: readonly number[]): string =>
    all.length === 0 ? 'below 16 ms' : `worst ${ms(Math.max(...all))}, p75 ${ms(percentile(all, 0.75))}`;
  const fps = (frames: number): string => `${frames.toFixed(0)} frames a second`;
  return [
    {
      what: `${what}: from asking to the first drawing`,
      value: `${ms(drawnAfter)} (processor ${ms(drawing)})`,
      goal: '< 1.5 s',
    },
    {
      what: `${what}: while it is laid out`,
      value: `${fps(settling)}, longest task ${ms(Math.max(0, ...laidOut.longTasks))}`,
    },
    { what: `${what}: moved by the mouse`, value: fps(panning) },
    { what: `${what}: zoomed by the wheel`, value: fps(zooming) },
    { what: `${what}: typing a name, interaction to next paint`, value: worst(typed.interactions), goal: '≤ 100 ms' },
    {
      what: `${what}: clicks on a node and beside it, interaction to next paint`,
      value: worst(clicked.interactions),
      goal: '≤ 100 ms',
    },
  ];
}
