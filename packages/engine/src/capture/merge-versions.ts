/**
 * Several versions of one conversation, from exports of different times → one: the union of their messages. Pure, and
 * a function of the set of versions alone, so that older-then-newer and newer-then-older end in the same state.
 */
import type { CanonicalConversation, CanonicalMessage } from './canonical.ts';
import { buildTree, newestLeaf, pathTo, type TreeNode } from './sources/tree.ts';

export interface Version {
  readonly conversation: CanonicalConversation;
  /** Of its bytes: decides between versions of one time. */
  readonly sha256: string;
}

/**
 * What the newer version says wins, message by message and field by field; what only an older one holds stays.
 * @param versions at least one, in any order
 */
export function mergeVersions(versions: readonly Version[]): CanonicalConversation {
  const [newest, ...older] = versions.toSorted(newestFirst).map((version) => version.conversation);
  if (newest === undefined) throw new RangeError('There is no version to merge.');
  if (older.length === 0) return newest;
  const nodes = new Map<string, TreeNode<CanonicalMessage>>();
  // Pieces are told in the order they were said; of whole versions the newest one gives the order.
  const inOrder = newest.piece === true ? [...older.toReversed(), newest] : [newest, ...older];
  for (const version of inOrder) addNodes(nodes, version);
  const tree = buildTree([...nodes.values()]);
  const leaf =
    newest.activeLeafKey !== null && tree.byKey.has(newest.activeLeafKey)
      ? newest.activeLeafKey
      : newestLeaf(tree, (message) => message.created.ms);
  const path = pathTo(tree, leaf);
  const first = <T>(field: (version: CanonicalConversation) => T | null): T | null =>
    [newest, ...older].map(field).find((value) => value !== null && value !== '') ?? null;
  return {
    ...newest,
    accountHash: first((version) => version.accountHash) ?? '',
    title: first((version) => version.title),
    created:
      newest.created.raw === null
        ? (older.find((version) => version.created.raw !== null) ?? newest).created
        : newest.created,
    projectId: first((version) => version.projectId),
    assistantId: first((version) => version.assistantId),
    defaultModel: first((version) => version.defaultModel),
    activeLeafKey: leaf,
    branchPoints: tree.branchPoints,
    messages: tree.placed.map((node) => ({
      ...node.value,
      parentKey: node.parentKey,
      siblingIx: node.siblingIx,
      onActivePath: path.has(node.key),
    })),
  };
}

function newestFirst(a: Version, b: Version): number {
  const time = (version: Version) => version.conversation.updated.ms ?? version.conversation.created.ms ?? -1;
  return (
    time(b) - time(a) ||
    b.conversation.messages.length - a.conversation.messages.length ||
    (a.sha256 < b.sha256 ? 1 : a.sha256 > b.sha256 ? -1 : 0)
  );
}

/** Add the messages no newer version held. Roots that began together hang on one empty node, named after the first. */
function addNodes(nodes: Map<string, TreeNode<CanonicalMessage>>, version: CanonicalConversation): void {
  let beginning = '';
  for (const [key, parentKey] of Object.entries(version.gone ?? {}))
    if (!nodes.has(key)) nodes.set(key, { key, parentKey, value: null });
  for (const { answersKey, ...message } of version.messages) {
    if (answersKey !== undefined) {
      if (!nodes.has(message.key)) nodes.set(message.key, { key: message.key, parentKey: answersKey, value: message });
      continue;
    }
    if (message.parentKey === null && message.siblingIx === 0) beginning = `\0${message.key}`;
    if (nodes.has(message.key)) continue;
    if (message.parentKey === null && !nodes.has(beginning)) {
      nodes.set(beginning, { key: beginning, parentKey: null, value: null });
    }
    nodes.set(message.key, { key: message.key, parentKey: message.parentKey ?? beginning, value: message });
  }
}
