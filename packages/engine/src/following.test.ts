/** The progress of what follows an import: honest figures, not too often, and the end is always told. Two people. */
import type { SpaceEvent } from '@vivim/contract/imports';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../test/kit/spaces.ts';
import { SpaceEvents } from './events.ts';
import { FollowingProgress } from './following.ts';
import type { UserSpace } from './space/user-space.ts';

function watched(space: UserSpace, embeds: boolean) {
  let nowMs = 0;
  const told: SpaceEvent[] = [];
  const events = new SpaceEvents();
  events.emit = (event) => void told.push(event);
  const progress = new FollowingProgress({ space, events, clock: () => nowMs, embeds: () => embeds });
  return { progress, told, wait: (ms: number) => (nowMs += ms) };
}
const pksOf = (space: UserSpace, ids: readonly string[]): number[] =>
  space.read((r) => ids.flatMap((id) => r.bundles.material.conversation(id as never)?.pk ?? []));
const three = ['a', 'b', 'c'].map((externalId) => ({ externalId, messages: [{ text: 'Hello there.' }] }));

describe('what follows an import', () => {
  it('counts conversations that are read and embedded, of all there are', () => {
    const { alice, bob } = twoSpaces();
    const pks = pksOf(alice, fillSpace(alice, three));
    fillSpace(bob, three);
    alice.write((w) => {
      w.outbox.put('rollup', pks, 0);
      w.outbox.put('embed', pks.slice(1), 0);
    });
    expect(watched(alice, true).progress.now()).toEqual({
      profiles: { done: 0, total: 3, remainingSeconds: null },
      meaning: { done: 1, total: 3, remainingSeconds: null },
    });
    expect(watched(bob, false).progress.now()).toEqual({
      profiles: { done: 3, total: 3, remainingSeconds: 0 },
      meaning: null,
    });
  });

  it('is told twice a second at most, with the time left once it is known, and always at its end', () => {
    const { alice } = twoSpaces();
    const pks = pksOf(alice, fillSpace(alice, three));
    const { progress, told, wait } = watched(alice, false);
    const finish = (pk: number | undefined) => alice.write((w) => w.outbox.done('rollup', [pk ?? 0]));
    alice.write((w) => w.outbox.put('rollup', pks, 0));
    progress.look();
    finish(pks[0]);
    wait(100);
    progress.look();
    expect(told).toHaveLength(1);
    wait(2_900);
    progress.look();
    expect(told.at(-1)).toEqual({
      type: 'following',
      following: { profiles: { done: 1, total: 3, remainingSeconds: 6 }, meaning: null },
    });
    finish(pks[1]);
    finish(pks[2]);
    wait(1);
    progress.look();
    progress.look();
    expect(told).toHaveLength(3);
    expect(told.at(-1)).toMatchObject({ following: { profiles: { done: 3, total: 3, remainingSeconds: 0 } } });
  });
});
