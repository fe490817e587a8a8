/** A conversation without a date takes one only from what it holds itself, and says from what. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noContext } from './canonical.ts';
import { readRecord } from './read-record.ts';
import { idTime } from './sources/id-time.ts';

const read = (record: object) => {
  const reading = readRecord('generic', Buffer.from(JSON.stringify(record)), noContext);
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  return reading.conversation;
};
const said = (externalId: string, createdAt?: string) => ({ externalId, role: 'user', content: 'Hi', createdAt });

describe('the date of a conversation', () => {
  it('is the source’s own where it gives one', () => {
    expect(read({ createdAt: '2026-01-02T00:00:00Z', messages: [said('a', '2025-01-01T00:00:00Z')] }).created.raw).toBe(
      '2026-01-02T00:00:00Z',
    );
  });

  it('is else of its first dated message', () => {
    const messages = [said('a'), said('b', '2026-01-03T00:00:00Z'), said('c', '2026-01-02T00:00:00Z')];
    expect(read({ externalId: '01900000-0000-7000-8000-000000000000', messages }).created).toEqual({
      ms: Date.UTC(2026, 0, 2),
      raw: 'first message 2026-01-02T00:00:00Z',
    });
  });

  it('is else of its id, or of the first of its messages’ ids', () => {
    const externalId = '01990000-0000-7000-8000-000000000000';
    expect(read({ externalId, messages: [said('a')] }).created).toEqual({
      ms: 0x019900000000,
      raw: `id ${externalId}`,
    });
    const messages = [said('01K2M4QRS0ABCDEFGHJKMNPQRS'), said('665f0d000000000000000000')];
    expect(read({ externalId: 'c', messages }).created).toEqual({
      ms: 0x665f0d00 * 1000,
      raw: 'id of a message 665f0d000000000000000000',
    });
  });

  it('keeps what the source wrote and nobody can read', () => {
    const written = { createdAt: 'last week', messages: [said('a', '2026-01-02T00:00:00Z')] };
    expect(read(written).created.raw).toBe('first message 2026-01-02T00:00:00Z; written last week');
    expect(read({ createdAt: 'last week', messages: [said('a')] }).created).toEqual({ ms: null, raw: 'last week' });
  });

  it('stays away where nothing holds one, and makes no other conversation of it', () => {
    expect(read({ messages: [said('a')] }).created).toEqual({ ms: null, raw: null });
    const keys = [undefined, '2026-01-02T00:00:00Z'].map(
      (at) => read({ externalId: 'c', messages: [said('a', at)] }).key,
    );
    expect(keys).toEqual(['c', 'c']);
  });
});

describe('the time in an id', () => {
  it('is read back from whatever wrote it', () => {
    const moments = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2045, 0) - 1 });
    const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    fc.assert(
      fc.property(moments, (ms) => {
        const hex = ms.toString(16).padStart(12, '0');
        expect(idTime(`${hex.slice(0, 8)}-${hex.slice(8)}-7abc-8abc-0123456789ab`)).toBe(ms);
        const ulid = Array.from({ length: 10 }, (_, ix) => crockford[Math.floor(ms / 32 ** (9 - ix)) % 32]).join('');
        expect(idTime(`${ulid}0123456789ABCDEF`)).toBe(ms);
        const seconds = Math.floor(ms / 1000);
        expect(idTime(`${seconds.toString(16).padStart(8, '0')}0123456789abcdef`)).toBe(seconds * 1000);
      }),
    );
  });

  it('is none in any other id, nor one of a time when there were no such programs', () => {
    for (const id of [
      null,
      '',
      'abc',
      '123e4567-e89b-42d3-a456-426614174000',
      'ffffffffffffffffffffffff',
      '7ZZZZZZZZZABCDEFGHJKMNPQRS',
    ])
      expect(idTime(id)).toBeNull();
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(idTime(id) ?? Date.UTC(2015, 0)).toBeGreaterThanOrEqual(Date.UTC(2015, 0));
      }),
    );
  });
});
