import { AppError } from '@vivim/contract/errors';
import { describe, expect, it } from 'vitest';
import { fileOf } from '../../../../test/kit/capture.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { type ZipMember, zipOf } from '../../../../test/kit/zip-builder.ts';
import { openArchive } from './archive.ts';
import { planExport } from './export-plan.ts';
import { contextFor } from './plan-shape.ts';

const talk = JSON.stringify([dialogue('talk', 'Tomatoes', ['When?', 'In March.'])]);
const plan = (members: readonly ZipMember[]) => planExport(fileOf(zipOf(members)), 'export.zip', null);
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : `not ours: ${error}`),
  );

async function drain(chunks: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) bytes += chunk.length;
  return bytes;
}

describe('the plan of an archive', () => {
  it('finds conversations by their shape, under any name and in any folder', async () => {
    const found = await plan([
      { name: 'photos/file-abc-cat.png', bytes: 'png' },
      { name: 'my export/2026/talks', bytes: talk },
      { name: '__MACOSX/._talks', bytes: talk },
      { name: 'other.json', bytes: '[{"a":1}]' },
    ]);
    expect(found.streams.map((stream) => [stream.path, stream.source])).toEqual([['my export/2026/talks', 'chatgpt']]);
    expect(found.context.assetIds).toEqual(new Set(['file-abc']));
    expect(found.notes.map(({ path, code }) => [path, code])).toEqual([['other.json', 'kind_not_imported']]);
  });

  it('takes in memories and projects, and names what is not imported yet', async () => {
    const claude = JSON.stringify([{ uuid: 'c', chat_messages: [] }]);
    const found = await plan([
      { name: 'a.json', bytes: claude },
      { name: 'b.json', bytes: '[{"conversations_memory":"m","account_uuid":"u"}]' },
      { name: 'c.json', bytes: '[{"uuid":"p","prompt_template":"","docs":[]}]' },
      { name: 'd.json', bytes: '{"uuid":"d","project":{},"messages":[]}' },
    ]);
    expect(found.source).toBe('claude');
    expect(found.context.accountHash).toMatch(/^[0-9a-f]{16}$/);
    expect(found.streams.map(({ path }) => path)).toEqual(['a.json']);
    expect(found.besides.map(({ path }) => path)).toEqual(['b.json', 'c.json']);
    expect(found.notes.map(({ path, detail }) => [path, detail])).toEqual([
      ['d.json', 'It is a chat of Claude Design, another product. To bring it in, import this file by itself.'],
    ]);
  });

  it('is empty, not unknown, for an account without conversations', async () => {
    const found = await plan([
      { name: 'conversations.json', bytes: '[]' },
      { name: 'users.json', bytes: '[{"uuid":"u","full_name":"A","email_address":"a@example.org"}]' },
    ]);
    expect(found).toMatchObject({ source: 'claude', streams: [] });
  });

  it.each<[string, ZipMember[], RegExp]>([
    [
      'an encrypted entry',
      [{ name: 'c.json', bytes: talk, flags: 1 }],
      /^import_archive_invalid: c\.json is encrypted/,
    ],
    ['an unknown packing', [{ name: 'c.json', bytes: talk, method: 12 }], /^import_archive_invalid: c\.json is packed/],
    [
      'a wrong checksum',
      [{ name: 'c.json', bytes: '{"a":1}', saidCrc: 1 }],
      /^import_archive_invalid: c\.json is damaged/,
    ],
    [
      'two entries of one name',
      [
        { name: 'c.json', bytes: talk },
        { name: 'c.json', bytes: '[]' },
      ],
      /^import_archive_invalid: .*two entries/,
    ],
    ['JSON that is cut off', [{ name: 'c.json', bytes: talk.slice(0, 99) }], /^import_json_invalid: .*entry 1/],
    ['another archive', [{ name: 'in.zip', bytes: 'PK' }], /^import_format_unknown: .*in\.zip/],
    ['only links', [{ name: 'c.json', bytes: '/etc/passwd', mode: 0o120777 }], /^import_format_unknown/],
  ])('is refused for %s', async (_, members, message) => {
    expect(await failure(plan(members))).toMatch(message);
  });
});

it('a file that begins with something too large to look at is too large, not unknown', async () => {
  const large = Buffer.from(`[{"mapping":"${'x'.repeat(33 * 1024 ** 2)}"}]`);
  expect(await failure(planExport(fileOf(large), 'large.json', null))).toMatch(
    /^import_too_large: .*32 MiB, the limit/,
  );
});

describe('limits of an archive', () => {
  const limits = { entries: 3, entryBytes: 10_000, totalBytes: 15_000, ratio: 20, ratioFromBytes: 1000 };
  const text = (length: number) =>
    Array.from({ length }, (_, ix) => String.fromCharCode(33 + ((ix * ix) % 90))).join('');
  const opened = (members: readonly ZipMember[]) => openArchive(fileOf(zipOf(members)), limits);

  it('stops a bomb while it is read, whatever the directory says of it', async () => {
    const bomb = { name: 'bomb', bytes: ' '.repeat(9000) };
    for (const member of [bomb, { ...bomb, saidBytes: 10 }]) {
      const [entry] = (await opened([member])).entries;
      expect(entry && (await failure(drain(entry.open())))).toMatch(
        /^import_too_large: bomb unpacks to more than 20 times/,
      );
    }
  });

  it('stops an entry, and all of them together', async () => {
    const large = { name: 'large', bytes: text(11_000), method: 0 };
    const [entry] = (await opened([large])).entries;
    expect(entry && (await failure(drain(entry.open())))).toMatch(/^import_too_large: large unpacks/);
    const { entries } = await opened(['a', 'b'].map((name) => ({ name, bytes: text(8000), method: 0 })));
    expect(entries[0] && (await drain(entries[0].open()))).toBe(8000);
    expect(entries[1] && (await failure(drain(entries[1].open())))).toMatch(/^import_too_large: The archive unpacks/);
  });

  it('counts entries', async () => {
    const many = ['a', 'b', 'c', 'd'].map((name) => ({ name, bytes: 'x' }));
    expect(await failure(opened(many))).toMatch(/^import_too_large: The archive holds more than 3 entries/);
  });
});

it('the account an archive names is that of its source alone', async () => {
  const found = await plan([
    { name: 'users.json', bytes: '[{"uuid":"u","full_name":"A","email_address":"a@example.org"}]' },
    { name: 'c.json', bytes: JSON.stringify([{ uuid: 'c', chat_messages: [] }]) },
    { name: 'talk.json', bytes: talk },
  ]);
  expect(contextFor(found, 'claude').accountHash).toMatch(/^[0-9a-f]{16}$/);
  expect(contextFor(found, 'chatgpt').accountHash).toBe('');
});
