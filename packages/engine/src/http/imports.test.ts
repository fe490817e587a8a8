import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportId } from '@vivim/contract/ids';
import type { SpaceEvent } from '@vivim/contract/imports';
import { ImportRun } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { dialogue, manyConversations } from '../../../../test/kit/exports.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { conversationHandlers } from './conversations.ts';
import { importEntryHandlers } from './import-entries.ts';
import { messageHandlers } from './messages.ts';

const talk = JSON.stringify([dialogue('talk', 'Tomatoes', ['When do I sow?', 'In March.'])]);
const call = (parts: object): never =>
  ({
    params: {},
    query: { limit: 50 },
    body: undefined,
    upload: null,
    asker: { sessionId: '', way: 'api' },
    signal: new AbortController().signal,
    ...parts,
  }) as never;
const spooled = (space: UserSpace) => readdirSync(join(space.location.directory, 'spool'));
const cancelVerb = (id: string) => ({ id, operation: 'cancelImport', requestHash: 'h' });

describe('an upload', () => {
  it('is answered with the queued run, in the shape of the contract', async () => {
    const capture = newCapture(newSpace());
    const run = await capture.upload({ bytes: talk, name: 'a.json' });
    expect(ImportRun.parse(run)).toMatchObject({
      state: 'queued',
      fileName: 'a.json',
      fileBytes: Buffer.byteLength(talk),
    });
  });

  it('is taken once however often it is sent under one key', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const first = await capture.upload({ bytes: talk, key: 'same' });
    const [again, twin] = await Promise.all([
      capture.upload({ bytes: talk, key: 'same' }),
      capture.upload({ bytes: talk, key: 'same' }),
    ]);
    expect([again.id, twin.id]).toEqual([first.id, first.id]);
    expect(space.read((r) => r.counts()).imports).toBe(1);
    expect(spooled(space)).toEqual([first.id]);
  });

  it.each([
    ['empty', { bytes: '' }, 'import_empty'],
    ['cut half-way', { bytes: talk.slice(0, 50), contentLength: talk.length }, 'import_incomplete'],
    ['larger than allowed', { bytes: 'x', contentLength: 2 * 1024 ** 3 + 1 }, 'import_too_large'],
    ['given up', { bytes: talk, contentLength: null, signal: AbortSignal.abort() }, 'import_incomplete'],
  ])('that is %s is refused, and nothing is left of it', async (_, file, code) => {
    const space = newSpace();
    const capture = newCapture(space);
    await capture.upload({ bytes: talk });
    const before = [...spooled(space)];
    expect(await refusalOf(() => capture.upload(file))).toBe(code);
    expect(spooled(space)).toEqual(before);
    expect(space.read((r) => r.imports.page({ limit: 9 })).items).toHaveLength(1);
  });

  it('that died with its process is cleared away', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const waiting = await capture.upload({ bytes: talk });
    space.write((w) => w.imports.receive({ id: uuidv7() as ImportId, fileName: 'dead.json', asked: null }, 1));
    await capture.task.recover();
    expect(space.read((r) => r.imports.page({ limit: 9 })).items.map((run) => run.id)).toEqual([waiting.id]);
    expect(spooled(space)).toEqual([waiting.id]);
  });
});

