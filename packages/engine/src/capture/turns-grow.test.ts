/** The hashes of what a session says are the same whether it came whole or line by line: each time only what is new is read. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sessionLine } from '../../../../test/kit/session-lines.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { growSession } from './grow-session.ts';
import { sessionTurns } from './lineage.ts';

const onUnexpected = (error: unknown): never => {
  throw error;
};

function grow(space: UserSpace, key: string, from: number, text: string): void {
  const lines = { key, source: 'claude-code', fileName: 's.jsonl', from, bytes: Buffer.from(text) } as const;
  const verb = { id: `${key}-${from}`, operation: 'growWatchedFile', requestHash: 'h' } as const;
  growSession({ space, clock: () => 1_790_000_000_000, onUnexpected }, lines, verb);
}

/** What is stored, and what all of it says read anew. */
function turnsOf(space: UserSpace): { stored: unknown; anew: unknown } {
  const [session] = space.read((r) => r.conversations.page({ limit: 2 })).items;
  if (session === undefined) return { stored: [], anew: [] };
  return space.write((w) => {
    const pk = w.conversations.stored(session.id)?.pk ?? 0;
    return { stored: w.lineage.turns(pk), anew: sessionTurns(w.lineage.path(pk, 0)) };
  });
}

it('holds at every cut, and whoever else writes', () => {
  const texts = fc.array(fc.constantFrom('Prune qzroses?', 'In winter.', 'And qzfigs?', ''), {
    minLength: 3,
    maxLength: 9,
  });
  fc.assert(
    fc.property(texts, fc.uniqueArray(fc.nat(8), { maxLength: 5 }), (said, cuts) => {
      const { alice, bob } = twoSpaces();
      const lines = said.map((text, n) => sessionLine('one', n, text));
      const starts = [0, ...cuts.filter((cut) => cut > 0 && cut < lines.length).toSorted((a, b) => a - b)];
      starts.forEach((start, ix) => {
        const before = lines.slice(0, start).join('').length;
        grow(alice, 'log', before, lines.slice(start, starts[ix + 1]).join(''));
        const { stored, anew } = turnsOf(alice);
        expect(stored).toEqual(anew);
      });
      grow(bob, 'log', 0, lines.join(''));
      const hashes = (space: UserSpace) => (turnsOf(space).stored as { hash: string }[]).map(({ hash }) => hash);
      expect(hashes(alice)).toEqual(hashes(bob));
      alice.close();
      bob.close();
    }),
    { numRuns: 25 },
  );
});
