/** A context as it comes from the engine, layer by layer. */
import type { Bundle, ContextRequest } from '@vivim/contract/context';
import { ContextEvent } from '@vivim/contract/context-events';
import { AppError } from '@vivim/contract/errors';
import type { z } from 'zod';
import { api } from './client.ts';
import { pageName } from './page-presence.ts';
import { eventData } from './server-sent-events.ts';

/**
 * A newer question of this page ends an older one.
 * @param onEvent called with each event before the bundle
 * @throws AppError what the server could not do, also when it had begun
 */
export async function formContext(
  input: z.input<typeof ContextRequest>,
  onEvent: (event: ContextEvent) => void,
): Promise<Bundle> {
  const { body } = await api.streamContext({ body: { ...input, page: pageName } });
  for await (const data of eventData(body ?? new ReadableStream())) {
    const event = ContextEvent.parse(JSON.parse(data));
    if (event.type === 'bundle') return event.bundle;
    if (event.type === 'problem') throw new AppError(event.problem.code, event.problem.detail);
    onEvent(event);
  }
  throw new AppError('engine_unavailable');
}
