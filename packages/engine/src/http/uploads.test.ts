/** Files that come in pieces: cut anywhere, with a process that dies in between, at the hands of two people. */

import { appendFileSync, existsSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { tus, uploadIdleMs, uploadMetadata } from '@vivim/contract/tus';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCapture, pieces } from '../../../../test/kit/capture.ts';
import { dialogue, manyConversations } from '../../../../test/kit/exports.ts';
import { runs } from '../../../../test/kit/property-runs.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { sha256 } from '../space/hash.ts';
import type { UserSpace } from '../space/user-space.ts';

type Capture = ReturnType<typeof newCapture>;
const version = { 'tus-resumable': '1.0.0' };
const talk = JSON.stringify([dialogue('talk', 'Tomatoes', ['When do I sow?', 'In March.'])]);
const spoolOf = (space: UserSpace) => join(space.location.directory, 'spool');

const verb = (id: string = uuidv7()) => ({ id, operation: 'upload', requestHash: 'h' });
const call = (parts: object): never =>
  ({ params: {}, query: {}, upload: null, verb: verb(), signal: new AbortController().signal, ...parts }) as never;
const body = (
  bytes: Uint8Array | AsyncGenerator<Uint8Array>,
  said?: number | null,
  mediaType: string = tus.mediaType,
) => {
  const known = bytes instanceof Uint8Array;
  const contentLength = said === undefined && known ? bytes.length : (said ?? null);
  return { bytes: known ? pieces(bytes, 7_001) : ReadableStream.from(bytes), contentLength, mediaType };
};

async function begin(capture: Capture, length: number, more: object = {}): Promise<ImportId> {
  const metadata = uploadMetadata({ fileName: 'export.json', source: null, head: 'a'.repeat(64), watched: null });
  const headers = { ...version, 'upload-length': length, 'upload-metadata': metadata };
  const answer = await capture.handlers.createUpload(call({ headers, ...more }));
  return answer.headers.location?.split('/').at(-1) as ImportId;
}
const standing = async (capture: Capture, id: ImportId) =>
  (await capture.handlers.findUpload(call({ params: { id }, headers: version }))).headers;
const offset = async (capture: Capture, id: ImportId) => Number((await standing(capture, id))['upload-offset']);
const append = (capture: Capture, id: ImportId, at: number, upload: unknown, more: object = {}) =>
  capture.handlers.appendUpload(
    call({ params: { id }, headers: { ...version, 'upload-offset': at }, upload, ...more }),
  );
const runOf = (space: UserSpace, id: ImportId) => space.read((r) => r.imports.find(id));

async function spooled(capture: Capture, id: ImportId): Promise<Buffer> {
  const file = await capture.spool.open(id);
  const all: Buffer[] = [];
  for await (const bytes of file.stream()) all.push(bytes);
  await file.close();
  return Buffer.concat(all);
}

/** Sends so many bytes, then the line breaks. */
async function* breaking(bytes: Uint8Array, after: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < after; at += 3_001) yield bytes.subarray(at, Math.min(after, at + 3_001));
  throw new Error('the line broke');
}

