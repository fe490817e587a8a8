import { AppError } from '@vivim/contract/errors';
import type { SpaceEvent } from '@vivim/contract/imports';
import { describe, expect, it, vi } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { chatGptConversation, dialogue, manyConversations } from '../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../space/user-space.ts';

const lines = ['I live in Lisbon. When do I sow tomatoes?', 'Sow them indoors in late February.', 'Thank you!'];
const oneTalk = JSON.stringify([dialogue('talk', 'Tomatoes', lines)]);
const nothing = { added: 0, updated: 0, unchanged: 0, skipped: 0, degraded: 0 };

/** A conversation whose second answer was regenerated later. */
const grown = JSON.stringify([
  {
    ...chatGptConversation('talk', 'Tomatoes in pots', [
      { id: 'talk-0', parent: null, role: 'user', text: lines[0] ?? '' },
      { id: 'talk-1', parent: 'talk-0', role: 'assistant', text: lines[1] ?? '' },
      { id: 'talk-9', parent: 'talk-1', role: 'user', text: 'And peppers?' },
    ]),
    update_time: 1_760_000_000,
  },
]);

/** All that is stored of conversations, without what depends on when it came. */
function contents(space: UserSpace) {
  const page = space.read((r) => r.conversations.page({ limit: 200 }));
  return page.items.map((item) => ({
    ...item,
    messages: space.read((r) => r.conversations.messages(item.id, { limit: 200, branches: 'all' }))?.items,
    flags: space.read((r) => r.conversations.find(item.id))?.activeLeafId,
  }));
}

