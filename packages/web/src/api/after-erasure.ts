/** What this browser does once something was erased: nothing of what it read before stays, in its pages or on its disk. */
import type { QueryClient } from '@tanstack/react-query';
import { forgetAnswersSeen } from './last-seen.ts';

/** Call once the server has erased. What is shown is asked for again. */
export async function afterErasure(client: QueryClient): Promise<void> {
  // The cache is empty before the disk is: what waits to be kept finds nothing to keep.
  const asked = client.resetQueries();
  // A browser that stores nothing has nothing to forget.
  await Promise.allSettled([forgetAnswersSeen(), asked]);
}