describe('a file in pieces', () => {
  it('is the file, byte for byte and with its hash, wherever it is cut and whatever dies in between', async () => {
    const space = newSpace();
    const file = fc.uint8Array({ minLength: 1, maxLength: 60_000 });
    const acts = fc.array(
      fc.record({
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        ends: fc.constantFrom('well', 'line breaks', 'process dies', 'power fails'),
      }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(file, acts, async (bytes, cuts) => {
        let capture = newCapture(space);
        const id = await begin(capture, bytes.length);
        for (const { share, ends } of cuts) {
          const at = await offset(capture, id);
          const end = at + Math.round(share * (bytes.length - at));
          if (end === bytes.length) break;
          const piece = bytes.subarray(at, end);
          if (ends === 'line breaks')
            expect(await refusalOf(() => append(capture, id, at, body(breaking(piece, piece.length))))).toBe(
              'import_incomplete',
            );
          else await append(capture, id, at, body(piece));
          expect(await offset(capture, id)).toBe(end);
          if (ends === 'well' || ends === 'line breaks') continue;
          // What was written and not made sure of may be there, as something or as zeros.
          const spool = join(spoolOf(space), id);
          if (ends === 'power fails' && existsSync(spool)) appendFileSync(spool, Buffer.alloc(share * 5_000));
          capture = newCapture(space);
          await capture.uploads.recover();
          await capture.task.recover();
        }
        const at = await offset(capture, id);
        await append(capture, id, at, body(bytes.subarray(at)));
        expect(Buffer.compare(await spooled(capture, id), bytes)).toBe(0);
        expect(runOf(space, id)).toMatchObject({ state: 'queued', fileBytes: bytes.length, upload: null });
        // Where it died in between, the import makes the hash before anything else.
        await capture.work();
        expect(runOf(space, id)?.fileSha256).toBe(sha256(bytes));
        expect(readdirSync(spoolOf(space))).toEqual([]);
      }),
      { numRuns: runs(60) },
    );
  });

  it('is made sure of as it comes: a process that dies in the middle of a large piece loses eight MiB at most', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const bytes = Buffer.alloc(20 * 1024 ** 2, 'x');
    const id = await begin(capture, bytes.length);
    const stuck = Promise.withResolvers<void>();
    const sent = Promise.withResolvers<void>();
    const slow = (async function* () {
      for (let at = 0; at < bytes.length - 100; at += 1024 ** 2) yield bytes.subarray(at, at + 1024 ** 2);
      sent.resolve();
      await stuck.promise;
    })();
    const sending = refusalOf(() => append(capture, id, 0, body(slow)));
    await sent.promise;
    // Another process looks at what this one has left.
    expect(await offset(newCapture(space), id)).toBeGreaterThanOrEqual(12 * 1024 ** 2);
    stuck.resolve();
    await sending;
  });

  it('is imported like one in one piece', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const bytes = Buffer.from(manyConversations(30));
    const id = await begin(capture, bytes.length, { upload: body(bytes.subarray(0, 5_000)) });
    expect(runOf(space, id)).toMatchObject({
      state: 'receiving',
      fileBytes: bytes.length,
      upload: { received: 5_000, head: 'a'.repeat(64) },
      progress: { bytesRead: 5_000, bytesTotal: bytes.length },
    });
    const whole = await append(capture, id, 5_000, body(bytes.subarray(5_000)));
    expect(whole.headers).toEqual({ 'upload-offset': String(bytes.length) });
    await capture.work();
    expect(runOf(space, id)).toMatchObject({ state: 'done', report: { conversations: { added: 30 } } });
    // Whoever did not hear that it arrived is told so afterwards.
    expect(await standing(capture, id)).toMatchObject({ 'upload-offset': String(bytes.length) });
    expect(await refusalOf(() => append(capture, id, bytes.length, body(Buffer.alloc(0))))).toBe('accepted');
  });

  it('that comes twice at once is sent by one at a time, and taken over from a line that is dead', async () => {
    let now = 1_000_000;
    const space = newSpace();
    const capture = newCapture(space, () => now);
    const bytes = Buffer.from(talk);
    const id = await begin(capture, bytes.length);
    const begun = Promise.withResolvers<void>();
    const dead = (async function* () {
      yield bytes.subarray(0, 10);
      begun.resolve();
      await new Promise(() => {});
    })();
    const first = refusalOf(() => append(capture, id, 0, body(dead)));
    await begun.promise;
    expect(await refusalOf(() => append(capture, id, 0, body(bytes)))).toBe('upload_busy');
    now += 11_000;
    expect(await refusalOf(() => append(capture, id, 0, body(bytes)))).toBe('upload_offset_wrong');
    expect(await first).toBe('import_incomplete');
    await append(capture, id, 10, body(bytes.subarray(10)));
    await capture.work();
    expect(runOf(space, id)).toMatchObject({ state: 'done', fileSha256: sha256(bytes) });
  });

  it('begun twice and sent at once comes in once', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const bytes = Buffer.from(talk);
    const ids = [await begin(capture, bytes.length), await begin(capture, bytes.length)];
    await Promise.all(ids.map((id) => append(capture, id, 0, body(bytes))));
    await capture.work();
    expect(ids.map((id) => runOf(space, id)?.state)).toEqual(['done', 'done']);
    expect(space.read((r) => r.counts())).toMatchObject({ conversations: 1, messages: 2 });
  });

  it('begun under one key is begun once', async () => {
    const capture = newCapture(newSpace());
    const [first, again] = [await begin(capture, 9, { verb: verb('k') }), await begin(capture, 9, { verb: verb('k') })];
    expect(again).toBe(first);
  });
});