describe('an upload beside others', () => {
  it.each([
    ['announced', undefined],
    ['not announced', null],
  ])('is refused where the space has no room for it, its length %s', async (_, contentLength) => {
    const space = newSpace({ quotaBytes: 6 * 1024 ** 2 });
    const capture = newCapture(space);
    const waiting = await capture.upload({ bytes: Buffer.alloc(3 * 1024 ** 2, 'a') });
    const more = { bytes: Buffer.alloc(3 * 1024 ** 2, 'b'), ...(contentLength === null ? { contentLength } : {}) };
    expect(await refusalOf(() => capture.upload(more))).toBe('quota_exceeded');
    expect(spooled(space)).toEqual([waiting.id]);
    expect(space.read((r) => r.imports.page({ limit: 9 })).items).toHaveLength(1);
  });

  it('is left alone by the clearing away of dead ones', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const opened = Promise.withResolvers<void>();
    const slow = (async function* () {
      yield Buffer.from(talk.slice(0, 9));
      await opened.promise;
      yield Buffer.from(talk.slice(9));
    })();
    const verb = { id: uuidv7(), operation: 'createImport', requestHash: 'h' };
    const upload = { bytes: slow, contentLength: null };
    const sent = capture.handlers.createImport(call({ query: { fileName: 'a.json' }, upload, verb }));
    await capture.task.recover();
    opened.resolve();
    const run = await sent;
    await capture.task.recover();
    expect(spooled(space)).toEqual([run.id]);
    await capture.work();
    expect(space.read((r) => r.imports.find(run.id))).toMatchObject({ state: 'done' });
  });
});

describe('a run', () => {
  it('is streamed until it ends', async () => {
    const capture = newCapture(newSpace());
    const { id } = await capture.upload({ bytes: manyConversations(30) });
    const seen: SpaceEvent[] = [];
    const streaming = (async () => {
      for await (const event of capture.handlers.streamImport(call({ params: { id } }))) seen.push(event);
    })();
    await capture.work();
    await streaming;
    const states = seen.flatMap((event) => (event.type === 'import' ? [event.run.state] : []));
    expect([states[0], states.at(-1)]).toEqual(['queued', 'done']);
    const ended: SpaceEvent[] = [];
    for await (const event of capture.handlers.streamImport(call({ params: { id } }))) ended.push(event);
    expect(ended).toHaveLength(1);
  });

  it('is cancelled once, and its file is gone', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const { id } = await capture.upload({ bytes: talk });
    const cancel = (key: string) => capture.handlers.cancelImport(call({ params: { id }, verb: cancelVerb(key) }));
    expect(await cancel('a')).toMatchObject({ state: 'cancelled' });
    expect(await cancel('a')).toMatchObject({ state: 'cancelled' });
    expect(await refusalOf(() => cancel('b'))).toBe('import_not_active');
    expect(spooled(space)).toEqual([]);
    await capture.work();
    expect(space.read((r) => r.counts())).toMatchObject({ conversations: 0, imports: 1 });
  });

  it('lists its issues a page at a time', async () => {
    const capture = newCapture(newSpace());
    const broken = Array.from({ length: 60 }, (_, ix) => ({ id: `broken-${ix}` }));
    const run = await capture.bring(JSON.stringify([...JSON.parse(talk), ...broken]));
    expect(run.report).toMatchObject({ issueCount: 60 });
    expect(run.report.issues).toHaveLength(50);
    const { handlers } = capture;
    const first = await handlers.listImportIssues(call({ params: { id: run.id }, query: { limit: 45 } }));
    const second = await handlers.listImportIssues(
      call({ params: { id: run.id }, query: { limit: 45, cursor: first.nextCursor } }),
    );
    const ids = [...first.items, ...second.items].map((issue) => issue.externalId);
    expect(ids).toEqual(broken.map(({ id }) => id));
    expect(second.nextCursor).toBeNull();
    expect(
      await refusalOf(() =>
        handlers.listImportIssues(call({ params: { id: run.id }, query: { limit: 5, cursor: '!' } })),
      ),
    ).toBe('cursor_invalid');
  });
});

