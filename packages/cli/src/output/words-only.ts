/** What `vivim context` says while an answer may lack something: an import is coming in, or meaning is still being made ready after one. */
import type { SpaceStatus } from '@vivim/contract/health';
import { count } from './text.ts';

/** @returns null where nothing is missing */
export function wordsOnly({ pending, following }: Pick<SpaceStatus, 'pending' | 'following'>): string | null {
  if (pending.imports > 0) return 'An import is coming in: what it brings is not in this answer yet.';
  const { meaning } = following;
  if (meaning === null || meaning.done === meaning.total) return null;
  return `Found by words only so far: ${meaning.done} of ${count(meaning.total, 'conversation')} can be found by meaning too. The same question may find more in a while.`;
}
