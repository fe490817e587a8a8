/** What the interfaces of other services stand on. A type alone. */
import type { ChatCalls } from '../../upstreams/chat-calls.ts';
import type { EmbeddingCalls } from '../../upstreams/embedding-calls.ts';
import type { ModelGrants } from '../../upstreams/model-grants.ts';
import type { Upstreams } from '../../upstreams/upstreams.ts';
import type { HandingOver } from './handing-over.ts';

export interface LiveDeps {
  readonly upstreams: Upstreams;
  readonly embedding: EmbeddingCalls;
  readonly chat: ChatCalls;
  readonly grants: ModelGrants;
  /** Of pages that may call a model from the browser. */
  readonly origins: readonly string[];
  readonly handingOver: HandingOver;
  /** Of one person; zero lifts the limit. */
  readonly requestsPerMinute: number;
  /** Bytes of a request. */
  readonly requestBytes: number;
}
