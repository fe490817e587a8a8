import { expect, it } from 'vitest';
import { conversationsOf, jsonLinesOf, shortly } from '../../../../../test/kit/source-files.ts';

const header = {
  user_name: 'User',
  character_name: 'Seraphina',
  create_date: '2026-01-10@10h00m00s',
  chat_metadata: { integrity: 'x' },
};
const row = (mes: string, is_user: boolean, rest: object = {}) => ({
  name: is_user ? 'User' : 'Seraphina',
  is_user,
  is_system: false,
  send_date: 'January 10, 2026 10:00am',
  mes,
  extra: {},
  ...rest,
});

it('SillyTavern: swipes are siblings, and the chosen one is shown', async () => {
  const file = jsonLinesOf(
    header,
    row('Welcome.', false, {
      swipe_id: 1,
      swipes: ['Hello.', 'Welcome.', 'Oh.'],
      swipe_info: [{ send_date: '2026-01-10T09:59:00Z' }],
    }),
    row('Where am I?', true, { send_date: 1768039260000 }),
    row('In the forest.', false, { extra: { model: 'gpt-x', reasoning: 'be gentle', image: '/img.png' } }),
    row('A note', false, { is_system: true, extra: { type: 'comment' } }),
  );
  const [found] = await conversationsOf(file, 'sillytavern');
  expect(shortly(found)).toEqual([
    ['assistant', 'model', 'text: Hello.'],
    ['assistant', 'model', 'text: Welcome.'],
    ['user', 'human', 'text: Where am I?'],
    ['assistant', 'model', 'reasoning: be gentle', 'text: In the forest.', 'image: null'],
    ['system', 'runtime', 'text: A note'],
    ['assistant', 'model', 'text: Oh.'],
  ]);
  expect(found?.messages.map(({ onActivePath }) => onActivePath)).toEqual([false, true, true, true, true, false]);
  expect(found?.messages[0]?.created.ms).toBe(Date.parse('2026-01-10T09:59:00Z'));
  expect(found?.messages[4]?.hiddenReason).toBe('hidden_from_model');
  expect(found).toMatchObject({
    title: 'Seraphina',
    created: { ms: Date.parse('2026-01-10T10:00:00Z') },
    defaultModel: 'gpt-x',
  });
});

it('SillyTavern: a chat of other tools has no first line, and rows that are none are kept', async () => {
  const [found] = await conversationsOf(jsonLinesOf(row('Hi', true), { odd: 1 }, row('Yo', false)), 'sillytavern');
  expect(shortly(found)).toEqual([
    ['user', 'human', 'text: Hi'],
    ['system', 'runtime', 'raw: odd: 1'],
    ['assistant', 'model', 'text: Yo'],
  ]);
});
