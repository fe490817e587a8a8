import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';

const event = (title: string, time: string, rest: object = {}) => ({
  header: 'Gemini Apps',
  title,
  titleUrl: 'https://gemini.google.com/app',
  time,
  products: ['Gemini Apps'],
  ...rest,
});
const answered = (html: string) => ({ safeHtmlItem: [{ html }] });

describe('Gemini of Google Takeout', () => {
  it('is a conversation for each event, its prompt without the word in front', async () => {
    const found = await conversationsOf(
      JSON.stringify([
        event('Prompted What is <b>?', '2026-01-05T10:00:05.123Z', answered('<p>A <b>tag</b>.</p>')),
        event('Prompt : Bonjour', '2026-01-04T10:00:05.123Z', {
          ...answered('<p>Salut.</p>'),
          attachedFiles: ['image_1.png'],
          imageFile: 'image_1.png',
          subtitles: [{ name: 'Attached 1 file.' }, { name: '-  cat.png', url: 'image_1.png' }],
        }),
        event('Prompted Nobody answered', '2026-01-03T10:00:05.123Z'),
      ]),
      'gemini',
    );
    expect(found.map(shortly)).toEqual([
      [
        ['user', 'human', 'text: What is <b>?'],
        ['assistant', 'model', 'text: A **tag**.'],
      ],
      [
        ['user', 'human', 'text: Bonjour', 'image: null'],
        ['assistant', 'model', 'text: Salut.'],
      ],
      [['user', 'human', 'text: Nobody answered']],
    ]);
    expect(found[0]?.created.raw).toBe('2026-01-05T10:00:05.123Z');
    expect(found[1]?.messages[0]?.parts[1]?.attachment).toMatchObject({ name: 'cat.png', status: 'missing' });
    expect(new Set(found.map(({ key }) => key)).size).toBe(3);
  });

  it('joins the events of one thread, oldest first, and no others', async () => {
    const link = { titleUrl: 'https://gemini.google.com/app/0123456789abcdef' };
    const file = await readFile(
      JSON.stringify([
        event('Prompted Two', '2026-01-02T00:00:00Z', { ...link, ...answered('b') }),
        event('Prompted Alone', '2026-01-01T12:00:00Z', answered('x')),
        event('Prompted One', '2026-01-01T00:00:00Z', { ...link, ...answered('a') }),
      ]),
    );
    const found = file.readings.map((reading) =>
      reading.outcome === 'conversation' ? reading.conversation : undefined,
    );
    expect(found.map((one) => shortly(one).map((turn) => turn[2]))).toEqual([
      ['text: Alone', 'text: x'],
      ['text: One', 'text: a', 'text: Two', 'text: b'],
    ]);
    expect(found[1]).toMatchObject({ externalId: '0123456789abcdef', updated: { raw: '2026-01-02T00:00:00Z' } });
  });

  it('takes nothing for the words of the person that the activity says of itself', async () => {
    const [found] = await conversationsOf(
      JSON.stringify([event('Created Gemini Canvas titled A page', '2026-01-03T10:00:05Z', answered('<p>x</p>'))]),
      'gemini',
    );
    expect(found?.messages.map(({ authorKind }) => authorKind)).toEqual(['runtime', 'model']);
  });

  it('leaves out what is no prompt, and says so', async () => {
    const file = await readFile(JSON.stringify([event('Used Gemini Apps', '2026-01-03T10:00:05Z')]));
    expect(file.readings).toMatchObject([{ outcome: 'skipped', title: 'Used Gemini Apps' }]);
  });

  it('is not taken for the activity of other products', async () => {
    const search = { header: 'Search', title: 'Searched for x', time: '2026-01-01T00:00:00Z', products: ['Search'] };
    await expect(readFile(JSON.stringify([search]))).rejects.toMatchObject({ code: 'import_format_unknown' });
  });

  it('is read from the page too', async () => {
    const cell = (inner: string) =>
      `<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell"><p class="mdl-typography--title">Gemini Apps<br></p></div><div class="content-cell mdl-cell mdl-typography--body-1">${inner}</div><div class="content-cell mdl-typography--caption"><b>Products:</b></div></div></div>`;
    const page = `<html><body>${cell('Prompted&nbsp;Line &lt;one&gt;<br>line two<br>Attached 1 file.<br>-&nbsp;<a href="cat.png">cat.png</a><br>Jan 5, 2026, 10:00:05\u202fAM CET<br><p>Yes.<br>No.</p>')}${cell('Used Gemini Apps<br>Jan 4, 2026, 10:00:05 AM CET<br>')}</body></html>`;
    const file = await readFile(page);
    expect(file).toMatchObject({ source: 'gemini', readings: [{ outcome: 'conversation' }, { outcome: 'skipped' }] });
    const [first] = file.readings;
    const conversation = first?.outcome === 'conversation' ? first.conversation : undefined;
    expect(shortly(conversation)).toEqual([
      ['user', 'human', 'text: Line <one>\nline two', 'image: null'],
      ['assistant', 'model', 'text: Yes.\nNo.'],
    ]);
    expect(conversation?.created.ms).toBe(Date.parse('2026-01-05T09:00:05Z'));
  });
});

