/**
 * A task that came in as a list of messages before its program had a reader of its own: imported again, or read anew, it is the same
 * conversation with the same ids, read better. What was erased stays away, and nobody else's space is touched.
 */
import { describe, expect, it } from 'vitest';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../space/user-space.ts';
import { ReparseTask } from './reparse.ts';

const clock = () => 1_790_000_000_000;
const at = 1_767_323_045_000;
const text = (words: string) => ({ type: 'text', text: words });
const task = [
  {
    role: 'user',
    content: [
      text('<task>\nMend the sail qzonewx\n</task>'),
      text('<environment_details>\nqzopenwx.ts\n</environment_details>'),
    ],
    ts: at,
  },
  { role: 'assistant', content: [text('<thinking>qzthinkwx</thinking>\nWhich colour?')], ts: at + 1 },
  { role: 'user', content: [text('<feedback>\nRed qztwowx\n</feedback>')], ts: at + 2 },
  { role: 'assistant', content: [text('Done.')], ts: at + 3 },
];
const bytes = (messages: readonly unknown[]) => JSON.stringify(messages);
const older = { source: 'generic' } as const;

function home(space: UserSpace) {
  const kit = newErasing(space, { clock });
  const reparse = new ReparseTask({
    space,
    clock,
    onUnreadable: (error) => {
      throw error;
    },
  });
  const readAnew = async (): Promise<void> => {
    space.write((w) => w.outbox.put('reparse', w.parserVersions.chosen({}), clock()));
    while (reparse.pending() > 0) await reparse.step();
    await kit.settle();
  };
  return { ...kit, readAnew };
}

const heads = (space: UserSpace) => space.read((r) => r.conversations.page({ limit: 9 })).items;
const said = (space: UserSpace) =>
  space.read((r) =>
    r.conversations
      .page({ limit: 9 })
      .items.flatMap(({ id }) => r.conversations.messages(id, { limit: 50, branches: 'all' })?.items ?? [])
      .map(({ id, authorKind, parts }) => ({ id, authorKind, parts: parts.map(({ kind }) => kind) })),
  );
const better = [
  ['human', 'text', 'context'],
  ['model', 'reasoning', 'text'],
  ['human', 'text'],
  ['model', 'text'],
];
const shapes = (space: UserSpace) => said(space).map(({ authorKind, parts }) => [authorKind, ...parts]);

