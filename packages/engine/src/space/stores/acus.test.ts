import type { AcuLinkType, AcuType } from '@vivim/contract/acu';
import { Acu } from '@vivim/contract/acu';
import { AppError } from '@vivim/contract/errors';
import type { AcuId, MessageId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { AcuDraft } from '../acu-draft.ts';
import { contentId, sha256 } from '../hash.ts';
import type { UserSpace } from '../user-space.ts';

const text = 'I live in Lisbon. How do I get to Porto by train?';
const conversations = [
  {
    externalId: 'one',
    title: 'Trains',
    messages: [
      { text, units: [] },
      { role: 'assistant', text: 'Take the Alfa Pendular.', units: [] },
    ],
  },
  { externalId: 'two', messages: [{ text: 'I live in Lisbon.', units: [], at: '2024-01-02T00:00:00Z' }] },
] as const;

const draft = (
  start: number,
  end: number,
  type: AcuType,
  ordinal: number,
  links: AcuDraft['links'] = [],
  of = text,
): AcuDraft => ({
  id: contentId('a', [of, String(start), String(end), type]) as AcuId,
  partIndex: 0,
  ordinal,
  start,
  end,
  type,
  language: 'en',
  quality: 0.5,
  textKey: sha256(of.slice(start, end)).slice(0, 16),
  links,
});
const link = (type: AcuLinkType, to: AcuDraft) => ({ type, to: to.id, weight: 1 });

/** pks of the first message of each conversation, found through the units put there. */
function filled(space: UserSpace) {
  fillSpace(space, conversations);
  return { first: 1, second: 2, third: 3 };
}
const messageId = (space: UserSpace, pk: number): MessageId => {
  const found = space.read((r) => r.acus.ofMessages([pk]))[0]?.message.id;
  if (found === undefined) throw new Error('The message has no units.');
  return found;
};

const fact = draft(0, 17, 'personal_fact', 0);
const question = draft(18, text.length, 'question', 1);

describe('the units of a message', () => {
  it('are slices of the stored text, in order, with their links', () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) filled(space);
    const led = { ...fact, links: [link('next', question)] };
    const n = alice.write((w) => w.acus.replaceForMessages(1, new Map([[1, [led, question]]])));
    expect(n).toBe(2);
    const acu = alice.read((r) => r.acus.byId(fact.id));
    expect(Acu.parse(acu)).toMatchObject({
      text: 'I live in Lisbon.',
      span: { partIndex: 0, start: 0, end: 17 },
      links: [{ type: 'next', to: question.id }],
    });
    expect(bob.read((r) => r.acus.byId(fact.id))).toBeNull();
    expect([alice.read((r) => r.acus.count()), bob.read((r) => r.acus.count())]).toEqual([2, 0]);
  });

  it('are listed page by page', () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) filled(space);
    alice.write((w) => w.acus.replaceForMessages(1, new Map([[1, [fact, question]]])));
    const id = messageId(alice, 1);
    const first = alice.read((r) => r.acus.listForMessage(id, { limit: 1 }));
    expect(first?.items.map((acu) => acu.id)).toEqual([fact.id]);
    const second = alice.read((r) => r.acus.listForMessage(id, { limit: 1, cursor: first?.nextCursor ?? '' }));
    expect(second?.items.map((acu) => acu.id)).toEqual([question.id]);
    expect(second?.nextCursor).toBeNull();
    expect(bob.read((r) => r.acus.listForMessage(id, { limit: 9 }))?.items).toEqual([]);
    expect(alice.read((r) => r.acus.listForMessage('m_none' as MessageId, { limit: 1 }))).toBeNull();
    expect(() => alice.read((r) => r.acus.listForMessage(id, { limit: 1, cursor: 'nonsense' }))).toThrow(AppError);
  });

  it('keep their row when their id stays, and go when it does not', () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) {
      filled(space);
      space.write((w) => w.acus.replaceForMessages(1, new Map([[1, [fact, question]]])));
    }
    const pk = alice.read((r) => r.acus.ofMessages([1]))[0]?.acu.pk;
    const other = draft(18, 30, 'statement', 1);
    expect(alice.write((w) => w.acus.replaceForMessages(1, new Map([[1, [fact, other]]])))).toBe(2);
    const now = alice.read((r) => r.acus.ofMessages([1]));
    expect(now.map(({ acu }) => acu.id)).toEqual([fact.id, other.id]);
    expect(now[0]?.acu.pk).toBe(pk);
    expect(alice.write((w) => w.acus.replaceForMessages(1, new Map([[1, []]])))).toBe(0);
    expect(bob.read((r) => r.acus.count())).toBe(2);
  });

  it('are linked to the earliest that says the same, also when that one goes', () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) filled(space);
    const said = 'I live in Lisbon.';
    const again = draft(0, said.length, 'personal_fact', 0, [], said);
    const more = draft(0, said.length, 'statement', 0, [], said);
    alice.write((w) => {
      w.acus.replaceForMessages(1, new Map([[1, [fact]]]));
      w.acus.replaceForMessages(2, new Map([[3, [again]]]));
    });
    expect(alice.read((r) => r.acus.byId(again.id))?.links).toEqual([{ type: 'duplicates', to: fact.id, weight: 1 }]);
    expect(alice.read((r) => r.acus.listByType(['personal_fact'], 9)).map(({ acu }) => acu.id)).toEqual([fact.id]);
    alice.write((w) => w.acus.replaceForMessages(2, new Map([[3, [again, { ...more, ordinal: 1 }]]])));
    alice.write((w) => w.acus.replaceForMessages(1, new Map([[1, []]])));
    expect(alice.read((r) => r.acus.byId(again.id))?.links).toEqual([]);
    expect(alice.read((r) => r.acus.byId(more.id))?.links).toEqual([{ type: 'duplicates', to: again.id, weight: 1 }]);
    expect(bob.read((r) => r.acus.count())).toBe(0);
  });

  it('come with message and conversation, in the order asked', () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) filled(space);
    alice.write((w) => w.acus.replaceForMessages(1, new Map([[1, [fact, question]]])));
    const pks = alice.read((r) => r.acus.ofMessages([1])).map(({ acu }) => acu.pk);
    const located = alice.read((r) => r.acus.byPks([...pks].reverse()));
    expect(located.map(({ acu }) => acu.text)).toEqual(['How do I get to Porto by train?', 'I live in Lisbon.']);
    expect(located[0]).toMatchObject({
      message: { role: 'user', externalId: 'one/0' },
      conversation: { title: 'Trains', externalId: 'one' },
    });
    expect(bob.read((r) => r.acus.byPks(pks))).toEqual([]);
  });
});

describe('the outbox', () => {
  it('holds each conversation once for each kind of work, oldest first, until it is done', () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) filled(space);
    alice.write((w) => {
      w.outbox.put('rollup', [2, 1], 10);
      w.outbox.put('rollup', [1, 2], 20);
      w.outbox.put('embed', [1], 20);
    });
    expect(alice.read((r) => [r.outbox.count('rollup'), r.outbox.count('embed')])).toEqual([2, 1]);
    expect(alice.read((r) => r.outbox.take('rollup', 1))).toEqual([{ conversationPk: 2, attempts: 0 }]);
    alice.write((w) => w.outbox.done('rollup', [2]));
    expect(alice.read((r) => r.outbox.take('rollup', 9))).toEqual([{ conversationPk: 1, attempts: 0 }]);
    expect(alice.read((r) => r.outbox.count('embed'))).toBe(1);
    expect(bob.read((r) => r.outbox.count('rollup'))).toBe(0);
  });
});
