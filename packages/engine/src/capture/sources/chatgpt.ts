/**
 * ChatGPT: one conversation of an official export (or of the site's own API, the same shape) → canonical.
 * Pure. Knows the mapping and the message envelope; what stands inside a message is read by `chatgpt-content.ts`.
 */
import type { AuthorKind, Role } from '@vivim/contract/conversation';
import type { CanonicalConversation, CanonicalIssue, CanonicalMessage, Reading, SourceContext } from '../canonical.ts';
import { chatgptParts } from './chatgpt-content.ts';
import type { ContentContext } from './chatgpt-content-context.ts';
import { type Report, reportsIn } from './chatgpt-research.ts';
import {
  asArray,
  asId,
  asName,
  asNumber,
  asRecord,
  asText,
  distinctKey,
  isRecord,
  type JsonRecord,
} from './json-value.ts';
import { notAConversation } from './reading.ts';
import { sourceTime } from './source-time.ts';
import { buildTree, newestLeaf, pathTo, type Tree, type TreeNode } from './tree.ts';
import { leafMissing, treeIssues } from './tree-issues.ts';

const keptFlags = [
  'is_archived',
  'is_starred',
  'pinned_time',
  'voice',
  'memory_scope',
  'is_do_not_remember',
  'is_study_mode',
  'conversation_origin',
] as const;

/** Read one conversation object. Never throws, whatever it is given. */
export function readChatGptConversation(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const externalId = asId(record?.conversation_id) ?? asId(record?.id);
  const title = asName(record?.title);
  const mapping = asRecord(record?.mapping);
  if (record === null || mapping === null) {
    const detail =
      record === null
        ? 'The entry is no conversation object.'
        : 'The conversation has no `mapping`: its messages are not in the export.';
    return notAConversation(detail, { externalId, title });
  }
  const tree = buildTree(nodesOf(mapping));
  const issues: CanonicalIssue[] = treeIssues(tree, 'mapping');
  const leaf = activeLeaf(record, tree);
  if (asId(record.current_node) !== null && tree.holderOf(asId(record.current_node) ?? '') === null)
    issues.push(leafMissing);
  const path = pathTo(tree, leaf);
  const defaultModel = asName(record.default_model_slug);
  const reports = reportsIn(new Map(tree.placed.map(({ key, value: message }) => [key, message])));
  const messages = tree.placed.map((node): CanonicalMessage => {
    const asked = node.parentKey === null ? '' : wordsIn(tree.byKey.get(node.parentKey)?.value);
    const message = asName(asRecord(node.value)?.id) ?? asName(node.key);
    const place = { conversation: externalId ?? '', message: message ?? '' };
    const report = reports.get(node.key);
    const read = readMessage(node.value, context, { defaultModel, asked, place, report });
    for (const unknown of read.unknown) issues.push(notUnderstood(node.key, unknown));
    return {
      key: distinctKey(node.key),
      externalId: message,
      parentKey: node.parentKey === null ? null : distinctKey(node.parentKey),
      siblingIx: node.siblingIx,
      onActivePath: path.has(node.key),
      ...read.message,
    };
  });
  const conversation: CanonicalConversation = {
    source: 'chatgpt',
    accountHash: context.accountHash,
    externalId,
    key: externalId ?? '',
    title,
    created: sourceTime(record.create_time),
    updated: sourceTime(record.update_time),
    activeLeafKey: leaf === null ? null : distinctKey(leaf),
    projectId: projectOf(record),
    assistantId: assistantOf(record),
    defaultModel,
    flags: flagsOf(record),
    branchPoints: tree.branchPoints,
    messages,
  };
  return { outcome: 'conversation', conversation, issues };
}

/** A node that names no parent hangs on the one that lists it among its children. */
function nodesOf(mapping: JsonRecord): TreeNode<unknown>[] {
  const listedBy = new Map<unknown, string>();
  for (const [key, value] of Object.entries(mapping))
    for (const child of asArray(asRecord(value)?.children)) if (child !== key) listedBy.set(child, key);
  return Object.entries(mapping).map(([key, value]) => {
    const node = asRecord(value);
    return {
      key,
      parentKey: asId(node?.parent) ?? listedBy.get(key) ?? null,
      value: (node === null ? value : node.message) ?? null,
      childOrder: asArray(node?.children),
    };
  });
}

/** The node the site shows; where the export does not say, or names one that is not there, the newest leaf. */
function activeLeaf(record: JsonRecord, tree: Tree<unknown>): string | null {
  const current = asId(record.current_node);
  const shown = current === null ? null : tree.holderOf(current);
  return shown ?? newestLeaf(tree, (message) => sourceTime(asRecord(message)?.create_time).ms);
}

type MessageBody = Omit<CanonicalMessage, 'key' | 'externalId' | 'parentKey' | 'siblingIx' | 'onActivePath'>;

interface Surroundings extends Pick<ContentContext, 'asked' | 'place'> {
  readonly defaultModel: string | null;
  readonly report: Report | undefined;
}

