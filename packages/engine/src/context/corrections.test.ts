/** What a person puts right in topics and entities: it holds through every later rollup, and undoing it leaves nothing of it. */
import type { TopicCorrection } from '@vivim/contract/correction';
import { AppError } from '@vivim/contract/errors';
import type { CorrectionId, EntityId, TopicId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { type FilledConversation, fillSpace } from '../../../../test/kit/fill-space.ts';
import { profilesIn, rollUp } from '../../../../test/kit/profiles.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { entityProfile, topicProfile } from './profiles/assemble-profile.ts';

const now = Date.parse('2025-01-01T00:00:00Z');
let verbs = 0;

const talk = (externalId: string, ...texts: readonly string[]): FilledConversation => ({
  externalId,
  title: null,
  messages: texts.map((text, i) => ({ text, at: `2024-03-0${i + 1}T10:00:00Z` })),
});
const baking = talk('a', 'My sourdough bread is flat.', 'More sourdough bread today.', 'I bake sourdough bread.');
const baking2 = talk('b', 'The sourdough bread again.', 'A loaf of sourdough bread.');
const cluster = talk('c', 'We run Kubernetes at work.', 'Kubernetes is slow.', 'I like k8s less.', 'Our k8s broke.');
const people = talk('d', 'My daughter Emma is ill.', 'I called Emma.', 'Emma sleeps.', 'My daughter Emma eats again.');
const work = talk('e', 'My boss said that Emma from sales called.', 'I wrote to Emma about the invoice.');

async function filled(space: UserSpace, ...conversations: FilledConversation[]): Promise<UserSpace> {
  fillSpace(space, conversations);
  const pks = conversations.map((_, i) => i + 1);
  space.write((w) => w.outbox.put('rollup', pks, now));
  await rollUp(space);
  return space;
}

const topics = (space: UserSpace) => space.read((r) => r.topics.list({ limit: 100 }, now)).items;
const entities = (space: UserSpace) => space.read((r) => r.entities.list({ limit: 100 }, now)).items;
const topic = (space: UserSpace, label: string): TopicId => {
  const found = topics(space).find((one) => one.label.toLowerCase() === label.toLowerCase());
  if (found === undefined) throw new Error(`There is no topic ${label}: ${topics(space).map((one) => one.label)}`);
  return found.id;
};
const entity = (space: UserSpace, name: string): EntityId => {
  const found = entities(space).find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no ${name}: ${entities(space).map((one) => one.name)}`);
  return found.id;
};
const verb = (): string => {
  verbs += 1;
  return `verb-${verbs}`;
};
/** Everything observed once more, as after an upgrade. */
async function rebuild(space: UserSpace): Promise<void> {
  const pks = space.read((r) => [1, 2, 3, 4, 5].filter((pk) => r.corrections.conversationId(pk) !== null));
  space.write((w) => w.outbox.put('rollup', pks, now));
  await rollUp(space);
}

describe('two that are not the same', () => {
  const short = talk('s', 'Our k8s is slow.', 'The k8s again.', 'I like k8s.', 'More k8s.');
  const long = talk('l', ...Array.from({ length: 8 }, (_, n) => `Kubernetes, part ${n}.`));
  const names = (space: UserSpace): string[] => topics(space).map(({ label }) => label);

  it('stay two through later rollups, whatever their form says, and are one where that is undone', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) await filled(space, cluster, short, long);
    expect(names(alice)).not.toContain('k8s');
    const whole = topic(alice, 'Kubernetes');
    const split = alice.write((w) =>
      w.corrections.make('topic', whole, { action: 'split', parts: ['k8s'] }, verb(), now),
    );
    const before = profilesIn(alice);
    const other = topic(alice, 'k8s');
    const apart = alice.write((w) => w.corrections.make('topic', other, { action: 'apart', from: whole }, verb(), now));
    alice.write((w) => w.corrections.undo(split.id, now));
    await rebuild(alice);
    expect(names(alice)).toContain('k8s');
    expect(profilesIn(alice)).toEqual(before);
    alice.write((w) => w.corrections.undo(apart.id, now));
    expect(names(alice)).not.toContain('k8s');
    expect(profilesIn(alice)).toEqual(profilesIn(bob));
  });

  it('cannot be said of one', async () => {
    const { alice } = twoSpaces();
    await filled(alice, cluster);
    const it = topic(alice, 'Kubernetes');
    expect(() =>
      alice.write((w) => w.corrections.make('topic', it, { action: 'apart', from: it }, verb(), now)),
    ).toThrow(AppError);
  });

  it('are one once they are merged', async () => {
    const { alice } = twoSpaces();
    await filled(alice, cluster, baking, baking2);
    const [one, other] = [topic(alice, 'Kubernetes'), topic(alice, 'sourdough bread')];
    alice.write((w) => w.corrections.make('topic', one, { action: 'apart', from: other }, verb(), now));
    alice.write((w) => w.corrections.make('topic', one, { action: 'merge', into: other }, verb(), now));
    expect(topics(alice).map(({ id }) => id)).toEqual([other]);
  });
});

describe('a topic', () => {
  it('that is merged is told of as the other, and stands alone again when that is undone', async () => {
    const { alice, bob } = twoSpaces();
    await filled(alice, baking, baking2, cluster);
    await filled(bob, baking, baking2, cluster);
    const before = profilesIn(alice);
    const bread = topic(alice, 'sourdough bread');
    const kubernetes = topic(alice, 'Kubernetes');
    const merged = alice.write((w) =>
      w.corrections.make('topic', bread, { action: 'merge', into: kubernetes }, verb(), now),
    );
    expect(merged).toMatchObject({
      action: 'merge',
      name: 'sourdough bread',
      value: 'Kubernetes',
      subject: kubernetes,
    });
    await rebuild(alice);
    expect(topics(alice).map(({ label }) => label)).not.toContain('sourdough bread');
    const profile = alice.read((r) => topicProfile(r, kubernetes, now));
    expect(profile).toMatchObject({ counts: { conversations: 3, messages: 9 } });
    expect(profile?.parts).toEqual(expect.arrayContaining(['sourdough bread', 'kubernetes', 'k8s']));
    // The id of what was merged leads to what it is now.
    expect(alice.read((r) => topicProfile(r, bread, now))?.id).toBe(kubernetes);
    alice.write((w) => w.corrections.undo(merged.id, now));
    expect(profilesIn(alice)).toEqual(before);
    expect(profilesIn(bob)).toEqual(before);
    expect(bob.read((r) => r.corrections.page({ limit: 10 })).items).toEqual([]);
    expect(() => bob.write((w) => w.corrections.undo(merged.id, now))).toThrow(AppError);
  });

  it('joins its short form by itself, from which a person splits it for good', async () => {
    const { alice, bob } = twoSpaces();
    await filled(alice, cluster);
    await filled(bob, cluster);
    expect(alice.read((r) => topicProfile(r, topic(alice, 'Kubernetes'), now))).toMatchObject({
      parts: ['kubernetes', 'k8s'],
      aliases: ['k8s'],
      counts: { conversations: 1, messages: 4 },
    });
    const id = topic(alice, 'Kubernetes');
    alice.write((w) => w.corrections.make('topic', id, { action: 'split', parts: ['k8s'] }, verb(), now));
    await rebuild(alice);
    expect(alice.read((r) => topicProfile(r, id, now))).toMatchObject({ parts: [], counts: { messages: 2 } });
    expect(bob.read((r) => topicProfile(r, topic(bob, 'Kubernetes'), now))?.counts.messages).toBe(4);
    const all = { action: 'split' as const, parts: ['kubernetes', 'k8s'] };
    expect(() => bob.write((w) => w.corrections.make('topic', topic(bob, 'Kubernetes'), all, verb(), now))).toThrow(
      'Something has to stay',
    );
  });

  it('has the name, the place and the silence its person gave it', async () => {
    const { alice, bob } = twoSpaces();
    await filled(alice, baking, baking2, cluster);
    await filled(bob, baking, baking2, cluster);
    const id = topic(alice, 'sourdough bread');
    const order = topics(bob).map(({ label }) => label);
    const correct = (to: TopicCorrection) => alice.write((w) => w.corrections.make('topic', id, to, verb(), now));
    const hostile = `'; DROP TABLE topic; -- <script>alert(1)</script>`;
    correct({ action: 'rename', name: hostile });
    correct({ action: 'pin', pinned: true });
    await rebuild(alice);
    expect(topics(alice)[0]).toMatchObject({ id, label: hostile, pinned: true, aliases: ['sourdough bread'] });
    const hidden = correct({ action: 'hide', hidden: true });
    await rebuild(alice);
    expect(topics(alice).map((one) => one.id)).not.toContain(id);
    expect(alice.read((r) => topicProfile(r, id, now))?.hidden).toBe(true);
    alice.write((w) => w.corrections.undo(hidden.id, now));
    expect(topics(alice)[0]?.id).toBe(id);
    for (const { id: made } of alice.read((r) => r.corrections.page({ limit: 10 })).items)
      alice.write((w) => w.corrections.undo(made, now));
    expect(topics(alice).map(({ label }) => label)).toEqual(order);
    expect(topics(bob).map(({ label }) => label)).toEqual(order);
  });

  it('is not merged into itself, into nothing, nor into somebody else’s', async () => {
    const { alice, bob } = twoSpaces();
    await filled(alice, baking, baking2);
    await filled(bob, cluster);
    const id = topic(alice, 'sourdough bread');
    const into = (other: TopicId) => () =>
      alice.write((w) => w.corrections.make('topic', id, { action: 'merge', into: other }, verb(), now));
    expect(into(id)).toThrow('into itself');
    expect(into(topic(bob, 'Kubernetes'))).toThrow(AppError);
    expect(alice.read((r) => r.corrections.page({ limit: 10 })).items).toEqual([]);
  });
});

