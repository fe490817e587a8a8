/** The same export, written down another way: marks, line ends, envelopes, lists, folders. Nothing of it is lost, or it is said. */
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { readFile } from '../../../../../test/kit/source-files.ts';
import { sourceSeeds } from '../../../../../test/kit/source-seeds.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';

/** How many conversations and messages a file holds. */
async function held(bytes: Buffer | string): Promise<[number, number]> {
  const { readings } = await readFile(bytes);
  const read = readings.flatMap((reading) => (reading.outcome === 'conversation' ? [reading.conversation] : []));
  return [read.length, read.reduce((sum, { messages }) => sum + messages.length, 0)];
}
const talk = dialogue('c', 'T', ['Hi', 'Hello']);
const json = (value: unknown): string => JSON.stringify(value);
const textOf = (source: keyof typeof sourceSeeds): string => sourceSeeds[source].toString('utf8');

describe('an envelope', () => {
  it.each([
    ['a list under data', { data: [talk] }, [1, 2]],
    ['one conversation under data', { data: talk, status: 'ok' }, [1, 2]],
    ['an answer in an answer', { data: { conversations: [talk, dialogue('d', 'U', ['Yo', 'Ho'])] } }, [2, 4]],
  ])('%s is opened', async (_, file, counts) => {
    expect(await held(json(file))).toEqual(counts);
  });

  it('names what lies beside the conversations in it', async () => {
    const { notes } = await readFile(json({ data: [talk], folders: [{ name: 'A' }] }));
    expect(notes.map(({ code }) => code)).toEqual(['beside_not_imported']);
  });

  it('of nothing known is no export', async () => {
    await expect(readFile(json({ data: { rows: [{ a: 1 }] } }))).rejects.toMatchObject({
      code: 'import_format_unknown',
    });
  });
});

describe('what stands beside the list of a file', () => {
  it.each([
    ['in front of it', { folders: [{ name: 'A' }], conversations: [talk] }, ['beside_not_imported']],
    ['after it', { conversations: [talk], 'a "b" c': { x: 1 } }, ['beside_not_imported']],
    ['and holds nothing', { folders: [], version: 3, note: 'x', conversations: [talk], more: {} }, []],
  ])('%s is named where it holds something', async (_, file, codes) => {
    expect((await readFile(json(file))).notes.map(({ code }) => code)).toEqual(codes);
  });

  it('is told once, to the one whose import it is, wherever the import was interrupted', async () => {
    const { alice, bob } = twoSpaces();
    const bytes = json({ conversations: [talk], folders: [{ name: 'A' }] });
    const capture = newCapture(alice);
    const run = await capture.bring({ bytes, name: 'mine.json' });
    expect(run.report.issues).toMatchObject(
      [{ code: 'beside_not_imported', path: 'mine.json', detail: /"folders"/ }].map((issue) => ({
        ...issue,
        detail: expect.stringMatching(issue.detail),
      })),
    );
    expect(bob.read((r) => r.counts()).imports).toBe(0);
  });
});

describe('a list of files', () => {
  it.each(['aistudio', 'gemini-cli', 'lmstudio', 'vscode-copilot', 'continue'] as const)(
    'of %s: each is one',
    async (source) => {
      const one = JSON.parse(textOf(source)) as Record<string, unknown>;
      const [, messages] = await held(json(one));
      expect(await held(json([one, { ...one, sessionId: 'other', createdAt: 1 }]))).toEqual([2, 2 * messages]);
    },
  );

  it.each(['claude-code', 'codex'] as const)(
    'the rows of a session of %s as a list are that session',
    async (source) => {
      const rows = textOf(source).split('\n');
      expect(await held(`[${rows.join(',\n')}]`)).toEqual(await held(textOf(source)));
    },
  );
});

describe('line ends and marks', () => {
  const aider = '# aider chat started at 2026-01-02 03:04:05\n\n#### Hi  \n\nHello.\n\n#### Bye  \n\nBye.\n';
  it.each([
    ['as on Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with a mark in front', (text: string) => `\uFEFF${text}`],
    ['with empty lines behind', (text: string) => `${text}\n  \n\n`],
  ])('%s make no difference', async (_, change) => {
    const copilot =
      'Conversation,Time,Author,Message\nT,2026-01-01T00:00:00,Human,Hi\nT,2026-01-01T00:00:01,AI,Hello\n';
    for (const text of [
      aider,
      aider.slice(aider.indexOf('####')).replace('Bye.\n', 'Bye.\n\n> Tokens: 1 sent\n'),
      copilot,
      textOf('markdown'),
      textOf('claude-code'),
    ])
      expect(await held(change(text))).toEqual(await held(text));
  });

  it('a heading may be indented, and what stands before the first is named', async () => {
    const { readings } = await readFile('Some words about it.\n\n  ## User\n\nHi\n\n ## Assistant\n\nHello\n');
    expect(readings).toMatchObject([
      { issues: [{ code: 'text_before_turns' }], conversation: { messages: { length: 2 } } },
    ]);
  });
});

it('a saved page that is large comes in from a folder too', async () => {
  const { alice, bob } = twoSpaces();
  const pool = [
    { _1: 2 },
    'loaderData',
    { _3: 4 },
    'routes/share',
    { _5: 6 },
    'serverResponse',
    { _7: 8 },
    'data',
    { _9: 10, _11: 12 },
    'title',
    'T',
    'mapping',
    { _13: 14 },
    'm',
    { _15: 16, _17: -5 },
    'message',
    { _18: 19, _20: 21 },
    'parent',
    'author',
    { _22: 23 },
    'content',
    { _24: 25, _26: 27 },
    'role',
    'user',
    'content_type',
    'text',
    'parts',
    [28],
    'Hi',
  ];
  const call = `window.__reactRouterContext.streamController.enqueue(${JSON.stringify(`${JSON.stringify(pool)}\n`)});`;
  const page = `<!DOCTYPE html><html><style>${'x'.repeat(400_000)}</style><script>${call}</script></html>`;
  const bytes = zipOf([
    { name: 'saved/one.html', bytes: page },
    { name: 'saved/notes.json', bytes: json([talk]) },
  ]);
  const run = await newCapture(alice).bring({ bytes, name: 'saved.zip' });
  expect(run.report).toMatchObject({ conversations: { added: 2 }, issues: [] });
  expect(bob.read((r) => r.counts()).conversations).toBe(0);
});
