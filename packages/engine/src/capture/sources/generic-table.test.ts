/** Tables of messages: whatever their columns are called, each conversation and each message of them comes in, once. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { runs } from '../../../../../test/kit/property-runs.ts';
import { conversationsOf, readFile } from '../../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';

const told = async (table: string) =>
  (await conversationsOf(table, 'generic')).map(({ externalId, title, messages }) => [
    externalId ?? title,
    ...messages.map(({ role, parts, created }) => `${role} ${parts[0]?.text} ${created.ms ?? ''}`.trim()),
  ]);

it.each([
  ['commas', 'role,content,timestamp\nuser,"Hello, you",1767261600\nassistant,Hi,1767261601\n'],
  ['tabs', 'Role\tText\tCreated At\nHuman\tHello, you\t2026-01-01T10:00:00Z\nAI\tHi\t2026-01-01T10:00:01Z\n'],
  [
    'semicolons, newest first',
    'sender;message;date\nChatGPT;Hi;2026-01-01 10:00:01\nyou;Hello, you;2026-01-01 10:00:00\n',
  ],
])('a table with %s is one conversation where no column names one', async (_, table) => {
  expect(await told(table)).toEqual([[null, 'user Hello, you 1767261600000', 'assistant Hi 1767261601000']]);
});

it('a column of conversations parts them, one of titles does where there is none', async () => {
  const rows = ['user,Hello,b', 'assistant,Hi,b', 'user,Yo,a', 'assistant,Ho,a'];
  for (const name of ['conversation_id', 'title'])
    expect(await told(`role,content,${name}\n${rows.join('\n')}`)).toEqual([
      ['b', 'user Hello', 'assistant Hi'],
      ['a', 'user Yo', 'assistant Ho'],
    ]);
});

it('rows that name what they answer are a tree, also under the names of LibreChat', async () => {
  const head = 'sender,text,isCreatedByUser,error,unfinished,messageId,parentMessageId,createdAt';
  const zeros = '00000000-0000-0000-0000-000000000000';
  const rows = [
    `User,Roof?,true,false,false,a,${zeros},2026-01-01T10:00:00Z`,
    'Roofer,Tile,false,false,false,b,a,2026-01-01T10:00:01Z',
    'Roofer,Slate,false,false,false,c,a,2026-01-01T10:00:02Z',
  ];
  const [found] = await conversationsOf([head, ...rows].join('\n'), 'generic');
  expect(found?.branchPoints).toBe(1);
  expect(found?.messages.map(({ role, authorName, parts }) => [role, authorName, parts[0]?.text])).toEqual([
    ['user', null, 'Roof?'],
    ['assistant', 'Roofer', 'Tile'],
    ['assistant', 'Roofer', 'Slate'],
  ]);
});

it('a prompt and its answer in one row are a conversation, and rows of one thread are one', async () => {
  expect(await told('Prompt,Response\nRoof?,Tile\nCost?,Nine\n')).toEqual([
    [null, 'user Roof?', 'assistant Tile'],
    [null, 'user Cost?', 'assistant Nine'],
  ]);
  expect(await told('thread_id,question,answer\nt,Roof?,Tile\nt,Cost?,Nine\n')).toEqual([
    ['t', 'user Roof?', 'assistant Tile', 'user Cost?', 'assistant Nine'],
  ]);
});

it('words in a column nobody knows are named, and a table in which nobody speaks is none', async () => {
  const { readings } = await readFile('role,content,notes\nuser,Hello,remember the blue ladder\nassistant,Hi,\n');
  expect(readings).toMatchObject(
    [{ issues: [{ code: 'fields_not_read', detail: /column notes/ }] }].map(({ issues }) => ({
      issues: issues.map(({ code, detail }) => ({ code, detail: expect.stringMatching(detail) })),
    })),
  );
  await expect(readFile('from,message\nanna,Hello\nbert,Hi\n')).rejects.toMatchObject({
    code: 'import_format_unknown',
  });
});

it('comes in for its owner, again without change, and for nobody else', async () => {
  const { alice, bob } = twoSpaces();
  const bytes = 'conversation_id,role,content\nx,user,Where is the ladder?\nx,assistant,Behind the shed.\n';
  const capture = newCapture(alice);
  const first = await capture.bring({ bytes, name: 'talk.csv' });
  expect(first.report.conversations).toMatchObject({ added: 1, skipped: 0 });
  const again = await capture.bring({ bytes: `${bytes}x,user,Thanks\n`, name: 'talk.csv' });
  expect(again.report.conversations).toMatchObject({ updated: 1, added: 0 });
  expect(again.report.messages).toMatchObject({ added: 1 });
  expect(bob.read((r) => r.counts()).conversations).toBe(0);
});

it('keeps every message of any table', async () => {
  const word = fc.string({ maxLength: 12 }).map((text) => `w${text.replaceAll('\0', '')}`);
  const row = fc.tuple(fc.constantFrom('user', 'assistant'), word, fc.constantFrom('a', 'b', ''));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
      const all = [['user', 'Hello', ''], ['assistant', 'Hi', ''], ...rows];
      const table = [
        'role,content,chat id',
        ...all.map((one) => one.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')),
      ];
      const found = await conversationsOf(table.join('\r\n'), 'generic');
      expect(found).toHaveLength(new Set(all.map(([, , chat]) => chat)).size);
      expect(found.flatMap(({ messages }) => messages)).toHaveLength(all.length);
    }),
    { numRuns: runs(100) },
  );
});
