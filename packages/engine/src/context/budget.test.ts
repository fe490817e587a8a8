import { AppError } from '@vivim/contract/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../../test/kit/property-runs.ts';
import {
  allot,
  type BudgetRequest,
  claimsOf,
  type OwnLayer,
  ownLayers,
  ownRoom,
  type SharingLayer,
  sharingLayers,
} from './budget.ts';

const tokens = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 2_000_000 }));
const weight = fc.double({ min: 0, max: 3, noNaN: true });
const wanted = fc.record(
  Object.fromEntries(sharingLayers.map((layer) => [layer, tokens])) as Record<SharingLayer, typeof tokens>,
);
const request: fc.Arbitrary<BudgetRequest> = fc.record({
  budget: fc.oneof(fc.integer({ min: 256, max: 1_000_000 }), fc.integer({ min: 256, max: 8_000 })),
  fixed: fc.integer({ min: 1, max: 256 }),
  depth: fc.constantFrom('minimal', 'standard', 'deep'),
  topics: fc.integer({ min: 0, max: 6 }),
  entities: fc.integer({ min: 0, max: 6 }),
  weights: fc.record({ L0: weight, L1: weight, L2: weight, L3: weight, L4: weight, L5: weight, L6: weight }),
  conversationMessages: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000 })),
  coverage: fc.double({ min: 0, max: 1, noNaN: true }),
  wanted,
  own: fc.record({ L0: tokens, L1: tokens, L5: tokens }),
});
const sum = (given: Readonly<Record<SharingLayer, number>>): number =>
  sharingLayers.reduce((n, layer) => n + given[layer], 0);
const plenty = { L0: 9e6, L1: 9e6, L2: 9e6, L3: 9e6, L4: 9e6, L5: 9e6, L6: 9e6 };
const even = { L0: 1, L1: 1, L2: 1, L3: 1, L4: 1, L5: 1, L6: 1 };
const plain: BudgetRequest = {
  weights: even,
  budget: 12_000,
  fixed: 60,
  depth: 'standard',
  topics: 0,
  entities: 0,
  conversationMessages: 0,
  coverage: 1,
  own: { L0: 0, L1: 0, L5: 0 },
  wanted: { ...plenty, L4: 0, L6: 0 },
};

describe('the table', () => {
  it('gives a layer as much more or less as its weight says, and nothing at none', () => {
    const usual = claimsOf({ ...plain, topics: 1 });
    const heavy = claimsOf({ ...plain, topics: 1, weights: { ...even, L2: 1.5, L5: 0 } });
    expect(heavy.L2.ideal).toBe(usual.L2.ideal * 1.5);
    expect(heavy.L2.max).toBe(usual.L2.max * 1.5);
    expect(heavy.L5).toMatchObject({ min: 0, ideal: 0, max: 0 });
  });

  it('is that of the design at the default budget', () => {
    const claims = claimsOf({ ...plain, topics: 2, entities: 1, conversationMessages: 7, wanted: plenty });
    expect(claims.L0).toEqual({ min: 150, ideal: 240, max: 500, priority: 100 });
    expect(claims.L1).toEqual({ min: 100, ideal: 360, max: 800, priority: 95 });
    expect(claims.L2).toEqual({ min: 300, ideal: 1_872, max: 3_000, priority: 70 });
    expect(claims.L3).toEqual({ min: 150, ideal: 400, max: 1_440, priority: 65 });
    expect(claims.L4).toEqual({ min: 200, ideal: 450, max: 2_400, priority: 88 });
    expect(claims.L5).toEqual({ min: 200, ideal: 1_200, max: 2_160, priority: 75 });
    expect(claims.L6).toMatchObject({ min: 500, max: 7_200, priority: 90 });
  });

  it('gives topics more say where no conversation is under way', () => {
    expect(claimsOf({ ...plain, topics: 1 }).L2.priority).toBe(85);
  });

  it('grows with depth', () => {
    const at = (depth: BudgetRequest['depth']) => claimsOf({ ...plain, depth, topics: 1 }).L2.ideal;
    expect([at('minimal'), at('standard'), at('deep')]).toEqual([720, 1_440, 2_160]);
  });
});

