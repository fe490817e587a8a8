/**
 * What people say of themselves is found, and what they only suppose, ask, quote, paste or play is not; nothing a model says is a
 * memory; said again it is more sure, said otherwise it takes the place of what was said before.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newErasing } from '../../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { notSaidInScripts, saidInScripts } from '../../../../../test/kit/said-in-scripts.ts';
import { notSaidOfHomes, saidOfHomes } from '../../../../../test/kit/said-of-homes-and-roles.ts';
import { notSaid, said } from '../../../../../test/kit/said-of-oneself.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { rulesVersion } from './rules/rule-books.ts';

const keptIn = (space: UserSpace) =>
  (['active', 'candidate', 'superseded'] as const).flatMap((state) =>
    space.read((r) =>
      r.memories.page({ limit: 500, state }).items.map((memory) => ({
        memory,
        evidence: r.memories.evidence(r.memories.find(memory.id)?.pk ?? 0),
      })),
    ),
  );

/** Each message in a conversation of its own, answered; what was kept of it by its title. */
async function keptOf(messages: readonly string[]): Promise<Map<string, string[]>> {
  const space = newSpace();
  const home = newErasing(space);
  await home.bring(
    JSON.stringify(messages.map((text, i) => dialogue(`c${i}`, `t${i}`, [text, 'I live in Paris, I am a robot.']))),
  );
  await home.settle();
  const kept = new Map<string, string[]>();
  for (const { memory, evidence } of keptIn(space))
    for (const one of evidence)
      if (one.from === 'message')
        kept.set(one.title ?? '', [...(kept.get(one.title ?? '') ?? []), `${memory.kind}: ${memory.text}`]);
  return kept;
}

describe('what a person says of themselves', () => {
  const ofHomes = Object.entries(saidOfHomes).map(
    ([language, sayings]) => [`homes and roles, ${language}`, sayings] as const,
  );
  it.each([...Object.entries({ ...said, ...saidInScripts }), ...ofHomes])(
    'is found, each by its rule, and nothing beside it: %s',
    async (_, sayings) => {
      const kept = await keptOf(sayings.map(([message]) => message));
      const found = sayings.map(([message], i) => [message, (kept.get(`t${i}`) ?? []).sort()]);
      expect(found).toEqual(sayings.map(([message, of]) => [message, [...of].sort()]));
    },
  );

  it.each([
    ['of Latin letters', notSaid],
    ['of Latin letters, of homes and roles', notSaidOfHomes],
    ['of other letters', notSaidInScripts],
  ])('is not what they suppose, ask, quote, paste, play or want just now, in languages %s', async (_, sayings) => {
    const kept = await keptOf(sayings);
    const wrong = sayings.flatMap((message, i) => (kept.has(`t${i}`) ? [[message, kept.get(`t${i}`)]] : []));
    expect(wrong).toEqual([]);
  });
});

const day = (n: number): number => Date.UTC(2024, 2, n) / 1_000;
type Talk = readonly [id: string, day: number | undefined, text: string];
async function talk(space: UserSpace, ...talks: readonly Talk[]): Promise<void> {
  const home = newErasing(space);
  for (const [id, at, text] of talks)
    await home.bring(JSON.stringify([dialogue(id, id, [text, 'I see.'], at === undefined ? undefined : day(at))]));
  await home.settle();
}
const standing = (space: UserSpace): string[] =>
  keptIn(space)
    .map(({ memory }) => `${memory.state}: ${memory.text}`)
    .sort();

