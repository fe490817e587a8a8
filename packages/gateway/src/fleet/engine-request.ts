/** What an engine is asked, and on whose behalf. Types alone. */
import type { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Scope, SessionKind } from '@vivim/contract/identity';
import type { UserId } from '@vivim/contract/ids';

/** For whom a request is made. A principal is one. */
export interface Caller {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly scopes: readonly Scope[];
  /** What the application of the session calls itself; left out or null for a person's own. */
  readonly application?: string | null;
  readonly kind?: SessionKind;
}

export interface EngineRequest {
  readonly method: string;
  /** Path and query, as the engine is to see it. */
  readonly path: string;
  /** Already reduced to what may pass; the ticket is added here. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable | ReadableStream<Uint8Array> | null;
  /** The client went away. */
  readonly signal: AbortSignal | null;
  /** Ends the connection to the client, where there is one. */
  readonly cut?: () => void;
  /** A file is made before the first byte of the answer, which takes as long as it is large. */
  readonly patient?: boolean;
}
