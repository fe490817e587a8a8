/** Event streams held open, to see when they end. */
import type { EngineRequest } from '@vivim/gateway/fleet/engine-request';
import type { TestGateway } from './test-gateway.ts';

export interface OpenStream {
  /** Settles when the server ends it. */
  readonly ended: Promise<void>;
  isOver(): boolean;
  leave(): void;
}

/** An engine's event stream: one event, then silence until it is told to end. */
export function events({ signal }: EngineRequest): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('data: first\n\n'));
      signal?.addEventListener('abort', () => controller.close());
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

/** Opens a stream and reads what it begins with. @throws Error where it is refused */
export async function openStream(
  gateway: Pick<TestGateway, 'url'>,
  path: string,
  headers: Record<string, string>,
): Promise<OpenStream> {
  const leaving = new AbortController();
  const answer = await fetch(`${gateway.url}${path}`, { headers, signal: leaving.signal });
  if (answer.status !== 200) throw new Error(`the stream answered ${answer.status} ${await answer.text()}`);
  const reader = answer.body?.getReader();
  await reader?.read();
  let over = false;
  const end = () => {
    over = true;
  };
  const untilEnd = async () => {
    for (;;) if ((await reader?.read())?.done !== false) return;
  };
  return { ended: untilEnd().then(end, end), isOver: () => over, leave: () => leaving.abort() };
}
