/**
 * Whatever order things happen in, profiles are those of a rebuild: conversations that come, change and go, corrections that are
 * made and undone, in any portions. Two people at once, and neither ever moves the other's.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FilledConversation, fillSpace } from '../../../../test/kit/fill-space.ts';
import { conversationsAbout, profilesIn, rollUp } from '../../../../test/kit/profiles.ts';
import { runs } from '../../../../test/kit/property-runs.ts';
import { newSpace } from '../../../../test/kit/spaces.ts';
import type { CorrectionRow } from '../space/correction-rules.ts';
import { contentId } from '../space/hash.ts';
import type { UserSpace } from '../space/user-space.ts';

const now = Date.parse('2025-01-01T00:00:00Z');
const conversationId = (n: number) => contentId('c', [`c${n}`]);

const thing = fc.constantFrom(
  'Kubernetes',
  'k8s',
  'retrieval augmented generation',
  'RAG',
  'retrieval augmented generation (RAG)',
  'e-mail',
  'email',
  'sourdough bread',
  'sourdough starter',
  'tax returns',
  '陶芸',
);
const person = fc.constantFrom(
  'Emma',
  'Emma Watson',
  'my daughter Emma',
  'my daughter',
  'Tom',
  'my boss Tom',
  'Lisbon',
);
const conversation = conversationsAbout(thing, person, (a, b) => `I asked ${b} about ${a} and more ${a}.`);

const keys = {
  topic: ['kubernetes', 'k8s', 'rag', 'retrieval augmented generation', 'e-mail', 'email', 'sourdough bread'],
  entity: ['emma', 'emma watson', 'my daughter', 'tom', 'my boss', 'lisbon'],
} as const;
type Correcting = Pick<CorrectionRow, 'kind' | 'action' | 'key' | 'value' | 'of'>;
const correcting = fc.constantFrom('topic' as const, 'entity' as const).chain((kind) => {
  const key = fc.constantFrom(...keys[kind]);
  const to = (action: CorrectionRow['action'], value: fc.Arbitrary<string>, of = fc.constant<string[]>([])) =>
    fc.record({ kind: fc.constant(kind), action: fc.constant(action), key, value, of });
  const flag = fc.constantFrom('true', 'false');
  return fc.oneof(
    to('merge', key),
    to('apart', key),
    to('split', key, fc.uniqueArray(key, { minLength: 1, maxLength: 2 })).map((one) => ({ ...one, of: [one.value] })),
    to('rename', fc.constantFrom('My name for it', 'Another')),
    to('pin', flag),
    to('hide', flag),
    to(
      'move',
      fc.constantFrom('emma of work', 'email'),
      fc.uniqueArray(fc.nat(5).map(conversationId), { minLength: 1 }),
    ),
    ...(kind === 'entity' ? [to('type', fc.constantFrom('person', 'place'))] : []),
  );
});

type Event =
  | { readonly does: 'put'; readonly n: number; readonly made: Omit<FilledConversation, 'externalId'> }
  | { readonly does: 'remove'; readonly n: number }
  | { readonly does: 'correct'; readonly n: number; readonly what: Correcting }
  | { readonly does: 'undo'; readonly n: number }
  | { readonly does: 'roll' };
const place = fc.nat(5);
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('put' as const), n: place, made: conversation }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('remove' as const), n: place }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('correct' as const), n: fc.nat(7), what: correcting }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('undo' as const), n: fc.nat(7) }) },
  { weight: 2, arbitrary: fc.constant({ does: 'roll' as const }) },
);

const correction = (n: number, what: Correcting): Omit<CorrectionRow, 'pk'> => ({
  ...what,
  id: contentId('r', [String(n)]),
  name: what.key,
  valueName: what.action === 'move' ? 'Work' : what.value,
  atMs: now,
});

/** One space to which things happen one after the other. */
class Home {
  readonly space: UserSpace = newSpace();
  readonly conversations = new Map<number, Omit<FilledConversation, 'externalId'>>();
  corrections: { n: number; what: Correcting }[] = [];

