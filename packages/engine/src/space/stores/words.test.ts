import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { openConnection } from '../../sqlite/database.ts';
import { isHuman, slotOf, wordsAt } from '../place.ts';
import type { UserSpace } from '../user-space.ts';
import { questionWords } from '../words/question-words.ts';

const ferry = {
  externalId: 'ferry',
  messages: [
    { author: 'Marta', text: 'Which ferry goes to the islands?' },
    { role: 'assistant' as const, text: `The ferry leaves from Peniche. ${'It is a long way. '.repeat(40)}` },
    { author: 'Marta', text: 'And the ferries back?' },
  ],
};
const garden = { externalId: 'garden', messages: [{ text: 'Tomatoes need pots.' }] };

const found = (space: UserSpace, word: string): number[] => {
  const term = questionWords(word)[0]?.fts ?? '';
  const pks = space.read((r) => r.words.atSlots(r.words.places(term, 100).map(slotOf)));
  return pks.map(({ messagePk }) => messagePk).sort();
};
const index = (space: UserSpace, ...pks: number[]) => space.write((w) => w.words.index(pks));
const change = (space: UserSpace, sql: string) => {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  connection.exec(sql);
  connection.close();
};

describe('the word index', () => {
  it('finds words by their stem, with a place that tells order, author and length', () => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [ferry, garden]);
    fillSpace(bob, [garden]);
    index(alice, 1, 2);
    index(bob, 1);
    expect(found(alice, 'ferry')).toEqual([1, 2, 3]);
    expect(found(bob, 'ferry')).toEqual([]);
    expect(found(bob, 'tomato')).toEqual([1]);
    const places = alice.read((r) => r.words.places('("ferry" OR "ferri")', 10));
    expect(places.map(isHuman)).toEqual([true, false, true]);
    expect(places.map((place) => slotOf(place) - slotOf(places[0] ?? 0))).toEqual([0, 1, 2]);
    expect(wordsAt(places[1] ?? 0)).toBeGreaterThan(100);
    expect(wordsAt(places[2] ?? 0)).toBeLessThan(8);
  });

  it('indexes what is read: no hidden message, no other branch, nothing of a tool', () => {
    const { alice } = twoSpaces();
    fillSpace(alice, [ferry]);
    change(
      alice,
      `UPDATE message SET hidden = 1 WHERE pk = 1; UPDATE message SET on_active_path = 0 WHERE pk = 2;
      INSERT INTO message(pk, id, conversation_pk, seq, role, author_kind, on_active_path, content_hash)
        VALUES (9, 'm9', 1, 9, 'tool', 'tool', 1, '');
      INSERT INTO part(message_pk, ix, kind, text) VALUES (9, 0, 'text', 'ferry timetable'), (3, 1, 'reasoning', 'timetable')`,
    );
    index(alice, 1);
    expect(found(alice, 'ferry')).toEqual([3]);
    expect(found(alice, 'timetable')).toEqual([]);
    expect(alice.read((r) => r.words.corpus().messages)).toBe(1);
  });

  it('is the same however often a conversation is indexed, and forgets what was deleted', () => {
    const { alice } = twoSpaces();
    fillSpace(alice, [ferry, garden]);
    index(alice, 1, 2);
    const before = alice.read((r) => ({
      corpus: r.words.corpus(),
      places: r.words.places('("ferry" OR "ferri")', 10),
    }));
    index(alice, 1);
    index(alice, 2, 1);
    expect(
      alice.read((r) => ({ corpus: r.words.corpus(), places: r.words.places('("ferry" OR "ferri")', 10) })),
    ).toEqual(before);
    expect(before.corpus.messages).toBe(4);
    change(alice, 'DELETE FROM acu; UPDATE message SET parent_pk = NULL; DELETE FROM message WHERE pk = 2');
    index(alice, 1);
    expect(found(alice, 'peniche')).toEqual([]);
    expect(alice.read((r) => r.words.corpus().messages)).toBe(3);
  });

  it('knows who speaks, and filters by what a message is', () => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [
      { ...ferry, messages: ferry.messages.map((m, i) => ({ ...m, at: `2025-06-0${i + 1}T00:00:00Z` })) },
    ]);
    index(alice, 1);
    expect(alice.read((r) => r.words.speakersAmong(['marta', 'the']))).toEqual(['marta']);
    expect(bob.read((r) => r.words.speakersAmong(['marta']))).toEqual([]);
    const wanted = (filter: object) => alice.read((r) => r.words.wanted([1, 2, 3], filter).map(({ pk }) => pk));
    expect(wanted({})).toEqual([1, 2, 3]);
    expect(wanted({ role: 'assistant' })).toEqual([2]);
    expect(wanted({ source: 'claude' })).toEqual([]);
    expect(wanted({ fromMs: Date.parse('2025-06-02'), toMs: Date.parse('2025-06-03') })).toEqual([2]);
  });
});
