/**
 * Standing bundles in sections: whatever is written, one that is brought up to date section by section is byte for byte the one made
 * from nothing; a write makes anew only what depends on it; and nobody else's are touched.
 */
import type { Memory } from '@vivim/contract/memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { compileStanding, StandingBundles } from './standing-bundles.ts';
import { standingMaterial } from './standing-recipes.ts';
import type { Tokenizer } from './tokens/tokenizer.ts';

const tokenizer: Tokenizer = { name: 'letters', count: (text) => Math.ceil(text.length / 4) };
const clock = () => 1_700_000_000_000;
const standingOf = (space: UserSpace) => new StandingBundles({ space, tokenizer: async () => tokenizer, clock });

const said = [
  "Let's go with Postgres for the ledger.",
  'Who brings the cake is still open.',
  'I am allergic to walnuts.',
  'Always answer in metric units.',
  'Which port does the Gateway use?',
  'The weather was lovely again and the market was full of people and of apples.',
];
const lines = (n: number, from: number): string[] =>
  Array.from({ length: n }, (_, i) => `${said[(i * 7 + from) % said.length]} That was turn ${i + 1}.`);

const ids = (space: UserSpace) => space.read((r) => r.conversations.page({ limit: 9 })).items.map(({ id }) => id);

/** What of a person's bundles is made, sectionally and from nothing. */
async function compare(space: UserSpace): Promise<void> {
  const standing = standingOf(space);
  const subjects = [
    ['identity_core', ''],
    ['global_prefs', ''],
    ...ids(space).map((id) => ['conversation', id] as const),
  ] as const;
  for (const [kind, subject] of subjects) {
    const row = await standing.ensure(kind, subject);
    const material = space.read((r) => standingMaterial(r, kind, subject, new Map()));
    const whole = material === null ? null : compileStanding(kind, subject, material, tokenizer);
    expect(row?.text).toBe(whole?.text);
    expect(row?.hash).toBe(whole?.hash);
    expect(row?.quotes.map(({ acu, message }) => [acu.id, acu.start, acu.end, message.pk])).toEqual(
      whole?.quotes.map(({ acu, message }) => [acu.id, acu.start, acu.end, message.pk]),
    );
    expect(row?.dirty).toBe(false);
  }
}

type Write = (space: UserSpace, n: number) => Promise<void> | void;
const bring = (space: UserSpace, key: string, of: readonly string[]) =>
  newCapture(space).bring({
    bytes: Buffer.from(JSON.stringify([dialogue(key, `Talk ${key}`, [...of])])),
    name: 'a.json',
  });
const kinds = ['fact', 'instruction', 'preference', 'goal'] as const satisfies readonly Memory['kind'][];
const memories = (space: UserSpace) => space.read((r) => r.memories.page({ limit: 50 })).items;
const writes: Readonly<Record<string, Write>> = {
  grows: async (space, n) => void (await bring(space, 'long', lines(60 + (n % 90) * 2, 0))),
  changes: async (space, n) => void (await bring(space, 'long', lines(60, n))),
  another: async (space, n) => void (await bring(space, `other ${n % 2}`, lines(2 + (n % 5) * 2, n))),
  states: (space, n) =>
    void space.write((w) =>
      w.memories.state(
        { text: `Rule ${n % 7} of mine.`, kind: kinds[n % 4] ?? 'fact', pinned: n % 3 === 0 },
        String(n),
        n,
      ),
    ),
  alters: (space, n) => {
    const [memory] = memories(space).slice(n % 3);
    if (memory !== undefined)
      space.write((w) => w.memories.change(memory.id, { kind: kinds[n % 4] ?? 'fact', pinned: n % 2 === 0 }, n));
  },
  archives: (space, n) => {
    const [memory] = memories(space).slice(n % 3);
    if (memory !== undefined) space.write((w) => w.memories.change(memory.id, { state: 'archived' }, n));
  },
  excludes: (space, n) => {
    const [of] = ids(space).slice(n % 2);
    if (of !== undefined) space.write((w) => w.exclusions.make({ kind: 'conversation', of }, n));
  },
  readmits: (space) =>
    space.write((w) => {
      for (const { pk } of w.exclusions.all()) w.exclusions.drop(pk);
    }),
};
const step = fc.record({ write: fc.constantFrom(...Object.keys(writes)), n: fc.nat(1_000), looked: fc.boolean() });

describe('a standing bundle', () => {
  it('brought up to date section by section is the one made from nothing, byte for byte, whatever was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const [space, other] = [newSpace(), newSpace()];
        await bring(other, 'long', lines(8, 1));
        await compare(other);
        const before = other.read((r) => r.bundles.list({ limit: 50 })).items;
        await bring(space, 'long', lines(100, 0));
        for (const { write, n, looked } of steps) {
          await writes[write]?.(space, n);
          if (looked) await compare(space);
        }
        await compare(space);
        expect(other.read((r) => r.bundles.list({ limit: 50 })).items).toEqual(before);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('makes anew only the block a message came into, and only the kind a memory is of', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) await bring(space, 'long', lines(300, 0));
    const [id] = ids(alice);
    const standing = standingOf(alice);
    await compare(alice);
    await compare(bob);
    const stand = (kind: 'conversation' | 'identity_core' | 'global_prefs', subject: string) =>
      alice.read((r) => r.bundles.sections(kind, subject)).size;
    const all = alice.read((r) =>
      r.bundles.material.blocks(r.bundles.material.conversation(id ?? '')?.pk ?? 0, 99),
    ).length;
    expect(all).toBeGreaterThan(4);
    expect(stand('conversation', id ?? '')).toBe(all);
    await bring(alice, 'long', lines(302, 0));
    expect(stand('conversation', id ?? '')).toBeGreaterThanOrEqual(all - 1);
    await standing.ensure('conversation', id ?? '');
    alice.write((w) => w.memories.state({ text: 'Rides a green bicycle.', kind: 'fact', pinned: false }, 'x', 1));
    expect(stand('identity_core', '')).toBe(3);
    expect(stand('global_prefs', '')).toBe(2);
    expect(stand('conversation', id ?? '')).toBeGreaterThanOrEqual(all);
    expect(bob.read((r) => r.bundles.list({ limit: 50 })).items.filter(({ dirty }) => dirty)).toEqual([]);
    await compare(alice);
  });
});
