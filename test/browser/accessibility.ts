/**
 * What is wrong with a page for who listens, uses keys alone or sees little: axe's rules of WCAG 2.2, A and AA, and its
 * good practice, and what axe leaves open: a name for everything that means nothing without one, as Chromium computes it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { root } from '../architecture/source-files.ts';

/** The short form: every page reads it anew. */
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

const controls = new Set([
  'button',
  'checkbox',
  'combobox',
  'Date',
  'DisclosureTriangle',
  'link',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'meter',
  'option',
  'progressbar',
  'radio',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
]);
/** Also what is no control but means nothing without a name. */
const named = new Set([...controls, 'image', 'img', 'heading', 'navigation', 'dialog', 'alertdialog']);

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** One for each page and never closed: closing it would unplug a virtual authenticator that another one plugged in. */
const sessions = new WeakMap<Page, Promise<CDPSession>>();

async function accessibilityTree(page: Page) {
  const opened = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, opened);
  return (await (await opened).send('Accessibility.getFullAXTree')).nodes.filter((node) => !node.ignored);
}

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Evaluated by the debugger, which the page's policy does not bind: no script is added to the page. */
async function brokenRules(page: Page): Promise<string[]> {
  if (await page.evaluate('window.axe === undefined')) await page.evaluate(`(() => { ${axe} })()`);
  const options = { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] };
  const { violations } = await page.evaluate<{ violations: Violation[] }>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => ({
      // What opens beside its button stands at the end of the page, in no landmark, and is reached from the button.
      violations: violations.map((rule) => rule.id !== 'region' ? rule : {
        ...rule,
        nodes: rule.nodes.filter(({ target }) =>
          document.querySelector(target[0]).closest('[data-radix-popper-content-wrapper]') === null),
      }),
    }))`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id} (${help}): ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** Half way between two colours nothing has the contrast of either. What turns for ever is not waited for. */
const atRest = `Promise.all(document.getAnimations()
  .filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity)
  .map((one) => one.finished.catch(() => {})))
  .then(() => {})`;

/** Faults in words, none for a page that is well. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(atRest);
  const nodes = (await accessibilityTree(page)).map((node) => ({
    role: String(node.role?.value ?? ''),
    name: String(node.name?.value ?? '').trim(),
    level: Number(node.properties?.find((property) => property.name === 'level')?.value.value ?? 0),
  }));
  const faults = nodes
    .filter(({ role, name }) => named.has(role) && name === '')
    .map(({ role }) => `a ${role} has no name`);
  // What is checked here means nothing on a page without any.
  if (!nodes.some(({ role }) => controls.has(role))) faults.push('no control that a keyboard can reach');
  // An open dialog hides what lies behind it from whoever listens, the page's own heading too.
  const dialog = nodes.some(({ role }) => role === 'dialog' || role === 'alertdialog');
  const h1 = nodes.filter(({ role, level }) => role === 'heading' && level === 1).length;
  if (h1 !== 1 && !dialog) faults.push(`${h1} headings of level 1`);
  const ids = await page.locator('[id]').evaluateAll((elements) => elements.map((element) => element.id));
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length > 0) faults.push(`ids stand twice: ${twice.join(', ')}`);
  return [...faults, ...(await brokenRules(page))];
}
