/** Waits until a large erasure is over, and shows how far it is. The server does it whether anybody waits or not. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@vivim/client/client';
import type { ErasureReceipt } from '@vivim/contract/erasure';
import type { World } from '../world.ts';
import { createProgress } from './progress.ts';
import { say } from './speak.ts';

/** Asked and not listened for: it goes on through a server that starts again meanwhile. */
const pauseMs = 500;

/** @returns the receipt once nothing is left */
export async function untilErased(world: World, client: Client, receipt: ErasureReceipt): Promise<ErasureReceipt> {
  let now = receipt;
  if (now.left === 0 || now.id === null) return now;
  say(world, 'Out of sight already. What is left is wiped from the file.');
  const progress = createProgress(world, 'erasure');
  try {
    while (now.left > 0 && now.id !== null) {
      progress.erasing(now);
      await pause(pauseMs);
      now = await client.getErasureReceipt({ params: { id: now.id } });
    }
  } finally {
    progress.stop();
  }
  return now;
}