describe('a task that came in as a list of messages', () => {
  it('and comes in again is the same conversation, read better', async () => {
    const { alice, bob } = twoSpaces();
    const [hers, his] = [home(alice), home(bob)];
    await hers.bring({ bytes: bytes(task), ...older });
    await his.bring({ bytes: bytes(task), ...older });
    const [[before], messages, untouched] = [heads(alice), said(alice).map(({ id }) => id), said(bob)];
    expect([before?.source, messages.length]).toEqual(['generic', 4]);
    const run = await hers.bring(bytes(task));
    expect(run.report.conversations).toMatchObject({ added: 0, updated: 1 });
    expect(heads(alice)).toMatchObject([{ id: before?.id, source: 'cline', messageCount: 4 }]);
    expect(said(alice).map(({ id }) => id)).toEqual(messages);
    expect(shapes(alice)).toEqual(better);
    expect((await hers.bring(bytes(task))).report.conversations).toMatchObject({ added: 0, updated: 0, unchanged: 1 });
    const left = alice.read((r) => {
      const id = before?.id ?? '';
      return ['generic', 'cline'].map((source) => r.rawRecords.versionsOf({ source, externalKey: id }).length);
    });
    expect(left).toEqual([0, 1]);
    expect(said(bob)).toEqual(untouched);
  });

  it('and has grown since goes on, and reading it anew later changes nothing', async () => {
    const { alice } = twoSpaces();
    const hers = home(alice);
    await hers.bring({ bytes: bytes(task.slice(0, 2)), ...older });
    const [before] = heads(alice);
    expect((await hers.bring(bytes(task))).report).toMatchObject({
      conversations: { added: 0, updated: 1 },
      messages: { added: 2 },
    });
    expect(heads(alice)).toMatchObject([{ id: before?.id, source: 'cline', messageCount: 4 }]);
    expect(shapes(alice)).toEqual(better);
    const whole = said(alice);
    await hers.readAnew();
    expect(said(alice)).toEqual(whole);
    // The older export once more, and as an entry of a zip, and as what its person once said it was.
    for (const again of [{}, older]) await hers.bring({ bytes: bytes(task.slice(0, 2)), ...again });
    await hers.bring({ bytes: zipOf([{ name: 'tasks/7/api_conversation_history.json', bytes: bytes(task) }]) });
    expect(said(alice)).toEqual(whole);
    expect(heads(alice)).toHaveLength(1);
  });

  it('is read better where it is read anew, without its file', async () => {
    const { alice, bob } = twoSpaces();
    const [hers, his] = [home(alice), home(bob)];
    await hers.bring({ bytes: bytes(task), ...older });
    await his.bring({ bytes: bytes(task), ...older });
    const ids = said(alice).map(({ id }) => id);
    await hers.readAnew();
    expect(heads(alice)).toMatchObject([{ source: 'cline', messageCount: 4 }]);
    expect(said(alice).map(({ id }) => id)).toEqual(ids);
    expect(shapes(alice)).toEqual(better);
    expect(heads(bob)).toMatchObject([{ source: 'generic' }]);
    expect((await hers.bring(bytes(task))).report.conversations).toMatchObject({ unchanged: 1 });
  });

  it('stays away where it was erased', async () => {
    const { alice } = twoSpaces();
    const hers = home(alice);
    await hers.bring({ bytes: bytes(task), ...older });
    await hers.erase('conversation', heads(alice)[0]?.id ?? '');
    const run = await hers.bring(bytes(task));
    expect(run.report.conversations).toMatchObject({ added: 0, skipped: 1 });
    expect(heads(alice)).toEqual([]);
  });

  it('stays of its source where part of it was erased, so that nothing of that comes back', async () => {
    const { alice } = twoSpaces();
    const hers = home(alice);
    await hers.bring({ bytes: bytes(task), ...older });
    await hers.erase('message', said(alice)[2]?.id ?? '');
    await hers.bring(bytes(task));
    await hers.readAnew();
    expect(heads(alice)).toMatchObject([{ source: 'generic', messageCount: 3 }]);
    expect(said(alice)).toHaveLength(3);
  });

  it('stays of its source where its person keeps that source out of contexts', async () => {
    const { alice } = twoSpaces();
    const hers = home(alice);
    await hers.bring({ bytes: bytes(task), ...older });
    alice.write((w) => w.exclusions.make({ kind: 'source', of: 'generic' }, clock()));
    await hers.bring(bytes(task));
    expect(heads(alice)).toMatchObject([{ source: 'generic', messageCount: 4 }]);
  });
});

it('a task that is seen before it is answered is one conversation with what it becomes', async () => {
  const { alice, bob } = twoSpaces();
  const [hers, his] = [home(alice), home(bob)];
  for (const count of [1, 2, 4]) await hers.bring(bytes(task.slice(0, count)));
  for (const count of [4, 2, 1]) await his.bring(bytes(task.slice(0, count)));
  expect(heads(alice)).toMatchObject([{ source: 'cline', messageCount: 4 }]);
  expect(said(bob)).toEqual(said(alice));
  // One that is begun again with the same words is another.
  const [first, ...rest] = task;
  await hers.bring(bytes([{ ...first, ts: at + 60_000 }, ...rest]));
  expect(heads(alice)).toHaveLength(2);
});

it('sessions of opencode that came in before it had a reader keep their ids, as files and as a folder', async () => {
  const { alice, bob } = twoSpaces();
  const [hers, his] = [home(alice), home(bob)];
  const session = {
    info: { id: 'ses_1', title: 'Sail', directory: '/boat', time: { created: at, updated: at } },
    messages: [
      { info: { id: 'msg_1', role: 'user' }, parts: [{ id: 'prt_1', type: 'text', text: 'Mend the sail' }] },
      { info: { id: 'msg_2', role: 'assistant' }, parts: [{ id: 'prt_2', type: 'text', text: 'Done.' }] },
    ],
  };
  await hers.bring({ bytes: JSON.stringify(session), ...older });
  const [[before], messages] = [heads(alice), said(alice)];
  expect(before?.source).toBe('generic');
  await hers.bring(JSON.stringify(session));
  expect(heads(alice)).toMatchObject([{ id: before?.id, source: 'opencode', externalId: 'ses_1' }]);
  expect(said(alice)).toEqual(messages);
  await his.bring(JSON.stringify(session));
  expect(heads(bob)).toMatchObject([{ source: 'opencode', title: 'Sail' }]);
});
