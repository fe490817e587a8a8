/** How something is refused, in one word a test can compare. */
import { AppError } from '@vivim/contract/errors';
import type { Answer } from './sign-in.ts';

/** The code of the refusal, or `accepted`. What is no refusal of ours is thrown on. */
export async function refusalOf(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** Everything of an answer a stranger could tell two apart by; the time of day is no such thing. */
export function imprintOf({ status, headers, body }: Answer): string {
  const named = [...headers].filter(([name]) => name !== 'date').sort();
  return JSON.stringify({ status, headers: named, body });
}
