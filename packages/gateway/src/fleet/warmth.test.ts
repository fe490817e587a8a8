/** Which engines are stopped, over any pool: never one in use, the least recently used first, as many as the rules say. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultWarmEngines, isCritical, isShort, toEvict, type Warm } from './warmth.ts';

const GiB = 1024 ** 3;
const plenty = { totalBytes: 16 * GiB, availableBytes: 12 * GiB };
const short = { totalBytes: 16 * GiB, availableBytes: GiB };
const pool = fc.array(fc.record({ inUse: fc.boolean(), lastUsed: fc.nat(10_000) }), { maxLength: 40 });
const rules = fc.record({
  now: fc.constant(10_000),
  idleMs: fc.integer({ min: 1, max: 20_000 }),
  warmEngines: fc.nat(40),
  memory: fc.constantFrom(plenty, short),
});

it('never stops one that is in use, and none before one that was unused for longer', () => {
  fc.assert(
    fc.property(pool, rules, (engines, given) => {
      const gone = toEvict(engines, given);
      const stays = engines.filter((engine) => !engine.inUse && !gone.includes(engine));
      expect(gone.some(({ inUse }) => inUse)).toBe(false);
      const latest = Math.max(0, ...gone.map(({ lastUsed }) => lastUsed));
      expect(stays.every(({ lastUsed }) => lastUsed >= latest)).toBe(true);
    }),
  );
});

it('afterwards no more are warm than may be, as far as those in use allow, and none is idle for too long', () => {
  fc.assert(
    fc.property(pool, rules, (engines, given) => {
      const gone = new Set<Warm>(toEvict(engines, given));
      const stays = engines.filter((engine) => !gone.has(engine));
      const used = engines.filter(({ inUse }) => inUse).length;
      expect(stays.length).toBeLessThanOrEqual(Math.max(given.warmEngines, used));
      expect(stays.some((engine) => !engine.inUse && given.now - engine.lastUsed >= given.idleMs)).toBe(false);
    }),
  );
});

it('stops some while memory is short, and none of the fresh ones otherwise', () => {
  const engines = Array.from({ length: 8 }, (_, lastUsed) => ({ inUse: false, lastUsed }));
  const given = { now: 10, idleMs: 1_000, warmEngines: 100, memory: plenty };
  expect(toEvict(engines, given)).toEqual([]);
  expect(toEvict(engines, { ...given, memory: short }).map(({ lastUsed }) => lastUsed)).toEqual([0, 1]);
});

it('short comes before critical, and neither on a machine with room', () => {
  const levels = [plenty, short, { ...plenty, availableBytes: 0.3 * GiB }].map((memory) => [
    isShort(memory),
    isCritical(memory),
  ]);
  expect(levels).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
  expect(isShort({ totalBytes: 4096 * GiB, availableBytes: 3 * GiB })).toBe(false);
});

it('by default half of the memory may be kept warm, and a few engines on the smallest machine', () => {
  expect([defaultWarmEngines(8 * GiB, 'dedicated'), defaultWarmEngines(8 * GiB, 'pooled')]).toEqual([64, 204]);
  expect(defaultWarmEngines(0.25 * GiB, 'dedicated')).toBe(4);
});
