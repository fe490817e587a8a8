/** How something is refused, in one word a test can compare. */
import { AppError } from '@vivim/contract/errors';

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
