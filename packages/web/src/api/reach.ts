/**
 * Whether the server is in reach, and what is shown while it is not. Only a question that found nobody says so; the
 * browser's own word for being offline is a reason to ask.
 */
import { onlineManager, type QueryClient } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import { recallLastSeen } from './last-seen.ts';

/** Null while the server answers; otherwise as of when the pages show what they show. */
export const offlineKey = ['offline'] as const;

/** How often an unreachable server is looked for. */
export const lookAgainMs = 15_000;

export function noteReached(client: QueryClient): void {
  if (onlineManager.isOnline()) return;
  client.setQueryData(offlineKey, null);
  onlineManager.setOnline(true);
}

/** @returns whose last-seen data is shown from now on; null where there is none, and the failure is all there is to show */
export async function noteOutOfReach(client: QueryClient): Promise<Me | null> {
  const known = client.getQueryData<Me | null>(['me']) ?? null;
  const seen = await recallLastSeen(client, known).catch(() => null);
  if (seen === null) return null;
  // Questions wait instead of failing one by one, and what was there stays on the page.
  onlineManager.setOnline(false);
  client.setQueryData(offlineKey, seen.asOf);
  return seen.me;
}

/** The browser says that its network came or went: ask. */
export function watchReach(client: QueryClient): void {
  const ask = () => void client.invalidateQueries({ queryKey: ['me'], exact: true });
  onlineManager.setEventListener(() => {
    window.addEventListener('online', ask);
    window.addEventListener('offline', ask);
    return () => {
      window.removeEventListener('online', ask);
      window.removeEventListener('offline', ask);
    };
  });
}
