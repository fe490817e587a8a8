/** A context as its layers come: the events of the stream, checked. Prints nothing. */
import type { Client } from '@vivim/contract/client';
import type { Bundle, ContextRequest } from '@vivim/contract/context';
import { ContextEvent } from '@vivim/contract/context-events';
import { AppError } from '@vivim/contract/errors';
import type { z } from 'zod';
import { eventData, textChunks } from './server-sent-events.ts';

/**
 * @param onEvent called with each, the last one included
 * @throws AppError what the server could not do, also when it had begun; a plain Error where it broke off
 */
export async function streamContext(
  client: Client,
  body: z.input<typeof ContextRequest>,
  onEvent: (event: ContextEvent) => void,
): Promise<Bundle> {
  const response = await client.streamContext({ body });
  for await (const data of eventData(textChunks(response))) {
    const event = ContextEvent.parse(JSON.parse(data));
    if (event.type === 'problem') {
      const { code, detail, field, traceId } = event.problem;
      throw new AppError(code, detail, {
        ...(field === undefined ? {} : { field }),
        ...(traceId === undefined ? {} : { traceId }),
      });
    }
    onEvent(event);
    if (event.type === 'bundle') return event.bundle;
  }
  throw new Error('The server broke off before the context was whole; ask again.');
}
