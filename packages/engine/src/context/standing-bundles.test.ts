import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { StandingBundles } from './standing-bundles.ts';
import { o200k } from './tokens/byte-pair-tokenizer.ts';

let now = 1_700_000_000_000;
const standingOf = (space: UserSpace) => new StandingBundles({ space, tokenizer: o200k, clock: () => now });

const nurse = {
  text: 'I am a nurse in Leeds.',
  units: [{ text: 'I am a nurse in Leeds.', type: 'personal_fact' }],
  at: '2024-03-01T10:00:00Z',
} as const;
const metric = {
  text: 'Always answer in metric units.',
  units: [{ text: 'Always answer in metric units.', type: 'instruction' }],
} as const;
const shorter = {
  text: 'Make it shorter please.',
  units: [{ text: 'Make it shorter please.', type: 'instruction' }],
} as const;
const wheel = {
  text: 'The wheel is the hardest part of pottery.',
  units: [{ text: 'The wheel is the hardest part of pottery.', topics: ['pottery'], entities: ['Emma'] }],
} as const;

const drain = async (standing: StandingBundles): Promise<number> => {
  let steps = 0;
  for (; standing.pending() > 0; steps += 1) await standing.step();
  return steps;
};

describe('standing bundles', () => {
  it('hold what the person said of themselves and always wants, each line cited', async () => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [{ externalId: 'one', title: 'Work', messages: [nurse, metric, shorter] }]);
    fillSpace(bob, [
      {
        externalId: 'one',
        messages: [{ text: 'I am a pilot.', units: [{ text: 'I am a pilot.', type: 'personal_fact' }] }],
      },
    ]);
    const identity = await standingOf(alice).ensure('identity_core', '');
    const prefs = await standingOf(alice).ensure('global_prefs', '');
    expect(identity?.text).toBe('# Identity\n- [1] 2024-03-01 I am a nurse in Leeds.\n');
    expect(prefs?.text).toContain('Always answer in metric units.');
    expect(prefs?.text).not.toContain('shorter');
    expect(identity?.quotes.map(({ message }) => message.externalId)).toEqual(['one/0']);
    expect((await standingOf(bob).ensure('identity_core', ''))?.text).toContain('pilot');
  });

  it('are compiled in the background for the first topics and entities, and then rest', async () => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [{ externalId: 'one', title: 'Clay', messages: [wheel, nurse] }]);
    const standing = standingOf(alice);
    expect(await drain(standing)).toBe(4);
    const { items } = alice.read((r) => r.bundles.list({ limit: 10 }));
    expect(items.map(({ kind, label }) => `${kind} ${label}`).sort()).toEqual([
      'entity Emma',
      'global_prefs Preferences',
      'identity_core Identity',
      'topic pottery',
    ]);
    expect(standing.pending()).toBe(0);
    expect(standingOf(bob).pending()).toBe(0);
    expect(bob.read((r) => r.bundles.list({ limit: 10 })).items).toEqual([]);
  });

  it('keep version, time and bytes when touched without change', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) fillSpace(space, [{ externalId: 'one', messages: [nurse] }]);
    const standing = standingOf(alice);
    const before = await standing.ensure('identity_core', '');
    await standingOf(bob).ensure('identity_core', '');
    now += 1_000;
    alice.write((w) => w.bundles.markDirty('acu_type', ['personal_fact']));
    expect(alice.read((r) => r.bundles.find('identity_core', ''))?.dirty).toBe(true);
    expect(bob.read((r) => r.bundles.find('identity_core', ''))?.dirty).toBe(false);
    const after = await standing.ensure('identity_core', '');
    expect(after).toEqual(before);
  });

  it('get a new version when what they were made from changes', async () => {
    const { alice, bob } = twoSpaces();
    for (const space of [alice, bob]) fillSpace(space, [{ externalId: 'one', messages: [nurse] }]);
    const standing = standingOf(alice);
    const before = await standing.ensure('identity_core', '');
    const foreign = await standingOf(bob).ensure('identity_core', '');
    fillSpace(alice, [
      {
        externalId: 'two',
        messages: [
          {
            text: 'My daughter is called Emma.',
            units: [{ text: 'My daughter is called Emma.', type: 'personal_fact' }],
          },
        ],
      },
    ]);
    alice.write((w) => w.bundles.markDirty('acu_type', ['personal_fact']));
    const after = await standing.ensure('identity_core', '');
    expect(after?.version).toBe(2);
    expect(after?.hash).not.toBe(before?.hash);
    expect(after?.text).toContain('Emma');
    expect(await standingOf(bob).ensure('identity_core', '')).toEqual(foreign);
  });

  it('are dirty once a conversation they quote changes, whatever their kind', async () => {
    const { alice, bob } = twoSpaces();
    const [conversation = ''] = fillSpace(alice, [{ externalId: 'one', messages: [wheel, nurse] }]);
    fillSpace(bob, [{ externalId: 'one', messages: [wheel, nurse] }]);
    await drain(standingOf(alice));
    await drain(standingOf(bob));
    await standingOf(alice).ensure('conversation', conversation);
    alice.write((w) => w.bundles.markDirty('conversation', [conversation]));
    const dirty = alice.read((r) => r.bundles.list({ limit: 10 })).items.filter((row) => row.dirty);
    expect(dirty.map(({ kind }) => kind).sort()).toEqual(['conversation', 'entity', 'identity_core', 'topic']);
    expect(bob.read((r) => r.bundles.list({ limit: 10 })).items.some((row) => row.dirty)).toBe(false);
  });

  it('go when their subject goes', async () => {
    const { alice, bob } = twoSpaces();
    expect(await standingOf(alice).ensure('topic', `t_${'a'.repeat(32)}`)).toBeNull();
    const [own = ''] = fillSpace(alice, [{ externalId: 'one', messages: [wheel] }]);
    expect(await standingOf(bob).ensure('conversation', own)).toBeNull();
    expect(await standingOf(alice).ensure('conversation', own)).not.toBeNull();
  });

  it('stay within their size and cut nothing but at a seam', async () => {
    const { alice, bob } = twoSpaces();
    const many = Array.from({ length: 300 }, (_, i) => {
      const text = `I have worked for ${i} years in hospital number ${i * 7}.`;
      return { text, units: [{ text, type: 'personal_fact' as const }] };
    });
    fillSpace(alice, [{ externalId: 'one', messages: many }]);
    const row = await standingOf(alice).ensure('identity_core', '');
    expect(row?.tokens).toBeLessThanOrEqual(800);
    expect(row?.tokens).toBeGreaterThan(600);
    expect((await o200k()).count(row?.text ?? '')).toBe(row?.tokens);
    expect((await standingOf(bob).ensure('identity_core', ''))?.quotes).toEqual([]);
  });
});
