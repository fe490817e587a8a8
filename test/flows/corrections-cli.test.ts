/** Putting topics and entities right in the terminal: a real server, two people; undone is undone. */
import { Correction } from '@vivim/contract/correction';
import { page } from '@vivim/contract/page';
import { EntityProfile, EntitySummary, TopicProfile, TopicSummary } from '@vivim/contract/profile';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { dialogue } from '../kit/exports.ts';
import { useTerminals } from '../kit/terminals.ts';

const { vivim, json, signIn } = useTerminals();
const topics = async (profile: string) => (await json(profile, page(TopicSummary), 'topics')).items;
const entities = async (profile: string) => (await json(profile, page(EntitySummary), 'entities')).items;

beforeAll(async () => {
  await signIn([
    dialogue('a', 'Kubernetes upgrade', [
      'We run Kubernetes at work. Kubernetes is slow. My daughter Emma laughs.',
      'Which version of Kubernetes?',
      'I broke our k8s. The k8s is down. Emma laughs again.',
      'Look at the k8s logs.',
    ]),
    dialogue('b', 'Sourdough bread', ['My sourdough bread is flat. More sourdough bread! I told Emma.', 'Fold it.']),
  ]);
  for (const profile of ['alice', 'bob'])
    await vi.waitFor(async () => expect((await entities(profile)).map(({ name }) => name)).toContain('Emma'), 60_000);
}, 120_000);

describe('topics and entities in the terminal', () => {
  it('are renamed, pinned, split and hidden, and stand as they were when that is undone; Bob’s stay', {
    timeout: 120_000,
  }, async () => {
    const before = await topics('alice');
    const clusters = before.find(({ label }) => label === 'Kubernetes')?.id as string;
    expect((await json('alice', TopicProfile, 'topics', clusters)).parts).toEqual(['kubernetes', 'k8s']);
    await json('alice', Correction, 'topics', 'split', clusters, 'k8s');
    expect((await json('alice', TopicProfile, 'topics', clusters)).parts).toEqual([]);
    await json('alice', Correction, 'topics', 'rename', clusters, 'The', 'clusters');
    await json('alice', Correction, 'topics', 'pin', clusters);
    expect((await topics('alice'))[0]).toMatchObject({ id: clusters, label: 'The clusters', pinned: true });
    await json('alice', Correction, 'topics', 'hide', clusters);
    expect((await topics('alice')).map(({ id }) => id)).not.toContain(clusters);
    const made = (await json('alice', page(Correction), 'topics', 'corrections')).items;
    expect(made.map(({ action }) => action)).toEqual(['hide', 'pin', 'rename', 'split']);
    expect((await vivim('alice', 'topics', 'corrections')).stdout).toContain('Kubernetes is called The clusters');
    for (const { id } of made) await json('alice', Correction, 'topics', 'undo', id);
    expect((await topics('alice')).map(({ label, counts }) => ({ label, counts }))).toEqual(
      before.map(({ label, counts }) => ({ label, counts })),
    );
    expect((await json('bob', page(Correction), 'topics', 'corrections')).items).toEqual([]);
    expect((await vivim('bob', 'topics', 'undo', made[0]?.id as string)).code).not.toBe(0);
    expect((await vivim('bob', 'topics', 'pin', clusters)).code).not.toBe(0);
  });

  it('say how a person stands to theirs, and take a type', async () => {
    const emma = (await entities('alice')).find(({ name }) => name === 'Emma')?.id as string;
    const profile = await json('alice', EntityProfile, 'entities', emma);
    expect(profile.relations[0]).toMatchObject({ relation: 'daughter', to: 'me' });
    expect((await vivim('alice', 'entities', emma)).stdout).toContain('your daughter');
    await json('alice', Correction, 'entities', 'type', emma, 'organisation');
    expect((await json('alice', EntityProfile, 'entities', emma)).type).toBe('organisation');
    expect((await vivim('alice', 'entities', 'type', emma, 'planet')).code).toBe(2);
    expect((await vivim('alice', 'entities', 'merge', emma, emma)).stderr).toContain('into itself');
  });
});
