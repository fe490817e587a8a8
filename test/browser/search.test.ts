/**
 * Search in a real Chromium: as one types, narrowed by what there is, said why, read in place, by keyboard and on a phone. Bob is found
 * nothing of Alice's.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { type ChatGptTurn, chatGptConversation, dialogue } from '../kit/exports.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, button, expectAccessible, expectNoOffences, type Person, shot, twoPeople } from './people.ts';
import { useSite } from './site.ts';

const turn = (id: string, parent: string | null, role: 'user' | 'assistant', text: string): ChatGptTurn => ({
  id,
  parent,
  role,
  text,
});
const trip = chatGptConversation(
  'trip',
  'A week at the sea',
  [
    turn('t1', null, 'user', 'Where should we stay at the sea in June?'),
    turn('t2', 't1', 'assistant', 'It depends on the waves you like, and on whether you want to cook.'),
    turn('t3', 't2', 'user', 'A campsite near the harbour of Peniche with a kitchen'),
    turn('t4', 't3', 'assistant', 'In Peniche the municipal campsite has a kitchen.'),
    turn('t5', 't2', 'user', 'I decided on a hostel in Nazaré with a view, for my sister Marta and me.'),
    turn('t6', 't5', 'assistant', 'The hostel above the cliff has a view, and the ferry to Berlengas is an hour away.'),
  ],
  1_718_000_000,
);
const code = chatGptConversation('code', 'Reading settings', [
  turn('c1', null, 'user', 'How do I read settings from a file?'),
  turn(
    'c2',
    'c1',
    'assistant',
    'Like this:\n\n```python\ndef parse_settings(path):\n    with open(path) as file:\n        return load(file)\n```\n\nIt raises where the file is not there.',
  ),
]);
const many = Array.from({ length: 60 }, (_, i) =>
  dialogue(
    `many-${i}`,
    `Ferry notes ${i}`,
    [
      `Which ferry sails on day ${i}? I want to note the crossing and what it costs for two.`,
      `On day ${i} the ferry sails at ${8 + (i % 9)} in the morning. A crossing for two costs ${20 + i} euros.`,
    ],
    1_650_000_000 + i * 1_000_000,
  ),
);

const field = (page: Page) => page.getByRole('searchbox', { name: 'What are you looking for?' });
const results = (page: Page) => page.getByRole('list', { name: 'Results' });
const found = (page: Page, text: string) => results(page).getByRole('article').filter({ hasText: text });
/** What an address asks for, once it says so. */
const addressOf = (page: Page) => new URL(page.url()).searchParams;

