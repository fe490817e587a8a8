/** What a screen reader would be given of a page, as Chromium computes it, and what is wrong with that. */
import type { CDPSession, Page } from 'playwright-core';

const controls = new Set([
  'button',
  'checkbox',
  'combobox',
  'Date',
  'DisclosureTriangle',
  'link',
  'meter',
  'progressbar',
  'radio',
  'searchbox',
  'slider',
  'spinbutton',
  'textbox',
]);
/** Also what is no control but means nothing without a name. */
const named = new Set([...controls, 'image', 'img', 'heading', 'navigation']);

/** One for each page and never closed: closing it would unplug a virtual authenticator that another one plugged in. */
const sessions = new WeakMap<Page, Promise<CDPSession>>();

async function accessibilityTree(page: Page) {
  const opened = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, opened);
  return (await (await opened).send('Accessibility.getFullAXTree')).nodes;
}

/** Faults in words, none for a page that is well: names of controls, one h1, one main, a title, a language. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const nodes = await accessibilityTree(page);
  const seen = nodes
    .filter((node) => !node.ignored)
    .map((node) => ({
      role: String(node.role?.value ?? ''),
      name: String(node.name?.value ?? '').trim(),
      level: Number(node.properties?.find((property) => property.name === 'level')?.value.value ?? 0),
    }));
  const count = (wanted: (node: (typeof seen)[number]) => boolean): number => seen.filter(wanted).length;
  const faults = seen
    .filter((node) => named.has(node.role) && node.name === '')
    .map(({ role }) => `a ${role} has no name`);
  const h1 = count(({ role, level }) => role === 'heading' && level === 1);
  // An open dialog hides what lies behind it from whoever listens, the page's own heading and landmark too.
  const dialog = count(({ role }) => role === 'dialog' || role === 'alertdialog') > 0;
  if (h1 !== 1 && !dialog) faults.push(`${h1} headings of level 1`);
  const mains = count(({ role }) => role === 'main');
  if (mains !== 1 && !dialog) faults.push(`${mains} main landmarks`);
  if ((await page.title()).trim() === '') faults.push('the page has no title');
  if (((await page.locator('html').getAttribute('lang')) ?? '') === '') faults.push('the page names no language');
  const ids = await page.locator('[id]').evaluateAll((elements) => elements.map((element) => element.id));
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length > 0) faults.push(`ids stand twice: ${twice.join(', ')}`);
  return faults;
}

/** How many controls of a page a keyboard can reach: the check above means nothing on a page without any. */
export async function controlCount(page: Page): Promise<number> {
  const nodes = await accessibilityTree(page);
  return nodes.filter((node) => !node.ignored && controls.has(String(node.role?.value))).length;
}
