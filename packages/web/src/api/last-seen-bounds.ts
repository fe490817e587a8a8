/** What of the answers of the server may rest in a browser, how much of it and how long. Pure. */

/** By the first word of their keys: content one reads. */
const wordsKept: ReadonlySet<unknown> = new Set([
  'space',
  'conversations',
  'conversation',
  'message',
  'topics',
  'topic',
  'entities',
  'entity',
  'memories',
  'memory',
  'projects',
]);

/** A list that was narrowed by words somebody typed. */
const isTyped = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && 'q' in part && part.q !== undefined;

/** Whatever is not named here is not kept; nor what a message was used for, which holds what was asked, nor words that were typed. */
export const isKept = (key: readonly unknown[]): boolean =>
  wordsKept.has(key[0]) && !(key[0] === 'message' && key[2] === 'use') && !key.some(isTyped);

const mostAnswers = 400;
const mostBytes = 24 * 1024 * 1024;
const mostDays = 30;

export interface Kept {
  readonly id: string;
  /** When the server gave it, ISO 8601. */
  readonly at: string;
  /** Its length as JSON, in characters. */
  readonly bytes: number;
}

/** @returns ids of those that must go: too old, or beyond what the newest may take together */
export function boundedAnswers(all: readonly Kept[], now: string): string[] {
  const oldest = Date.parse(now) - mostDays * 24 * 3_600_000;
  let bytes = 0;
  return [...all]
    .sort((a, b) => b.at.localeCompare(a.at))
    .filter((one, place) => {
      bytes += one.bytes;
      return place >= mostAnswers || bytes > mostBytes || Date.parse(one.at) < oldest;
    })
    .map(({ id }) => id);
}