describeBrowser('search', () => {
  const startSite = useSite();
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    const site = await startSite();
    [alice, bob] = await twoPeople(site, ['Alice at home', 'Bob on the way']);
    const file = (conversations: object[]) => Buffer.from(JSON.stringify(conversations));
    await bringIn(alice, { name: 'alice.json', mimeType: 'application/json', buffer: file([trip, code, ...many]) });
    await bringIn(bob, {
      name: 'bob.json',
      mimeType: 'application/json',
      buffer: file([dialogue('bob', 'Bread', ['How long does rye bread rise?', 'A rye dough rises for three hours.'])]),
    });
  }, 180_000);

  expectNoOffences(() => [alice, bob]);

  it('teaches what can be typed, and tries an example at a press', async () => {
    const { page } = alice;
    await alice.open('/search', 'Search');
    await page.getByRole('heading', { name: 'Find what was said, and by whom' }).waitFor();
    await expectAccessible(page);
    await shot(alice, 'search-start');
    await button(page, 'How to search').click();
    const help = page.getByRole('dialog', { name: 'How to search' });
    await help.waitFor();
    await shot(alice, 'search-help');
    await help.getByRole('button', { name: /lang:python retry/ }).click();
    await expect.poll(() => field(page).inputValue()).toBe('lang:python retry');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  });

  it('finds as one types, says why, and keeps conversations together', async () => {
    const { page } = alice;
    await field(page).fill('');
    await field(page).pressSequentially('hostel view nazaré');
    await found(page, 'I decided on a hostel').waitFor();
    await expect.poll(() => addressOf(page).get('q')).toBe('hostel view nazaré');
    expect(await found(page, 'I decided on a hostel').getByText('contains “').innerText()).toContain('hostel');
    expect(await page.getByRole('heading', { level: 2, name: /A week at the sea/ }).count()).toBe(1);
    expect(await results(page).locator('mark').first().innerText()).toMatch(/hostel|view|nazaré/i);
    await expectAccessible(page);
    await shot(alice, 'search-results');
  });

  it('shows what a question asks for without a quotation that nothing holds, and demands it of a search', async () => {
    const { page } = alice;
    await field(page).fill('Where is the "hostel at the cliff"?');
    await page
      .getByText('Nothing contains “hostel at the cliff” word for word. These results were found without it.')
      .waitFor();
    await found(page, 'The hostel above the cliff').first().waitFor();
    await field(page).fill('"hostel at the cliff"');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    await page.getByText('Nothing contains “hostel at the cliff” word for word.').waitFor();
    await bob.open('/search?q=Where+is+the+%22hostel+at+the+cliff%22%3F', 'Search');
    await bob.page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  });

  it('says what a word was taken for that nothing holds', async () => {
    const { page } = alice;
    await field(page).fill('crosing berlengas');
    await page.getByText('Nothing here says “crosing”. Searched for crossing instead.').waitFor();
    await found(page, 'ferry to Berlengas').first().waitFor();
  });

  it('says what no message holds, and shows those that hold some', async () => {
    const { page } = alice;
    await field(page).fill('hostel zeppelin');
    await page.getByText('No message says all of these words').waitFor();
    await page.getByText('Not found anywhere: “zeppelin”').waitFor();
    await found(page, 'hostel').first().waitFor();
  });

  it('finds what was edited away where one asks for it, and leads to that branch', async () => {
    const { page } = alice;
    await field(page).fill('"municipal campsite"');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    await shot(alice, 'search-nothing');
    await button(page, 'Look at other branches too').click();
    const hit = found(page, 'municipal campsite');
    await hit.getByText('another branch').waitFor();
    await button(page, 'Remove the filter Other branches too').waitFor();
    await hit.getByRole('button', { name: 'Show around it' }).click();
    const around = hit.getByRole('region', { name: 'Messages around it' });
    await around.getByText('A campsite near the harbour').waitFor();
    expect(await around.getByText('I decided on a hostel').count()).toBe(0);
    await shot(alice, 'search-around');
    await expectAccessible(page);
    await hit.getByRole('link', { name: /municipal campsite/ }).click();
    await page.getByRole('heading', { level: 1, name: 'A week at the sea' }).waitFor();
    await page.getByText('In Peniche the municipal campsite has a kitchen.').waitFor();
  });

  it('narrows by what there is; each filter stands in the address and comes off', async () => {
    const { page } = alice;
    await alice.open('/search?q=ferry', 'Search');
    await results(page).getByRole('article').first().waitFor();
    await button(page, 'When').click();
    await page.getByRole('dialog', { name: 'When' }).getByRole('button', { name: '2023' }).click();
    await expect.poll(() => addressOf(page).get('from')).toBe('2023-01-01');
    expect(addressOf(page).get('to')).toBe('2024-01-01');
    await expect.poll(() => found(page, '2022').count()).toBe(0);
    await button(page, 'Said by').click();
    await page.getByRole('dialog', { name: 'Said by' }).getByRole('button', { name: 'Assistant' }).click();
    await expect.poll(() => addressOf(page).get('role')).toBe('assistant');
    await shot(alice, 'search-filters');
    await button(page, 'Source').click();
    await page
      .getByRole('dialog', { name: 'Source' })
      .getByRole('button', { name: /ChatGPT/ })
      .click();
    await page.reload();
    await button(page, 'Remove the filter When').click();
    await expect.poll(() => addressOf(page).has('from')).toBe(false);
    await button(page, 'Remove all filters').click();
    await expect.poll(() => [...addressOf(page).keys()]).toEqual(['q']);
    await button(page, 'More filters').click();
    const more = page.getByRole('dialog', { name: 'More filters' });
    await more.getByLabel('Language').selectOption({ label: 'Python' });
    await shot(alice, 'search-more-filters');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Nothing found within these filters' }).waitFor();
    await button(page, 'Without “Language”').click();
    await results(page).getByRole('article').first().waitFor();
  });

  it('finds code by what it defines', async () => {
    const { page } = alice;
    await field(page).fill('type:decision');
    await page.getByText('There is no word here to look for.').waitFor();
    await field(page).fill('symbol:parse_s*');
    await found(page, 'def parse_settings').waitFor();
    expect(await results(page).getByRole('article').count()).toBe(1);
    await shot(alice, 'search-code');
  });

  it('is worked by keyboard alone, and draws only what is near', async () => {
    const { page, context } = alice;
    await alice.open('/search?q=ferry+crossing', 'Search');
    await results(page).getByRole('article').first().waitFor();
    await field(page).focus();
    await page.keyboard.press('ArrowDown');
    const focusedRow = () =>
      page.evaluate(`document.activeElement.closest('[data-index]')?.dataset.index ?? document.activeElement.id`);
    await expect.poll(focusedRow).toBe('0');
    for (let i = 0; i < 25; i++) {
      // At the last row that is there a key waits for nothing: it is pressed again when more is.
      await expect
        .poll(async () => {
          if ((await focusedRow()) === String(i)) await page.keyboard.press('ArrowDown');
          return focusedRow();
        })
        .toBe(String(i + 1));
    }
    expect(await results(page).getByRole('article').count()).toBeLessThan(40);
    const [opened] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('o')]);
    await opened.getByRole('heading', { level: 1, name: /Ferry notes/ }).waitFor();
    await opened.close();
    await page.keyboard.press('Home');
    await expect.poll(focusedRow).toBe('0');
    await page.keyboard.press('ArrowUp');
    await expect.poll(focusedRow).toBe('search-words');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /Ferry notes/ }).waitFor();
  });

  it('looks for more like a result', async () => {
    const { page } = alice;
    await alice.open('/search?q=hostel', 'Search');
    await found(page, 'I decided on a hostel').getByRole('link', { name: 'More like this' }).click();
    await button(page, 'Remove the filter More like one message').waitFor();
    await results(page).getByRole('article').first().waitFor();
    await expect.poll(() => found(page, 'I decided on a hostel').count()).toBe(0);
  });

  it('keeps what was looked for in this browser, until it is told to forget', async () => {
    const { page } = alice;
    await alice.open('/search?q=hostel', 'Search');
    await found(page, 'hostel').first().waitFor();
    await expect.poll(() => page.evaluate(`JSON.stringify(localStorage)`), { timeout: 10_000 }).toContain('hostel');
    await alice.open('/search', 'Search');
    await page.getByRole('heading', { name: 'Recent searches' }).waitFor();
    await shot(alice, 'search-recent');
    await button(page, 'hostel').click();
    await found(page, 'hostel').first().waitFor();
    await button(page, 'Clear the search').click();
    await button(page, 'Forget these').click();
    expect(await page.evaluate(`JSON.stringify(localStorage)`)).not.toContain('hostel');
  });

  it('finds nothing of hers for Bob, on his phone in the dark', async () => {
    const { page } = bob;
    await bob.open('/search?q=ferry&branches=all', 'Search');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    await expectAccessible(page);
    await shot(bob, 'search-phone-nothing');
    await bob.open('/search', 'Search');
    expect(await page.getByRole('button', { name: 'hostel' }).count()).toBe(0);
    await field(page).fill('rye dough');
    await found(page, 'A rye dough rises').waitFor();
    await shot(bob, 'search-phone');
    await button(page, 'When').click();
    await page.getByRole('dialog', { name: 'When' }).waitFor();
    await shot(bob, 'search-phone-when');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await button(page, 'Topic').click();
    const topics = page.getByRole('dialog', { name: 'Topic' });
    await topics.waitFor();
    expect(await topics.innerText()).not.toMatch(/ferry|settings/i);
  });

  it('finds notes of one’s own with the way to what they hang on, and narrows to a tag', async () => {
    const { page, open } = alice;
    const id = (await page.evaluate(
      `fetch('/v1/conversations?limit=200').then((r) => r.json()).then(({ items }) => items.find(({ title }) => title === 'A week at the sea').id)`,
    )) as string;
    const steps = [
      { kind: 'note', of: id, text: 'Ask **Marta** whether the hammock comes along.' },
      { kind: 'tag', of: id, tag: 'holiday', on: true },
    ];
    await page.evaluate(`fetch('/v1/annotations', { method: 'POST', headers: { 'content-type': 'application/json' },
      body: ${JSON.stringify(JSON.stringify({ steps }))} }).then((r) => { if (!r.ok) throw new Error('not annotated') })`);
    await open('/search', 'Search');
    await field(page).fill('hammock');
    const notes = page.getByRole('region', { name: 'Your notes' });
    await notes.getByText('on A week at the sea').waitFor();
    await expectAccessible(page);
    await notes.getByRole('link', { name: 'Ask Marta whether the hammock comes along.' }).click();
    await page.getByRole('heading', { level: 1, name: 'A week at the sea' }).waitFor();
    await open('/search?q=ferry', 'Search');
    await found(page, 'day').first().waitFor();
    await button(page, 'Tag').click();
    await page.getByRole('button', { name: /^holiday/ }).click();
    await expect.poll(() => addressOf(page).get('tag')).toBe('holiday');
    await found(page, 'the ferry to Berlengas').first().waitFor();
    await expect.poll(() => results(page).getByText('A crossing for two').count()).toBe(0);
    await bob.open('/search?q=hammock', 'Search');
    await bob.page.getByText('Nothing found').first().waitFor();
    expect(await bob.page.getByRole('region', { name: 'Your notes' }).count()).toBe(0);
  });

  it('says what was no filter and taken for words, with the sources of that person', async () => {
    for (const person of [alice, bob]) {
      await person.open('/search', 'Search');
      await field(person.page).fill('source:nothing bread hostel');
      await person.page
        .getByText('“source:nothing” is not a filter, so it was searched for as words. source: takes chatgpt.')
        .waitFor();
      await expectAccessible(person.page);
    }
    await shot(alice, 'search-no-filter');
  });
});
