/**
 * The client every page speaks through. Where the server asks for a fresh signature it is given one, and the request is
 * sent once more, so that no page has to think of it.
 */
import type { Client } from '@vivim/contract/client';
import { AppError } from '@vivim/contract/errors';
import { plainApi } from './plain-client.ts';
import { freshen } from './step-up.ts';

/** @param renew gives the session a fresh signature */
export function withFreshSignature(client: Client, renew: () => Promise<void>): Client {
  return new Proxy(client, {
    get(target, operation: keyof Client) {
      const send = target[operation] as ((call: unknown) => Promise<unknown>) | undefined;
      if (send === undefined) return undefined;
      return async (call: unknown) => {
        try {
          return await send(call);
        } catch (error) {
          if (!(error instanceof AppError && error.code === 'stepup_required')) throw error;
          await renew();
          return send(call);
        }
      };
    },
  });
}

export const api = withFreshSignature(plainApi, freshen);