describe('an entity', () => {
  it('of whom a role is said is called by it too', async () => {
    const { alice, bob } = twoSpaces();
    await filled(alice, people, talk('f', 'My daughter plays chess.', 'I told my daughter a story.'));
    await filled(bob, people);
    const emma = alice.read((r) => entityProfile(r, entity(alice, 'Emma'), now));
    expect(emma).toMatchObject({ type: 'person', counts: { conversations: 2, messages: 6 } });
    expect(emma?.parts).toEqual(['emma', 'my daughter']);
    expect(emma?.relations[0]).toMatchObject({ relation: 'daughter', to: 'me' });
    expect(bob.read((r) => entityProfile(r, entity(bob, 'Emma'), now))?.counts.conversations).toBe(1);
  });

  it('that is two people is told apart by conversations, and the types a person gives hold', async () => {
    const { alice, bob } = twoSpaces();
    const ids = fillSpace(alice, [people, work]);
    alice.write((w) => w.outbox.put('rollup', [1, 2], now));
    await rollUp(alice);
    await filled(bob, people, work);
    const id = entity(alice, 'Emma');
    const before = profilesIn(alice);
    const moved = alice.write((w) =>
      w.corrections.make(
        'entity',
        id,
        { action: 'move', conversationIds: [ids[1] as never], name: 'Emma from sales' },
        verb(),
        now,
      ),
    );
    await rollUp(alice);
    expect(alice.read((r) => entityProfile(r, id, now))?.counts.conversations).toBe(1);
    const other = alice.read((r) => entityProfile(r, entity(alice, 'Emma from sales'), now));
    expect(other?.counts).toMatchObject({ conversations: 1, messages: 2 });
    alice.write((w) =>
      w.corrections.make('entity', moved.subject as EntityId, { action: 'type', type: 'organisation' }, verb(), now),
    );
    await rebuild(alice);
    expect(alice.read((r) => entityProfile(r, entity(alice, 'Emma from sales'), now))?.type).toBe('organisation');
    for (const { id: made } of alice.read((r) => r.corrections.page({ limit: 10 })).items)
      alice.write((w) => w.corrections.undo(made as CorrectionId, now));
    await rollUp(alice);
    expect(profilesIn(alice)).toEqual(before);
    expect(profilesIn(bob)).toEqual(before);
  });
});
