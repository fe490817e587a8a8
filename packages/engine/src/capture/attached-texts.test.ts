/** A text that was pasted or attached is found and cited like the rest of a conversation, and is nobody's word of themselves. */
import { describe, expect, it } from 'vitest';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';

/** An export of Claude in which a question comes with a pasted text. */
const pasted = (name: string, question: string, text: string): string =>
  JSON.stringify([
    {
      uuid: `c-${name}`,
      name: `Of ${name}`,
      created_at: '2024-05-01T10:00:00Z',
      updated_at: '2024-05-01T10:00:00Z',
      chat_messages: [
        {
          uuid: `m-${name}`,
          sender: 'human',
          text: question,
          content: [{ type: 'text', text: question }],
          created_at: '2024-05-01T10:00:00Z',
          attachments: [{ file_name: 'paste.txt', file_type: 'txt', file_size: 99, extracted_content: text }],
          files: [],
        },
      ],
    },
  ]);

describe('a text that was attached', () => {
  it('is cut into references, found by its words, and makes no memory of its owner', async () => {
    const { alice, bob } = twoSpaces();
    const text = (name: string) => `I live in Oslo and I am a vegetarian.\n\nThe ${name}quartz arrived on Monday.`;
    for (const [space, name] of [
      [alice, 'alice'],
      [bob, 'bob'],
    ] as const) {
      const home = newErasing(space);
      await home.bring(pasted(name, 'Summarise this letter.', text(name)));
      await home.settle();
      const units = space.read((r) => r.acus.byPks([1, 2, 3, 4]));
      expect(units.map(({ acu }) => [acu.type, acu.text])).toEqual([
        ['question', 'Summarise this letter.'],
        ['reference', 'I live in Oslo and I am a vegetarian.'],
        ['reference', `The ${name}quartz arrived on Monday.`],
      ]);
      for (const other of ['alice', 'bob'])
        expect(space.read((r) => r.words.frequency(`${other}quartz`))).toBe(other === name ? 1 : 0);
      expect(space.read((r) => r.memories.page({ limit: 10 }).items)).toEqual([]);
    }
  });
});
