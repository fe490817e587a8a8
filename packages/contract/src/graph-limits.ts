/** How much of a graph is told at once, as plain figures: for who needs no schema. */

/** Nodes an answer may hold. Of edges it holds at most three for each node. */
export const graphLimits = { nodes: 5_000, usual: 400, edgesOfNode: 3 } as const;
