/**
 * What happens in the space, told as it happens. One stream for all who listen: a browser opens only six connections
 * to a server, and a stream for each of many imports would leave none for the uploads.
 */
import type { SpaceEvent } from '@vivim/contract/imports';

export interface SpaceListener {
  readonly onEvent: (event: SpaceEvent) => void;
  /** True when the stream flows, also after a break: ask for what was missed. False while it does not. */
  readonly onFlow: (flows: boolean) => void;
}

const listeners = new Set<SpaceListener>();
let stream: EventSource | null = null;

const known: ReadonlySet<string> = new Set<SpaceEvent['type']>(['hello', 'import', 'following']);

/** As answers are: the server's own are believed. What a newer one may tell besides is passed over. */
function parse(data: string): SpaceEvent | null {
  try {
    const event = JSON.parse(data) as SpaceEvent;
    return known.has(event.type) ? event : null;
  } catch {
    return null;
  }
}

function tellFlow(flows: boolean): void {
  for (const listener of listeners) listener.onFlow(flows);
}

function onMessage({ data }: MessageEvent<string>): void {
  const event = parse(data);
  if (event !== null) for (const listener of listeners) listener.onEvent(event);
}

function open(): EventSource {
  const source = new EventSource('/v1/events');
  source.onopen = () => tellFlow(true);
  source.onerror = () => tellFlow(false);
  for (const type of ['message', 'hello', 'import', 'following', 'erasing']) source.addEventListener(type, onMessage);
  return source;
}

/** A browser gives a stream up that was refused, as it is while a sealed space is locked: it is opened anew. */
export function resumeSpaceEvents(): void {
  if (listeners.size > 0 && (stream === null || stream.readyState === EventSource.CLOSED)) stream = open();
}

/** @returns stops listening; the last one to stop closes the stream */
export function listenToSpace(listener: SpaceListener): () => void {
  listeners.add(listener);
  if (stream === null || stream.readyState === EventSource.CLOSED) stream = open();
  if (stream.readyState === EventSource.OPEN) listener.onFlow(true);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stream?.close();
    stream = null;
  };
}
