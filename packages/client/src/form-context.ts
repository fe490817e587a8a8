/** A context as its layers come, from either end of a line that may break. */
import type { Bundle, ContextRequest } from '@vivim/contract/context';
import type { ContextEvent } from '@vivim/contract/context-events';
import { AppError } from '@vivim/contract/errors';
import type { z } from 'zod';
import type { Client } from './client.ts';
import { eventData } from './event-data.ts';

/**
 * Leaving it, by the signal, stops the work at the server.
 * @param onEvent called with each event, the bundle included
 * @throws AppError what the server could not do, also when it had begun; `engine_unavailable` where it broke off
 */
export async function formContext(
  client: Pick<Client, 'streamContext'>,
  body: z.input<typeof ContextRequest>,
  onEvent: (event: ContextEvent) => void,
  signal?: AbortSignal,
): Promise<Bundle> {
  const response = await client.streamContext({ body, ...(signal === undefined ? {} : { signal }) });
  for await (const data of eventData(response)) {
    const event = JSON.parse(data) as ContextEvent;
    if (event.type === 'problem') {
      const { code, detail, field } = event.problem;
      throw new AppError(code, detail, field === undefined ? {} : { field });
    }
    onEvent(event);
    if (event.type === 'bundle') return event.bundle;
  }
  throw new AppError('engine_unavailable', 'The server broke off before the context was whole; ask again.');
}
