/** What a person put right goes with what it was about, out of the file as out of every list, and nothing else of it goes. */
import type { TopicId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { newErasing, rawPages, wordsIn } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';

const word = (name: string) => `qz${name}wx`;
const plan = dialogue('plan', `Plan for ${word('orchid')}`, [
  `I grow ${word('orchid')} in the greenhouse. The ${word('orchid')} likes shade.`,
  'It does.',
  `My ${word('orchid')} flowers now.`,
  'Good.',
]);
const other = dialogue('other', `About ${word('fern')}`, [
  `I grow ${word('fern')} too. The ${word('fern')} likes water.`,
  'It does.',
  `My ${word('fern')} is green.`,
  'Good.',
]);

async function home(space: UserSpace) {
  const made = newErasing(space);
  await made.bring(JSON.stringify([plan, other]));
  await made.settle();
  return made;
}
const topic = (space: UserSpace, label: string): TopicId => {
  const found = space.read((r) => r.topics.list({ limit: 50 }, 0)).items.find((one) => one.label.startsWith(label));
  if (found === undefined) throw new Error(`There is no topic ${label}.`);
  return found.id;
};
const rename = (space: UserSpace, id: TopicId, name: string) =>
  space.write((w) => w.corrections.make('topic', id, { action: 'rename', name }, name, 1));
const actions = (space: UserSpace) =>
  space.read((r) => r.corrections.page({ limit: 10 })).items.map(({ value }) => value);
const standsIn = (space: UserSpace, ...words: string[]) => wordsIn(rawPages(space.location), words);

describe('a correction', () => {
  it.each(['topic', 'conversation'] as const)('of what was erased as a %s is nowhere', async (kind) => {
    const { alice, bob } = twoSpaces();
    const [his, hers] = [await home(bob), await home(alice)];
    for (const space of [alice, bob]) {
      rename(space, topic(space, word('orchid')), word('petname'));
      rename(space, topic(space, word('fern')), word('greenname'));
    }
    const id =
      kind === 'topic'
        ? topic(alice, word('petname'))
        : alice.read((r) => r.conversations.page({ limit: 9 })).items.find(({ title }) => title?.startsWith('Plan'))
            ?.id;
    await hers.erase(kind, id ?? '');
    expect(actions(alice)).toEqual([word('greenname')]);
    alice.emptyLog();
    expect(standsIn(alice, word('petname'), ...(kind === 'topic' ? [] : [word('orchid')]))).toEqual([]);
    await hers.settle();
    expect(topic(alice, word('greenname'))).toMatch(/^t_/);
    expect(actions(bob)).toEqual([word('greenname'), word('petname')]);
    expect(his.book).toEqual([]);
  });

  it('stays where only one of the messages that say its subject goes', async () => {
    const { alice, bob } = twoSpaces();
    const hers = await home(alice);
    await home(bob);
    rename(alice, topic(alice, word('orchid')), word('petname'));
    const id = alice
      .read((r) => r.conversations.page({ limit: 9 }))
      .items.find(({ title }) => title?.startsWith('Plan'))?.id;
    const messages =
      alice.read((r) => r.conversations.messages(id as never, { limit: 9, branches: 'all' }))?.items ?? [];
    await hers.erase('message', messages[2]?.id ?? '');
    expect(actions(alice)).toEqual([word('petname')]);
    await hers.settle();
    expect(topic(alice, word('petname'))).toMatch(/^t_/);
    expect(actions(bob)).toEqual([]);
  });

  it('of a name that was redacted everywhere is nowhere, whatever it called it', async () => {
    const { alice, bob } = twoSpaces();
    const hers = await home(alice);
    await home(bob);
    rename(alice, topic(alice, word('fern')), `Beside ${word('orchid')}`);
    await hers.erase('topic', topic(alice, word('orchid')), 'redact');
    expect(actions(alice)).toEqual([]);
    alice.emptyLog();
    expect(standsIn(alice, word('orchid'))).toEqual([]);
    expect(standsIn(bob, word('orchid'))).not.toEqual([]);
  });
});
