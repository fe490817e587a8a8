/** What a conversation is called by that has no title of its own: how its person began it. */
import { expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';

const file = (name: string) =>
  JSON.stringify({
    conversations: [
      {
        externalId: 'untitled',
        title: '  ',
        messages: [
          { externalId: '0', role: 'system', content: 'Be brief.' },
          {
            externalId: '1',
            parentId: '0',
            role: 'user',
            content: `\n\nMend the   gate of ${name}.\n${'More. '.repeat(60)}`,
          },
        ],
      },
      { externalId: 'titled', title: 'The gate', messages: [{ externalId: '1', role: 'user', content: 'Mend it.' }] },
      { externalId: 'silent', title: null, messages: [{ externalId: '1', role: 'assistant', content: 'Hello?' }] },
    ],
  });

it('is its first words, on one line; a title goes before them, and nothing is made up', async () => {
  const { alice, bob } = twoSpaces();
  for (const [space, name] of [
    [alice, 'Alice'],
    [bob, 'Bob'],
  ] as const) {
    await newCapture(space).bring(file(name));
    const { items } = space.read((r) => r.conversations.page({ limit: 10 }));
    const opening = new Map(items.map((one) => [one.externalId, one.opening]));
    expect(opening.get('untitled')).toMatch(new RegExp(`^Mend the gate of ${name}\\. More\\. .*…$`));
    expect([opening.get('untitled')?.length, opening.get('titled'), opening.get('silent')]).toEqual([120, null, null]);
  }
});
