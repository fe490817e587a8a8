/**
 * What is said in other scripts and at odd lengths: code runs from left to right in an Arabic answer, titles begin where the page's lines
 * do, words of a wide table stay whole, and a title of a whole paragraph leaves room for what is under it. Two people, one on a phone.
 */
import type { Locator } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { dialogue } from '../kit/exports.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, expectNoOffences, heading, jsonFile, type Person, shot, twoPeople } from './people.ts';
import { useSite } from './site.ts';

const code =
  '```python\nif ready:\n    fire(kiln, cone=6, hold="twenty minutes", shelf="the upper one", witness=True)\n```';
const arabic = 'فرن الخزف';
const paragraph = 'What the kiln did in the week of the long rain '.repeat(8).trim();
const names = ['temperature', 'atmosphere', 'witnesses', 'thickness', 'application', 'observations'];
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = [row(names), row(names.map(() => '---')), row(names.map((name) => `${name} measured`))].join('\n');

describeBrowser('other scripts and odd lengths', () => {
  const start = useSite();
  let alice: Person;
  let bob: Person;
  expectNoOffences(() => [alice, bob].filter((person) => person !== undefined));

  const openNamed = async ({ page, open }: Person, title: string) => {
    await open('/conversations', 'Conversations');
    await page.getByRole('link', { name: title }).click();
    await heading(page, title).waitFor();
    await page.locator('article.message').nth(1).locator('.markdown').first().waitFor();
  };
  /** Where the ink of an element's first text begins, pixels from the window's left edge. */
  const inkOf = (page: Person['page'], selector: string): Promise<number> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const range = element.ownerDocument.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().left;
      });
  const styled = (place: Locator): Promise<[string, number]> =>
    place.evaluate((element) => [
      element.ownerDocument.defaultView.getComputedStyle(element).direction,
      element.scrollLeft,
    ]);

  beforeAll(async () => {
    [alice, bob] = await twoPeople(await start('without models'));
    const kiln = [
      dialogue('arabic', arabic, ['كيف أشعل الفرن؟', `هكذا:\n\n${code}\n\nثم انتظر ساعة.`]),
      dialogue('table', 'A wide table', ['What was measured?', `This:\n\n${table}\n\nNothing else.`]),
      dialogue('long', paragraph, ['What did the kiln do?', 'It cooled.']),
    ];
    for (const person of [alice, bob]) await bringIn(person, jsonFile('conversations.json', JSON.stringify(kiln)));
  }, 120_000);

  it('runs code from left to right in an answer that runs the other way', async () => {
    for (const person of [alice, bob]) {
      const { page } = person;
      await openNamed(person, arabic);
      const block = page.locator('article.message pre').first();
      const [box, ink] = [await block.boundingBox(), await inkOf(page, 'article.message pre code')];
      // Its first line begins at the left edge, and it is not scrolled away from there.
      expect(ink - (box?.x ?? 0)).toBeLessThan(24);
      expect(await styled(block)).toEqual(['ltr', 0]);
      expect(await styled(page.locator('article.message .markdown').nth(1))).toEqual(['rtl', 0]);
      await shot(person, `arabic-${person === alice ? 'desk' : 'phone'}`);
    }
  });

  it('begins an Arabic title where the lines of the page begin', async () => {
    for (const person of [alice, bob]) {
      await openNamed(person, arabic);
      const [title, under] = [await inkOf(person.page, 'h1'), await inkOf(person.page, '.page-header .meta')];
      expect(Math.abs(title - under)).toBeLessThan(3);
    }
  });

  it('leaves the words of a wide table whole, and scrolls it instead', async () => {
    for (const person of [alice, bob]) {
      const { page } = person;
      await openNamed(person, 'A wide table');
      const heads = await page
        .locator('article.message th')
        .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().height));
      expect(heads).toHaveLength(names.length);
      // One line each.
      expect(Math.max(...heads)).toBeLessThan(40);
      expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    }
    const { page } = bob;
    const scroll = page.locator('article.message .table-scroll');
    expect(await scroll.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
    await shot(bob, 'wide-table-phone');
  });

  it('keeps a title of a whole paragraph small enough to read on under it', async () => {
    for (const person of [alice, bob]) {
      const { page } = person;
      await openNamed(person, paragraph);
      expect((await page.locator('h1').boundingBox())?.height).toBeLessThan(320);
      expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
      await shot(person, `long-title-${person === alice ? 'desk' : 'phone'}`);
    }
  });
});
