/** Services as they are set: which one is asked where none is named, and what becomes of a key when something changes. */
import type { PutUpstream } from '@vivim/contract/live';
import { describe, expect, it } from 'vitest';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../user-space.ts';

const key = 'sk-0123456789abcdef-wxyz';
const put = (space: UserSpace, name: string, more: Partial<PutUpstream> = {}) =>
  space.write((w) =>
    w.upstreams.put(name, { kind: 'openai', baseUrl: 'https://api.example.com/v1', ...more }, 1_767_323_045_000),
  );
const asked = (space: UserSpace, kind: 'openai' | 'anthropic', name: string | null = null) =>
  space.read((r) => r.upstreams.grant({ kind, name }));

describe('an upstream', () => {
  it('is asked where none is named: the first of its kind, then the one that is set to be', () => {
    const { alice, bob } = twoSpaces();
    put(alice, 'one', { key });
    put(alice, 'two');
    put(alice, 'claude', { kind: 'anthropic', baseUrl: 'https://api.anthropic.com' });
    expect(asked(alice, 'openai')?.name).toBe('one');
    expect(asked(alice, 'anthropic')?.name).toBe('claude');
    expect(put(alice, 'two', { isDefault: true }).isDefault).toBe(true);
    expect(asked(alice, 'openai')?.name).toBe('two');
    expect(alice.read((r) => r.upstreams.all()).map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['claude', true],
      ['one', false],
      ['two', true],
    ]);
    put(alice, 'two', { isDefault: false });
    expect(asked(alice, 'openai')?.name).toBe('one');
    expect(asked(bob, 'openai')).toBeNull();
  });

  it('of another kind is not what was asked for, by whatever name', () => {
    const { alice } = twoSpaces();
    put(alice, 'one', { key });
    expect(asked(alice, 'anthropic', 'one')).toBeNull();
    expect(asked(alice, 'openai', 'none')).toBeNull();
    expect(alice.read((r) => r.upstreams.grant({ kind: null, name: 'one' }))?.key).toBe(key);
  });

  it('keeps its key while it stays where it is, and not a request longer', () => {
    const { alice } = twoSpaces();
    expect(put(alice, 'one', { key }).keyEnding).toBe('wxyz');
    expect(put(alice, 'one', { record: false })).toMatchObject({ keyEnding: 'wxyz', record: false });
    expect(put(alice, 'one')).toMatchObject({ keyEnding: 'wxyz', record: false });
    expect(put(alice, 'one', { baseUrl: 'https://evil.example/v1' }).keyEnding).toBeNull();
    put(alice, 'one', { key });
    expect(put(alice, 'one', { kind: 'anthropic' }).keyEnding).toBeNull();
    expect(put(alice, 'one', { kind: 'anthropic', key }).keyEnding).toBe('wxyz');
    expect(put(alice, 'one', { kind: 'anthropic', key: null }).keyEnding).toBeNull();
  });

  it('tells nothing of a short key', () => {
    const { alice } = twoSpaces();
    expect(put(alice, 'one', { key: 'secret' }).keyEnding).toBe('');
  });

  it('is gone when it is removed, key and all', () => {
    const { alice, bob } = twoSpaces();
    put(alice, 'one', { key });
    put(bob, 'one', { key: `${key}-bob` });
    expect(alice.write((w) => w.upstreams.remove('one'))?.name).toBe('one');
    expect(alice.write((w) => w.upstreams.remove('one'))).toBeNull();
    expect(asked(alice, 'openai')).toBeNull();
    expect(asked(bob, 'openai')?.key).toBe(`${key}-bob`);
  });
});
