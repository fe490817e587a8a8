/** Waits until a large erasure is over, and says how far it is. The server does it whether anybody waits or not. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@vivim/client/client';
import type { ErasureReceipt } from '@vivim/contract/erasure';
import type { World } from '../world.ts';
import { say } from './speak.ts';
import { count } from './text.ts';

const pauseMs = 500;
/** A line each so many looks, so that a log of it stays short. */
const looksToALine = 6;

/** @returns the receipt once nothing is left */
export async function untilErased(world: World, client: Client, receipt: ErasureReceipt): Promise<ErasureReceipt> {
  let now = receipt;
  for (let looks = 0; now.left > 0 && now.id !== null; looks += 1) {
    if (looks % looksToALine === 0)
      say(
        world,
        `Out of sight already. ${count(now.left, 'conversation is', 'conversations are')} still to be wiped from the file.`,
      );
    await pause(pauseMs);
    now = await client.getErasureReceipt({ params: { id: now.id } });
  }
  return now;
}
