/** Topics and entities that come up together, as a graph: a bounded number of nodes, and of each its strongest edges. */
import { z } from 'zod';
import { graphLimits } from './graph-limits.ts';
import { EntityId, TopicId } from './ids.ts';
import { ReadQuery } from './page.ts';
import { EntityType } from './profile.ts';

export const GraphQuery = ReadQuery.extend({
  limit: z.coerce.number().int().min(1).max(graphLimits.nodes).default(graphLimits.usual),
  /** Topics alone, or entities alone. */
  kind: z.enum(['topic', 'entity']).optional(),
  /** Of those, what was spoken of at this time or later. */
  since: z.iso.datetime().optional(),
});
export type GraphQuery = z.infer<typeof GraphQuery>;

export const GraphNode = z.strictObject({
  id: TopicId.or(EntityId),

  /** Whether it is a topic or an entity. */
  kind: z.enum(['topic', 'entity']),
  /** Of an entity; null for a topic. */
  type: EntityType.nullable(),
  name: z.string(),
  conversations: z.int(),
  messages: z.int(),
  /** 0–1, decaying with time since last seen. */
  importance: z.number(),
  lastSeenAt: z.string().nullable(),
});
export type GraphNode = z.infer<typeof GraphNode>;

export const Graph = z.strictObject({
  /** The most important first. */
  nodes: z.array(GraphNode),
  /** `[from, to, weight]`: places in `nodes`, and 0–1, the cosine of the conversations that speak of each. Heaviest first. */
  edges: z.array(z.tuple([z.int(), z.int(), z.number()])),
  /** What would be shown too, were the limit higher. */
  left: z.int(),
});
export type Graph = z.infer<typeof Graph>;
