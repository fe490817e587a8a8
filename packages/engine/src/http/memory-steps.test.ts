/** Steps of a person on memories are taken back exactly, by the key they were made with; and a list of memories is narrowed. */
import type { MemoryId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { dialogue } from '../../../../test/kit/exports.ts';
import { codeOf, dayMs, memoryHome as home, start } from '../../../../test/kit/memory-home.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';

describe('steps taken back', () => {
  it('leave an edit, a rejected candidate, a review and a settled conflict as if they had not been', async () => {
    const { alice, bob } = twoSpaces();
    const [her, him] = [home(alice), home(bob)];
    const porto = her.state({ text: 'I live in Porto.', scopes: ['travel'], related: [] });
    const lisbon = her.state({ text: 'I live in Lisbon.' });
    await her.settle();
    const everything = () =>
      JSON.stringify([her.conflicts(), her.list(), her.list('superseded'), her.list('archived')]);
    const steps: (() => unknown)[] = [
      () => her.change(porto.id, { text: 'I live in Faro.', pinned: true, scopes: [], related: [lisbon.id] }),
      () => her.change(porto.id, { state: 'archived' }),
      () => her.review(lisbon.id, 'gone'),
      () => her.review(lisbon.id, 'holds'),
      () => her.settleConflict('home', [lisbon.id]),
    ];
    for (const step of steps) {
      const before = everything();
      step();
      const key = her.lastKey();
      expect(everything()).not.toBe(before);
      expect(codeOf(() => him.undo(key))).toBe('not_found');
      her.undo(key);
      expect(everything()).toBe(before);
      expect(codeOf(() => her.undo(key))).toBe('not_found');
    }
    expect(her.narrowed({ says: 'Porto' }).map(({ id }) => id)).toEqual([porto.id]);
  });

  it('parts what was merged, and waits for a later step on the same', async () => {
    const { alice } = twoSpaces();
    const her = home(alice);
    await her.bring(JSON.stringify([dialogue('a', 'A', ['I am allergic to peanuts.', 'I see.'], 1_700_000_000)]));
    await her.settle();
    const [found] = her.list();
    const stated = her.state({ text: 'Peanuts are poison to me.' });
    const before = JSON.stringify([her.list(), her.detail(found?.id as MemoryId)]);
    her.merge(found?.id as MemoryId, stated.id);
    const merging = her.lastKey();
    expect(her.detail(stated.id).evidence).toHaveLength(1);
    expect(her.detail(found?.id as MemoryId).replacedBy.map(({ id }) => id)).toEqual([stated.id]);
    her.change(stated.id, { pinned: true });
    const pinning = her.lastKey();
    expect(codeOf(() => her.undo(merging))).toBe('request_invalid');
    her.undo(pinning);
    her.undo(merging);
    expect(JSON.stringify([her.list(), her.detail(found?.id as MemoryId)])).toBe(before);
  });

  it('tell of what was superseded what holds instead', async () => {
    const { alice } = twoSpaces();
    const her = home(alice);
    const porto = her.state({ text: 'I live in Porto.' });
    const lisbon = her.state({ text: 'I live in Lisbon.' });
    await her.settle();
    her.settleConflict('home', [lisbon.id]);
    expect(her.detail(porto.id).replacedBy.map(({ id }) => id)).toEqual([lisbon.id]);
    expect(her.detail(lisbon.id)).toMatchObject({ replaced: { id: porto.id, state: 'superseded' }, replacedBy: [] });
  });

  it('are listed, the newest first, with how things stood before each and which has to wait', async () => {
    const { alice, bob } = twoSpaces();
    const [her, him] = [home(alice), home(bob)];
    const one = her.state({ text: 'Likes plums.' });
    const other = her.state({ text: 'Sings alto.', kind: 'fact' });
    her.change(one.id, { text: 'Likes pears.', pinned: true });
    const first = her.lastKey();
    her.goTo(start + dayMs);
    her.change(one.id, { state: 'archived' });
    const second = her.lastKey();
    her.merge(other.id, one.id);
    her.undo(her.lastKey());
    expect(her.steps().items).toMatchObject([
      {
        key: second,
        covered: false,
        what: 'change',
        memories: [{ text: 'Likes pears.', pinned: true, state: 'active' }],
      },
      {
        key: first,
        covered: true,
        at: '2026-01-01T00:00:00.000Z',
        memories: [{ text: 'Likes plums.', pinned: false }],
      },
    ]);
    const { items, nextCursor } = her.steps({ limit: 1 });
    expect(items.map(({ key }) => key)).toEqual([second]);
    const rest = her.steps({ limit: 1, cursor: nextCursor });
    expect([rest.items.map(({ key, covered }) => [key, covered]), rest.nextCursor]).toEqual([[[first, true]], null]);
    expect(him.steps().items).toEqual([]);
    her.undo(second);
    expect(her.steps().items).toMatchObject([{ key: first, covered: false }]);
  });

  it('are none any more once something was erased', async () => {
    const her = home(newSpace());
    const one = her.state({ text: 'Likes qzplums.' });
    her.change(one.id, { text: 'Likes pears.' });
    const key = her.lastKey();
    await her.erase('memory', her.state({ text: 'Something else.' }).id);
    expect(codeOf(() => her.undo(key))).toBe('not_found');
    expect(her.steps().items).toEqual([]);
  });
});

describe('what a list is narrowed to', () => {
  it('is counted by state, domain and what is due, and each narrows the list', async () => {
    const { alice, bob } = twoSpaces();
    const her = home(alice);
    her.state({ text: 'Writes Rust.', scopes: ['code'] });
    her.state({ text: 'Prefers tabs.', kind: 'preference', scopes: ['code', 'work:acme'] });
    const gone = her.state({ text: 'Wants to run a marathon.', kind: 'goal' });
    her.change(gone.id, { state: 'archived' });
    her.state({ text: 'Wants to learn Basque.', kind: 'goal' });
    her.goTo(start + 40 * dayMs);
    expect(her.choices()).toEqual({
      states: { active: 3, candidate: 0, archived: 1, superseded: 0, resolved: 0 },
      due: 1,
      domains: [
        { name: 'code', memories: 2 },
        { name: 'work:acme', memories: 1 },
      ],
    });
    expect(her.narrowed({ domain: 'work:acme' }).map(({ text }) => text)).toEqual(['Prefers tabs.']);
    expect(her.narrowed({ due: 'true' }).map(({ text }) => text)).toEqual(['Wants to learn Basque.']);
    expect(home(bob).choices().states.active).toBe(0);
  });
});
