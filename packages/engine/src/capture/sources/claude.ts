/**
 * Claude: one conversation of an official export, of the site's own API (`text` empty, parents given), or a shared snapshot → canonical.
 * Pure. The body of a message is `content`; `text` holds placeholders where a block could not be shown, so it counts
 * only where there are no blocks.
 */
import type { CanonicalConversation, CanonicalIssue, CanonicalMessage, Reading, SourceContext } from '../canonical.ts';
import { claudeParts } from './claude-blocks.ts';
import { asId, asName, asNumber, asRecord, asText, distinctKey, type JsonRecord } from './json-value.ts';
import { notAConversation } from './reading.ts';
import { sourceTime } from './source-time.ts';
import { buildTree, newestLeaf, pathTo, type TreeNode } from './tree.ts';
import { roleUnknown, treeIssues } from './tree-issues.ts';

/** What a first message names as its parent. */
const rootId = '00000000-0000-4000-8000-000000000000';

/** Read one conversation object. Never throws, whatever it is given. */
export function readClaudeConversation(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const externalId = asId(record?.uuid);
  // A shared snapshot (claude.ai/share, as the site's API gives it) is named by its own name and lists by `index`.
  const title = asName(record?.name) ?? asName(record?.snapshot_name);
  const list = record?.chat_messages;
  if (record === null || !Array.isArray(list)) {
    const detail =
      record === null
        ? 'The entry is no conversation object.'
        : 'The conversation has no `chat_messages`: its messages are not in the export.';
    return notAConversation(detail, { externalId, title });
  }
  const tree = buildTree(nodesOf(isSnapshot(record) ? byIndex(list) : list));
  const issues: CanonicalIssue[] = treeIssues(tree, 'chat_messages');
  const current = asId(record.current_leaf_message_uuid);
  const leaf = (current === null ? null : tree.holderOf(current)) ?? newestLeaf(tree, () => null);
  const path = pathTo(tree, leaf);
  const model = asName(record.model);
  const messages = tree.placed.map((node): CanonicalMessage => {
    const { body, problems } = readMessage(node.value, model);
    for (const problem of problems) issues.push({ ...problem, path: `chat_messages/${node.key.toWellFormed()}` });
    return {
      key: distinctKey(node.key),
      externalId: asName(asRecord(node.value)?.uuid),
      parentKey: node.parentKey === null ? null : distinctKey(node.parentKey),
      siblingIx: node.siblingIx,
      onActivePath: path.has(node.key),
      ...body,
    };
  });
  const conversation: CanonicalConversation = {
    source: 'claude',
    accountHash: context.accountHash,
    externalId,
    key: externalId ?? '',
    title,
    created: sourceTime(record.created_at),
    updated: sourceTime(record.updated_at),
    activeLeafKey: leaf === null ? null : distinctKey(leaf),
    projectId: asId(record.project_uuid),
    assistantId: null,
    defaultModel: model,
    flags: { ...flagsOf(record), ...(isSnapshot(record) ? { is_shared_snapshot: true } : {}) },
    branchPoints: tree.branchPoints,
    messages,
  };
  return { outcome: 'conversation', conversation, issues };
}

export const isSnapshot = (record: JsonRecord): boolean => typeof record.snapshot_name === 'string';

function byIndex(list: readonly unknown[]): readonly unknown[] {
  const index = (message: unknown): number => asNumber(asRecord(message)?.index) ?? Number.POSITIVE_INFINITY;
  // Infinity less infinity is no number; what has no index keeps its place at the end.
  return list.toSorted((a, b) => index(a) - index(b) || 0);
}

/** Exports of some times name parents, others leave them out: then each message answers the one before it. */
function nodesOf(list: readonly unknown[]): TreeNode<unknown>[] {
  const named = list.some((message) => asId(asRecord(message)?.parent_message_uuid) !== null);
  const taken = new Set<string>();
  let before: string | null = null;
  return list.map((message, ix) => {
    const record = asRecord(message);
    const uuid = asId(record?.uuid);
    // A message without an id, or with one that stood before, is known by its place.
    const key: string = uuid !== null && !taken.has(uuid) ? uuid : `#${ix}`;
    taken.add(key);
    const parent = asId(record?.parent_message_uuid);
    const parentKey = named && parent !== null ? (parent === rootId ? null : parent) : before;
    before = key;
    return { key, parentKey, value: message ?? {} };
  });
}

type MessageBody = Omit<CanonicalMessage, 'key' | 'externalId' | 'parentKey' | 'siblingIx' | 'onActivePath'>;
type Problem = Omit<CanonicalIssue, 'path'>;

function readMessage(value: unknown, model: string | null): { body: MessageBody; problems: Problem[] } {
  const message = asRecord(value) ?? { content: value };
  const human = message.sender === 'human' || message.sender === 'user';
  const known = human || message.sender === 'assistant';
  const { parts, unknown } = claudeParts(message);
  const problems: Problem[] = unknown.map((type) => ({
    severity: 'degraded',
    code: 'content_unknown',
    detail: `Content of the type "${type}" is not known yet; it is kept as it came.`,
  }));
  problems.push(...(known || message.sender === undefined ? [] : roleUnknown('', asName(message.sender) ?? 'nobody')));
  const content = message.content;
  if (content !== undefined && content !== null && !Array.isArray(content)) {
    const saved = asText(message.text) ? 'its plain text is taken instead' : 'what it held is kept as it came';
    problems.push({
      severity: 'degraded',
      code: 'content_malformed',
      detail: `The content of the message is no list of blocks; ${saved}.`,
    });
  }
  return {
    body: {
      role: human ? 'user' : known ? 'assistant' : 'system',
      authorName: null,
      authorKind: human ? 'human' : known ? 'model' : 'runtime',
      model: known && !human ? (asName(message.model) ?? model) : null,
      channel: null,
      created: sourceTime(message.created_at),
      hidden: false,
      hiddenReason: null,
      status: message.truncated === true ? 'truncated' : null,
      weight: null,
      parts,
    },
    problems,
  };
}

const flagsOf = (record: JsonRecord): Record<string, unknown> => {
  const summary = asName(record.summary);
  return {
    ...(record.is_starred === true ? { is_starred: true } : {}),
    ...(summary === null ? {} : { summary }),
  };
};

/** The account a conversation names, for an export without `users.json`. */
export const claudeAccountOf = (value: unknown): string | null => asName(asRecord(asRecord(value)?.account)?.uuid);
