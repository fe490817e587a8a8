/** What is predicted from what is open, typed, asked and usual, and how it is held against what is asked; two people. */
import type { ConversationId, EntityId, TopicId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { type FilledMessage, fillSpace, indexWords } from '../../../../../test/kit/fill-space.ts';
import { foresightOf } from '../../../../../test/kit/foresight.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';

const about = (text: string, topic: string, at = '2024-05-01T20:00:00Z'): FilledMessage => ({
  text,
  at,
  units: [{ text, topics: [topic], ...(text.includes('Emma') ? { entities: ['Emma'] } : {}) }],
});
function filled(space: UserSpace) {
  const ids = fillSpace(space, [
    {
      externalId: 'clay',
      title: 'Clay',
      messages: [
        about('Emma showed me pottery on a wheel.', 'pottery'),
        about('A kiln for pottery is hot.', 'pottery'),
        about('The glaze of that pottery ran.', 'pottery'),
      ],
    },
    {
      externalId: 'boat',
      title: 'Boat',
      messages: Array.from({ length: 25 }, (_, i) =>
        about(`Sailing goes on, day ${i}.`, 'sailing', '2024-05-02T09:10:00Z'),
      ),
    },
  ]);
  indexWords(space, ids);
  const idOf = (kind: 'topic' | 'entity', name: string) =>
    space.read((r) => r.bundles.material.subjects(kind, 10)).find((each) => each.name === name)?.id;
  return {
    clay: ids[0] as ConversationId,
    pottery: idOf('topic', 'pottery') as TopicId,
    sailing: idOf('topic', 'sailing') as TopicId,
    emma: idOf('entity', 'Emma') as EntityId,
  };
}
const both = () => {
  const { alice, bob } = twoSpaces();
  return { alice: { ...filled(alice), ...foresightOf(alice) }, bob: { ...filled(bob), ...foresightOf(bob) } };
};

describe('foresight', () => {
  it('predicts nothing while nobody is there, and counts a question asked then as one nothing was predicted for', async () => {
    const { alice, bob } = both();
    await alice.settle();
    expect([alice.foresight.predicted, alice.warmUp.pending()]).toEqual([[], 0]);
    await alice.ask('What about pottery?');
    expect(alice.tally()).toMatchObject({ questions: 1, unpredicted: 1, hits: 0, misses: 0 });
    expect(bob.tally()).toMatchObject({ questions: 0, since: null });
  });

  it('takes what is open, what the open conversation is about and what is typed, and says which', async () => {
    const { alice, bob } = both();
    const why = () => Object.fromEntries(alice.foresight.predicted.map(({ id, why }) => [id, why]));
    await alice.show({ conversationId: alice.clay });
    expect(why()).toMatchObject({ [alice.clay]: ['open'], [alice.pottery]: ['beside'] });
    await alice.show({ topicId: alice.pottery });
    expect(why()[alice.pottery]).toEqual(['open']);
    await alice.show({ typed: 'What did Emma say of pott' });
    expect(why()[alice.emma]).toEqual(['typed']);
    expect(alice.foresight.predicted[0]?.id).toBe(alice.emma);
    expect(bob.foresight.predicted).toEqual([]);
  });

  it('expects what is asked at this hour more than what is not, and what was asked lately again', async () => {
    const { alice } = both();
    await alice.show({ entityId: alice.emma });
    const scoreOf = (id: string) => alice.foresight.predicted.find((each) => each.id === id)?.score ?? 0;
    expect(scoreOf(alice.sailing)).toBeGreaterThan(scoreOf(alice.pottery));
    alice.clock.ms += 12 * 3_600_000;
    await alice.show({ entityId: alice.emma });
    expect(scoreOf(alice.sailing)).toBe(0);
    await alice.ask('When did the pottery glaze run?');
    await alice.settle();
    expect(alice.foresight.predicted.find(({ id }) => id === alice.pottery)?.why).toContain('recent');
    alice.clock.ms += 24 * 3_600_000;
    expect(alice.foresight.predicted).toEqual([]);
  });

  it('counts hits and misses by what spoke for them, and is not made right by the question itself', async () => {
    const { alice, bob } = both();
    await alice.show({ topicId: alice.pottery });
    await alice.ask('Is sailing like pottery?');
    expect(alice.tally()).toMatchObject({ questions: 1, hits: 1, signals: { open: { predicted: 1, right: 1 } } });
    await bob.show({ entityId: bob.emma });
    await bob.ask('Tell me of pottery and its glaze.');
    expect(bob.tally()).toMatchObject({
      hits: 0,
      misses: 1,
      foreseen: 0,
      signals: { open: { predicted: 1, right: 0 } },
    });
  });

  it('is told of conversations and topics that are another one’s or nowhere, and shows nothing by it', async () => {
    const { alice, bob } = twoSpaces();
    filled(alice);
    const [foreign] = fillSpace(bob, [{ externalId: 'hangar', title: 'Flying', messages: [{ text: 'A hangar.' }] }]);
    const { show, foresight } = foresightOf(alice);
    await show({ conversationId: foreign, topicId: `t_${'a'.repeat(32)}` as TopicId });
    expect(foresight.predicted.filter(({ why }) => why.includes('open'))).toEqual([]);
    const hers = foresightOf(bob);
    await hers.show({ conversationId: foreign });
    expect(hers.foresight.predicted.map(({ id }) => id)).toEqual([foreign]);
  });

  it('goes on when the clock goes back', async () => {
    const { alice } = both();
    await alice.show({ topicId: alice.pottery });
    await alice.ask('And pottery?');
    alice.clock.ms -= 3 * 86_400_000;
    await alice.show({ topicId: alice.pottery });
    expect(alice.foresight.predicted[0]?.id).toBe(alice.pottery);
    expect(alice.foresight.predicted[0]?.score).toBeLessThan(1);
    alice.clock.ms += 400_000;
    expect(alice.foresight.predicted).toEqual([]);
  });
});
