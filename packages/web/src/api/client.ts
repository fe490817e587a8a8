/**
 * The client every page speaks through. Where the server asks for a fresh signature it is given one, where a sealed space is
 * locked it is unlocked, and the request is sent once more, so that no page has to think of it.
 */
import type { Client } from '@vivim/client/client';
import { AppError, type ErrorCode } from '@vivim/contract/errors';
import { plainApi } from './plain-client.ts';
import { freshen } from './step-up.ts';
import { unlockByItself } from './unlock-space.ts';

/** What is done about a refusal before the request is sent again. */
export type Remedies = Partial<Record<ErrorCode, () => Promise<void>>>;

/** Each remedy is tried once for a request; what it fails with is the answer then. */
export function withRemedies(client: Client, remedies: Remedies): Client {
  return new Proxy(client, {
    get(target, operation: keyof Client) {
      const send = target[operation] as ((call: unknown) => Promise<unknown>) | undefined;
      if (send === undefined) return undefined;
      return async (call: unknown) => {
        const tried = new Set<ErrorCode>();
        for (;;) {
          try {
            return await send(call);
          } catch (error) {
            const code = error instanceof AppError ? error.code : null;
            const remedy = code === null ? undefined : remedies[code];
            if (code === null || remedy === undefined || tried.has(code)) throw error;
            tried.add(code);
            await remedy();
          }
        }
      };
    },
  });
}

export const api = withRemedies(plainApi, { stepup_required: freshen, space_sealed: unlockByItself });