describe('a piece that does not fit', () => {
  const length = talk.length;
  it.each([
    ['at another byte', 3, body(Buffer.from('xyz')), {}, 'upload_offset_wrong'],
    ['longer than what is missing, by its own word', 0, body(Buffer.alloc(length + 1)), {}, 'import_too_large'],
    ['longer than what is missing', 0, body(breaking(Buffer.alloc(length + 1), length + 1)), {}, 'import_too_large'],
    ['of another media type', 0, body(Buffer.from(talk), undefined, 'application/json'), {}, 'media_type_unsupported'],
    ['of another protocol', 0, body(Buffer.from(talk)), { headers: { 'upload-offset': 0 } }, 'tus_version_unsupported'],
  ])('%s is refused, and nothing changes', async (_, at, upload, more, code) => {
    const capture = newCapture(newSpace());
    const id = await begin(capture, length);
    expect(await refusalOf(() => append(capture, id, at, upload, more))).toBe(code);
    expect(await offset(capture, id)).toBe(0);
    await append(capture, id, 0, body(Buffer.from(talk)));
    await capture.work();
    expect(capture.unexpected).toEqual([]);
  });

  it.each([
    ['of nothing', 0, 'import_empty'],
    ['of more than a file may hold', 2 * 1024 ** 3 + 1, 'import_too_large'],
    ['of more than there is room for', 9 * 1024 ** 2, 'quota_exceeded'],
  ])('an upload %s is not begun', async (_, bytes, code) => {
    const space = newSpace({ quotaBytes: 8 * 1024 ** 2 });
    expect(await refusalOf(() => begin(newCapture(space), bytes))).toBe(code);
    expect(space.read((r) => r.counts()).imports).toBe(0);
  });

  it('what is promised to one upload is not promised to another', async () => {
    const space = newSpace({ quotaBytes: 8 * 1024 ** 2 });
    const capture = newCapture(space);
    await begin(capture, 5 * 1024 ** 2);
    expect(await refusalOf(() => begin(capture, 5 * 1024 ** 2))).toBe('quota_exceeded');
  });
});

describe('an upload that is given up', () => {
  it('by its owner is gone, row and file, also while it is being sent', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const id = await begin(capture, talk.length);
    const begun = Promise.withResolvers<void>();
    const slow = (async function* () {
      yield Buffer.from(talk.slice(0, 9));
      begun.resolve();
      await new Promise(() => {});
    })();
    const sending = refusalOf(() => append(capture, id, 0, body(slow)));
    await begun.promise;
    await capture.handlers.deleteUpload(call({ params: { id }, headers: version }));
    expect(await sending).toBe('import_incomplete');
    expect([runOf(space, id), readdirSync(spoolOf(space))]).toEqual([null, []]);
    expect(await refusalOf(() => offset(capture, id))).toBe('not_found');
  });

  it('by cancelling its import stays in the list as cancelled', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const id = await begin(capture, talk.length, { upload: body(Buffer.from(talk.slice(0, 9))) });
    await capture.handlers.cancelImport(call({ params: { id } }));
    expect([runOf(space, id)?.state, readdirSync(spoolOf(space))]).toEqual(['cancelled', []]);
    expect(await refusalOf(() => append(capture, id, 9, body(Buffer.from(talk.slice(9)))))).toBe('not_found');
  });

  it('once it is whole is an import, to be cancelled as one', async () => {
    const capture = newCapture(newSpace());
    const id = await begin(capture, talk.length, { upload: body(Buffer.from(talk)) });
    const remove = () => capture.handlers.deleteUpload(call({ params: { id }, headers: version }));
    expect(await refusalOf(remove)).toBe('import_not_active');
  });

  it('by seven days of silence says so, and its file is gone', async () => {
    let now = 1_700_000_000_000;
    const space = newSpace();
    const capture = newCapture(space, () => now);
    const id = await begin(capture, talk.length, { upload: body(Buffer.from(talk.slice(0, 9))) });
    now += uploadIdleMs - 1;
    expect(await offset(capture, id)).toBe(9);
    now += 2;
    const { items } = await capture.handlers.listImports(call({ query: { limit: 9 } }));
    expect(items).toMatchObject([{ id, state: 'failed', error: { code: 'import_incomplete' } }]);
    expect(readdirSync(spoolOf(space))).toEqual([]);
    expect(await refusalOf(() => offset(capture, id))).toBe('not_found');
  });

  it.each([
    ['gone', (file: string) => rmSync(file)],
    ['shorter than it was', (file: string) => truncateSync(file, 20)],
  ])('because its file is %s says so', async (_, damage) => {
    const space = newSpace();
    const before = newCapture(space);
    const id = await begin(before, talk.length, { upload: body(Buffer.from(talk.slice(0, 30))) });
    damage(join(spoolOf(space), id));
    const after = newCapture(space);
    await after.uploads.recover();
    expect(runOf(space, id)).toMatchObject({ state: 'failed', error: { code: 'import_incomplete' } });
  });
});

describe('another person', () => {
  it('finds no upload under the ids of the first, and cannot add to one or remove it', async () => {
    const { alice, bob } = twoSpaces();
    const [hers, his] = [newCapture(alice), newCapture(bob)];
    const id = await begin(hers, talk.length, { upload: body(Buffer.from(talk.slice(0, 9))) });
    expect(await refusalOf(() => offset(his, id))).toBe('not_found');
    expect(await refusalOf(() => append(his, id, 9, body(Buffer.from(talk.slice(9)))))).toBe('not_found');
    const remove = () => his.handlers.deleteUpload(call({ params: { id }, headers: version }));
    expect(await refusalOf(remove)).toBe('not_found');
    expect(await offset(hers, id)).toBe(9);
  });
});
