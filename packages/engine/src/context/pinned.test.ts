/** What is pinned stands in the contexts it is pinned into, within the budget, and is told of where it cannot. */
import { join } from 'node:path';
import { ContextRequest } from '@vivim/contract/context';
import type { AcuId, ExclusionId, MemoryId } from '@vivim/contract/ids';
import type { RecipeName } from '@vivim/contract/recipe';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asker, contextsOf } from '../../../../test/kit/context.ts';
import { fillSpace, indexWords } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';

const told = Array.from({ length: 40 }, (_, i) => `Glaze number ${i} ran at ${1_000 + i} degrees in the kiln.`);
const aside = 'The ferry to the islands leaves at dawn.';

function living(space: UserSpace) {
  const ids = fillSpace(space, [
    { externalId: 'kiln', messages: told.map((text) => ({ text, at: '2024-05-01T09:00:00Z' })) },
    { externalId: 'ferry', messages: [{ text: aside, at: '2024-06-01T09:00:00Z' }] },
  ]);
  indexWords(space, ids);
  const orchestrator = contextsOf(space);
  const unitOf = (text: string): AcuId => {
    const all = space.read((r) => r.acus.byPks(Array.from({ length: 60 }, (_, i) => i + 1)));
    return all.find(({ acu }) => acu.text === text)?.acu.id as AcuId;
  };
  return {
    unitOf,
    ask: (request: Partial<typeof ContextRequest._input> = {}) =>
      orchestrator.compile(
        ContextRequest.parse({ query: 'Which glaze in the kiln?', budget: 1_000, ...request }),
        asker,
      ),
    pin: (text: string, recipe?: string) =>
      space.write((w) =>
        w.pins.make(
          { kind: 'unit', of: unitOf(text), ...(recipe === undefined ? {} : { recipe: recipe as RecipeName }) },
          1,
        ),
      ),
  };
}

