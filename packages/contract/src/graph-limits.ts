/** How much of a graph is told at once, as plain figures: for who needs no schema. */

/**
 * Nodes an answer may hold. Edges are taken from the heaviest on, each kept while one of its two ends has fewer than `edgesOfNode`: at
 * most three times as many as nodes, and what much is tied to has more than three.
 */
export const graphLimits = { nodes: 5_000, usual: 400, edgesOfNode: 3 } as const;
