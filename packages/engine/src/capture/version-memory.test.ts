/** Many versions of one conversation in a row: read once each, and joined as if nothing were remembered. */
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { RawVersion } from '../space/stores/raw-records.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { CanonicalConversation } from './canonical.ts';
import { VersionMemory } from './version-memory.ts';

const version = (sha256: string, bytes = 10): Pick<RawVersion, 'sha256' | 'form' | 'bytesZstd'> => ({
  sha256,
  form: 'source',
  bytesZstd: Buffer.alloc(bytes),
});
const saying = (...texts: string[]): CanonicalConversation =>
  ({ messages: texts.map((text, i) => ({ key: `m${i}`, parts: [{ text }] })) }) as unknown as CanonicalConversation;

describe('what versions of a conversation say', () => {
  it('is read once, and what two hold just so is one object', () => {
    const memory = new VersionMemory();
    const first = memory.recall('a', version('1'), () => saying('hot', 'wet'));
    const second = memory.recall('a', version('2'), () => saying('hot', 'dry'));
    expect(second?.messages[0]).toBe(first?.messages[0]);
    expect(second?.messages[1]).not.toBe(first?.messages[1]);
    expect(memory.recall('a', version('1'), () => saying('never read'))).toBe(first);
  });

  it('is forgotten with the next conversation, and not held at all where it is large', () => {
    const memory = new VersionMemory();
    memory.recall('a', version('1'), () => saying('of a'));
    memory.recall('b', version('1'), () => saying('of b'));
    expect(memory.recall('a', version('1'), () => saying('read anew'))).toEqual(saying('read anew'));
    const large = version('2', 9 * 1024 * 1024);
    memory.recall('a', large, () => saying('large'));
    expect(memory.recall('a', large, () => saying('read anew'))).toEqual(saying('read anew'));
  });
});

const talk = (v: number) => ({
  id: 'conv-1',
  title: `Kiln ${v}`,
  create_time: 1_700_000_000,
  update_time: 1_700_000_000 + v,
  current_node: 'm1',
  mapping: {
    root: { id: 'root', message: null, parent: null, children: ['m0'] },
    m0: node('m0', 'root', ['m1'], 'user', 'How hot?'),
    m1: node('m1', 'm0', [], 'assistant', `It is ${v % 3} degrees.`),
  },
});
const node = (id: string, parent: string, children: string[], role: string, text: string) => ({
  id,
  parent,
  children,
  message: { id, author: { role }, create_time: 1_700_000_000, content: { content_type: 'text', parts: [text] } },
});

it('many versions in one file end as they do one file at a time', async () => {
  const { alice, bob } = twoSpaces();
  const versions = Array.from({ length: 12 }, (_, v) => talk(v));
  const together = newCapture(alice);
  await together.bring(JSON.stringify(versions));
  const apart = newCapture(bob);
  for (const one of versions) await apart.bring(JSON.stringify([one]));
  const shown = (space: UserSpace) => {
    const [conversation] = space.read((r) => r.conversations.page({ limit: 1 })).items;
    const id = conversation?.id as never;
    return {
      title: conversation?.title,
      messages: space
        .read((r) => r.conversations.messages(id, { limit: 10, branches: 'all' }))
        ?.items.map(({ id: _, ...rest }) => rest),
      kept: space.read((r) => r.rawRecords.versionsOf({ source: 'chatgpt', externalKey: id })).map((row) => row.sha256),
      conflicts: space.read((r) => r.versionConflicts.page(0, false, 10)).length,
    };
  };
  expect(shown(alice).kept).toHaveLength(12);
  expect(shown(alice)).toEqual(shown(bob));
});
