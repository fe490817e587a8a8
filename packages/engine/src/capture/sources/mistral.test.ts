import { expect, it } from 'vitest';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';

it('Le Chat: messages in the order of their times, their pieces joined', async () => {
  const message = (id: string, role: string, createdAt: string, content: string, rest: object = {}) => ({
    id,
    chatId: 'chat',
    role,
    createdAt,
    content,
    contentChunks: null,
    ...rest,
  });
  const file = [
    message('b', 'assistant', '2026-01-10T10:02:00Z', 'Paris.', {
      contentChunks: [
        {
          type: 'tool_call',
          id: 't',
          name: 'web_search',
          publicArguments: '{"q":1}',
          publicResult: { n: 1 },
          success: true,
        },
        { type: 'text', text: 'Par' },
        { type: 'reference', referenceIds: [1], references: [{ url: 'https://example.org', title: 'E' }] },
        { type: 'text', text: 'is.' },
        { type: 'custom_element', element: 'x' },
      ],
      canvas: [{ type: 'code', title: 'A page', content: 'print(1)', language: 'python' }],
    }),
    message('a', 'user', '2026-01-10T10:01:00Z', 'Capital?', { files: [{ type: 'image', name: 'map.png' }] }),
    { ...message('z', 'user', '2026-01-09T10:01:00Z', 'Another chat'), chatId: 'other' },
  ];
  const found = await conversationsOf(JSON.stringify(file), 'mistral');
  expect(found.map(({ externalId }) => externalId)).toEqual(['chat', 'other']);
  expect(shortly(found[0])).toEqual([
    ['user', 'human', 'text: Capital?', 'image: null'],
    [
      'assistant',
      'model',
      'tool_call: {"q":1}',
      'tool_result: {"n":1}',
      'text: Paris.',
      'raw: type: custom_element\nelement: x',
      'artifact: print(1)',
    ],
  ]);
  expect(found[0]?.messages[1]?.parts[2]?.citations).toMatchObject([{ start: 3, end: 3, url: 'https://example.org' }]);
});
