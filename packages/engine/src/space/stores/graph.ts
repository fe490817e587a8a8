/**
 * Topics and entities that come up together. Nodes are bounded, and of each conversation the most that it speaks of count: what a
 * book of a conversation names in passing ties nothing together. Reads only.
 */
import { isoTime } from '@vivim/contract/clock';
import type { Graph, GraphNode, GraphQuery } from '@vivim/contract/graph';
import { graphLimits } from '@vivim/contract/graph-limits';
import { EntityType } from '@vivim/contract/profile';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { importanceAt } from '../profile-standing.ts';
import { statement } from '../statement.ts';
import { isShown, type ProfileKind, type ProfileRow, profileColumns } from './profile-tables.ts';

/** Of one conversation, those it speaks of most. */
const ofConversation = 14;
/** Two that met once may have met by chance; of those spoken of once or twice it says something. */
const chance = { together: 2, rare: 3 };

const nodesOf = { topic: nodeStatement('topic'), entity: nodeStatement('entity') };
const countOf = { topic: countStatement('topic'), entity: countStatement('entity') };
const tiesOf = { topic: tieStatement('topic'), entity: tieStatement('entity') };

interface Since {
  since: number | null;
}

function nodeStatement(kind: ProfileKind) {
  return statement<Since & { limit: number }, ProfileRow>(
    (_, p) => sql<ProfileRow>`
      SELECT ${profileColumns(kind, 'o')} FROM ${sql.table(kind)} o
      WHERE ${isShown(kind, 'o')} AND (${p.since} IS NULL OR o.last_ms >= ${p.since})
      ORDER BY o.pinned DESC, o.weight DESC, o.key LIMIT ${p.limit}`,
  );
}
function countStatement(kind: ProfileKind) {
  return statement<Since, { n: number }>(
    (_, p) => sql<{ n: number }>`
      SELECT count(*) AS n FROM ${sql.table(kind)} o
      WHERE ${isShown(kind, 'o')} AND (${p.since} IS NULL OR o.last_ms >= ${p.since})`,
  );
}
function tieStatement(kind: ProfileKind) {
  return statement<{ pks: string }, { conversation: number; pk: number; strength: number }>(
    (_, p) => sql<{ conversation: number; pk: number; strength: number }>`
      SELECT c.conversation_pk AS conversation, o.pk, max(c.strength) AS strength
      FROM json_each(${p.pks}) j CROSS JOIN ${sql.table(kind)} o ON o.pk = j.value
        CROSS JOIN ${sql.table(kind)} t ON t.pk = o.pk OR t.head_key = o.key
        CROSS JOIN ${sql.table(`${kind}_conversation`)} c ON c.${sql.ref(`${kind}_pk`)} = t.pk
      GROUP BY c.conversation_pk, o.pk`,
  );
}

export class GraphReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @param nowMs for how much each counts now */
  graph(query: Pick<GraphQuery, 'limit' | 'kind' | 'since'>, nowMs: number): Graph {
    const kinds: readonly ProfileKind[] = query.kind === undefined ? ['topic', 'entity'] : [query.kind];
    const since = query.since === undefined ? null : Date.parse(query.since);
    const rows = kinds
      .flatMap((kind) =>
        nodesOf[kind].all(this.#connection, { since, limit: query.limit }).map((row) => ({ kind, row })),
      )
      .sort((a, b) => b.row.pinned - a.row.pinned || b.row.weight - a.row.weight || (a.row.key < b.row.key ? -1 : 1))
      .slice(0, query.limit);
    const all = kinds.reduce((sum, kind) => sum + (countOf[kind].get(this.#connection, { since })?.n ?? 0), 0);
    const nodes = rows.map(({ kind, row }) => nodeOf(kind, row, nowMs));
    return { nodes, edges: edgesBetween(this.#together(rows), nodes), left: all - nodes.length };
  }

  /** Places of nodes by conversation, those it speaks of most first. */
  #together(rows: readonly { kind: ProfileKind; row: ProfileRow }[]): number[][] {
    const found = new Map<number, { place: number; strength: number }[]>();
    for (const kind of ['topic', 'entity'] as const) {
      const places = new Map(rows.flatMap((one, place) => (one.kind === kind ? [[one.row.pk, place] as const] : [])));
      for (const tie of tiesOf[kind].all(this.#connection, { pks: JSON.stringify([...places.keys()]) })) {
        const held = found.get(tie.conversation);
        const one = { place: places.get(tie.pk) ?? 0, strength: tie.strength };
        if (held === undefined) found.set(tie.conversation, [one]);
        else held.push(one);
      }
    }
    return [...found.values()].map((held) =>
      held
        .sort((a, b) => b.strength - a.strength || a.place - b.place)
        .slice(0, ofConversation)
        .map(({ place }) => place),
    );
  }
}

const nodeOf = (kind: ProfileKind, row: ProfileRow, nowMs: number): GraphNode => ({
  id: row.id as GraphNode['id'],
  kind,
  type: kind === 'topic' ? null : EntityType.catch('unknown').parse(row.type),
  name: row.name,
  conversations: row.conversations,
  messages: row.messages,
  importance: importanceAt(row, row.name, nowMs),
  lastSeenAt: isoTime(row.lastMs),
});

/** Of each node the edges that weigh most, the heaviest first. */
function edgesBetween(together: readonly (readonly number[])[], nodes: readonly GraphNode[]): Graph['edges'] {
  const shared = new Map<number, number>();
  for (const places of together)
    for (const [i, one] of places.entries())
      for (const other of places.slice(i + 1)) {
        const pair = Math.min(one, other) * graphLimits.nodes + Math.max(one, other);
        shared.set(pair, (shared.get(pair) ?? 0) + 1);
      }
  const edges: [number, number, number][] = [];
  for (const [pair, n] of shared) {
    const [a, b] = [Math.floor(pair / graphLimits.nodes), pair % graphLimits.nodes];
    const [of, with_] = [nodes[a]?.conversations ?? 1, nodes[b]?.conversations ?? 1];
    if (n < chance.together && Math.min(of, with_) > chance.rare) continue;
    edges.push([a, b, Math.round(Math.min(1, n / Math.sqrt(of * with_)) * 1e3) / 1e3]);
  }
  edges.sort((x, y) => y[2] - x[2] || x[0] - y[0] || x[1] - y[1]);
  const held = new Array<number>(nodes.length).fill(0);
  return edges.filter(([a, b]) => {
    // One of the two has room: what is tied to nothing else keeps its tie to the middle.
    if (Math.min(held[a] ?? 0, held[b] ?? 0) >= graphLimits.edgesOfNode) return false;
    held[a] = (held[a] ?? 0) + 1;
    held[b] = (held[b] ?? 0) + 1;
    return true;
  });
}
