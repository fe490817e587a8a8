/** A note and a conversation saved by themselves: in at once, found, joined under one id, and nobody else's. */
import { AppError } from '@vivim/contract/errors';
import { uuidv7 } from '@vivim/contract/random';
import type { Saved } from '@vivim/contract/saved';
import type { Whereabouts } from '@vivim/contract/whereabouts';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { SpaceEvents } from '../events.ts';
import type { UserSpace } from '../space/user-space.ts';
import { savedHandlers } from './saved.ts';

const clock = () => 1_790_000_000_000;

function over(space: UserSpace) {
  const handlers = savedHandlers({
    space,
    clock,
    events: new SpaceEvents(),
    wake: () => {},
    onUnexpected: (error) => {
      throw error;
    },
  });
  const verb = (operation: string) => ({ id: uuidv7(), operation, requestHash: 'h' });
  return {
    note: (body: object): Saved => handlers.saveNote({ body, verb: verb('saveNote') } as never),
    where: (q: string): Whereabouts => handlers.findWhereabouts({ query: { q } } as never),
    conversation: (body: object): Saved => handlers.saveConversation({ body, verb: verb('saveConversation') } as never),
  };
}
const list = (space: UserSpace) => space.read((r) => r.conversations.page({ limit: 20 })).items;
const textsOf = (space: UserSpace, { conversationId }: Saved) =>
  space
    .read((r) => r.conversations.messages(conversationId, { limit: 20, branches: 'all' }))
    ?.items.map(({ parts }) => parts[0]?.text);

it('a note is a conversation of one message, named by its first line', () => {
  const { alice, bob } = twoSpaces();
  const saved = over(alice).note({ text: 'I moved to Lisbon.\nIn May.' });
  expect(saved).toMatchObject({ outcome: 'added', issues: [] });
  expect(list(alice)).toMatchObject([{ title: 'I moved to Lisbon.', messageCount: 1, source: 'generic' }]);
  expect(textsOf(alice, saved)).toEqual(['I moved to Lisbon.\nIn May.']);
  const [run] = alice.read((r) => r.imports.page({ limit: 5 })).items;
  expect(run).toMatchObject({ id: saved.importId, fileName: 'saved-2026-09-21', state: 'done' });
  expect(list(bob)).toEqual([]);
});

it('the same again changes nothing; under one id it is brought up to date', () => {
  const { alice } = twoSpaces();
  const home = over(alice);
  expect(home.note({ text: 'Milk' }).outcome).toBe('added');
  expect(home.note({ text: 'Milk' }).outcome).toBe('unchanged');
  const first = home.note({ text: 'Tea', externalId: 'list' });
  const second = home.note({ text: 'Tea and bread', externalId: 'list' });
  expect([second.conversationId, second.outcome]).toEqual([first.conversationId, 'updated']);
  expect(textsOf(alice, second)).toEqual(['Tea and bread']);
  expect(list(alice)).toHaveLength(2);
});

it('a conversation grows under its id, and one that is none is refused in words', () => {
  const { alice, bob } = twoSpaces();
  const messages = [
    { externalId: '1', role: 'user', content: 'Where should we go?' },
    { externalId: '2', role: 'assistant', content: 'To the lighthouse.' },
  ];
  const first = over(alice).conversation({ externalId: 'trip', title: 'A trip', messages: messages.slice(0, 1) });
  const second = over(alice).conversation({ externalId: 'trip', title: 'A trip', messages });
  expect([second.conversationId, second.outcome]).toEqual([first.conversationId, 'updated']);
  expect(textsOf(alice, second)).toEqual(['Where should we go?', 'To the lighthouse.']);
  const refused = (): unknown => over(bob).conversation({ messages: 'none' });
  expect(refused).toThrow(AppError);
  expect(list(bob)).toEqual([]);
});

it('secrets in a note are found as in anything that comes in', () => {
  const { alice } = twoSpaces();
  const saved = over(alice).note({ text: `The token is ghp_${'aZ3kQ9xW7bT5mR1cV8nP6dL4'.repeat(2).slice(0, 36)}.` });
  expect(saved.issues.map(({ code }) => code)).toEqual(['secrets_found']);
});

it('where a conversation went has an answer: here, left out and why, or in no file of mine', async () => {
  const { alice, bob } = twoSpaces();
  const lame = { id: 'lame', conversation_id: 'lame', title: 'Roof repair, 50%', mapping: 'none' };
  const file = JSON.stringify([dialogue('talk', 'Roof repair', ['Who mends roofs?', 'Ask around.']), lame]);
  await newCapture(alice).bring({ bytes: file, name: 'export.json' });
  const found = over(alice).where('roof REPAIR');
  expect(found.items.map((one) => [one.state, one.state === 'erased' ? null : one.title])).toEqual([
    ['here', 'Roof repair'],
    ['left_out', 'Roof repair, 50%'],
  ]);
  expect(found.items[1]).toMatchObject({
    externalId: 'lame',
    import: { fileName: 'export.json', place: expect.stringMatching(/^export\.json, conversation \d+$/) },
  });
  expect(over(alice).where('talk').items).toMatchObject([
    { firstImport: { place: expect.stringMatching(/^export\.json, conversation \d+$/) } },
  ]);
  expect(over(alice).where('talk').items).toMatchObject([{ state: 'here', externalId: 'talk' }]);
  // What stands for anything in a pattern stands for itself.
  expect(over(alice).where('50%').items).toHaveLength(1);
  expect(over(alice).where('%').items).toHaveLength(1);
  expect(over(alice).where('boat')).toEqual({ items: [], more: false, imports: 1 });
  expect(over(bob).where('roof')).toEqual({ items: [], more: false, imports: 0 });
});