describe('another person', () => {
  it('finds nothing under the ids of the first', async () => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring(talk);
    const theirs = newCapture(bob).handlers;
    const conversations = conversationHandlers({ space: alice });
    const [conversation] = (await conversations.listConversations(call({}))).items;
    if (conversation === undefined) throw new Error('Alice has no conversation.');
    const messages = await messageHandlers({ space: alice }).listMessages(
      call({ params: { id: conversation.id }, query: { limit: 9, branches: 'active' } }),
    );
    const message = messages.items[0];
    const there = {
      ...importEntryHandlers({ space: bob }),
      ...conversationHandlers({ space: bob }),
      ...messageHandlers({ space: bob }),
      ...theirs,
    };
    const asked: [string, (call: never) => unknown, object][] = [
      ['getImport', there.getImport, { id: run.id }],
      ['listImportIssues', there.listImportIssues, { id: run.id }],
      ['listImportEntries', there.listImportEntries, { id: run.id }],
      ['getImportReport', there.getImportReport, { id: run.id }],
      ['getImportEntryRaw', there.getImportEntryRaw, { id: run.id, entry: '1-1' }],
      ['streamImport', there.streamImport, { id: run.id }],
      ['cancelImport', there.cancelImport, { id: run.id }],
      ['getConversation', there.getConversation, { id: conversation.id }],
      ['listMessages', there.listMessages, { id: conversation.id }],
      ['getMessage', there.getMessage, { id: message?.id }],
    ];
    for (const [name, handler, params] of asked) {
      const code = await refusalOf(() => handler(call({ params, verb: cancelVerb(name) })));
      expect([name, code]).toEqual([name, 'not_found']);
    }
    expect((await there.listConversations(call({}))).items).toEqual([]);
    expect((await there.listImports(call({}))).items).toEqual([]);
  });
});

describe('lists', () => {
  it('of conversations go on where they left off, while new ones come in', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const first = await capture.bring(manyConversations(12));
    const handlers = conversationHandlers({ space });
    const page = async (query: object) => handlers.listConversations(call({ query: { limit: 5, ...query } }));
    const one = await page({});
    await capture.bring(talk);
    const two = await page({ cursor: one.nextCursor });
    const three = await page({ cursor: two.nextCursor });
    const titles = [one, two, three].flatMap(({ items }) => items.map((item) => item.title));
    expect(titles).toEqual(Array.from({ length: 12 }, (_, ix) => `Conversation number ${11 - ix}`));
    expect(three.nextCursor).toBeNull();
    expect((await page({ importId: first.id, limit: 50 })).items).toHaveLength(12);
    expect((await page({ source: 'claude' })).items).toEqual([]);
    expect(await refusalOf(() => page({ cursor: 'e30' }))).toBe('cursor_invalid');
  });
});

describe('what became of each record', () => {
  it('is listed by outcome, written as a report of any length, and leads to the bytes of one', async () => {
    const space = newSpace();
    const run = await newCapture(space).bring(
      JSON.stringify([...JSON.parse(manyConversations(230)), { id: 'broken', title: 'The broken one' }]),
    );
    const handlers = importEntryHandlers({ space });
    const params = { id: run.id };
    const skipped = await handlers.listImportEntries(call({ params, query: { limit: 9, outcome: 'skipped' } }));
    expect(skipped.items).toMatchObject([{ id: '1-231', title: 'The broken one', raw: null }]);
    const report = async (format: string) => {
      const { stream, fileName } = await handlers.getImportReport(call({ params, query: { format } }));
      return { text: await new Response(stream).text(), fileName };
    };
    const { text, fileName } = await report('markdown');
    expect(fileName).toBe(`import-${run.id}.md`);
    expect(text.match(/^\| added \|/gm)).toHaveLength(230);
    expect(text).toContain('| skipped | conversations.json, conversation 231 |  | broken | The broken one |');
    expect((await report('csv')).text.trimEnd().split('\r\n')).toHaveLength(232);
    expect(JSON.parse((await report('json')).text).entries).toHaveLength(231);
    const raw = await handlers.getImportEntryRaw(call({ params: { ...params, entry: '1-7' } }));
    expect(raw).toMatchObject({ mediaType: 'application/octet-stream', fileName: 'record-1-7.json' });
    expect(JSON.parse(await new Response(raw.stream).text())).toEqual(JSON.parse(manyConversations(230))[6]);
    const none = () => handlers.getImportEntryRaw(call({ params: { ...params, entry: '1-231' } }));
    expect(await refusalOf(none)).toBe('not_found');
  });
});