describe('sharing a budget', () => {
  it('never gives more than there is, nor a layer more than it has to say', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const given = allot(asked);
        expect(sum(given) + asked.fixed).toBeLessThanOrEqual(asked.budget);
        for (const layer of sharingLayers) {
          expect(given[layer]).toBeGreaterThanOrEqual(0);
          expect(Number.isInteger(given[layer])).toBe(true);
          expect(given[layer]).toBeLessThanOrEqual(asked.wanted[layer]);
        }
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('lets no layer but L5 above its maximum', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const given = allot(asked);
        const claims = claimsOf(asked);
        for (const layer of sharingLayers)
          if (layer !== 'L5') expect(given[layer]).toBeLessThanOrEqual(claims[layer].max);
      }),
    );
  });

  it('leaves nothing over while L5 has more to say', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const given = allot({ ...asked, wanted: { ...asked.wanted, L5: 9e6 } });
        expect(sum(given) + asked.fixed).toBe(asked.budget);
      }),
    );
  });

  it('gives as much or more in all when the budget grows', () => {
    fc.assert(
      fc.property(request, fc.integer({ min: 0, max: 5_000 }), (asked, more) => {
        expect(sum(allot({ ...asked, budget: asked.budget + more }))).toBeGreaterThanOrEqual(sum(allot(asked)));
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('gives no layer less when the budget grows and nobody must be cut', () => {
    // L5 takes what the others leave. One token more can lift L0 to L3 over a whole token each: 3 more than there is.
    const rounding = 3;
    const alone = request.map((asked) => ({
      ...asked,
      conversationMessages: 0,
      wanted: { ...asked.wanted, L4: 0, L5: 9e6, L6: 0 },
    }));
    fc.assert(
      fc.property(alone, fc.integer({ min: 0, max: 5_000 }), (asked, more) => {
        fc.pre(sharingLayers.reduce((n, layer) => n + claimsOf(asked)[layer].ideal, asked.fixed) <= asked.budget);
        const less = allot(asked);
        const given = allot({ ...asked, budget: asked.budget + more });
        for (const layer of sharingLayers) {
          expect(given[layer]).toBeGreaterThanOrEqual(less[layer] - (layer === 'L5' ? rounding : 0));
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('keeps a floor for what the person wrote down themselves, in any budget, and no more than half of it', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const most = (layer: OwnLayer) => Math.min(asked.own[layer], asked.wanted[layer]);
        const own = { L0: most('L0'), L1: most('L1'), L5: most('L5') };
        const floors = ownRoom({ ...asked, own });
        expect(floors.L0 + floors.L1 + floors.L5).toBeLessThanOrEqual((asked.budget - asked.fixed) / 2);
        const given = allot({ ...asked, own, weights: { ...asked.weights, L0: 1, L1: 1, L5: 1 } });
        for (const layer of ownLayers) expect(given[layer]).toBeGreaterThanOrEqual(floors[layer]);
      }),
      { numRuns: runs(1_000) },
    );
    const at = (budget: number) => ownRoom({ budget, fixed: 60, own: { L0: 900, L1: 900, L5: 0 } });
    expect([256, 500, 1_000, 4_000].map(at)).toEqual([
      { L0: 18, L1: 80, L5: 0 },
      { L0: 40, L1: 80, L5: 0 },
      { L0: 50, L1: 150, L5: 0 },
      { L0: 200, L1: 600, L5: 0 },
    ]);
    // What is pinned comes after wishes and before facts.
    expect(ownRoom({ budget: 256, fixed: 60, own: { L0: 900, L1: 900, L5: 900 } })).toEqual({ L0: 0, L1: 80, L5: 18 });
  });

  it('is the same every time', () => {
    fc.assert(
      fc.property(request, (asked) => {
        expect(allot(asked)).toEqual(allot(asked));
      }),
    );
  });

  it('holds at every budget there can be', () => {
    const wants = { L0: 300, L1: 500, L2: 900, L3: 400, L4: 0, L5: 9e6, L6: 0 };
    for (let budget = 256; budget <= 1_000_000; budget += budget < 20_000 ? 1 : 997) {
      const given = allot({ ...plain, budget, topics: 2, entities: 2, wanted: wants });
      if (sum(given) + plain.fixed !== budget)
        throw new Error(`Budget ${budget} was not kept: ${JSON.stringify(given)}`);
    }
  });

  it('gives retrieval most of a small budget', () => {
    for (const budget of [500, 1_000, 2_000, 4_000]) {
      const given = allot({ ...plain, budget, topics: 3, entities: 3 });
      expect(given.L5).toBeGreaterThan(budget / 3);
      expect(allot({ ...plain, budget, wanted: { ...plain.wanted, L0: 0, L1: 0 } }).L5).toBe(budget - plain.fixed);
    }
  });

  it('cuts the lowest priority first when even the minimums are too much', () => {
    const given = allot({
      ...plain,
      budget: 3_000,
      fixed: 2_700,
      topics: 1,
      entities: 1,
      conversationMessages: 9,
      wanted: plenty,
    });
    expect(given.L0).toBe(60);
    expect(given.L3).toBe(0);
    expect(sum(given)).toBe(300);
  });

  it('hands on what L5 cannot use, up to the others’ maximum', () => {
    const given = allot({ ...plain, topics: 1, wanted: { ...plain.wanted, L5: 100 } });
    expect(given).toMatchObject({ L0: 500, L1: 800, L2: 3_000, L5: 100 });
  });

  it('says the least that works when the message alone is too long', () => {
    const thrown = (() => {
      try {
        return allot({ ...plain, budget: 300, fixed: 301 });
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code: 'budget_too_small', message: expect.stringContaining('301') });
    expect(sum(allot({ ...plain, budget: 301, fixed: 301 }))).toBe(0);
  });
});
