/** Units cut by other rules: what says the same keeps its row, and every id of before is found. */

import { join } from 'node:path';
import type { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { runs } from '../../../../test/kit/property-runs.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';
import { conversationUnits } from './conversation-units.ts';
import { RecutTask } from './recut-units.ts';
import { segmentMessage } from './segment.ts';

const now = () => 1_700_000_000_000;
const text = 'I live in Oslo with my daughter. What is the ferry to Bergen called?\n\nI prefer short answers, always.';
const file = JSON.stringify({
  conversations: [
    {
      externalId: 'trip',
      title: 'Trip',
      messages: [
        { externalId: '1', role: 'user', content: text },
        { externalId: '2', role: 'assistant', content: 'It is called the coastal ferry, and it leaves each day.' },
      ],
    },
  ],
});

const change = (space: UserSpace, sql: string) => {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  connection.exec(sql);
  connection.close();
};
const unitsIn = (space: UserSpace) => {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  const rows = connection.prepare('SELECT pk, id, start_ix AS start, end_ix AS "end", type FROM acu ORDER BY pk').all();
  connection.close();
  return rows as { pk: number; id: string; start: number; end: number; type: string }[];
};
const recut = async (space: UserSpace) => {
  const task = new RecutTask(space, now);
  let steps = 0;
  while (task.pending() > 0 && steps++ < 10) await task.step();
  expect(task.pending()).toBe(0);
};

it('a unit whose id is made otherwise keeps its row and is found by both', async () => {
  const { alice, bob } = twoSpaces();
  await newCapture(alice).bring(file);
  await newCapture(bob).bring(file);
  const made = unitsIn(alice);
  expect(made.length).toBeGreaterThan(2);
  change(alice, "UPDATE acu SET id = 'a_old' || pk; UPDATE conversation SET units_version = 0");
  await recut(alice);
  expect(unitsIn(alice)).toEqual(made);
  for (const { pk, id } of made) {
    expect(alice.read((r) => r.acus.byId(`a_old${pk}` as AcuId))?.id).toBe(id);
    expect(bob.read((r) => r.acus.byId(`a_old${pk}` as AcuId))).toBeNull();
  }
});

it('the id of a unit that was cut otherwise leads to the one that says most of it', async () => {
  const { alice } = twoSpaces();
  await newCapture(alice).bring(file);
  const made = unitsIn(alice);
  const [first, second] = made;
  if (first === undefined || second === undefined) throw new Error('Nothing was cut.');
  // As if older rules had kept the first two together.
  change(
    alice,
    `DELETE FROM acu WHERE pk = ${first.pk}; UPDATE acu SET id = 'a_both', start_ix = ${first.start}, text_key = 'x' WHERE pk = ${second.pk}; UPDATE conversation SET units_version = 0`,
  );
  await recut(alice);
  expect(
    unitsIn(alice)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(made.map(({ id }) => id).toSorted());
  const longest = [first, second].sort((a, b) => b.end - b.start - (a.end - a.start))[0];
  expect(alice.read((r) => r.acus.byId('a_both' as AcuId))?.id).toBe(longest?.id);
});

const sentence = fc.lorem({ mode: 'sentences', maxCount: 3 });
const paragraphs = fc.array(sentence, { minLength: 1, maxLength: 6 });
const cut = (messages: readonly string[]) =>
  conversationUnits({
    id: 'c1' as ConversationId,
    messages: messages.map((said, ix) => ({
      id: `m${ix}` as MessageId,
      parentIx: ix === 0 ? null : ix - 1,
      role: 'user',
      authorKind: 'human',
      onActivePath: true,
      hidden: false,
      parts: [{ kind: 'text', text: said }],
    })) as never,
  });

it('an edit elsewhere in the conversation changes no id', () => {
  fc.assert(
    fc.property(fc.array(paragraphs, { minLength: 2, maxLength: 5 }), paragraphs, fc.nat(), (said, other, at) => {
      const texts = said.map((some) => some.join('\n\n'));
      const edited = at % texts.length;
      const [before, after] = [cut(texts), cut(texts.with(edited, other.join('\n\n')))];
      for (const [ix, units] of before)
        if (ix !== edited) expect(after.get(ix)?.map(({ id }) => id)).toEqual(units.map(({ id }) => id));
    }),
    { numRuns: runs(60) },
  );
});

it('an edit elsewhere in the message changes no id of what stays the same unit', () => {
  const units = (said: string) =>
    segmentMessage(
      {
        id: 'm' as MessageId,
        conversationId: 'c' as ConversationId,
        role: 'assistant',
        authorKind: 'model',
        parts: [{ ix: 0, kind: 'text', text: said, language: null }],
      },
      null,
    ).map((unit) => [said.slice(unit.start, unit.end), unit.type, unit.id] as const);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.lorem({ mode: 'words', maxCount: 40 }), { minLength: 2, maxLength: 8 }),
      fc.lorem({ mode: 'words', maxCount: 40 }),
      fc.nat(),
      (said, added, at) => {
        const place = at % (said.length + 1);
        const before = new Map(units(said.join('\n\n')).map(([words, type, id]) => [`${type} ${words}`, id]));
        fc.pre(!said.includes(added));
        for (const [words, type, id] of units(said.toSpliced(place, 0, added).join('\n\n'))) {
          const known = before.get(`${type} ${words}`);
          if (known !== undefined) expect(id).toBe(known);
        }
      },
    ),
    { numRuns: runs(100) },
  );
});