describe('said again, and otherwise', () => {
  it('takes the place of what was said before, with the time it held; Bob’s stay as they are', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) await talk(space, ['a', 1, 'I live in Porto.']);
    await talk(alice, ['b', 9, 'I moved to Lisbon.']);
    expect(standing(bob)).toEqual(['active: Lives in Porto']);
    expect(standing(alice)).toEqual(['active: Lives in Lisbon', 'superseded: Lives in Porto']);
    const porto = keptIn(alice).find(({ memory }) => memory.text.endsWith('Porto'))?.memory;
    expect(porto).toMatchObject({
      validFrom: expect.stringMatching(/^2024-03-01/),
      validTo: expect.stringMatching(/^2024-03-09/),
    });
  });

  it('is one memory with more evidence and more sure, said twice the same', async () => {
    const { alice } = twoSpaces();
    await talk(alice, ['a', 1, 'I live in Porto.']);
    const once = keptIn(alice)[0]?.memory;
    await talk(alice, ['b', 2, 'As I said, I live in Porto now.']);
    const [twice, ...others] = keptIn(alice);
    expect(others).toEqual([]);
    expect(twice?.memory.evidenceCount).toBe(2);
    expect(twice?.memory.confidence).toBeGreaterThan(once?.confidence ?? 1);
  });

  it.each<[string, string[], string[]]>([
    [
      'who was before',
      ['My manager Jonas agreed.', 'My new manager is Inês Carvalho.'],
      ['active: Has a manager, Inês Carvalho', 'superseded: Has a manager, Jonas'],
    ],
    [
      'who was before, in whatever language',
      ['My supervisor is Ruth Vale.', 'Mon nouveau directeur de thèse est Paul Arnaud.'],
      ['active: Directeur de thèse: Paul Arnaud', 'superseded: Has a supervisor, Ruth Vale'],
    ],
    [
      'whom one looks for another than',
      ['My piano teacher is Mrs Hollis.', 'She moved away, so I need a new piano teacher.'],
      ['active: Is looking for a new piano teacher', 'superseded: Has a piano teacher, Mrs Hollis'],
    ],
    [
      'where one lived alone',
      ['Ich wohne in Bremen.', 'Seit gestern wohnen wir in Halle.'],
      ['active: Wohnt in Halle', 'superseded: Wohnt in Bremen'],
    ],
    [
      'what is eaten',
      ["I'm vegetarian.", 'I eat meat again since January.'],
      ['active: Eats meat', 'superseded: Eats vegetarian'],
    ],
    [
      'where one works',
      ['I work at Klinikum.', 'I no longer work at Klinikum.'],
      ['active: No longer works at Klinikum', 'superseded: Works at Klinikum'],
    ],
    [
      'for whom one works',
      ['I work at Klinikum.', 'I work for myself now.'],
      ['active: Is self-employed', 'superseded: Works at Klinikum'],
    ],
    [
      'only what it names, and is past where another holds',
      ['I work at Klinikum.', 'I work at Siemens.', 'I no longer work at Klinikum.'],
      ['active: Works at Siemens', 'superseded: No longer works at Klinikum', 'superseded: Works at Klinikum'],
    ],
    [
      'what was over and is again',
      ['I live in Porto.', 'I no longer live in Porto.', 'I live in Porto again.'],
      ['active: Lives in Porto', 'superseded: No longer lives in Porto'],
    ],
    [
      'a habit',
      ['I smoke a pack a day.', 'I quit smoking in 2019.'],
      ['active: Used to smoke, quit in 2019', 'superseded: Smokes'],
    ],
    [
      'what is eaten, in German',
      ['Ich lebe vegan.', 'Ich esse wieder Fleisch.'],
      ['active: Isst Fleisch', 'superseded: Isst vegan'],
    ],
  ])('takes the place of %s', async (_, sayings, want) => {
    const { alice, bob } = twoSpaces();
    await talk(alice, ...sayings.map((text, i): Talk => [`t${i}`, i + 1, text]));
    expect(standing(alice)).toEqual(want);
    expect(standing(bob)).toEqual([]);
    const backwards = newSpace();
    for (const [i, text] of [...sayings.entries()].reverse()) await talk(backwards, [`t${i}`, i + 1, text]);
    expect(standing(backwards)).toEqual(want);
  });

  it('goes back to what holds when the newer saying is erased', async () => {
    const { alice } = twoSpaces();
    await talk(alice, ['a', 1, 'I live in Porto.'], ['b', 9, 'I moved to Lisbon.']);
    const home = newErasing(alice);
    const newer = alice.read((r) => r.conversations.page({ limit: 9 })).items.find(({ title }) => title === 'b');
    await home.erase('conversation', newer?.id ?? '');
    await home.settle();
    expect(standing(alice)).toEqual(['active: Lives in Porto']);
  });

  it('is a matter for the person where nothing says which is newer', async () => {
    const { alice, bob } = twoSpaces();
    await talk(alice, ['a', 3, 'I live in Porto.'], ['b', 3, 'I live in Lisbon.']);
    const { items } = alice.read((r) => r.memoryDecisions.conflicts({ limit: 9 }));
    expect(items.map(({ attribute, memories }) => [attribute, memories.map(({ text }) => text).sort()])).toEqual([
      ['home', ['Lives in Lisbon', 'Lives in Porto']],
    ]);
    expect(bob.read((r) => r.memoryDecisions.conflicts({ limit: 9 })).items).toEqual([]);
    const lisbon = items[0]?.memories.find(({ text }) => text.endsWith('Lisbon'))?.id;
    const decision = { attribute: 'home', keep: lisbon === undefined ? [] : [lisbon] };
    alice.write((w) => w.memoryDecisions.settle(decision, Date.UTC(2024, 2, 20)));
    expect(standing(alice)).toEqual(['active: Lives in Lisbon', 'superseded: Lives in Porto']);
    expect(alice.read((r) => r.memoryDecisions.conflicts({ limit: 9 })).items).toEqual([]);
    // Looked for again, the decision stays; what is newer than it is asked about.
    await talk(alice, ['c', 2, 'I live in Porto.']);
    expect(standing(alice)).toEqual(['active: Lives in Lisbon', 'superseded: Lives in Porto']);
    await talk(alice, ['d', 25, 'I live in Faro.']);
    expect(standing(alice)).toContain('candidate: Lives in Faro');
    expect(alice.read((r) => r.memoryDecisions.conflicts({ limit: 9 })).items).toHaveLength(1);
  });

  it('does not overrule what the person wrote or changed, and asks them', async () => {
    const { alice } = twoSpaces();
    await talk(alice, ['a', 1, 'I live in Porto.']);
    const porto = keptIn(alice)[0]?.memory;
    alice.write((w) => w.memories.change(porto?.id as never, { pinned: true }, Date.UTC(2024, 2, 5)));
    await talk(alice, ['b', 9, 'I moved to Lisbon.']);
    expect(standing(alice)).toEqual(['active: Lives in Porto', 'candidate: Lives in Lisbon']);
    expect(alice.read((r) => r.memoryDecisions.conflicts({ limit: 9 })).items).toHaveLength(1);
  });
});

