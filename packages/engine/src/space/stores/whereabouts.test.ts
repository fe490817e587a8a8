/** Which import a conversation was seen in last goes by when the exports were made, not by the order they came in. */
import { expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';

const exportOf = (at: Date) =>
  zipOf([
    {
      name: 'conversations.json',
      bytes: JSON.stringify([{ uuid: 'olives', name: 'Olives', chat_messages: [] }]),
      at,
    },
    { name: 'users.json', bytes: '[{"uuid":"u","full_name":"A","email_address":"a@example.org"}]', at },
  ]);

it('an older export that is imported later is not the one a conversation was seen in last', async () => {
  const { alice, bob } = twoSpaces();
  const capture = newCapture(alice);
  await capture.bring({ bytes: exportOf(new Date('2026-06-01T10:00:00Z')), name: 'june.zip' });
  await capture.bring({ bytes: exportOf(new Date('2026-01-01T10:00:00Z')), name: 'january.zip' });
  const seen = alice.read((r) => r.whereabouts('Olives'));
  expect(seen.items).toMatchObject([{ state: 'here', lastImport: { fileName: 'june.zip' } }]);
  expect(bob.read((r) => r.whereabouts('Olives')).items).toEqual([]);
});

it('a title is found by its words, in any order and whatever stands between them', async () => {
  const { alice, bob } = twoSpaces();
  const titled = (title: string) =>
    JSON.stringify({ conversations: [{ externalId: title, title, messages: [{ role: 'user', content: 'Yes.' }] }] });
  await newCapture(alice).bring(titled('Rice, cooked (100%)'));
  for (const q of ['Rice cooked', 'cooked rice', 'rice, COOKED', '100%', 'ric', '%)'])
    expect([q, alice.read((r) => r.whereabouts(q)).items.length]).toEqual([q, 1]);
  for (const q of ['rice raw', '%!', '_', '...'])
    expect([q, alice.read((r) => r.whereabouts(q)).items]).toEqual([q, []]);
  expect(bob.read((r) => r.whereabouts('rice')).items).toEqual([]);
});