describe('activity as newer exports of Takeout write it', () => {
  it('is one conversation where the details name its thread', async () => {
    const thread = (id: string) => {
      const link = `https://gemini.google.com/app/${id}`;
      return { details: [{ name: link, url: link }] };
    };
    const found = await conversationsOf(
      JSON.stringify([
        event('Prompted And nests?', '2026-01-05T10:02:00Z', { ...answered('<p>High.</p>'), ...thread('abcdef0123') }),
        event('Prompted Herons?', '2026-01-05T10:01:00Z', {
          ...answered('<p>They wade.</p>'),
          ...thread('abcdef0123'),
        }),
        event('Branched Herons?', '2026-01-05T10:00:00Z', { ...answered('<p>No.</p>'), ...thread('0123abcdef') }),
      ]),
      'gemini',
    );
    expect(found.map((one) => [one.externalId, shortly(one).map((turn) => turn[2])])).toEqual([
      ['abcdef0123', ['text: Herons?', 'text: They wade.', 'text: And nests?', 'text: High.']],
      ['0123abcdef', ['text: Herons?', 'text: No.']],
    ]);
  });

  it('has every picture of a list, and prompts that stand in a field of their own', async () => {
    const found = await conversationsOf(
      JSON.stringify([
        event('Prompted Which?', '2026-01-05T10:02:00Z', { ...answered('<p>A.</p>'), imageFile: ['a.png', 'b.png'] }),
        event('Used Gemini Apps', '2026-01-05T10:01:00Z', { text: 'Herons?' }),
        event('Used Gemini Apps', '2026-01-05T10:00:00Z', {
          ...answered('<p>They wade.</p>'),
          subtitles: [{ name: 'User', value: 'Herons, then?' }],
        }),
      ]),
      'gemini',
    );
    expect(found.map(shortly)).toEqual([
      [
        ['user', 'human', 'text: Which?', 'image: null', 'image: null'],
        ['assistant', 'model', 'text: A.'],
      ],
      [['user', 'human', 'text: Herons?']],
      [
        ['user', 'human', 'text: Herons, then?'],
        ['assistant', 'model', 'text: They wade.'],
      ],
    ]);
  });
});

it.each([
  ['Takeout/Моя активность/Приложения с Gemini/МоиДействия.json', 'Приложения с Gemini'],
  ['Takeout/マイ アクティビティ/Gemini アプリ/マイアクティビティ.json', 'Gemini アプリ'],
  ['Takeout/نشاطي/تطبيقات Gemini/نشاطي.json', 'تطبيقات Gemini'],
  ['Takeout/Meine Aktivitäten/Gemini-Apps/MeineAktivitäten.json', 'Gemini-Apps'],
  ['Takeout/Mi actividad/Aplicaciones de Gemini/MiActividad.json', 'Aplicaciones de Gemini'],
  ['Takeout/我的活动/Gemini 应用/我的活动记录.json', 'Gemini 应用'],
  ['Takeout/गतिविधि/जेमिनी/गतिविधि.json', 'जेमिनी'],
])('an export whose folders and files are called %s is known by its shape', async (name, header) => {
  const { alice, bob } = twoSpaces();
  const event = {
    header,
    title: 'How tall are herons?',
    time: '2026-01-02T03:04:05.000Z',
    safeHtmlItem: [{ html: '<p>About a metre.</p>' }],
    products: [header],
    activityControls: [header],
  };
  const other = {
    header: 'Maps',
    title: 'Harbour',
    titleUrl: 'https://www.google.com/maps',
    time: event.time,
    products: ['Maps'],
  };
  const run = await newCapture(alice).bring({
    bytes: zipOf([
      { name, bytes: JSON.stringify([event]) },
      { name: name.replace(/[^/]+\/[^/]+$/, 'Maps/x.json'), bytes: JSON.stringify([other]) },
    ]),
  });
  expect(run).toMatchObject({ detected: { source: 'gemini' }, report: { conversations: { added: 1 } } });
  expect(bob.read((r) => r.conversations.page({ limit: 9 })).items).toEqual([]);
});
