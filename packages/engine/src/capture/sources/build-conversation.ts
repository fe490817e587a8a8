/**
 * From what a source says of a conversation and its turns → canonical: keys, tree, active branch, what was wrong. One
 * way for every source whose messages are a list, with parents or without. Pure.
 */
import type { AuthorKind, Role, Source } from '@vivim/contract/conversation';
import type {
  CanonicalIssue,
  CanonicalMessage,
  CanonicalPart,
  CanonicalTime,
  Reading,
  SourceContext,
} from '../canonical.ts';
import { contentKey } from './content-key.ts';
import { DistinctKeys } from './distinct-keys.ts';
import { distinctKey, toJson } from './json-value.ts';
import { partsOfKey } from './known-by.ts';
import { sourceTime } from './source-time.ts';
import { buildTree, newestLeaf, pathTo, type TreeNode } from './tree.ts';
import { leafMissing, treeIssues } from './tree-issues.ts';
import { WrittenTime } from './written-time.ts';

/** One message as a source has it. */
export interface Turn {
  /** The source's id, or null; one that stood before is made distinct. */
  readonly id: string | null;
  /** What it is known by within the conversation, where the source gives no id. */
  readonly key?: string;
  /** Id or key of the message it answers; null for a beginning, absent for the turn before it. */
  readonly parent?: string | null;
  readonly role: Role;
  readonly kind: AuthorKind;
  readonly parts: readonly CanonicalPart[];
  /** As the source wrote it, or a {@link WrittenTime}. */
  readonly time?: unknown;
  readonly name?: string | null;
  readonly model?: string | null;
  readonly channel?: string | null;
  /** Why it is not shown, or absent where it is. */
  readonly hidden?: string | null;
  readonly status?: string | null;
}

export interface ConversationHead {
  readonly source: Source;
  readonly externalId: string | null;
  /** What it is known by, where that is not its external id; '' to have it made from how it begins. */
  readonly key?: string;
  readonly title?: string | null;
  readonly created?: unknown;
  readonly updated?: unknown;
  readonly projectId?: string | null;
  readonly assistantId?: string | null;
  readonly model?: string | null;
  readonly flags?: Readonly<Record<string, unknown>>;
  /** Id or key of the message the source shows last; null where it does not say. */
  readonly leaf?: string | null;
}

/** @param place where in the record the messages stand, for the report */
export function buildConversation(
  head: ConversationHead,
  turns: readonly Turn[],
  context: SourceContext,
  place = 'messages',
  noted: readonly CanonicalIssue[] = [],
): Reading {
  const tree = buildTree(nodesOf(turns));
  const named = head.leaf ?? null;
  const shown = named === null ? null : tree.holderOf(named);
  const lost = named !== null && shown === null && turns.length > 0 ? [leafMissing] : [];
  const issues = [...noted, ...treeIssues(tree, place), ...lost];
  const leaf = shown ?? newestLeaf(tree, () => null);
  const path = pathTo(tree, leaf);
  const messages = tree.placed.map(
    (node): CanonicalMessage => ({
      key: distinctKey(node.key),
      externalId: node.value.id,
      parentKey: node.parentKey === null ? null : distinctKey(node.parentKey),
      siblingIx: node.siblingIx,
      onActivePath: path.has(node.key),
      role: node.value.role,
      authorName: node.value.name ?? null,
      authorKind: node.value.kind,
      model: node.value.model ?? null,
      channel: node.value.channel ?? null,
      created: timeOf(node.value.time),
      hidden: (node.value.hidden ?? null) !== null,
      hiddenReason: node.value.hidden ?? null,
      status: node.value.status ?? null,
      weight: null,
      parts: node.value.parts,
    }),
  );
  return {
    outcome: 'conversation',
    conversation: {
      source: head.source,
      accountHash: context.accountHash,
      externalId: head.externalId,
      key: head.key ?? head.externalId ?? '',
      title: head.title ?? null,
      created: timeOf(head.created),
      updated: timeOf(head.updated),
      activeLeafKey: leaf === null ? null : distinctKey(leaf),
      projectId: head.projectId ?? null,
      assistantId: head.assistantId ?? null,
      defaultModel: head.model ?? null,
      flags: head.flags ?? {},
      branchPoints: tree.branchPoints,
      messages,
    },
    issues,
  };
}

const timeOf = (value: unknown): CanonicalTime => (value instanceof WrittenTime ? value.time : sourceTime(value));

/** For sets of conversations that begin alike: a key made from all an entry holds. */
export function wholeKey(source: Source, entry: unknown): string {
  const json = toJson(entry);
  return json === null ? '' : `#${contentKey([source, json])}`;
}

/** The keys messages of these turns are known by, in order: for a turn that hangs on an earlier one that has no id. */
export const turnKeys = (turns: readonly Turn[]): string[] => nodesOf(turns).map(({ key }) => key);

function nodesOf(turns: readonly Turn[]): TreeNode<Turn>[] {
  const keys = new DistinctKeys();
  let before: string | null = null;
  return turns.map((turn) => {
    const parentKey: string | null = turn.parent === undefined ? before : turn.parent;
    const wanted = turn.id ?? turn.key ?? `#${contentKey([parentKey, turn.role, toJson(partsOfKey(turn.parts))])}`;
    const key = keys.take(wanted);
    before = key;
    return { key, parentKey, value: turn };
  });
}