describe('an import', () => {
  it('brings a file in for one person, and accounts for it', async () => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring(oneTalk);
    expect(run).toMatchObject({
      state: 'done',
      error: null,
      detected: { source: 'chatgpt', confidence: 0.99 },
      report: {
        conversations: { ...nothing, added: 1 },
        messages: { ...nothing, added: 3 },
        issues: [],
        issueCount: 0,
      },
    });
    expect(run.progress).toMatchObject({
      bytesRead: oneTalk.length,
      bytesTotal: oneTalk.length,
      conversations: 1,
      messages: 3,
    });
    expect(run.report.acus).toBeGreaterThan(2);
    const { pending } = alice.read((r) => ({ pending: [r.outbox.count('rollup'), r.outbox.count('embed')] }));
    expect(pending).toEqual([1, 1]);
    expect(bob.read((r) => r.counts())).toMatchObject({ conversations: 0, imports: 0 });
  });

  it('gives two people with the same export the same ids, each in their own space', async () => {
    const { alice, bob } = twoSpaces();
    await newCapture(alice).bring(oneTalk);
    await newCapture(bob).bring(oneTalk);
    expect(contents(bob)).toEqual(contents(alice));
  });

  it('does nothing for the same file again, and says which run it was', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const first = await capture.bring(manyConversations(20));
    const before = contents(space);
    const again = await capture.bring(manyConversations(20));
    expect(again).toMatchObject({ state: 'done', sameFileAs: first.id, detected: first.detected });
    expect(again.report).toMatchObject({
      conversations: { ...nothing, unchanged: 20 },
      messages: { ...nothing, unchanged: 120 },
      acus: 0,
    });
    expect(contents(space)).toEqual(before);
  });

  it('sees that nothing changed in other bytes of the same conversations', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    await capture.bring(oneTalk);
    const version = contents(space);
    const run = await capture.bring(JSON.stringify(JSON.parse(oneTalk), null, 2));
    expect(run.report).toMatchObject({
      conversations: { ...nothing, unchanged: 1 },
      messages: { ...nothing, unchanged: 3 },
      acus: 0,
    });
    expect(contents(space)).toEqual(version);
  });

  it('joins a later export to what is there, and deletes nothing', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const first = await capture.bring(oneTalk);
    const run = await capture.bring(grown);
    expect(run.report).toMatchObject({
      conversations: { ...nothing, updated: 1 },
      messages: { ...nothing, added: 1, unchanged: 2 },
    });
    const [conversation] = contents(space);
    expect(conversation).toMatchObject({ title: 'Tomatoes in pots', messageCount: 4 });
    expect(conversation?.messages?.map((message) => [message.externalId, message.onActivePath])).toEqual([
      ['talk-0', true],
      ['talk-1', true],
      ['talk-9', true],
      ['talk-2', false],
    ]);
    // The units of the branch that is shown no more are gone, those of the new one are there.
    const off = conversation?.messages?.find((message) => message.externalId === 'talk-2');
    expect(off && space.read((r) => r.acus.listForMessage(off.id, { limit: 9 }))?.items).toEqual([]);
    expect(space.read((r) => r.counts()).acus).toBe(first.report.acus + run.report.acus);
  });

  it('ends the same whichever export came first', async () => {
    const { alice, bob } = twoSpaces();
    const here = newCapture(alice);
    const there = newCapture(bob);
    await here.bring(oneTalk);
    await here.bring(grown);
    await there.bring(grown);
    const late = await there.bring(oneTalk);
    expect(late.report.messages).toMatchObject({ added: 1 });
    expect(contents(bob)).toEqual(contents(alice));
    expect(bob.read((r) => r.counts()).acus).toBe(alice.read((r) => r.counts()).acus);
  });

  it('counts a conversation that stands in two shards once', async () => {
    const shards = zipOf([
      { name: 'conversations-000.json', bytes: oneTalk },
      { name: 'conversations-001.json', bytes: grown },
      { name: 'conversations-002.json', bytes: oneTalk },
      { name: 'user.json', bytes: '{"id":"user-1","email":"a@example.org"}' },
    ]);
    const space = newSpace();
    const run = await newCapture(space).bring({ bytes: shards, name: 'export.zip' });
    expect(run.report).toMatchObject({ conversations: { ...nothing, added: 1 }, messages: { ...nothing, added: 4 } });
    expect(run.report.acus).toBe(space.read((r) => r.counts()).acus);
  });

  it('is the same conversation whether or not the export names the account', async () => {
    const uuid = '0191f1c0-0000-7000-8000-000000000001';
    const talk = JSON.stringify([dialogue(uuid, 'Tomatoes', lines)]);
    const archive = zipOf([
      { name: 'conversations.json', bytes: talk },
      { name: 'user.json', bytes: '{"id":"user-1","email":"a@example.org"}' },
    ]);
    const space = newSpace();
    const capture = newCapture(space);
    await capture.bring(talk);
    await capture.bring({ bytes: archive, name: 'export.zip' });
    expect(contents(space)).toHaveLength(1);
  });

  it('leaves out a broken conversation, names it, and brings in the rest', async () => {
    const entries = [oneTalk.slice(1, -1), '{"id":"broken","title":"Broken one"}', '{"mapping": {bad}}', '"text"'];
    const run = await newCapture(newSpace()).bring(`[${entries.join()}]`);
    expect(run.report.conversations).toEqual({ ...nothing, added: 1, skipped: 3 });
    expect(run.report.issues.map(({ path, code, externalId, title }) => [path, code, externalId, title])).toEqual([
      ['conversations.json#1', 'conversation_malformed', 'broken', 'Broken one'],
      ['conversations.json#2', 'json_invalid', null, null],
      ['conversations.json#3', 'conversation_malformed', null, null],
    ]);
  });

  it('keeps what came before the place where a file breaks off', async () => {
    const space = newSpace();
    const text = manyConversations(30);
    const run = await newCapture(space).bring(text.slice(0, text.length - 300));
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'import_json_invalid', detail: expect.stringContaining('entry 30') },
    });
    expect(run.report.conversations.added).toBe(29);
    expect(space.read((r) => r.counts())).toMatchObject({ conversations: 29, messages: 29 * 6 });
  });

  it('keeps what came before a place that is no JSON', async () => {
    const space = newSpace();
    const run = await newCapture(space).bring(`${manyConversations(5)} and more`);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'import_json_invalid' } });
    expect(run.report.conversations.added).toBe(5);
  });

  it('takes the source the person names', async () => {
    const run = await newCapture(newSpace()).bring({ bytes: '[{"messages":[]}]', source: 'generic' });
    expect(run).toMatchObject({ state: 'done', detected: { source: 'generic', confidence: 1, why: 'You said so.' } });
  });

  it.each([
    ['plain text', 'hello there', /plain text/],
    ['a PDF', '%PDF-1.7 …', /PDF/],
    ['random bytes', Buffer.from([7, 0, 255, 3, 0, 1]), /no kind known/],
    ['JSON of something else', '{"menu":["soup"]}', /none of its first entries/],
    ['an empty list', '[]', /JSON with nothing in it/],
    ['part of an export', '[{"uuid":"u","full_name":"A","email_address":"a@example.org"}]', /import the whole archive/],
    ['a web page', '<!doctype html><p>hi', /web page/],
  ])('fails for %s and says what it looks like', async (_, bytes, detail) => {
    const run = await newCapture(newSpace()).bring({ bytes });
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'import_format_unknown', detail: expect.stringMatching(detail) },
    });
  });

  it('tells of its progress and of its end', async () => {
    let now = 1_700_000_000_000;
    const clock = () => {
      now += 40;
      return now;
    };
    const space = newSpace({}, clock);
    const capture = newCapture(space, clock);
    const told: SpaceEvent[] = [];
    const stop = new AbortController();
    const events = capture.events.listen(stop.signal);
    const listening = (async () => {
      for await (const event of events) told.push(event);
    })();
    await capture.bring(manyConversations(400));
    stop.abort();
    await listening;
    const runs = told.flatMap((event) => (event.type === 'import' ? [event.run] : []));
    expect(runs.map((run) => run.state)).toEqual(expect.arrayContaining(['queued', 'running', 'done']));
    const shares = runs.map((run) => run.progress.conversations);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const under = runs.findLast((run) => run.state === 'running');
    expect(under?.progress.bytesPerSecond).toBeGreaterThan(0);
    expect(under?.progress.remainingSeconds).not.toBeNull();
  });

  it('stops when it is cancelled; what is in stays in, and the file goes', async () => {
    let now = 0;
    const clock = () => {
      now += 15;
      return now;
    };
    const space = newSpace({}, clock);
    const capture = newCapture(space, clock);
    const { id } = await capture.upload({ bytes: manyConversations(500) });
    const never = new AbortController().signal;
    await capture.task.step(never);
    await capture.task.step(never);
    const found = space.read((r) => r.counts()).conversations;
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(500);
    space.write((w) => w.imports.cancel(id, clock()));
    await capture.work();
    expect(space.read((r) => r.imports.find(id))).toMatchObject({ state: 'cancelled' });
    expect(space.read((r) => r.counts()).conversations).toBe(found);
    await expect(capture.spool.open(id)).rejects.toMatchObject({ code: 'import_incomplete' });
  });
});

