/** Letters of another encoding come in whole where it can be known, and are named where they could not be read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../space/user-space.ts';
import { fromWindows1252, isWindows1252 } from './transcode.ts';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const texts = (space: UserSpace): (string | null)[] =>
  space
    .read((r) => r.conversations.page({ limit: 50 }))
    .items.flatMap(
      ({ id }) =>
        space
          .read((r) => r.conversations.messages(id, { limit: 50, branches: 'all' }))
          ?.items.flatMap(({ parts }) => parts.map(({ text }) => text)) ?? [],
    );

const markdown = Buffer.from('## User\n\nWas heißt “café”?\n\n## Assistant\n\nEin Kaffeehaus – für 3 \u20ac.\n');
/** The same in Windows-1252. */
const old = Buffer.from(
  [...markdown.toString()].map(
    (letter) => ({ '“': 0x93, '”': 0x94, '–': 0x96, '€': 0x80 })[letter] ?? letter.charCodeAt(0),
  ),
);

describe('plain text', () => {
  it('of Windows-1252 comes in with its letters, alone and in an archive, and the report says so', async () => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: old, name: 'talk.md' });
    expect(texts(alice)).toEqual(['Was heißt “café”?', 'Ein Kaffeehaus – für 3 €.']);
    expect(run.report.issues).toMatchObject([{ severity: 'note', code: 'text_converted', path: 'talk.md' }]);
    const packed = await newCapture(bob).bring({
      bytes: zipOf([{ name: 'a/talk.md', bytes: old }]),
      name: 'talks.zip',
    });
    expect(texts(bob)).toEqual(texts(alice));
    expect(packed.report.issues).toMatchObject([{ code: 'text_converted', path: 'a/talk.md' }]);
  });

  it('of UTF-8 is never taken for it, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
        expect(await isWindows1252(pieces(Buffer.from(text.toWellFormed()), size))).toBe(false);
      }),
    );
  });

  it('of Windows-1252 is converted the same however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (size) => {
        const read: Buffer[] = [];
        for await (const chunk of fromWindows1252(pieces(old, size))) read.push(chunk);
        expect(Buffer.concat(read)).toEqual(markdown);
      }),
    );
  });

  it('that is no transcript is refused with what may help', async () => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: Buffer.from('nur ein S\xe4tzchen', 'latin1'), name: 'a.txt' });
    expect(run.error).toMatchObject({
      code: 'import_format_unknown',
      detail: expect.stringContaining('save it as UTF-8'),
    });
  });
});

it.each(['utf-16le', 'utf-16be', 'latin1'] as const)(
  'a transcript and JSON of %s come in with their letters',
  async (encoding) => {
    const { alice, bob } = twoSpaces();
    const written = (text: string): Buffer => {
      const bytes = Buffer.from(
        encoding === 'latin1' ? text : `\ufeff${text}`,
        encoding === 'latin1' ? 'latin1' : 'utf16le',
      );
      return encoding === 'utf-16be' ? bytes.swap16() : bytes;
    };
    const text = '## User\n\nWas heißt Café?\n\n## Assistant\n\nEin Kaffeehaus für dich.\n';
    await newCapture(alice).bring({ bytes: written(text), name: 'talk.txt' });
    expect(texts(alice)).toEqual(['Was heißt Café?', 'Ein Kaffeehaus für dich.']);
    const json = JSON.stringify({ conversations: [{ messages: [{ role: 'user', content: 'Café' }] }] });
    const run = await newCapture(bob).bring({
      bytes: zipOf([{ name: 't.json', bytes: written(json) }]),
      name: 't.zip',
    });
    expect(texts(bob)).toEqual(['Café']);
    expect(run.report.issues.map(({ code }) => code)).toEqual(encoding === 'latin1' ? ['text_converted'] : []);
  },
);

it('memories with bytes that are no UTF-8 are kept, and the report says so', async () => {
  const { alice } = twoSpaces();
  const memories = Buffer.concat([
    Buffer.from('[{"conversations_memory":"Alice likes caf'),
    Buffer.from([0xe9]),
    Buffer.from(' and crème.","account_uuid":"u"}]'),
  ]);
  const run = await newCapture(alice).bring({ bytes: memories, name: 'memories.json' });
  expect(run.report.kept.memories).toBeGreaterThan(0);
  expect(run.report.issues).toMatchObject([
    { severity: 'degraded', code: 'letters_replaced', path: 'memories.json#0' },
  ]);
});

describe('JSON with bytes that are no UTF-8', () => {
  const talk = (content: string) =>
    JSON.stringify({ conversations: [{ externalId: 'c', messages: [{ externalId: 'm', role: 'user', content }] }] });

  it('comes in, and the report names the message and the place', async () => {
    const { alice } = twoSpaces();
    const bytes = Buffer.concat(
      talk('caf| au lait, ça va')
        .split('|')
        .flatMap((text, ix) => (ix === 0 ? [Buffer.from(text)] : [Buffer.from([0xe9]), Buffer.from(text)])),
    );
    const run = await newCapture(alice).bring({ bytes, name: 'talk.json' });
    expect(texts(alice)).toEqual(['caf\ufffd au lait, ça va']);
    const at = bytes.indexOf(0xe9) - bytes.indexOf('{"externalId":"c"');
    expect(run.report.issues).toMatchObject([
      { severity: 'degraded', code: 'letters_replaced', path: 'talk.json#0/messages/m', externalId: 'c' },
    ]);
    expect(run.report.issues[0]?.detail).toContain(`byte ${at} of the record`);
    expect(run.report.conversations.degraded).toBe(1);
  });

  it('says nothing of a sign for it that the source wrote itself', async () => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: talk('caf\ufffd'), name: 'talk.json' });
    expect(run.report.issues).toEqual([]);
  });
});

it('a conversation without a message comes in and says so', async () => {
  const { alice } = twoSpaces();
  const claude = JSON.stringify([{ uuid: 'c', name: 'Nothing', chat_messages: [] }]);
  const run = await newCapture(alice).bring({ bytes: claude, name: 'conversations.json' });
  expect(run.report.conversations).toMatchObject({ added: 1, degraded: 0 });
  expect(run.report.issues).toMatchObject([{ severity: 'note', code: 'conversation_empty', title: 'Nothing' }]);
});
