import { describe, expect, it } from 'vitest';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';

describe('the CSV of Copilot', () => {
  it('is a conversation for each title', async () => {
    const found = await conversationsOf(
      '\uFEFFConversation,Time,Author,Message\r\n"Trip","2026-02-17T14:36:11","user","To ""Łódź"""\r\n"Soup","2026-02-16T09:00:00","user","Soup?"\r\n"Trip","2026-02-17T14:36:19","AI","Day 1,\nmuseum"\r\n',
      'copilot',
    );
    expect(found.map(({ title }) => title)).toEqual(['Trip', 'Soup']);
    expect(shortly(found[0])).toEqual([
      ['user', 'human', 'text: To "Łódź"'],
      ['assistant', 'model', 'text: Day 1,\nmuseum'],
    ]);
    expect(found[0]).toMatchObject({ created: { ms: Date.parse('2026-02-17T14:36:11Z') } });
  });

  it('is read in its other shapes, oldest first', async () => {
    const [chat] = await conversationsOf(
      'CreatedAt,MessageContent,Author,ChatName\n2/17/2026 2:36:15 PM +00:00,"Hi!","Copilot","G"\n2/17/2026 2:36:11 PM +00:00,"Hello","user","G"\n',
      'copilot',
    );
    expect(shortly(chat).map(([role]) => role)).toEqual(['user', 'assistant']);
    expect(chat?.created.ms).toBe(Date.parse('2026-02-17T14:36:11Z'));
    const prompts = await conversationsOf(
      'Timestamp,ClientApp,Prompt\n2026-02-17T14:36:11,Edge,a\n2026-02-18T14:36:11,Edge,b\n',
      'copilot',
    );
    expect(prompts.map(shortly)).toEqual([[['user', 'human', 'text: a']], [['user', 'human', 'text: b']]]);
  });

  it('puts a prompt before its answer where both have one time, newest first and oldest first', async () => {
    const rows = [
      '"Herons",2026-07-26T23:20:56,Human,Where?',
      '"Herons",2026-07-26T23:20:56,AI,In reeds.',
      '"Owls",2026-07-27T08:00:00,Human,When?',
      '"Owls",2026-07-27T08:00:00,AI,At night.',
      '"Owls",2026-07-27T08:01:00,Human,Always?',
      '"Owls",2026-07-27T08:01:00,AI,Mostly.',
    ];
    for (const list of [rows, rows.toReversed()]) {
      const found = await conversationsOf(`Conversation,Time,Author,Message\r\n${list.join('\r\n')}\r\n`, 'copilot');
      const said = Object.fromEntries(found.map((one) => [one.title, shortly(one).map((turn) => turn[2])]));
      expect(said).toEqual({
        Herons: ['text: Where?', 'text: In reeds.'],
        Owls: ['text: When?', 'text: At night.', 'text: Always?', 'text: Mostly.'],
      });
    }
  });

  it('says where one title may be two conversations', async () => {
    const { readings } = await readFile(
      'Conversation,Time,Author,Message\nHi,2026-02-17T14:36:11,user,a\nHi,2026-03-17T14:36:11,user,b\n',
    );
    expect(readings).toMatchObject([{ outcome: 'conversation', issues: [{ code: 'conversation_uncertain' }] }]);
  });
});