function readMessage(
  value: unknown,
  context: SourceContext,
  { defaultModel, asked, place, report }: Surroundings,
): { message: MessageBody; unknown: readonly string[] } {
  const message = asRecord(value) ?? { content: value };
  const metadata = asRecord(message.metadata) ?? {};
  const author = asRecord(message.author) ?? {};
  const content = report?.inPlaceOfWords === true ? null : message.content;
  const role = roleOf(author.role);
  const authorKind = report === undefined ? authorKindOf(role, content, metadata) : 'model';
  // The site shows the report, whatever it does with the message that holds it.
  const hiddenReason = report === undefined ? hiddenReasonOf(metadata) : null;
  const recipient = asName(message.recipient);
  // What a tool wrote in the model's place names the tool here.
  const authorName = asName(author.name) ?? asName(asRecord(author.metadata)?.real_author);
  const around = { authorKind, authorName, asked, metadata, assetIds: context.assetIds, place };
  const own = chatgptParts(content, { ...around, recipient: recipient === 'all' ? null : recipient });
  const cited = asRecord(report?.message.metadata) ?? {};
  const told =
    report === undefined ? null : chatgptParts(report.message.content, { ...around, recipient: null, metadata: cited });
  const parts = [...own.parts, ...(told?.parts ?? [])];
  const unknown = [...own.unknown, ...(told?.unknown ?? [])];
  return {
    message: {
      role,
      authorName,
      authorKind,
      model:
        role === 'assistant'
          ? (asName(metadata.model_slug) ?? asName(metadata.default_model_slug) ?? defaultModel)
          : null,
      channel: asName(message.channel),
      created: sourceTime(message.create_time),
      hidden: hiddenReason !== null,
      hiddenReason,
      status: asName(message.status),
      weight: asNumber(message.weight),
      parts,
    },
    unknown: isRecord(value) ? [...unknown, ...unknownRole(author.role)] : ['message'],
  };
}

/** What a message says, as far as it is text: the program it asks to be run. */
function wordsIn(message: unknown): string {
  const content = asRecord(asRecord(message)?.content);
  const parts = asArray(content?.parts).filter((part) => typeof part === 'string');
  return [asText(content?.text) ?? '', ...parts].join('\n');
}

const roles: ReadonlySet<unknown> = new Set(['user', 'assistant', 'tool', 'system', 'developer', undefined, null]);
const unknownRole = (role: unknown): string[] => (roles.has(role) ? [] : [`message of ${asName(role) ?? 'nobody'}`]);
const roleOf = (role: unknown): Role => (role === 'user' || role === 'assistant' || role === 'tool' ? role : 'system');

const contextTypes = new Set(['user_editable_context', 'model_editable_context']);

function authorKindOf(role: Role, content: unknown, metadata: JsonRecord): AuthorKind {
  const type = asRecord(content)?.content_type;
  if (typeof type === 'string' && contextTypes.has(type)) return 'context';
  if (metadata.is_user_system_message === true) return 'context';
  // What a task found out in the background is the answer, though its tool wrote it down.
  if (role === 'tool' && metadata.is_async_task_result_message === true) return 'model';
  return role === 'user' ? 'human' : role === 'assistant' ? 'model' : role === 'tool' ? 'tool' : 'runtime';
}

/** Weight 0 does not hide: a generated image has weight 0 on the branch that is shown. */
function hiddenReasonOf(metadata: JsonRecord): string | null {
  // The second name stood in exports of January 2024.
  if (metadata.is_visually_hidden_from_conversation === true || metadata.is_visually_hidden === true) {
    return 'visually_hidden';
  }
  return metadata.is_user_system_message === true ? 'user_system_message' : null;
}

/** `g-p-…` is a project, any other `g-…` a custom GPT. */
const isProject = (gizmo: string, record: JsonRecord) => gizmo.startsWith('g-p-') || record.gizmo_type === 'snorlax';

function projectOf(record: JsonRecord): string | null {
  const gizmo = asId(record.gizmo_id) ?? asId(record.conversation_template_id);
  return gizmo !== null && isProject(gizmo, record) ? gizmo : null;
}

function assistantOf(record: JsonRecord): string | null {
  const gizmo = asId(record.gizmo_id) ?? asId(record.conversation_template_id);
  return gizmo !== null && !isProject(gizmo, record) ? gizmo : null;
}

const flagsOf = (record: JsonRecord): Record<string, unknown> =>
  Object.fromEntries(
    keptFlags.flatMap((flag) => {
      const value = record[flag];
      return value === null || value === undefined || value === false || typeof value === 'object'
        ? []
        : [[flag, value]];
    }),
  );

const notUnderstood = (key: string, type: string): CanonicalIssue => ({
  severity: 'degraded',
  code: 'content_unknown',
  path: `mapping/${key.toWellFormed()}`,
  detail: `Content of the type "${type}" is not known yet; it is kept as it came.`,
});
