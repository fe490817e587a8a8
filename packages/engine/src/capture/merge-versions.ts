/**
 * Several versions of one conversation, from exports of different times → one: the union of their messages. Pure, and
 * a function of the set of versions alone, so that older-then-newer and newer-then-older end in the same state.
 */
import type { VersionRule } from '@vivim/contract/conflicts';
import type { CanonicalConversation, CanonicalMessage } from './canonical.ts';
import { contentKey } from './sources/content-key.ts';
import { buildTree, newestLeaf, pathTo, type TreeNode } from './sources/tree.ts';

export interface Version {
  readonly conversation: CanonicalConversation;
  /** Of its bytes: decides between versions of one time. */
  readonly sha256: string;
}

/**
 * What the newer version says wins, message by message and field by field; what only another one holds stays. With `oldest`, the
 * messages they say different things of have the oldest text, and title, order and the branch that is shown stay those of the
 * newest. With `both`, a text that lost stays as a message beside the one that won.
 * @param versions at least one, in any order
 */
export function mergeVersions(versions: readonly Version[], rule: VersionRule = 'newest'): CanonicalConversation {
  const [newest, ...older] = versions.toSorted(newestFirst).map((version) => version.conversation);
  if (newest === undefined) throw new RangeError('There is no version to merge.');
  if (older.length === 0) return newest;
  const nodes = new Map<string, TreeNode<CanonicalMessage>>();
  // Pieces are told in the order they were said; of whole versions the newest one gives the order.
  const inOrder = newest.piece === true ? [...older.toReversed(), newest] : [newest, ...older];
  for (const version of inOrder) addNodes(nodes, version);
  if (rule === 'oldest') sayOldest(nodes, versions, [...older.toReversed(), newest]);
  if (rule === 'both') for (const one of conflictsIn(versions)) addBeside(nodes, one.older);
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

/** How many messages a version showed that the whole has on a branch that is not shown. */
export function shownElsewhere(versions: readonly Version[], whole: CanonicalConversation): number {
  const aside = new Set(whole.messages.flatMap(({ key, onActivePath }) => (onActivePath ? [] : [key])));
  if (aside.size === 0) return 0;
  const shown = versions.flatMap(({ conversation }) =>
    conversation.messages.flatMap(({ key, onActivePath }) => (onActivePath && aside.has(key) ? [key] : [])),
  );
  return new Set(shown).size;
}

export interface VersionConflict {
  readonly newest: CanonicalMessage;
  readonly older: CanonicalMessage;
}

/** Messages two whole versions say different things of. One that only goes on where it broke off contradicts nothing. */
export function conflictsIn(versions: readonly Version[]): VersionConflict[] {
  const [first, ...rest] = versions.toSorted(newestFirst).map((version) => version.conversation);
  if (first === undefined || first.piece === true) return [];
  const known = new Map<string, CanonicalMessage>();
  const conflicts = new Map<string, VersionConflict>();
  for (const version of [first, ...rest]) {
    for (const message of version.messages) {
      const newest = known.get(message.key);
      if (newest === undefined) known.set(message.key, message);
      else if (newest !== message && contradicts(newest, message))
        conflicts.set(`${message.key}\0${wordsOf(message)}`, { newest, older: message });
    }
  }
  return [...conflicts.values()];
}

/** Most messages are one text: it is given as it is, since this is asked of every message of every version. */
export function wordsOf({ parts }: CanonicalMessage): string {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return (only.text ?? '').trim();
  return parts
    .map((part) => part.text ?? '')
    .join('\n')
    .trim();
}

function contradicts(newest: CanonicalMessage, older: CanonicalMessage): boolean {
  const [now, before] = [wordsOf(newest), wordsOf(older)];
  return before !== '' && now !== '' && !now.startsWith(before);
}

/** Messages that differ, as the oldest version that says something has them. */
function sayOldest(
  nodes: Map<string, TreeNode<CanonicalMessage>>,
  versions: readonly Version[],
  oldestFirst: readonly CanonicalConversation[],
): void {
  const differ = new Set(conflictsIn(versions).map(({ newest }) => newest.key));
  for (const { messages } of differ.size === 0 ? [] : oldestFirst) {
    for (const { answersKey: _, ...message } of messages) {
      const place = nodes.get(message.key);
      if (place === undefined || wordsOf(message) === '' || !differ.delete(message.key)) continue;
      nodes.set(message.key, { ...place, value: message });
    }
  }
}

/** A text that lost, under a key made of it, where the one that won stands. */
function addBeside(nodes: Map<string, TreeNode<CanonicalMessage>>, message: CanonicalMessage): void {
  const place = nodes.get(message.key);
  if (place === undefined || place.value === null) return;
  const key = `${message.key}~${contentKey([wordsOf(message)])}`;
  // What three versions say may be the same in two of them.
  if (wordsOf(place.value) === wordsOf(message) || nodes.has(key)) return;
  nodes.set(key, { key, parentKey: place.parentKey, value: { ...message, key, externalId: null } });
}

/** The order versions have by when they were made. */
export function newestFirst(a: Version, b: Version): number {
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