describe('the CSV of Copilot elsewhere', () => {
  const german =
    'Unterhaltung;Uhrzeit;Autor;Nachricht\r\n"Reise; Łódź";05.01.2026 10:00:05;Benutzer;"Wohin,\r\nund ""wann""?"\r\n"Reise; Łódź";05.01.2026 10:00:09;KI;"Nach Osten; bald"\r\n';
  const expected = [
    ['user', 'human', 'text: Wohin,\r\nund "wann"?'],
    ['assistant', 'model', 'text: Nach Osten; bald'],
  ];

  it('is read with semicolons and in German, in UTF-8 and UTF-16', async () => {
    for (const bytes of [Buffer.from(`\uFEFF${german}`), Buffer.from(`\uFEFF${german}`, 'utf16le')]) {
      const [chat] = await conversationsOf(bytes, 'copilot');
      expect(shortly(chat)).toEqual(expected);
      expect(chat).toMatchObject({ title: 'Reise; Łódź', created: { ms: Date.parse('2026-01-05T10:00:05Z') } });
    }
  });

  it('is read with tabs, and with the separator Excel names', async () => {
    const [tabs] = await conversationsOf(
      'Conversation\tTime\tAuthor\tMessage\nA\t2026-02-17T14:36:11\tuser\t"x\ty"\nA\t2026-02-17T14:36:12\tAI\tz\n',
      'copilot',
    );
    expect(shortly(tabs)).toEqual([
      ['user', 'human', 'text: x\ty'],
      ['assistant', 'model', 'text: z'],
    ]);
    const [told] = await conversationsOf(`sep=;\r\n${german}`, 'copilot');
    expect(shortly(told)).toEqual(expected);
  });

  it('takes the order of a date from the whole table', async () => {
    const found = await conversationsOf(
      'Conversation,Time,Author,Message\nA,03/02/2026 10:00,user,a\nB,17/02/2026 10:00,user,b\n',
      'copilot',
    );
    expect(found.map(({ created }) => created.ms)).toEqual([
      Date.parse('2026-02-03T10:00:00Z'),
      Date.parse('2026-02-17T10:00:00Z'),
    ]);
  });

  it('is known by what stands in it where its columns have names nobody knows, and says so', async () => {
    const { why, confidence, readings } = await readFile(
      'Zzz;Qqq;Www;Xxx\nTitel A;2026-02-17T14:36:11;user;Frage\nTitel A;2026-02-17T14:36:12;AI;Antwort eins\nTitel A;2026-02-17T14:36:13;user;Noch eine\n',
    );
    expect(confidence).toBeLessThan(0.9);
    expect(why).toContain('four columns');
    const [reading] = readings;
    expect(reading?.outcome === 'conversation' && shortly(reading.conversation).map(([role]) => role)).toEqual([
      'user',
      'assistant',
      'user',
    ]);
  });

  it('leaves other tables alone', async () => {
    await expect(readFile('name;date;who;note\nx;2026-02-17;Ann;hello\ny;2026-02-18;Bob;bye\n')).rejects.toMatchObject({
      code: 'import_format_unknown',
    });
  });
});

describe('the JSON of Copilot', () => {
  const said = (id: string, type: string, minute: number, ...content: object[]) => ({
    id,
    author: { type },
    createdAt: `2026-01-02T03:0${minute}:00Z`,
    content,
  });
  const text = (words: string) => ({ type: 'text', text: words });

  it('as its site gives it, newest first, is a conversation with thoughts, pictures and sources', async () => {
    const history = {
      results: [
        said('b', 'ai', 5, { type: 'chainOfThought', text: 'Hm.' }, text('In spring.'), {
          type: 'citation',
          title: 'Seeds',
          url: 'https://example.org',
        }),
        said('a', 'human', 4, text('When to sow?'), { type: 'image', url: 'https://example.org/a.png' }),
      ],
      next: null,
    };
    const [found, ...rest] = await conversationsOf(JSON.stringify(history), 'copilot');
    expect(rest).toEqual([]);
    expect(
      found?.messages.map(({ externalId, authorKind, parts }) => [
        externalId,
        authorKind,
        ...parts.map(({ kind }) => kind),
      ]),
    ).toEqual([
      ['a', 'human', 'text', 'image'],
      ['b', 'model', 'reasoning', 'text'],
    ]);
    expect(found?.messages[1]?.parts[1]?.citations).toMatchObject([{ url: 'https://example.org', title: 'Seeds' }]);
  });

  it('keeps what is none as it came', async () => {
    const history = {
      results: [said('a', 'human', 4, text('Hi')), 7, null, said('b', 'robot', 5, { type: 'odd', x: 1 })],
    };
    const [found] = await conversationsOf(JSON.stringify(history), 'copilot');
    expect(found?.messages.map(({ authorKind }) => authorKind)).toEqual(['human', 'runtime', 'runtime', 'runtime']);
  });
});
