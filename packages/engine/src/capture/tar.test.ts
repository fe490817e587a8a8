import { gzipSync } from 'node:zlib';
import { AppError } from '@vivim/contract/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOf, newCapture } from '../../../../test/kit/capture.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { readFile } from '../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { paxRecord, type TarMember, tarOf } from '../../../../test/kit/tar-builder.ts';
import { archiveLimits, budgetOf } from './archive.ts';
import { howItBegins } from './how-it-begins.ts';
import { openTar, plainTar } from './tar.ts';
import { packedTar } from './unpacked-tar.ts';

const chats = JSON.stringify([dialogue('c1', 'One', ['Hi', 'Hello']), dialogue('c2', 'Two', ['Bye'])]);
const both = (tar: Buffer) => [
  ['plain', plainTar(fileOf(tar))] as const,
  ['packed', packedTar(fileOf(gzipSync(tar)), 'a.tar.gz')] as const,
];

async function bytesOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

describe('a tar archive', () => {
  it.each([
    ['plain', (tar: Buffer) => tar],
    ['packed with gzip', (tar: Buffer) => gzipSync(tar)],
  ])('%s comes in as what it holds, with the files beside, for its owner and nobody else', async (_, made) => {
    const { alice, bob } = twoSpaces();
    const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUg==', 'base64');
    const bytes = made(
      tarOf([
        { name: './export/', type: '5' },
        { name: './export/user.json', bytes: '{"id":"user-1","email":"ada@example.org"}' },
        { name: './export/file-pic-heron.png', bytes: picture },
        { name: './export/conversations.json', bytes: chats },
      ]),
    );
    const run = await newCapture(alice).bring({ bytes, name: 'export.tar.gz' });
    expect(run).toMatchObject({
      state: 'done',
      detected: { source: 'chatgpt' },
      report: { conversations: { added: 2 }, files: { stored: 1 } },
    });
    // Whoever packed it says nothing of when it was exported: it marks nothing as gone.
    const less = made(
      tarOf([
        { name: 'user.json', bytes: '{"id":"user-1","email":"a@b.c"}' },
        { name: 'conversations.json', bytes: JSON.stringify([dialogue('c1', 'One', ['Hi', 'Hello'])]) },
      ]),
    );
    const again = await newCapture(alice).bring({ bytes: less, name: 'later.tar.gz' });
    expect(again.report).toMatchObject({ conversations: { unchanged: 1 }, issues: [] });
    expect(bob.read((r) => r.conversations.page({ limit: 5 })).items).toEqual([]);
  });

  it('gives each entry as it was put in, in whatever order they are asked for', async () => {
    const members = fc.uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-z]{1,12}(?:\/[a-z]{1,12})?$/),
        bytes: fc.uint8Array({ maxLength: 3_000 }),
      }),
      { maxLength: 6, selector: ({ name }) => name },
    );
    await fc.assert(
      fc.asyncProperty(members, fc.infiniteStream(fc.nat(5)), async (list, order) => {
        const tar = tarOf(list.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes) })));
        for (const [, source] of both(tar)) {
          const { entries } = await openTar(source);
          expect(entries.map(({ name }) => name)).toEqual(list.map(({ name }) => name));
          for (const ix of [...order.take(8)]) {
            const entry = entries[ix];
            if (entry !== undefined) expect(await bytesOf(entry.open())).toEqual(Buffer.from(list[ix]?.bytes ?? []));
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is read in two places at once, and left where nobody reads on', async () => {
    const long = Buffer.alloc(900_000, 'abcdefg');
    const { entries } = await openTar(
      packedTar(
        fileOf(
          gzipSync(
            tarOf([
              { name: 'a', bytes: long },
              { name: 'b', bytes: 'bb' },
            ]),
          ),
        ),
        'x',
      ),
    );
    const [a, b] = entries;
    for await (const _ of a?.open() ?? []) break;
    const [one, two, three] = await Promise.all([a, b, a].map(async (entry) => bytesOf(entry?.open() ?? bytesNone())));
    expect([one?.equals(long), two?.toString(), three?.equals(long)]).toEqual([true, 'bb', true]);
  });

  it('packed is unpacked in as many passes as somebody goes back, and not anew for each entry', async () => {
    const members = Array.from({ length: 40 }, (_, n) => ({ name: `chats/${n}.json`, bytes: `${n}`.repeat(700) }));
    const file = fileOf(gzipSync(tarOf(members)));
    let passes = 0;
    const counted = {
      ...file,
      stream: (...range: Parameters<typeof file.stream>) => {
        passes++;
        return file.stream(...range);
      },
    };
    const { entries } = await openTar(packedTar(counted, 'a.tar.gz'));
    for (const round of ['planned', 'read']) {
      for (const [n, entry] of entries.entries()) {
        expect(`${await bytesOf(entry.open())}`, round).toBe(`${n}`.repeat(700));
      }
    }
    expect(passes).toBe(3);
  });

  it('has long names as POSIX and GNU write them', async () => {
    const name = `${'d'.repeat(90)}/${'ü'.repeat(80)}.json`;
    for (const ahead of [
      { name: 'PaxHeader', type: 'x', bytes: paxRecord('path', name) },
      { name: '././@LongLink', type: 'L', bytes: `${name}\0` },
    ]) {
      const { entries } = await openTar(
        plainTar(fileOf(tarOf([ahead, { name: 'short', bytes: 'x' }, { name: 'next' }]))),
      );
      expect(entries.map((entry) => entry.name)).toEqual([name, 'next']);
    }
  });

  it('leaves out what leads out of it and what is no file, and says so', async () => {
    const members: TarMember[] = [
      { name: '../up.json', bytes: chats },
      { name: '/etc/passwd', bytes: 'x' },
      { name: 'link', type: '2' },
      { name: 'device', type: '3' },
      { name: 'conversations.json', bytes: chats },
    ];
    for (const [, source] of both(tarOf(members))) {
      const { entries, issues } = await openTar(source);
      expect(entries.map(({ name }) => name)).toEqual(['conversations.json']);
      expect(issues.map(({ code }) => code)).toEqual([
        'entry_path_invalid',
        'entry_path_invalid',
        'entry_is_link',
        'entry_kind_unknown',
      ]);
    }
  });

  it.each([
    ['two entries of one name', tarOf([{ name: 'a' }, { name: './a' }]), 'import_archive_invalid'],
    ['a checksum that does not hold', tarOf([{ name: 'a' }, { name: 'b', sum: 1 }]), 'import_archive_invalid'],
    ['more than there is', tarOf([{ name: 'a', bytes: 'x', saidBytes: 8_000_000 }]), 'import_archive_invalid'],
    [
      'more than an entry may have',
      tarOf([{ name: 'a', saidBytes: 8 * 1024 ** 3 - 1, bytes: 'x' }]),
      'import_archive_invalid',
    ],
    [
      'a name that is said wrongly',
      tarOf([{ name: 'x', type: 'x', bytes: '99 path=a\n' }, { name: 'a' }]),
      'import_archive_invalid',
    ],
    [
      'nothing behind its beginning',
      tarOf([{ name: 'a', bytes: 'x'.repeat(600) }]).subarray(0, 700),
      'import_archive_invalid',
    ],
  ])('with %s is refused', async (_, tar, code) => {
    for (const [, source] of both(tar)) {
      const opened = openTar(source).then(async ({ entries }) => {
        for (const entry of entries) await bytesOf(entry.open());
      });
      await expect(opened).rejects.toMatchObject({ code });
    }
  });

  it('keeps to the limits of archives', async () => {
    const tar = tarOf([
      { name: 'a', bytes: 'x'.repeat(1_000) },
      { name: 'b', bytes: 'y'.repeat(1_000) },
    ]);
    for (const [, source] of both(tar))
      await expect(openTar(source, { ...archiveLimits, entries: 1 })).rejects.toMatchObject({
        code: 'import_too_large',
      });
    const budget = { ...budgetOf(), left: 1_500 };
    const { entries } = await openTar(plainTar(fileOf(tar)), archiveLimits, budget);
    await bytesOf(entries[0]?.open() ?? bytesNone());
    await expect(bytesOf(entries[1]?.open() ?? bytesNone())).rejects.toMatchObject({ code: 'import_too_large' });
    const bomb = packedTar(fileOf(gzipSync(tarOf([{ name: 'a', bytes: Buffer.alloc(40_000_000) }]))), 'bomb.tgz');
    await expect(openTar(bomb)).rejects.toMatchObject({ code: 'import_too_large' });
  });

  it('that is spoiled anywhere says what is wrong, and nothing else happens', async () => {
    const sound = tarOf([
      { name: 'h', type: 'x', bytes: paxRecord('path', 'a/b.json') },
      { name: 'b', bytes: chats },
    ]);
    const changes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(sound.length), async (list, end) => {
        const tar = Buffer.from(sound.subarray(0, Math.max(1, end)));
        for (const [place, byte] of list) if (place < tar.length) tar[place] = byte;
        for (const [, source] of both(tar)) {
          try {
            for (const entry of (await openTar(source)).entries) await bytesOf(entry.open());
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('that holds nothing known is told by what lies in it', async () => {
    const tar = tarOf([{ name: 'notes/a.xyz', bytes: 'hello' }]);
    for (const bytes of [tar, gzipSync(tar)]) {
      await expect(readFile(bytes)).rejects.toMatchObject({
        code: 'import_format_unknown',
        message: expect.stringContaining('notes/a.xyz'),
      });
      expect(await howItBegins(fileOf(bytes))).toEqual(['notes/a.xyz']);
    }
  });
});

async function* bytesNone(): AsyncGenerator<Buffer> {}