  async happens(one: Event): Promise<void> {
    switch (one.does) {
      case 'put':
        this.#remove(one.n);
        this.#fill(one.n, one.made);
        this.conversations.set(one.n, one.made);
        return;
      case 'remove':
        this.#remove(one.n);
        return;
      case 'correct':
        if (this.corrections.some(({ n }) => n === one.n)) return;
        this.space.write((w) => w.corrections.put(correction(one.n, one.what), now));
        this.corrections.push(one);
        return;
      case 'undo':
        if (!this.corrections.some(({ n }) => n === one.n)) return;
        this.space.write((w) => w.corrections.undo(correction(one.n, {} as Correcting).id as never, now));
        this.corrections = this.corrections.filter(({ n }) => n !== one.n);
        return;
      case 'roll':
        await rollUp(this.space);
    }
  }

  #fill(n: number, made: Omit<FilledConversation, 'externalId'>): void {
    fillSpace(this.space, [{ ...made, externalId: `c${n}` }]);
    this.space.write((w) => w.outbox.put('rollup', [this.#pk(n)], now));
  }

  #remove(n: number): void {
    if (!this.conversations.delete(n)) return;
    const pk = this.#pk(n);
    this.space.write((w) => {
      w.topics.replaceForConversation(pk, []);
      w.entities.replaceForConversation(pk, []);
      w.eraseRows.conversation(pk, conversationId(n) as never);
    });
  }

  #pk(n: number): number {
    const stored = this.space.read((r) => r.conversations.stored(conversationId(n) as never));
    if (stored === null) throw new Error('There is no such conversation.');
    return stored.pk;
  }
}

/** The same conversations all at once in another order, with the corrections that stand made before any of them came, or after. */
async function rebuilt(home: Home, correctFirst: boolean, seed: number): Promise<UserSpace> {
  const fresh = new Home();
  const correct = async () => {
    for (const { n, what } of home.corrections) await fresh.happens({ does: 'correct', n, what });
  };
  if (correctFirst) await correct();
  const order = [...home.conversations].sort(
    ([a], [b]) => ((a * 7919 + seed) % 101) - ((b * 7919 + seed) % 101) || a - b,
  );
  for (const [n, made] of order) await fresh.happens({ does: 'put', n, made });
  await rollUp(fresh.space);
  if (!correctFirst) await correct();
  await rollUp(fresh.space);
  return fresh.space;
}

describe('profiles after anything that can happen', () => {
  it('go to the only one left when its person says that the other stands alone', async () => {
    const [before, after] = [new Home(), new Home()];
    const alone: Event = {
      does: 'correct',
      n: 0,
      what: { kind: 'entity', action: 'split', key: 'emma', value: 'emma', of: ['emma'] },
    };
    const said = [
      'Yesterday I met Emma with my daughter in Lisbon. I asked Emma about Kubernetes and more Kubernetes.',
      'Yesterday I met Emma Watson with my daughter Emma in Lisbon.',
      'Yesterday I met Emma with my daughter Emma in Lisbon.',
    ].map((text, n): Event => ({ does: 'put', n, made: { title: null, messages: [{ text, role: 'user' }] } }));
    for (const event of [alone, ...said]) await before.happens(event);
    for (const event of [...said, { does: 'roll' } as const, alone]) await after.happens(event);
    for (const home of [before, after]) await rollUp(home.space);
    expect(profilesIn(after.space)).toEqual(profilesIn(before.space));
  });

  it('are those of a rebuild, for two people at once', { timeout: 120_000 }, async () => {
    const history = fc.array(event, { minLength: 3, maxLength: 24 });
    const property = fc.asyncProperty(
      history,
      history,
      fc.nat(100),
      fc.boolean(),
      async (first, second, seed, before) => {
        const [alice, bob] = [new Home(), new Home()];
        for (let i = 0; i < Math.max(first.length, second.length); i++)
          for (const [home, one] of [
            [alice, first[i]],
            [bob, second[i]],
          ] as const)
            if (one !== undefined) await home.happens(one);
        for (const home of [alice, bob]) {
          await rollUp(home.space);
          const settled = profilesIn(home.space);
          expect(settled).toEqual(profilesIn(await rebuilt(home, before, seed)));
          // Rolling all of it up again changes nothing.
          const pks = [...home.conversations.keys()].map(
            (n) => home.space.read((r) => r.conversations.stored(conversationId(n) as never))?.pk ?? 0,
          );
          home.space.write((w) => w.outbox.put('rollup', pks, now));
          await rollUp(home.space);
          expect(profilesIn(home.space)).toEqual(settled);
          home.space.close();
        }
      },
    );
    await fc.assert(property, { numRuns: runs(40) });
  });
});
