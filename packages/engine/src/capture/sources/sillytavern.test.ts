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

it('Character.AI: an answer that was swiped away is a branch, in dumps and in turns', async () => {
  const dump = {
    info: { character: { name: 'Heron' } },
    histories: {
      histories: [
        {
          external_id: 'h',
          msgs: [
            { uuid: 'a', text: 'Hi', src: { is_human: true, name: 'Ada' } },
            { uuid: 'b', text: 'Ho', src: { is_human: false, name: 'Heron' }, is_alternative: true },
            { uuid: 'c', text: 'Hey', src: { is_human: false, name: 'Heron' }, is_alternative: false },
            { uuid: 'd', text: 'Well', src: { is_human: true, name: 'Ada' }, is_alternative: false },
          ],
        },
      ],
    },
  };
  const turn = (id: string, human: boolean, minute: number, taken: number, ...texts: string[]) => ({
    turn_key: { chat_id: 'h', turn_id: id },
    create_time: `2026-01-02T03:0${minute}:00Z`,
    author: { name: human ? 'Ada' : 'Heron', ...(human ? { is_human: true } : {}) },
    candidates: texts.map((raw_content, ix) => ({ candidate_id: `${id}${ix}`, raw_content })),
    primary_candidate_id: `${id}${taken}`,
  });
  const turns = {
    turns: [turn('3', true, 3, 0, 'Well'), turn('2', false, 2, 1, 'Ho', 'Hey'), turn('1', true, 1, 0, 'Hi')],
  };
  for (const file of [dump, turns, turns.turns]) {
    const [found, ...rest] = await conversationsOf(JSON.stringify(file), 'sillytavern');
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ externalId: 'h', title: 'Heron', branchPoints: 1 });
    const shown = found?.messages.filter(({ onActivePath }) => onActivePath).map(({ parts }) => parts[0]?.text);
    expect(shown).toEqual(['Hi', 'Hey', 'Well']);
    expect(found?.messages.find(({ onActivePath }) => !onActivePath)?.parts[0]?.text).toBe('Ho');
  }
});
