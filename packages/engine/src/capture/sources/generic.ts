/**
 * VIVIM's own import format: what a person can write by hand and another program can produce. Pure.
 * `{ conversations: [ { externalId, title, createdAt, messages: [ { externalId, parentId?, role, author?, createdAt?, content } ] } ] }`
 */
import type { AuthorKind, Role } from '@vivim/contract/conversation';
import type {
  CanonicalConversation,
  CanonicalIssue,
  CanonicalMessage,
  CanonicalPart,
  Reading,
  SourceContext,
} from '../canonical.ts';
import { contentKey } from './content-key.ts';
import { DistinctKeys } from './distinct-keys.ts';
import { asArray, asId, asName, asRecord, asText, distinctKey, type JsonRecord, toJson } from './json-value.ts';
import { jsonReader } from './reading.ts';
import { claimWhere, type SourceModule } from './source-module.ts';
import { sourceTime } from './source-time.ts';
import { buildTree, newestLeaf, pathTo, type TreeNode } from './tree.ts';
import { treeIssues } from './tree-issues.ts';

const speakers: ReadonlyMap<string, { role: Role; kind: AuthorKind }> = new Map([
  ['user', { role: 'user', kind: 'human' }],
  ['human', { role: 'user', kind: 'human' }],
  ['assistant', { role: 'assistant', kind: 'model' }],
  ['ai', { role: 'assistant', kind: 'model' }],
  ['model', { role: 'assistant', kind: 'model' }],
  ['bot', { role: 'assistant', kind: 'model' }],
  ['system', { role: 'system', kind: 'runtime' }],
  ['developer', { role: 'system', kind: 'runtime' }],
  ['tool', { role: 'tool', kind: 'tool' }],
]);

const isSpoken = (value: unknown): boolean => {
  const message = asRecord(value);
  const content = message?.content;
  return typeof message?.role === 'string' && (typeof content === 'string' || Array.isArray(content));
};

/** Read one conversation object. Never throws, whatever it is given. */
export function readGenericConversation(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const externalId = asId(record?.externalId) ?? asId(record?.id);
  const title = asName(record?.title) ?? asName(record?.name);
  const list = record?.messages;
  if (record === null || !Array.isArray(list)) {
    const detail =
      record === null ? 'The entry is no conversation object.' : 'The conversation has no list of `messages`.';
    return {
      outcome: 'skipped',
      externalId,
      title,
      issue: { severity: 'skipped', code: 'conversation_malformed', path: '', detail },
    };
  }
  const nodes = nodesOf(list);
  const tree = buildTree(nodes);
  const issues: CanonicalIssue[] = treeIssues(tree, 'messages');
  const leaf = newestLeaf(tree, () => null);
  const path = pathTo(tree, leaf);
  const messages = tree.placed.map((node): CanonicalMessage => {
    const message = asRecord(node.value);
    if (message === null) {
      issues.push({
        severity: 'degraded',
        code: 'message_malformed',
        path: `messages/${node.key.toWellFormed()}`,
        detail: 'The message is no object; it is kept as it came.',
      });
    }
    return {
      key: distinctKey(node.key),
      externalId: asId(message?.externalId) ?? asId(message?.id),
      parentKey: node.parentKey === null ? null : distinctKey(node.parentKey),
      siblingIx: node.siblingIx,
      onActivePath: path.has(node.key),
      ...readMessage(message ?? { content: node.value }),
    };
  });
  const conversation: CanonicalConversation = {
    source: 'generic',
    accountHash: context.accountHash,
    externalId,
    key: externalId ?? '',
    title,
    created: sourceTime(timeOf(record)),
    updated: sourceTime(record.updatedAt ?? record.updated_at ?? record.update_time),
    activeLeafKey: leaf === null ? null : distinctKey(leaf),
    projectId: null,
    assistantId: null,
    defaultModel: asName(record.model),
    flags: {},
    branchPoints: tree.branchPoints,
    messages,
  };
  return { outcome: 'conversation', conversation, issues };
}

/**
 * Where no message names a parent, each answers the one before it. Where some do, only a message that says nothing
 * at all does; `null` is a beginning.
 */
function nodesOf(list: readonly unknown[]): TreeNode<unknown>[] {
  const named = list.some((message) => asName(asRecord(message)?.parentId) !== null);
  const keys = new DistinctKeys();
  let before: string | null = null;
  return list.map((value) => {
    const message = asRecord(value);
    const parent = message?.parentId;
    const parentKey = named && parent !== undefined ? asName(parent) : before;
    const key = keys.take(wantedKey(asId(message?.externalId) ?? asId(message?.id), parentKey, value));
    before = key;
    return { key, parentKey, value: value ?? {} };
  });
}

/** The source's id, or one made from what the message is. */
function wantedKey(id: string | null, parentKey: string | null, value: unknown): string {
  const message = asRecord(value);
  return id ?? `#${contentKey([parentKey, asText(message?.role), toJson(message?.content ?? value)])}`;
}

/** Programs that write the format nearly, write its times under names of their own. */
const timeOf = (record: JsonRecord): unknown =>
  record.createdAt ?? record.created_at ?? record.create_time ?? record.timestamp;

type MessageBody = Omit<CanonicalMessage, 'key' | 'externalId' | 'parentKey' | 'siblingIx' | 'onActivePath'>;

function readMessage(message: JsonRecord): MessageBody {
  const said = asText(message.role)?.toLowerCase() ?? '';
  // An unknown role is somebody's name, as in a transcript between people.
  const speaker = speakers.get(said) ?? { role: 'user' as const, kind: 'human' as const };
  return {
    role: speaker.role,
    authorName: asName(message.author) ?? (speakers.has(said) ? null : asName(message.role)),
    authorKind: speaker.kind,
    model: asName(message.model),
    channel: null,
    created: sourceTime(timeOf(message)),
    hidden: false,
    hiddenReason: null,
    status: null,
    weight: null,
    parts: partsOf(message.content, speaker.kind),
  };
}

function partsOf(content: unknown, kind: AuthorKind): CanonicalPart[] {
  const list = Array.isArray(content) ? asArray(content) : [content];
  return list.flatMap((item): CanonicalPart[] => {
    if (item === null || item === undefined || item === '') return [];
    const text = asText(item) ?? asText(asRecord(item)?.text);
    if (text === null) return [{ kind: 'raw', text: null, json: toJson(item) ?? 'null' }];
    return text === '' ? [] : [{ kind: kind === 'tool' ? 'tool_result' : 'text', text }];
  });
}

export const generic: SourceModule = {
  source: 'generic',
  formats: [
    {
      kind: 'json',
      cut: { kind: 'list' },
      claim: claimWhere(
        ({ messages }) => Array.isArray(messages) && messages.length > 0 && messages.slice(0, 5).every(isSpoken),
        0.9,
        'Its conversations have `messages` with `role` and `content`, as the generic import format has.',
      ),
    },
  ],
  read: jsonReader(readGenericConversation),
};