describe('the state of what was found', () => {
  it('is the same whatever order it came in, and however often it is looked for', async () => {
    const talks: Talk[] = [
      ['a', 1, 'I live in Porto. I am vegan.'],
      ['b', 5, 'I moved to Lisbon. I love hiking.'],
      ['c', 3, 'I live in Porto and I am no longer vegan.'],
      ['d', undefined, 'My favourite colour is green.'],
      ['e', 7, "I don't like hiking."],
    ];
    const shape = (space: UserSpace) =>
      keptIn(space)
        .map(({ memory: { id, text, state, confidence, validFrom, validTo, evidenceCount } }) =>
          JSON.stringify([id, text, state, confidence.toFixed(6), validFrom, validTo, evidenceCount]),
        )
        .sort();
    const one = newSpace();
    await talk(one, ...talks);
    expect(shape(one)).toHaveLength(7);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(talks, { minLength: talks.length }), async (shuffled) => {
        const space = newSpace();
        for (const each of shuffled) await talk(space, each);
        expect(shape(space)).toEqual(shape(one));
        space.write((w) => w.outbox.put('memories', w.memoryFindings.behind(rulesVersion + 1), 1));
        await newErasing(space).settle();
        expect(shape(space)).toEqual(shape(one));
      }),
      { numRuns: 4 },
    );
  });

  it('leaves out what was forgotten, however often it is said', async () => {
    const { alice } = twoSpaces();
    await talk(alice, ['a', 1, 'I am allergic to peanuts.']);
    const home = newErasing(alice);
    await home.erase('memory', keptIn(alice)[0]?.memory.id ?? '');
    await talk(alice, ['b', 2, "I'm allergic to peanuts."]);
    expect(standing(alice)).toEqual([]);
  });
});
