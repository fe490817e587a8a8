/**
 * How many tokens each layer of a bundle may use. Pure: the same request gives the same allotments, and what is given
 * never adds up to more than the budget. Knows sizes, never a word of what fills them.
 *
 * The numbers are a starting point (design: context engine); the evaluation decides. Two readings of the table are
 * ours. A minimum never exceeds its ideal: both shrink with the budget, or fixed minimums would leave a bundle of 500
 * tokens no room for what was asked. And a layer is never given more than it has to say (`wanted`).
 */
import type { LayerName } from '@vivim/contract/context';
import { AppError } from '@vivim/contract/errors';
import type { Depth } from '@vivim/contract/recipe';

/** Layers that share a budget; L7, the message itself, is fixed. */
export const sharingLayers = ['L0', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6'] as const satisfies readonly LayerName[];
export type SharingLayer = (typeof sharingLayers)[number];

/** Layers that may hold what the person wants heeded: what they wrote down themselves, and what they pinned. */
export const ownLayers = ['L0', 'L1', 'L5'] as const satisfies readonly SharingLayer[];
export type OwnLayer = (typeof ownLayers)[number];

/**
 * What the person wrote down themselves has a floor beside the layer's usual share: this part of the budget, and no less than a
 * short paragraph, but together never more than half of what the message leaves. Their word is worth more than what was found.
 */
const ownFloor = {
  L0: { share: 0.05, least: 40 },
  L1: { share: 0.15, least: 80 },
  L5: { share: 0.15, least: 80 },
} as const;

/** Tokens kept for what the person wrote down themselves. */
export function ownRoom({
  budget,
  fixed,
  own,
}: Pick<BudgetRequest, 'budget' | 'fixed' | 'own'>): Record<OwnLayer, number> {
  let left = Math.floor(Math.max(0, budget - fixed) / 2);
  const room = { L0: 0, L1: 0, L5: 0 };
  for (const layer of ['L1', 'L5', 'L0'] as const) {
    const { share, least } = ownFloor[layer];
    room[layer] = Math.min(own[layer], Math.max(least, Math.floor(share * budget)), left);
    left -= room[layer];
  }
  return room;
}

export interface BudgetRequest {
  /** Tokens of the whole text. */
  readonly budget: number;
  /** Tokens of the message with the frame around everything: what a bundle with nothing else in it costs. */
  readonly fixed: number;
  readonly depth: Depth;
  /** How much each layer may claim, as a multiple of its usual share. */
  readonly weights: Readonly<Record<SharingLayer, number>>;
  /** Topics and entities at hand. */
  readonly topics: number;
  readonly entities: number;
  /** Messages so far of the conversation that is continued; 0 when there is none. */
  readonly conversationMessages: number;
  /** 0–1: how much of a full answer retrieval found. */
  readonly coverage: number;
  /** Tokens of what the person wrote down themselves, of who they are and of what they want, and of what they pinned; headings included. */
  readonly own: Readonly<Record<OwnLayer, number>>;
  /** Tokens each layer could fill, headings included. */
  readonly wanted: Readonly<Record<SharingLayer, number>>;
}

interface Claim {
  readonly min: number;
  readonly ideal: number;
  readonly max: number;
  readonly priority: number;
}

const depthFactor = { minimal: 0.5, standard: 1, deep: 1.5 } as const satisfies Record<Depth, number>;

/** Messages from which the recent history of a conversation deserves its whole share. */
const longConversation = 40;

/** What each layer may ask for at this budget, before anything is given. Whole tokens, min ≤ ideal ≤ max ≤ wanted. */
export function claimsOf(request: BudgetRequest): Record<SharingLayer, Claim> {
  const { budget: B, topics, entities, coverage, conversationMessages: messages, wanted, weights } = request;
  const depth = depthFactor[request.depth];
  const active = messages > 0;
  const table: Record<SharingLayer, Claim> = {
    L0: { min: 150, ideal: Math.min(400, 0.02 * B), max: 500, priority: 100 },
    L1: { min: 100, ideal: Math.min(600, 0.03 * B), max: 800, priority: 95 },
    L2: {
      min: 300,
      ideal: topics === 0 ? 0 : 0.12 * B * depth * Math.min(2, 1 + 0.3 * (topics - 1)),
      max: 0.25 * B,
      priority: active ? 70 : 85,
    },
    L3: {
      min: 150,
      ideal: entities === 0 ? 0 : Math.min(0.06 * B * Math.min(2, 1 + 0.4 * (entities - 1)), 400 * entities),
      max: 0.12 * B,
      priority: 65,
    },
    L4: {
      min: 200,
      ideal: Math.min(150 * Math.log2(messages + 1) * depth, 0.15 * B),
      max: 0.2 * B,
      priority: active ? 88 : 30,
    },
    L5: { min: 200, ideal: 0.1 * B * coverage * depth, max: 0.18 * B, priority: 75 },
    L6: {
      min: 500,
      ideal: active ? (0.25 + 0.1 * Math.min(1, messages / longConversation)) * B : 0,
      max: 0.6 * B,
      priority: active ? 90 : 80,
    },
  };
  for (const layer of sharingLayers) table[layer] = fitted(table[layer], weights[layer], wanted[layer]);
  const room = ownRoom(request);
  for (const layer of ownLayers)
    if (weights[layer] > 0) table[layer] = floored(table[layer], room[layer], wanted[layer]);
  return table;
}

function fitted(claim: Claim, weight: number, wanted: number): Claim {
  const max = Math.max(0, Math.floor(Math.min(claim.max * weight, wanted)));
  const ideal = Math.floor(Math.min(claim.ideal * weight, max));
  return { min: Math.min(claim.min, ideal), ideal, max, priority: claim.priority };
}

/** A floor on top of the usual share: what was found keeps its own. */
const floored = ({ min, ideal, max, priority }: Claim, floor: number, wanted: number): Claim => ({
  min: Math.min(wanted, min + floor),
  ideal: Math.min(wanted, ideal + floor),
  max: Math.min(wanted, max + floor),
  priority,
});

export type Allotments = Readonly<Record<SharingLayer, number>>;

/** @throws AppError `budget_too_small` when the message alone does not fit; the detail says the least that works */
export function assertFits(fixed: number, budget: number): void {
  if (fixed <= budget) return;
  throw new AppError('budget_too_small', `The message needs ${fixed} tokens; the budget is ${budget}.`, {
    field: 'budget',
  });
}

/**
 * Share a budget: fix the message, keep the floors of the person's own word, give the minimums, cut the lowest priority first when they are too much, share the
 * rest by (ideal − given) × priority, then hand what is left to L5, and what L5 cannot use to the others up to their
 * maximum.
 * @throws AppError `budget_too_small` when the message alone does not fit; the detail says the least that works
 */
export function allot(request: BudgetRequest): Allotments {
  const { budget, fixed } = request;
  assertFits(fixed, budget);
  const claims = claimsOf(request);
  const given = { L0: 0, L1: 0, L2: 0, L3: 0, L4: 0, L5: 0, L6: 0 };
  const byPriority = sharingLayers.toSorted((a, b) => claims[b].priority - claims[a].priority || (a < b ? -1 : 1));
  let left = budget - fixed;
  const give = (layer: SharingLayer, tokens: number): void => {
    given[layer] += tokens;
    left -= tokens;
  };
  const floors = ownRoom(request);
  for (const layer of ownLayers) give(layer, Math.min(floors[layer], claims[layer].min, left));
  for (const layer of byPriority) give(layer, Math.min(claims[layer].min - given[layer], left));
  shareRest();
  give('L5', Math.min(left, Math.max(0, request.wanted.L5 - given.L5)));
  for (const layer of byPriority) give(layer, Math.min(left, Math.max(0, claims[layer].max - given[layer])));
  return given;

  /** Proportional shares in whole tokens; what one layer cannot use goes round again. */
  function shareRest(): void {
    for (;;) {
      const asking = byPriority.filter((layer) => given[layer] < claims[layer].ideal);
      const weights = asking.map((layer) => (claims[layer].ideal - given[layer]) * claims[layer].priority);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const rest = left;
      if (asking.length === 0 || rest === 0) return;
      for (const [i, layer] of asking.entries()) {
        const share = Math.ceil((rest * (weights[i] as number)) / sum);
        give(layer, Math.min(share, claims[layer].ideal - given[layer], left));
      }
    }
  }
}

/** Who is handed what all layers together leave unused: the person's own word first, then by priority. */
export const handOnOrder = ['L1', 'L0', 'L6', 'L4', 'L3', 'L2'] as const satisfies readonly SharingLayer[];

/**
 * How many tokens a layer may hold of what others leave unused: its maximum; who the person is and what they always want all
 * they have to say, where no weight holds them back.
 */
export function mostOf(request: BudgetRequest): Record<SharingLayer, number> {
  const claims = claimsOf(request);
  const most = Object.fromEntries(sharingLayers.map((layer) => [layer, claims[layer].max]));
  for (const layer of ownLayers) if (request.weights[layer] >= 1) most[layer] = request.budget;
  return most as Record<SharingLayer, number>;
}
