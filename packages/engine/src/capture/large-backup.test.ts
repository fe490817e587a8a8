/** A backup of Cherry Studio that is larger than what is held of one file: whole, in passes, with what is too large told. */
import { describe, expect, it } from 'vitest';
import { conversationsOf, readFile, shortly } from '../../../../test/kit/source-files.ts';

const at = '2026-01-02T03:04:05.000Z';
const block = (id: string, rest: object = {}) => ({
  id,
  messageId: 'm',
  type: 'main_text',
  createdAt: at,
  content: `Words of ${id}`,
  ...rest,
});
const message = (id: string, role: string, ...blocks: string[]) => ({ id, role, createdAt: at, blocks });
const filler = 'x'.repeat(1024 ** 2);
const padding = Array.from({ length: 33 }, (_, ix) => block(`pad-${ix}`, { content: filler }));

function backup(topics: readonly object[], blocks: readonly object[], last: 'topics' | 'blocks' = 'blocks'): Buffer {
  const assistants = JSON.stringify({ assistants: [{ topics: [{ id: 't1', name: 'Herons "indexedDB": x' }] }] });
  const settings = { 'persist:cherry-studio': JSON.stringify({ assistants }) };
  const indexedDB =
    last === 'blocks'
      ? { files: [], topics, message_blocks: blocks }
      : { message_blocks: blocks, topics, settings: [] };
  return Buffer.from(JSON.stringify({ time: 1, version: 5, localStorage: settings, indexedDB }));
}
const topics = [
  { id: 't1', messages: [message('u', 'user', 'b1'), message('a', 'assistant', 'b2', 'gone')] },
  { id: 't2', messages: [message('v', 'user', 'b3'), message('w', 'assistant', 'b4')] },
];
const blocks = ['b1', 'b2', 'b3', 'b4'].map((id) => block(id));

describe('a backup of more than 32 MiB', () => {
  it.each(['topics', 'blocks'] as const)('comes in whole, whichever list stands last: %s', async (last) => {
    const file = backup(topics, [...blocks.slice(0, 2), ...padding, ...blocks.slice(2)], last);
    const found = await conversationsOf(file, 'generic');
    expect(found.map(({ title }) => title)).toEqual(['Herons "indexedDB": x', null]);
    expect(shortly(found[1])).toEqual([
      ['user', 'human', 'text: Words of b3'],
      ['assistant', 'model', 'text: Words of b4'],
    ]);
    expect(found[0]?.messages[1]?.parts.map(({ kind }) => kind)).toEqual(['text', 'raw']);
  });

  it('says which topic is too large, and reads the others', async () => {
    const huge = {
      id: 't9',
      messages: [message('h', 'user', ...padding.map(({ id }) => id)), message('i', 'assistant', 'b2')],
    };
    const { readings } = await readFile(backup([topics[0] ?? {}, huge, topics[1] ?? {}], [...padding, ...blocks]));
    expect(readings.map(({ outcome }) => outcome).toSorted()).toEqual(['conversation', 'conversation', 'skipped']);
  });

  it('that is none is refused as before', async () => {
    const strange = Buffer.from(
      JSON.stringify({ indexedDB: { topics: 7, message_blocks: [7] }, pad: Array.from({ length: 33 }, () => filler) }),
    );
    await expect(readFile(strange)).rejects.toMatchObject({ code: 'import_too_large' });
    const cut = backup(topics, [...blocks, ...padding]);
    await expect(readFile(cut.subarray(0, cut.length - 1000))).rejects.toMatchObject({ code: 'import_json_invalid' });
  });
});
