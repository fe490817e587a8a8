/** What a handler of the engine is given and gives back, typed by the route table: a route without one does not compile. */
import type { Asker } from '@vivim/contract/assembly';
import type { ContextEvent } from '@vivim/contract/context-events';
import type { SpaceEvent } from '@vivim/contract/imports';
import type {
  Answer,
  Body,
  Operation,
  OperationOf,
  Params,
  Query,
  RequestHeaders,
  Routes,
} from '@vivim/contract/routes';
import type { Verb } from '../space/user-space.ts';

/** One request, every part of it parsed. */
export interface Call<K extends Operation> {
  readonly params: Params<K>;
  readonly query: Query<K>;
  readonly headers: RequestHeaders<K>;
  readonly body: Body<K>;
  /** The raw body of an upload, and its length where the client said it; null on other routes. */
  readonly upload: {
    readonly bytes: ReadableStream<Uint8Array>;
    readonly contentLength: number | null;
    readonly mediaType: string | null;
  } | null;
  /** What a write is applied under: the client's `Idempotency-Key`, or an id of its own. */
  readonly verb: Verb;
  /** Which session asks, and over which face. */
  readonly asker: Asker;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** A file made for one answer. Its bytes are read once; whoever stops early cancels the stream. */
export interface FileAnswer {
  readonly stream: ReadableStream<Uint8Array>;
  /** Null where it is known only at the end. */
  readonly bytes: number | null;
  /** The version of the space it holds. */
  readonly version: number;
  readonly mediaType: string;
  /** Any text: it is made harmless where it is sent. */
  readonly fileName: string;
  /** May be shown beside a page; left out: only saved. */
  readonly inline?: boolean;
  /** Of its own, where it is not the route's. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer without a body. Names in lower case. */
export interface HeadersAnswer {
  readonly headers: Readonly<Record<string, string>>;
}

export type HandlerAnswer<K extends Operation> = Routes[K]['answer'] extends 'events'
  ? AsyncIterable<K extends 'streamContext' ? ContextEvent : SpaceEvent>
  : Routes[K]['answer'] extends 'bytes'
    ? FileAnswer
    : Routes[K]['answer'] extends 'headers'
      ? HeadersAnswer
      : Routes[K]['answer'] extends null
        ? undefined
        : Answer<K>;

export type Handler<K extends Operation> = (call: Call<K>) => HandlerAnswer<K> | Promise<HandlerAnswer<K>>;

/** A handler for each of the operations `K`. */
export type Handlers<K extends Operation> = { readonly [P in K]: Handler<P> };

export type EngineHandlers = Handlers<OperationOf<'engine'>>;
