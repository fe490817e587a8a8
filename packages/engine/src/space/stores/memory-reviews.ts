/**
 * When a memory is to be looked at again: after days of its kind, each time it still holds after twice as many. Pure. A clock
 * that went back never brings a review nearer than it was.
 */
import type { MemoryKind } from '@vivim/contract/memory';

/** Days until a memory of a kind is asked about for the first time; 0: never, what happened has happened. */
export const firstReviewDays = {
  goal: 30,
  open_question: 14,
  fact: 180,
  preference: 180,
  instruction: 180,
  decision: 180,
  relation: 365,
  entity: 365,
  event: 0,
} as const satisfies Record<MemoryKind, number>;
const mostDays = 1_460;
const dayMs = 86_400_000;

export interface Review {
  readonly reviewMs: number | null;
  readonly reviewDays: number;
}

/** @param sinceMs when it was last said */
export function reviewAt(kind: MemoryKind, sinceMs: number): Review {
  const days = firstReviewDays[kind];
  return { reviewMs: days === 0 ? null : sinceMs + days * dayMs, reviewDays: days };
}

/** The review after one that said it still holds. */
export function nextReview({ reviewMs, reviewDays }: Review, nowMs: number): Review {
  const days = Math.min(mostDays, Math.max(1, reviewDays) * 2);
  return { reviewMs: Math.max(reviewMs ?? 0, nowMs + days * dayMs), reviewDays: days };
}
