/** What happens in a space, as it happens; over breaks of the line. */
import type { SpaceEvent } from '@vivim/contract/imports';
import type { Client } from './client.ts';
import { eventData } from './event-data.ts';
import { mayPass, pauseBefore } from './retry.ts';
import { wait } from './wait.ts';

/**
 * Goes on until `signal` fires or the loop is left. Each time the line stands again a `hello` comes first: ask then for what
 * may have been missed.
 * @throws AppError where the server refuses for good
 */
export async function* spaceEvents(
  client: Pick<Client, 'streamEvents'>,
  signal?: AbortSignal,
): AsyncGenerator<SpaceEvent> {
  for (let broken = 0; !signal?.aborted; broken++) {
    try {
      for await (const event of eventsIn(await client.streamEvents(signal === undefined ? {} : { signal }))) {
        broken = 0;
        yield event;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (!mayPass(error)) throw error;
    }
    await wait(pauseBefore(Math.min(broken, 6), null, Math.random), signal).catch(() => undefined);
  }
}

/** The events of one stream, until it ends. What is no event is passed over. */
export async function* eventsIn(response: Response): AsyncGenerator<SpaceEvent> {
  for await (const data of eventData(response)) {
    const event = parsed(data);
    if (event !== null) yield event;
  }
}

function parsed(data: string): SpaceEvent | null {
  try {
    const value = JSON.parse(data) as SpaceEvent | null;
    return typeof value?.type === 'string' ? value : null;
  } catch {
    return null;
  }
}
