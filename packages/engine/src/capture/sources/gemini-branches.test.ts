/** Events of Gemini that stand in several threads, as a branched chat leaves them, and those of pages that name their thread. */
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { splitGeminiPage } from './gemini-page.ts';

const link = (thread: string) => `https://gemini.google.com/app/${thread}`;
const [a, b] = ['aaaa111122223333', 'bbbb111122223333'];
const event = (title: string, minute: number, threads: readonly string[], rest: object = {}) => ({
  header: 'Gemini Apps',
  title,
  time: `2026-03-02T10:${String(minute).padStart(2, '0')}:00.000Z`,
  products: ['Gemini Apps'],
  details: threads.map((thread) => ({ name: link(thread), url: link(thread) })),
  safeHtmlItem: [{ html: `<p>${minute}</p>` }],
  ...rest,
});
const events = [
  event('Prompted Only in b', 20, [b]),
  event('Branched Begun', 0, [a, b]),
  event('Prompted Only in a', 10, [a]),
  event('Branched Gone on', 5, [a, b]),
];
const prompts = (conversation: Parameters<typeof shortly>[0]) =>
  shortly(conversation).flatMap(([role, , text]) => (role === 'user' ? [text] : []));

describe('an event of several threads', () => {
  it('is in the conversation of each, in the order of its time', async () => {
    const found = await conversationsOf(JSON.stringify(events), 'gemini');
    expect(found.map((one) => [one.externalId, ...prompts(one)])).toEqual([
      [b, 'text: Begun', 'text: Gone on', 'text: Only in b'],
      [a, 'text: Begun', 'text: Gone on', 'text: Only in a'],
    ]);
  });

  it('is a conversation of each where none of them went on', async () => {
    const found = await conversationsOf(JSON.stringify([events[1]]), 'gemini');
    expect(found.map(({ externalId, key }) => [externalId, key])).toEqual([
      [a, a],
      [b, b],
    ]);
  });

  it('comes in again as it is, for one person and nobody else', async () => {
    const { alice, bob } = twoSpaces();
    const capture = newCapture(alice);
    expect(await capture.bring({ bytes: JSON.stringify(events), name: 'a.json' })).toMatchObject({
      report: { conversations: { added: 2 }, messages: { added: 12 } },
    });
    const later = [...events.toReversed(), event('Prompted Later', 30, [a])];
    expect(await capture.bring({ bytes: JSON.stringify(later), name: 'b.json' })).toMatchObject({
      report: { conversations: { added: 0, updated: 1, unchanged: 1 }, messages: { added: 2 } },
    });
    expect(bob.read((r) => r.conversations.page({ limit: 5 })).items).toEqual([]);
  });
});

describe('the page of activity', () => {
  const cell = (said: string, threads: readonly string[]) =>
    `<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell"><p class="mdl-typography--title">Gemini-Apps<br></p></div><div class="content-cell mdl-cell mdl-typography--body-1">${said}</div><div class="content-cell mdl-typography--caption"><b>Details:</b>${threads.map((thread) => `<a href="${link(thread)}">${link(thread)}</a>`).join('<br>')}</div></div></div>`;
  const page = (...cells: readonly string[]) => `<html><body>${cells.join('')}</body></html>`;

  it('is a conversation for each thread, and for each event of none', async () => {
    const found = await conversationsOf(
      page(
        cell('Eingegebener Prompt: Zwei<br>02.03.2026, 10:05:00 MEZ<br><p>2</p>', [a]),
        cell('Eingegebener Prompt: Allein<br>02.03.2026, 10:03:00 MEZ<br><p>x</p>', []),
        cell('Eingegebener Prompt: Eins<br>02.03.2026, 10:00:00 MEZ<br><p>1</p>', [a, b]),
      ),
      'gemini',
    );
    expect(found.map((one) => [one.externalId, ...prompts(one)])).toEqual([
      [null, 'text: Allein'],
      [a, 'text: Eins', 'text: Zwei'],
      [b, 'text: Eins'],
    ]);
  });

  it('takes no thread from what was said', async () => {
    const said = `Prompted Where?<br>Mar 2, 2026, 10:00:00 AM UTC<br><p><a href="${link(a)}">here</a></p>`;
    const [found] = await conversationsOf(page(cell(said, [])), 'gemini');
    expect(found?.externalId).toBeNull();
  });

  it('leaves out how many files there are, in any language', async () => {
    const said =
      '회의록을 정리해 주세요.<br>파일 2개 첨부됨.<br>-&nbsp;<a href="a.txt">a.txt</a><br>-&nbsp;<a href="b.csv">b.csv</a><br>Mar 2, 2026, 10:00:00 AM UTC<br><p>네.</p>';
    const [found] = await conversationsOf(page(cell(said, [])), 'gemini');
    expect(shortly(found)[0]).toEqual(['user', 'human', 'text: 회의록을 정리해 주세요.', 'file: null', 'file: null']);
  });

  it('is never repeated more than threefold, however many threads its events name', () => {
    const many = Array.from({ length: 32 }, (_, ix) => `cccc${String(ix).padStart(4, '0')}`);
    const whole = page(...Array.from({ length: 200 }, () => cell('Prompted x<br>y', many)));
    const pieces = splitGeminiPage(whole);
    expect(pieces.join('').length).toBeLessThan(whole.length * 5);
    expect(pieces.length).toBe(32);
  });
});

it.each([
  ['送信したメッセージ: 小さな鳥は？', '小さな鳥は？'],
  ['분기된 주간 보고 형식을 정하고 싶습니다.', '주간 보고 형식을 정하고 싶습니다.'],
  ['표로 비교해 주세요.', '표로 비교해 주세요.'],
])('the words in front of "%s" are left out', async (title, prompt) => {
  const [found] = await conversationsOf(JSON.stringify([event(title, 1, [a])]), 'gemini');
  expect(prompts(found)).toEqual([`text: ${prompt}`]);
});
