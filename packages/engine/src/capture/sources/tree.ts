/**
 * From the nodes of a source to a tree in reading order. `parent` is the truth and `children` only orders; nothing is
 * ever sorted by time. A node whose parent is missing, or that stands in a circle, becomes a root and is named.
 */

export interface TreeNode<T> {
  readonly key: string;
  readonly parentKey: string | null;
  /** Null: a node that holds nothing (an export's root); what hangs on it hangs on its nearest ancestor that does. */
  readonly value: T | null;
  /** The order of its children, where the source gives one. Those it does not name follow in the source's order. */
  readonly childOrder?: readonly unknown[];
}

export interface PlacedNode<T> {
  readonly key: string;
  readonly value: T;
  /** The nearest ancestor that holds something; null for a root. */
  readonly parentKey: string | null;
  /**
   * Place among those that answer the same node. Roots that hung on one empty node are counted together, and a root of
   * its own starts again at 0: so a reader can tell an edited first prompt from a stray message.
   */
  readonly siblingIx: number;
}

export interface Tree<T> {
  /** Depth-first, parents before children. */
  readonly placed: readonly PlacedNode<T>[];
  readonly byKey: ReadonlyMap<string, PlacedNode<T>>;
  /** Nodes with more than one child, empty ones counted. */
  readonly branchPoints: number;
  /** Keys of nodes whose parent is not there. */
  readonly orphans: readonly string[];
  /** Keys of nodes whose link to the parent was cut, because it closed a circle. */
  readonly cut: readonly string[];
  /** The nearest node that holds something, from `key` upwards; null where there is none. */
  holderOf(key: string): string | null;
}

/** @param nodes in the source's order; of two with one key the later one counts */
export function buildTree<T>(nodes: readonly TreeNode<T>[]): Tree<T> {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const children = new Map<string, TreeNode<T>[]>();
  const roots: TreeNode<T>[] = [];
  const orphans: string[] = [];
  for (const node of byKey.values()) {
    if (node.parentKey !== null && byKey.has(node.parentKey)) {
      const siblings = children.get(node.parentKey);
      if (siblings === undefined) children.set(node.parentKey, [node]);
      else siblings.push(node);
    } else {
      roots.push(node);
      if (node.parentKey !== null) orphans.push(node.key);
    }
  }
  let branchPoints = 0;
  for (const [key, siblings] of children) {
    if (siblings.length < 2) continue;
    branchPoints += 1;
    putInOrder(siblings, byKey.get(key)?.childOrder);
  }

  const placed: PlacedNode<T>[] = [];
  const done = new Map<string, PlacedNode<T>>();
  const holders = new Map<string, string | null>();
  const walk = (root: TreeNode<T>) => {
    // A stack of our own: a conversation may be deeper than the engine's.
    const stack: { node: TreeNode<T>; holder: string | null; counter: { next: number } }[] = [
      { node: root, holder: null, counter: { next: 0 } },
    ];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const { node, holder, counter } = at;
      if (holders.has(node.key)) continue;
      let below = { holder, counter };
      if (node.value === null) {
        holders.set(node.key, holder);
      } else {
        const place = { key: node.key, value: node.value, parentKey: holder, siblingIx: counter.next };
        counter.next += 1;
        placed.push(place);
        done.set(node.key, place);
        holders.set(node.key, node.key);
        below = { holder: node.key, counter: { next: 0 } };
      }
      const next = children.get(node.key) ?? [];
      for (let ix = next.length - 1; ix >= 0; ix -= 1) {
        const child = next[ix];
        if (child !== undefined) stack.push({ node: child, ...below });
      }
    }
  };
  for (const root of roots) walk(root);
  // What no root reaches stands in a circle. It is cut at the first of its nodes in the source's order.
  const cut: string[] = [];
  for (const node of byKey.values()) {
    if (holders.has(node.key)) continue;
    cut.push(node.key);
    walk(node);
  }
  return { placed, byKey: done, branchPoints, orphans, cut, holderOf: (key) => holders.get(key) ?? null };
}

function putInOrder<T>(siblings: TreeNode<T>[], order: readonly unknown[] | undefined): void {
  if (order === undefined || order.length === 0) return;
  const rank = new Map(order.map((key, ix) => [key, ix]));
  siblings.sort((a, b) => (rank.get(a.key) ?? order.length) - (rank.get(b.key) ?? order.length));
}

/** The keys from a leaf up to its root. */
export function pathTo<T>(tree: Tree<T>, leaf: string | null): ReadonlySet<string> {
  const path = new Set<string>();
  for (let key = leaf; key !== null; key = tree.byKey.get(key)?.parentKey ?? null) path.add(key);
  return path;
}

/**
 * The leaf that was written last, for a source that does not say which branch is shown: the greatest time, and the
 * later one in the source where times are missing or equal.
 */
export function newestLeaf<T>(tree: Tree<T>, timeOf: (value: T) => number | null): string | null {
  const answered = new Set(tree.placed.map((node) => node.parentKey));
  let newest: { key: string; ms: number } | null = null;
  for (const node of tree.placed) {
    if (answered.has(node.key)) continue;
    const ms = timeOf(node.value) ?? Number.NEGATIVE_INFINITY;
    if (newest === null || ms >= newest.ms) newest = { key: node.key, ms };
  }
  return newest?.key ?? null;
}
