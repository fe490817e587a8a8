/**
 * How much a topic or an entity counts, from what all conversations together say of it. Pure; knows no clock, so that
 * a stored order stays right as time passes.
 */

import { isPlainWord } from './plain-word.ts';

export interface ProfileTotals {
  readonly conversations: number;
  readonly titled: number;
  readonly strength: number;
  readonly messages: number;
  readonly lastMs: number | null;
}

/** An everyday word stands behind what says more. */
const plainness = 0.7;

/** Importance halves in a year without a mention. */
export const halfLifeMs = 365 * 86_400_000;

/** 0–1: how much is said of it, in logarithmic steps, whenever that was. */
export function support(totals: ProfileTotals, label: string): number {
  const said = totals.conversations + 2 * totals.titled + totals.messages / 4 + totals.strength / 200;
  return Math.min(1, Math.log2(1 + said) / 10) * (isPlainWord(label) ? plainness : 1);
}

/**
 * A number to order by: log2 of the importance at the epoch. Exponential decay shifts all of them alike, so the order
 * holds for every now. What has no time stands last.
 */
export function orderWeight(totals: ProfileTotals, label: string): number {
  return Math.log2(Math.max(support(totals, label), 1e-6)) + (totals.lastMs ?? 0) / halfLifeMs;
}

/** Importance at a moment, 0–1: support, halved for each {@link halfLifeMs} since it was last mentioned. */
export function importanceAt(totals: ProfileTotals, label: string, nowMs: number): number {
  const age = totals.lastMs === null ? halfLifeMs : Math.max(0, nowMs - totals.lastMs);
  return Math.round(support(totals, label) * 2 ** (-age / halfLifeMs) * 1e4) / 1e4;
}

/**
 * Whether a topic is shown: the title names what the text speaks of, the person came back to it, or one conversation is
 * clearly about it. What was said once in passing is kept, for the next conversation may make a topic of it.
 */
export function topicIsVisible(totals: ProfileTotals, label: string): boolean {
  const { conversations, messages, strength, titled } = totals;
  if (titled > 0 && strength >= 80) return true;
  // An everyday word is said in passing: it takes more to be what a conversation is about.
  if (isPlainWord(label)) return strength >= 75 && messages >= 3 && messages >= 2 * conversations;
  return messages >= 2 && strength >= 70;
}

/** Whether an entity is shown: named in several conversations or messages, and more often when its sort is unknown. */
export const entityIsVisible = (totals: ProfileTotals, type: string): boolean =>
  type === 'unknown'
    ? totals.strength >= 30 && (totals.conversations >= 2 || totals.messages >= 3)
    : totals.strength >= 20 && (totals.conversations >= 2 || totals.messages >= 2);