/** A clock that makes every step a short one. */
function hurried() {
  let now = 0;
  return () => {
    now += 15;
    return now;
  };
}

describe('an import in trouble that is not its own', () => {
  const never = new AbortController().signal;

  it('has no hole where neither a batch nor the failure could be written', async () => {
    const clock = hurried();
    const space = newSpace({}, clock);
    const capture = newCapture(space, clock);
    const { id } = await capture.upload({ bytes: manyConversations(100) });
    await capture.task.step(never);
    const full = () => {
      throw new AppError('quota_exceeded');
    };
    const write = vi.spyOn(space, 'write').mockImplementationOnce(full).mockImplementationOnce(full);
    await expect(capture.task.step(never)).rejects.toMatchObject({ code: 'quota_exceeded' });
    write.mockRestore();
    await capture.work();
    expect(space.read((r) => r.imports.find(id))).toMatchObject({ state: 'done', error: null });
    expect(space.read((r) => r.counts())).toMatchObject({ conversations: 100, messages: 600 });
  });

  it('fails, and skips nothing, where the database cannot be read', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const { id } = await capture.upload({ bytes: oneTalk });
    const read = space.read.bind(space);
    let broken = true;
    vi.spyOn(space, 'read').mockImplementation((work) =>
      read((r) => {
        if (broken && String(work).includes('rawRecords')) throw new AppError('storage_integrity');
        return work(r);
      }),
    );
    await capture.work();
    expect(space.read((r) => r.imports.find(id))).toMatchObject({
      state: 'failed',
      error: { code: 'storage_integrity' },
      report: { issueCount: 0 },
    });
    broken = false;
    expect(await capture.bring(oneTalk)).toMatchObject({ state: 'done', sameFileAs: null });
  });

  it('is mended by the same file where something was left out for our fault', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const { id } = await capture.upload({ bytes: oneTalk });
    const write = space.write.bind(space);
    let faults = 0;
    const spy = vi.spyOn(space, 'write').mockImplementation((work) =>
      write((w) => {
        const answer = work(w);
        if (w.conversations.page({ limit: 1 }).items.length > 0 && faults++ < 2)
          throw new TypeError('A fault of ours.');
        return answer;
      }),
    );
    await capture.work();
    spy.mockRestore();
    const run = space.read((r) => r.imports.find(id));
    expect(run).toMatchObject({ state: 'done', report: { issues: [{ code: 'conversation_not_stored' }] } });
    capture.unexpected.length = 0;
    const again = await capture.bring(oneTalk);
    expect(again).toMatchObject({ state: 'done', sameFileAs: null, report: { conversations: { added: 1 } } });
    expect(await capture.bring(oneTalk)).toMatchObject({ sameFileAs: again.id });
  });

  it('is given up where its engine ends at one place again and again', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const { id } = await capture.upload({ bytes: manyConversations(20) });
    const { pk = 0 } = space.read((r) => r.imports.next()) ?? {};
    // What a process leaves that was killed before anything of it was in.
    const dies = () => space.write((w) => w.imports.countStart(pk));
    dies();
    dies();
    // The third start is a careful one: what comes before the bad entry gets in.
    await capture.task.step(never);
    await capture.task.step(never);
    await capture.task.close();
    expect(space.read((r) => r.counts()).conversations).toBe(2);
    for (let starts = 0; starts < 4; starts += 1) dies();
    expect(space.read((r) => r.imports.find(id))).toMatchObject({ state: 'running' });
    await capture.task.step(never);
    expect(space.read((r) => r.imports.find(id))).toMatchObject({
      state: 'failed',
      error: { code: 'import_unreadable', detail: expect.stringContaining('entry 3 of file 1') },
      report: { conversations: { added: 2 } },
    });
    expect(capture.task.pending()).toBe(0);
  });
});
