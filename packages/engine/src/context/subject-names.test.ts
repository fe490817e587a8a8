import { describe, expect, it, vi } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { BundleMaterial } from '../space/stores/bundle-material.ts';
import type { UserSpace } from '../space/user-space.ts';
import { SubjectNames } from './subject-names.ts';

/** One more conversation about a thing, as a write of its person. */
function tell(space: UserSpace, thing: string): void {
  fillSpace(space, [{ externalId: thing, messages: [{ text: thing, units: [{ text: thing, topics: [thing] }] }] }]);
  space.write((w) => w.outbox.put('embed', [1], 0));
}
const named = (names: SubjectNames, space: UserSpace, text: string) =>
  space.read((r) =>
    names
      .of(r)
      .topics.namedIn(text, 5)
      .map(({ name }) => name.toLowerCase()),
  );

describe('names of subjects', () => {
  it('are those of the space as it is, each person’s own', () => {
    const { alice, bob } = twoSpaces();
    const names = { alice: new SubjectNames(alice), bob: new SubjectNames(bob) };
    tell(alice, 'pottery kiln');
    expect(named(names.alice, alice, 'How is the pottery kiln?')).toContain('pottery kiln');
    tell(alice, 'sourdough starter');
    expect(named(names.alice, alice, 'Is the sourdough starter alive?')).toContain('sourdough starter');
    expect(named(names.bob, bob, 'How is the pottery kiln?')).toEqual([]);
  });

  it('are not made again for a write that leaves them as they are', () => {
    const { alice } = twoSpaces();
    const names = new SubjectNames(alice);
    tell(alice, 'pottery kiln');
    const before = alice.read((r) => names.of(r).topics);
    const listed = vi.spyOn(BundleMaterial.prototype, 'subjects');
    alice.write((w) => w.outbox.put('embed', [1], 0));
    expect(alice.read((r) => names.of(r).topics)).toBe(before);
    expect(listed).not.toHaveBeenCalled();
    listed.mockRestore();
  });
});
