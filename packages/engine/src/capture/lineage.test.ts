/** Lineage is a matter of what was said: hashes stand for beginnings, and no order of arrival changes who goes on from whom. */
import type { ConversationId } from '@vivim/contract/ids';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { descents, prefixHashes, type Session, untilAnswered } from './lineage.ts';

const turn = fc.record({ role: fc.constantFrom('user', 'assistant'), texts: fc.constantFrom('["a"]', '["b"]', '[]') });
const turns = fc.array(turn, { maxLength: 8 });

const sharedTurns = (a: readonly unknown[], b: readonly unknown[]): number => {
  const ix = a.findIndex((each, at) => JSON.stringify(each) !== JSON.stringify(b[at]));
  return ix === -1 ? a.length : ix;
};

describe('prefix hashes', () => {
  it('are the same for as many messages as two sessions begin with, and for no more', () => {
    fc.assert(
      fc.property(turns, turns, (a, b) => {
        const [one, other] = [prefixHashes(a), prefixHashes(b)];
        const k = sharedTurns(a, b);
        expect(one.map((hash, at) => hash === other[at])).toEqual(a.map((_, at) => at < k));
      }),
    );
  });
});

const session = (id: string, createdMs: number | null, said: string): Session => ({
  id: id as ConversationId,
  title: null,
  createdMs,
  updatedMs: null,
  forked: 0,
  least: 2,
  hashes: prefixHashes([...said].map((texts) => ({ role: 'user', texts }))),
});
const told = (sessions: readonly Session[]) =>
  descents(sessions)
    .map(({ child, parent, shared }) => `${child.id} from ${parent.id} by ${shared}`)
    .sort();

describe('descents', () => {
  it('go to the one most is shared with, and to the oldest of several', () => {
    const family = [session('a', 1, 'xyz'), session('b', 2, 'xyzuv'), session('c', 3, 'xyzuw'), session('d', 4, 'xyq')];
    expect(told(family)).toEqual(['b from a by 3', 'c from b by 4', 'd from a by 2']);
  });

  it('are none where less is shared than says anything', () => {
    expect(told([session('a', 1, 'xyz'), session('b', 2, 'xqz'), session('c', 3, 'q')])).toEqual([]);
  });

  it('do not depend on the order in which sessions are listed', () => {
    const member = fc.tuple(fc.option(fc.nat(3)), fc.string({ unit: fc.constantFrom('x', 'y'), maxLength: 6 }));
    const families = fc
      .array(member, { maxLength: 8 })
      .map((members) => members.map(([createdMs, said], ix) => session(`s${ix}`, createdMs, said)));
    fc.assert(
      fc.property(
        families.chain((family) =>
          fc.tuple(
            fc.constant(family),
            fc.shuffledSubarray(family, { minLength: family.length, maxLength: family.length }),
          ),
        ),
        ([family, shuffled]) => {
          expect(told(shuffled)).toEqual(told(family));
        },
      ),
    );
  });
});

describe('what says nothing', () => {
  it('is what stands before the first answer', () => {
    expect(untilAnswered([{ authorKind: 'context' }, { authorKind: 'human' }, { authorKind: 'model' }])).toBe(3);
    expect(untilAnswered([{ authorKind: 'model' }, { authorKind: 'human' }, { authorKind: 'model' }])).toBe(3);
    expect(untilAnswered([{ authorKind: 'human' }])).toBeNull();
    expect(untilAnswered([{ authorKind: 'model' }])).toBeNull();
  });
});
