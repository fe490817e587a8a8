import { AppError } from '@vivim/contract/errors';
import type { BundleId } from '@vivim/contract/ids';
import { routes } from '@vivim/contract/routes';
import { describe, expect, it } from 'vitest';
import { asker } from '../../../../test/kit/context.ts';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { StandingBundles } from '../context/standing-bundles.ts';
import { o200k } from '../context/tokens/byte-pair-tokenizer.ts';
import type { UserSpace } from '../space/user-space.ts';
import { bundleHandlers } from './bundles.ts';
import type { Call } from './handler.ts';

const fact = (text: string) => ({
  text,
  at: '2024-05-01T09:00:00Z',
  units: [{ text, type: 'personal_fact' as const, topics: ['nursing'] }],
});

/** The handlers of a space that holds one fact and its compiled bundles. */
async function handlersOf(space: UserSpace, text: string) {
  fillSpace(space, [{ externalId: 'one', title: 'About me', messages: [fact(text)] }]);
  const standing = new StandingBundles({ space, tokenizer: o200k, clock: () => 1_700_000_000_000 });
  while (standing.pending() > 0) await standing.step();
  const handlers = bundleHandlers({ space, standing });
  const list = (query: Partial<Call<'listBundles'>['query']> = {}) =>
    routes.listBundles.answer.parse(
      handlers.listBundles({ query: { limit: 50, ...query }, asker } as Call<'listBundles'>),
    );
  const get = async (id: BundleId) =>
    routes.getBundle.answer.parse(await handlers.getBundle({ params: { id }, asker } as Call<'getBundle'>));
  return { space, list, get };
}

const both = async () => {
  const { alice, bob } = twoSpaces();
  return { alice: await handlersOf(alice, 'I am a nurse in Leeds.'), bob: await handlersOf(bob, 'I am a pilot.') };
};

describe('bundles over the API', () => {
  it('are listed by kind and page', async () => {
    const { alice, bob } = await both();
    expect(alice.list().items.map(({ kind }) => kind)).toEqual(['identity_core', 'global_prefs', 'topic']);
    expect(bob.list({ kind: 'topic' }).items.map(({ label }) => label)).toEqual(['nursing']);
    const first = alice.list({ limit: 2 });
    const rest = alice.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items]).toEqual(alice.list().items);
    expect(rest.nextCursor).toBeNull();
    expect(() => alice.list({ cursor: 'not one of ours' })).toThrow(AppError);
  });

  it('show text and citations, and are compiled again only when something changed', async () => {
    const { alice, bob } = await both();
    const [identity] = alice.list().items;
    const id = identity?.id as BundleId;
    const before = await alice.get(id);
    expect(before.citations).toMatchObject([
      { ref: '1', layer: 'L0', quoted: 'I am a nurse in Leeds.', start: 0, message: { externalId: 'one/0' } },
    ]);
    fillSpace(alice.space, [{ externalId: 'two', messages: [fact('I live in York now.')] }]);
    expect(alice.list().items[0]?.dirty).toBe(true);
    const after = await alice.get(id);
    expect(after).toMatchObject({ version: 2, dirty: false, text: expect.stringContaining('York') });
    await expect(bob.get(id)).rejects.toMatchObject({ code: 'not_found' });
    const [his] = bob.list().items;
    expect((await bob.get(his?.id as BundleId)).text).not.toMatch(/Leeds|York/);
  });

  it('of another person are not found', async () => {
    const { alice, bob } = await both();
    fillSpace(alice.space, [
      { externalId: 'x', messages: [{ text: 'hello', units: [{ text: 'hello', entities: ['Emma'] }] }] },
    ]);
    const standing = new StandingBundles({ space: alice.space, tokenizer: o200k, clock: () => 0 });
    while (standing.pending() > 0) await standing.step();
    const own = alice.list({ kind: 'entity' }).items[0]?.id as BundleId;
    expect((await alice.get(own)).label).toBe('Emma');
    await expect(bob.get(own)).rejects.toMatchObject({ code: 'not_found' });
    await expect(bob.get(`b_${'a'.repeat(32)}` as BundleId)).rejects.toMatchObject({ code: 'not_found' });
  });
});