describe('a pinned line', () => {
  it('stands in every context, first of the history and with its day, until it is taken back; in no one else’s', async () => {
    const { alice, bob } = twoSpaces();
    const [home, other] = [living(alice), living(bob)];
    expect((await home.ask()).text).not.toContain(aside);
    const pin = home.pin(aside);
    expect(home.pin(aside)).toEqual(pin);
    const bundle = await home.ask();
    expect(bundle.text).toContain(`### Pinned by you\n- [1] 2024-06-01 user: ${aside}`);
    expect(bundle.citations.find(({ pinned }) => pinned !== undefined)).toMatchObject({
      quoted: aside,
      pinned: 'always',
    });
    expect((await home.ask({ recipe: 'concise' as RecipeName })).text).toContain(aside);
    expect((await other.ask()).text).not.toContain(aside);
    expect(() => bob.write((w) => w.pins.takeBack(pin.id))).toThrow();
    alice.write((w) => w.pins.takeBack(pin.id));
    expect((await home.ask()).text).not.toContain(aside);
  });

  it('into one recipe stands in contexts of that recipe and in no other', async () => {
    const home = living(twoSpaces().alice);
    home.pin(aside, 'coding');
    const coded = await home.ask({ recipe: 'coding' as RecipeName });
    expect(coded.citations.find(({ quoted }) => quoted === aside)?.pinned).toBe('recipe');
    expect((await home.ask()).text).not.toContain(aside);
  });

  it('goes with the recipe it is pinned into, and into one that is not there it cannot be pinned', () => {
    const { alice, bob } = twoSpaces();
    const [home, other] = [living(alice), living(bob)];
    const roof = 'roof' as RecipeName;
    for (const space of [alice, bob])
      space.write((w) => w.recipes.put(roof, { description: '', settings: {} } as never, 1));
    home.pin(aside, roof);
    home.pin(aside);
    other.pin(aside, roof);
    const into = (space: UserSpace) => space.read((r) => r.pins.all()).map(({ recipe }) => recipe);
    alice.write((w) => w.recipes.remove(roof));
    expect(into(alice)).toEqual(['']);
    expect(into(bob)).toEqual([roof]);
    expect(() => home.pin(aside, roof)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('by an id it had and by the one it has stands once, by what pinned it first', async () => {
    const { alice } = twoSpaces();
    const home = living(alice);
    const former = `a_${'a'.repeat(32)}` as AcuId;
    const [unit] = alice.read((r) => r.acus.byPks([...r.pins.units([home.unitOf(aside)]).values()]));
    const connection = openConnection(join(alice.location.directory, 'user.db'), alice.location);
    connection.prepare('INSERT INTO former_acu (id, acu_pk) VALUES (?, ?)').run(former, unit?.acu.pk);
    connection.close();
    home.pin(aside);
    const { citations, omitted } = await home.ask({ pin: { acuIds: [former] } });
    expect(citations.filter(({ quoted }) => quoted === aside).map(({ pinned }) => pinned)).toEqual(['request']);
    expect(omitted.filter(({ pinned }) => pinned)).toEqual([]);
  });

  it('of one request stands in that one', async () => {
    const home = living(twoSpaces().alice);
    const once = await home.ask({ pin: { acuIds: [home.unitOf(aside)] } });
    expect(once.citations.find(({ quoted }) => quoted === aside)?.pinned).toBe('request');
    expect((await home.ask()).text).not.toContain(aside);
  });

  it('may be a memory, as long as it holds', async () => {
    const { alice } = twoSpaces();
    const home = living(alice);
    const { id } = alice.write((w) =>
      w.memories.state({ text: 'The shed is locked at nine.', kind: 'event', scopes: ['shed'] } as never, 'v', 1),
    );
    const inIt = async () => (await home.ask({ scopes: ['kiln'] })).text.includes('The shed is locked at nine.');
    expect(await inIt()).toBe(false);
    alice.write((w) => w.pins.make({ kind: 'memory', of: id }, 1));
    expect(await inIt()).toBe(true);
    alice.write((w) => w.memoryDecisions.review(id as MemoryId, 'gone', 2));
    const { omitted } = await home.ask({ scopes: ['kiln'] });
    expect(omitted).toContainEqual(expect.objectContaining({ memoryId: id, pinned: true, reason: 'excluded' }));
  });

  it('is marked where another layer tells it, and told once', async () => {
    const { alice } = twoSpaces();
    const texts = told.slice(0, 6);
    const ids = fillSpace(alice, [
      {
        externalId: 'kiln',
        messages: texts.map((text) => ({
          text,
          at: '2024-05-01T09:00:00Z',
          units: [{ text, topics: ['kiln'] }],
        })),
      },
    ]);
    indexWords(alice, ids);
    const of = alice.read((r) => r.acus.byPks([1]))[0]?.acu.id as AcuId;
    alice.write((w) => w.pins.make({ kind: 'unit', of }, 1));
    const asked = ContextRequest.parse({ query: 'What about the kiln?', budget: 2_000 });
    const { citations, omitted } = await contextsOf(alice).compile(asked, asker);
    expect(citations.filter(({ acuId }) => acuId === of).map(({ layer, pinned }) => [layer, pinned])).toEqual([
      ['L2', 'always'],
    ]);
    expect(omitted.filter(({ pinned }) => pinned)).toEqual([]);
  });

  it('never makes a text longer than its budget, and is there or is told of, whatever is pinned', async () => {
    const { alice } = twoSpaces();
    const home = living(alice);
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(told, { minLength: 1 }),
        fc.integer({ min: 256, max: 1_500 }),
        async (texts, budget) => {
          const acuIds = texts.map(home.unitOf);
          const { tokens, citations, omitted } = await home.ask({ pin: { acuIds }, budget });
          expect(tokens).toBeLessThanOrEqual(budget);
          const here = new Set<string | null>(citations.map(({ acuId }) => acuId));
          const left = omitted.filter(({ pinned }) => pinned === true);
          const missing = acuIds.filter((id) => !here.has(id));
          expect(left.map(({ acuId }) => acuId).sort()).toEqual(missing.sort());
          for (const { reason } of left) expect(reason).toBe('budget');
        },
      ),
      { numRuns: 25 },
    );
  });

  it('yields to what its person keeps out, to what a request leaves out, and says so', async () => {
    const { alice } = twoSpaces();
    const home = living(alice);
    home.pin(aside);
    const unit = home.unitOf(aside);
    const out = alice.write((w) => w.exclusions.make({ kind: 'unit', of: unit }, 1));
    const told = expect.objectContaining({ acuId: unit, reason: 'excluded', pinned: true });
    const kept = await home.ask();
    expect(kept.text).not.toContain(aside);
    expect(kept.omitted).toContainEqual(told);
    alice.write((w) => w.exclusions.takeBack(out.id as ExclusionId));
    expect((await home.ask({ exclude: { acuIds: [unit] } })).omitted).toContainEqual(told);
    expect((await home.ask({ exclude: { layers: ['L5'] } })).omitted).toContainEqual(told);
    expect((await home.ask()).text).toContain(aside);
    expect((await home.ask({ asOf: '2024-05-15' })).text).not.toContain(aside);
  });
});

describe('a project at hand', () => {
  it('brings what holds in it without a conversation, and is refused where there is none', async () => {
    const { alice } = twoSpaces();
    const home = living(alice);
    await expect(home.ask({ projectId: `p_${'a'.repeat(32)}` as never })).rejects.toMatchObject({ code: 'not_found' });
  });
});
