/** Records of what was asked for: bounded, scrubbed by every erasure, left behind by what leaves, brought along from an older schema. */
import { join } from 'node:path';
import { type AskedKind, askedWordsKept, givenKept } from '@vivim/contract/asked';
import type { AskedId, ConversationId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { expect, it } from 'vitest';
import { newErasing } from '../../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { newLocation, newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import { AskedRecords } from '../../http/asked-records.ts';
import { openConnection } from '../../sqlite/database.ts';
import { migrations } from '../migrations/migrations.ts';
import { createUserSpace, openUserSpace, type UserSpace } from '../user-space.ts';
import { keptAsked, keptGiven, keptMs, keptOfSession } from './asked.ts';

const hour = 3_600_000;
const begun = 1_700_000_000_000;
const claude = uuidv7(1);
const script = uuidv7(2);

function put(
  space: UserSpace,
  atMs: number,
  more: { session?: string; words?: string; given?: readonly string[]; kind?: AskedKind } = {},
): AskedId {
  const { session = claude, words = 'roof', given = [], kind = 'search' } = more;
  const id = uuidv7(atMs) as AskedId;
  const who = { sessionId: session, way: 'mcp', application: 'Claude' } as const;
  space.writeBeside((w) => w.asked.put({ id, atMs, ...who, kind, words, count: 1, characters: 9 }, given));
  return id;
}
const idsOf = (space: UserSpace, more: object = {}) =>
  space.read((r) => r.asked.page({ limit: 200, ...more })).items.map(({ id }) => id);

it('writes no news: the version of the space stays', () => {
  const { alice, bob } = twoSpaces();
  const { version } = alice;
  const id = put(alice, begun);
  expect([alice.version, idsOf(alice), idsOf(bob)]).toEqual([version, [id], []]);
});

it('keeps the newest, of one session no more than its share, and what was given of the newest alone', () => {
  const { alice } = twoSpaces();
  const first = put(alice, begun, { session: script, given: [`m_${'a'.repeat(32)}`] });
  alice.writeBeside((w) => {
    const of = { way: 'mcp', application: null, kind: 'search', words: null, count: 0, characters: null } as const;
    for (let i = 0; i < keptOfSession; i += 1) {
      const atMs = begun + i + 1;
      w.asked.put({ ...of, id: uuidv7(atMs) as AskedId, atMs, sessionId: claude }, ['m_x']);
    }
  });
  const count = () => alice.read((r) => r.asked.askers(null)).reduce((sum, asker) => sum + asker.count, 0);
  expect(count()).toBe(keptOfSession + 1);
  // What was given of it stood keptGiven records ago; that it asked stays.
  expect(alice.read((r) => r.asked.find(first))).toMatchObject({ given: null, summary: { words: 'roof' } });
  const last = put(alice, begun + keptOfSession + 1);
  expect(count()).toBe(keptOfSession + 1);
  expect(idsOf(alice, { limit: 1 })).toEqual([last]);
  expect(idsOf(alice, { sessionId: script })).toEqual([first]);
  expect(keptGiven).toBeLessThanOrEqual(keptOfSession);
  expect(keptAsked).toBeGreaterThan(keptOfSession);
});

it('keeps nothing for longer than a year, and no more ids of one question than it says', () => {
  const { alice } = twoSpaces();
  const old = put(alice, begun);
  const given = Array.from({ length: givenKept + 5 }, (_, i) => `m_${i}`);
  const id = put(alice, begun + keptMs, { given });
  expect(idsOf(alice)).toEqual([id, old]);
  const later = put(alice, begun + keptMs + hour);
  expect(idsOf(alice)).toEqual([later, id]);
  expect(alice.read((r) => r.asked.find(id))?.given).toHaveLength(givenKept);
});

it('of a list that is read page by page is one record, and of another question another', () => {
  const { alice } = twoSpaces();
  const list = { kind: 'subjects', words: 'roof' } as const;
  const first = put(alice, begun, { ...list, given: ['t_1', 't_2'] });
  put(alice, begun + 1, { ...list, session: script });
  put(alice, begun + 2, { ...list, given: ['t_2', 't_3'] });
  expect(alice.read((r) => r.asked.find(first))).toMatchObject({
    summary: { count: 2, characters: 18 },
    given: ['t_1', 't_2', 't_3'],
  });
  put(alice, begun + 3, { ...list, words: 'door' });
  put(alice, begun + 4, { ...list });
  put(alice, begun + hour, { ...list });
  expect(idsOf(alice, { sessionId: claude })).toHaveLength(4);
  put(alice, begun + hour + 1, { kind: 'search' });
  put(alice, begun + hour + 2, { kind: 'search' });
  expect(idsOf(alice, { sessionId: claude })).toHaveLength(6);
});

it('of an erasure: every question loses its words, and what is gone is named no more', async () => {
  const { alice, bob } = twoSpaces();
  const home = newErasing(alice);
  await home.bring(
    JSON.stringify([
      dialogue('garden', 'Tomatoes', ['When do I sow qztomato in Lisbon?', 'Sow qztomato in March.']),
      dialogue('ferry', 'Ferries', ['Which ferry goes there?', 'The one from Peniche goes there.']),
    ]),
  );
  await home.settle();
  const all = alice.read((r) => r.conversations.page({ limit: 9 })).items;
  const of = (title: string) => all.find((one) => one.title === title)?.id as ConversationId;
  const said = (id: ConversationId) =>
    (alice.read((r) => r.conversations.messages(id, { limit: 9, branches: 'all' }))?.items ?? []).map((m) => m.id);
  const [garden, ferry] = [of('Tomatoes'), of('Ferries')];
  const stays = [ferry, ...said(ferry)];
  const id = put(alice, begun, { words: 'qztomato', given: [garden, ...said(garden), ...stays] });
  const hers = put(bob, begun, { words: 'qztomato', given: [garden] });
  await home.erase('conversation', garden);
  expect(alice.read((r) => r.asked.find(id))).toMatchObject({
    given: stays,
    summary: { words: null, count: 1, application: 'Claude', kind: 'search' },
  });
  const things = alice.read((r) => r.askedThings([garden, ...stays]));
  expect(things.map(({ gone }) => gone)).toEqual([true, ...stays.map(() => false)]);
  const connection = openConnection(join(alice.location.directory, 'user.db'), alice.location);
  const rows = JSON.stringify(connection.prepare('SELECT * FROM asked').all());
  connection.close();
  for (const word of ['qztomato', garden]) expect(rows).not.toContain(word);
  expect(bob.read((r) => r.asked.find(hers))).toMatchObject({ summary: { words: 'qztomato' }, given: [garden] });
});

it('of a full space is refused: what cannot be written down is not given', () => {
  const [full, bob] = [newSpace({ quotaBytes: 1024 ** 2 }), newSpace()];
  const records = new AskedRecords({ space: full, clock: () => begun, mask: (text) => text });
  const ask = () => {
    for (let i = 0; i < keptOfSession; i += 1)
      records.keep(
        { sessionId: claude, way: 'mcp' },
        { kind: 'search', words: 'x'.repeat(askedWordsKept), given: [`m_${'a'.repeat(900)}`], count: 1 },
        9,
      );
  };
  expect(ask).toThrow(expect.objectContaining({ code: 'quota_exceeded' }));
  put(bob, begun);
  expect(idsOf(bob)).toHaveLength(1);
});

it('of schema 5 records of contexts come along, with nobody’s name', () => {
  const location = newLocation();
  createUserSpace(location, () => 1, migrations.slice(0, 5)).close();
  const id = uuidv7(begun);
  const connection = openConnection(join(location.directory, 'user.db'), location);
  connection
    .prepare(
      `INSERT INTO assembly (id, at_ms, session_id, way, query, recipe, budget, tokens, tokenizer, hash, lines, took_ms, given_ids)
       VALUES (?, ?, ?, 'mcp', 'Which roof?', 'balanced', 900, 90, 'o200k_base', 'h', 3, 1, 'a_x')`,
    )
    .run(id, begun, claude);
  connection.close();
  const space = openUserSpace(location, () => 1);
  const asked = put(space, begun + hour);
  const { items } = space.read((r) => r.asked.page({ limit: 9 }));
  expect(items).toMatchObject([
    { id: asked, kind: 'search' },
    { id, kind: 'context', words: 'Which roof?', application: null, tokens: 90, count: 3, recipe: 'balanced' },
  ]);
  expect(space.read((r) => r.asked.page({ limit: 9, kind: 'context' })).items.map((one) => one.id)).toEqual([id]);
  expect(space.read((r) => r.asked.askers(null)).map((one) => [one.application, one.count])).toEqual([
    ['Claude', 1],
    [null, 1],
  ]);
  space.close();
});
