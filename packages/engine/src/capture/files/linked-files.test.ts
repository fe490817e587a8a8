/** Files an answer links to by name: joined by where the export says they were made, missing where it holds none, each person's own. */
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { chatgptConversation } from '../../../../../test/kit/chatgpt-export.ts';
import { pngOf } from '../../../../../test/kit/media.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../../space/user-space.ts';

const picture = pngOf(8, 6);
const talk = (id: string, ...texts: string[]) =>
  chatgptConversation(id, `Talk ${id}`, [
    { id: `${id}-u`, parts: ['Draw it'] },
    ...texts.map((text, ix) => ({ id: `${id}-a${ix}`, role: 'assistant' as const, parts: [text] })),
  ]);
const made = (file: string, name: string, conversation: string | null, message: string | null) => ({
  file_id: file,
  file_name: name,
  mime_type: 'image/png',
  origination_thread_id: conversation,
  origination_message_id: message,
});
const exportOf = (talks: readonly object[], library: readonly object[], files: readonly string[]) =>
  zipOf([
    { name: 'conversations-000.json', bytes: JSON.stringify(talks) },
    ...(library.length === 0 ? [] : [{ name: 'library_files.json', bytes: JSON.stringify(library) }]),
    ...files.map((name, ix) => ({ name, bytes: Buffer.concat([picture, Buffer.from(`${ix}`)]) })),
  ]);
const shown = (space: UserSpace) =>
  space
    .read((r) => r.attachments.page({ limit: 200 }))
    .items.map(({ name, status, stored, messageId }) => [name, status, stored, messageId !== null]);

describe('links to files in answers', () => {
  it('lead to the file made in the same message, and to one of that name made elsewhere in the conversation', async () => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring({
      bytes: exportOf(
        [
          talk(
            'c',
            'Here: [Plan](sandbox:/mnt/data/My%20plan.png)',
            'And [the map](sandbox:/mnt/data/out/map.png "save")',
          ),
          talk('d', 'See sandbox:/mnt/data/map.png, please'),
        ],
        [made('file_01', 'My plan.png', 'c', 'c-a0'), made('file_02', 'map.png', 'c', 'a-tool')],
        ['file_01.dat', 'file_02.dat'],
      ),
    });
    expect(run.report).toMatchObject({ files: { stored: 2, unmentioned: 0 }, conversations: { added: 2 } });
    expect(shown(alice)).toEqual([
      ['My plan.png', 'present', true, true],
      ['map.png', 'present', true, true],
      ['map.png', 'missing', false, true],
    ]);
    expect(shown(bob)).toEqual([]);
  });

  it('stay missing where the export says of two which might be meant, and where it holds none', async () => {
    const { alice } = twoSpaces();
    await newCapture(alice).bring({
      bytes: exportOf(
        [
          talk(
            'c',
            '[One](sandbox:/mnt/data/a.png)',
            '[Two](sandbox:/mnt/data/a.png) and [none](sandbox:/mnt/data/b.pdf)',
          ),
        ],
        [made('file_01', 'a.png', 'c', null), made('file_03', 'c.png', null, null)],
        ['file_01.dat', 'file_03.dat'],
      ),
    });
    expect(shown(alice).filter(([, , , shownIn]) => shownIn)).toEqual([
      ['a.png', 'missing', false, true],
      ['a.png', 'missing', false, true],
      ['b.pdf', 'missing', false, true],
    ]);
  });

  it('are filled in by a later export that holds the file, and stay when the same comes again', async () => {
    const { alice } = twoSpaces();
    const capture = newCapture(alice);
    const talks = [talk('c', '[Plan](sandbox:/mnt/data/plan.png)')];
    await capture.bring({ bytes: exportOf(talks, [], []) });
    expect(shown(alice)).toEqual([['plan.png', 'missing', false, true]]);
    const whole = exportOf(talks, [made('file_01', 'plan.png', 'c', 'c-a0')], ['file_01.dat']);
    await capture.bring({ bytes: whole });
    expect(shown(alice)).toEqual([['plan.png', 'present', true, true]]);
    await capture.bring({ bytes: whole, source: 'chatgpt' });
    expect(shown(alice)).toEqual([['plan.png', 'present', true, true]]);
  });

  it('of a person are no links: what they wrote stays words', async () => {
    const { alice } = twoSpaces();
    const asked = chatgptConversation('c', 'T', [{ id: 'u', parts: ['What is sandbox:/mnt/data/x.csv?'] }]);
    await newCapture(alice).bring(JSON.stringify([asked]));
    expect(shown(alice)).toEqual([]);
  });

  it.each([
    ['a name of percent signs', '[a](sandbox:/mnt/data/%E0%A4%A.txt)', 1],
    ['no name', '[a](sandbox:/mnt/data/)', 0],
    ['never closed', '[a](sandbox:/mnt/data/x', 1],
    ['a thousand', Array.from({ length: 1000 }, (_, ix) => `[a](sandbox:/mnt/data/${ix})`).join(' '), 100],
    ['very long', `[a](sandbox:/mnt/data/${'x'.repeat(100_000)})`, 1],
  ])('with %s end an import with nothing but what they are', async (_, text, most) => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring(JSON.stringify([talk('c', text)]));
    expect(run).toMatchObject({ state: 'done', report: { conversations: { added: 1 } } });
    expect(shown(alice).length).toBe(most);
  });
});
