/** Records of contexts: every line answers why it is there, and what is not there answers too; two people. */

import { type AskedSettings, Assembly } from '@vivim/contract/assembly';
import { ContextRequest } from '@vivim/contract/context';
import type { AcuId, AskedId, ExclusionId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { contextsOf } from '../../../../test/kit/context.ts';
import { fillSpace, indexWords } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { sha256 } from '../space/hash.ts';
import { keptAssemblies, keptTexts, letGoEvery } from '../space/stores/assemblies.ts';
import type { UserSpace } from '../space/user-space.ts';
import { explain } from './assembly-records.ts';
import { withNow } from './assembly-since.ts';

const clock = () => 1_700_000_000_000;
const asker = { sessionId: '00000000-0000-7000-8000-00000000000a', way: 'mcp' } as const;
const asAsked = (id: string) => id as AskedId;
const said = (text: string) => ({ text, at: '2024-05-01T09:00:00Z', units: [{ text }] });

function contextOf(space: UserSpace) {
  const ids = fillSpace(space, [
    {
      externalId: 'clay',
      title: 'Clay',
      messages: Array.from({ length: 40 }, (_, i) =>
        said(`The wheel turned ${i} times before the clay on it was centred, says my teacher of pottery.`),
      ),
    },
    { externalId: 'bread', title: 'Bread', messages: [said('The dough rests overnight.')] },
  ]);
  indexWords(space, ids);
  const orchestrator = contextsOf(space, clock, (text) => text.replace('hunter2', '[masked]'));
  const ask = (query: string) => orchestrator.compile(ContextRequest.parse({ query, budget: 400 }), asker);
  return { ids, ask };
}
const unitOf = (space: UserSpace, conversation: string | undefined): AcuId => {
  const pk = space.read((r) => r.bundles.material.conversation(conversation as never))?.pk ?? 0;
  return space.read((r) => r.bundles.material.unitsOfConversation(pk, 1))[0]?.acu.id as AcuId;
};

describe('a record of a context', () => {
  it('says who asked what, what was given, and why each line is there', async () => {
    const { alice, bob } = twoSpaces();
    const { ask } = contextOf(alice);
    contextOf(bob);
    const bundle = await ask('How is clay centred on the wheel? My password is hunter2');
    const record = alice.read((r) => r.assemblies.find(bundle.id));
    expect(Assembly.safeParse(record).error).toBeUndefined();
    expect(record).toMatchObject({
      ...asker,
      budget: 400,
      tokens: bundle.tokens,
      hash: bundle.hash,
      lines: bundle.citations.length,
    });
    expect(record?.query).toBe('How is clay centred on the wheel? My password is [masked]');
    expect(record?.given.map(({ ref }) => ref)).toEqual(bundle.citations.map(({ ref }) => ref));
    for (const line of record?.given ?? []) expect(line.reasons.length).toBeGreaterThan(0);
    expect(bob.read((r) => r.assemblies.page({ limit: 10 })).items).toEqual([]);
    expect(record?.text).toContain('My password is [masked]');
    expect(record?.text).not.toContain('hunter2');
    expect(JSON.stringify({ ...record, text: '' })).not.toContain('teacher of pottery');
  });

  it('answers why one line is there, another is not, and a third was never found', async () => {
    const { alice, bob } = twoSpaces();
    const { ask, ids } = contextOf(alice);
    const foreign = contextOf(bob);
    const { id } = await ask('How is clay centred on the wheel?');
    const why = (acuId: AcuId) => alice.read((r) => explain(r, r.assemblies.find(id) as Assembly, acuId));
    const record = alice.read((r) => r.assemblies.find(id));
    const given = why(record?.given[0]?.acuId as AcuId);
    expect(given).toMatchObject({ state: 'given', line: { ref: '1' } });
    expect(given.explanation).toContain('number');
    expect(why(record?.left.find(({ state }) => state === 'budget')?.acuId as AcuId).explanation).toContain('no room');
    expect(why(unitOf(alice, ids[1])).state).toBe('not_found');
    expect(why(`a_${'a'.repeat(32)}` as AcuId).state).toBe('gone');
    expect(unitOf(bob, foreign.ids[1])).toBeDefined();
  });

  it('keeps the newest, page by page, until it is cleared', async () => {
    const { alice } = twoSpaces();
    const { ask } = contextOf(alice);
    const { id } = await ask('wheel');
    const { given, left, layers, timings, found, text, request, ...row } = alice.read((r) =>
      r.assemblies.find(id),
    ) as Assembly;
    const whole = { text: text as string, request: request as AskedSettings };
    const more = keptAssemblies + letGoEvery;
    for (let i = 0; i < more; i += 1)
      alice.write((w) =>
        w.assemblies.put(
          { ...row, id: crypto.randomUUID() as never, atMs: i },
          { given, left, layers, timings, found },
          whole,
        ),
      );
    expect(alice.read((r) => r.assemblies.find(id))).toBeNull();
    const first = alice.read((r) => r.assemblies.page({ limit: 2 }));
    const next = alice.read((r) => r.assemblies.page({ limit: 2, cursor: first.nextCursor ?? '' }));
    expect([...first.items, ...next.items].map(({ at }) => Date.parse(at))).toEqual(
      [1, 2, 3, 4].map((nth) => more - nth),
    );
    const all = alice.read((r) => r.assemblies.page({ limit: 2 * keptAssemblies })).items;
    const texts = all.map((one) => alice.read((r) => r.assemblies.find(one.id))?.text ?? null);
    const withText = texts.filter((one) => one !== null).length;
    // They go together, so there may be a few more for a while.
    expect(withText - keptTexts).toBeGreaterThanOrEqual(0);
    expect(withText - keptTexts).toBeLessThan(letGoEvery);
    expect(texts.slice(0, withText)).not.toContain(null);
    const kept = alice.write((w) => w.asked.clear());
    expect(kept).toBe(all.length);
    expect(kept - keptAssemblies).toBeGreaterThanOrEqual(0);
    expect(kept - keptAssemblies).toBeLessThan(letGoEvery);
  });

  it('holds the very bytes that were given and what was asked for, secrets of the message masked', async () => {
    const { alice, bob } = twoSpaces();
    const bundle = await contextOf(alice).ask('How is clay centred on the wheel?');
    const kept = alice.read((r) => r.assemblies.find(bundle.id));
    expect(kept?.text).toBe(bundle.text);
    expect(sha256(kept?.text ?? '')).toBe(kept?.hash);
    expect(kept?.request).toMatchObject({ budget: 400 });
    expect(kept?.request).not.toHaveProperty('query');
    expect(bob.read((r) => r.assemblies.find(bundle.id))).toBeNull();
  });

  it('says what has become of each line since, and can be removed alone', async () => {
    const { alice } = twoSpaces();
    const { ask } = contextOf(alice);
    const { id } = await ask('How is clay centred on the wheel?');
    const other = await ask('wheel');
    const look = () => alice.read((r) => withNow(r, r.assemblies.find(id) as Assembly)).given.map(({ now }) => now);
    expect(new Set(look())).toEqual(new Set(['same']));
    const first = alice.read((r) => r.assemblies.find(id))?.given[0]?.acuId as AcuId;
    alice.write((w) => w.exclusions.make({ kind: 'unit', of: first }, 1));
    expect(look()[0]).toBe('kept_out');
    const message = alice.read((r) => r.acus.byId(first))?.messageId;
    const [gone] = alice.read((r) => r.exclusions.page({ limit: 1 })).items;
    alice.write((w) => w.exclusions.takeBack(gone?.id as ExclusionId));
    expect(message).toBeDefined();
    alice.write((w) => w.asked.remove(asAsked(id)));
    expect(alice.read((r) => r.assemblies.page({ limit: 9 })).items.map((one) => one.id)).toEqual([other.id]);
    expect(() => alice.write((w) => w.asked.remove(asAsked(id)))).toThrow();
  });

  it('is listed by time and by the way it was asked', async () => {
    const { alice } = twoSpaces();
    await contextOf(alice).ask('wheel');
    const listed = (more: object) => alice.read((r) => r.assemblies.page({ limit: 9, ...more })).items.length;
    const [{ at } = { at: '' }] = alice.read((r) => r.assemblies.page({ limit: 1 })).items;
    expect([{}, { from: at }, { to: at }, { way: 'api' }, { way: 'mcp' }].map(listed)).toEqual([1, 1, 0, 0, 1]);
  });
});
