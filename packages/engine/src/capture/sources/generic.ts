/**
 * VIVIM's own import format: what a person can write by hand and another program can produce. Pure.
 * `{ conversations: [ { externalId, title, createdAt, messages: [ { externalId, parentId?, role, author?, createdAt?, content } ] } ] }`
 * Programs that write it nearly are read too: a bare list of messages (or a line for each) is one conversation, and who speaks and
 * what is said may stand under the names other programs give them.
 */
import type { CanonicalConversation, CanonicalIssue, CanonicalMessage, Reading, SourceContext } from '../canonical.ts';
import { isQConversation, qConversation } from './amazon-q.ts';
import { contentKey } from './content-key.ts';
import { DistinctKeys } from './distinct-keys.ts';
import { logged, saidIn } from './generic-log.ts';
import {
  calledIn,
  flat,
  isConversation,
  isSpoken,
  messagesOf,
  modelOf,
  nameOf,
  parentOf,
  roleOf,
  timeOf,
  titleOf,
  updateOf,
  withForks,
} from './generic-names.ts';
import { partsIn } from './generic-parts.ts';
import { claimTable, splitTable } from './generic-table.ts';
import { asArray, asId, asName, asRecord, asText, distinctKey, type JsonRecord, toJson } from './json-value.ts';
import { claimTables, recordsOf } from './known-tables.ts';
import { linkedId } from './linked-id.ts';
import { badLineIssues, jsonLines, madeFrom, notAConversation, skippedReading } from './reading.ts';
import { claimWhere, type SourceModule } from './source-module.ts';
import { chatSpeakers, model, person, type Speaker, tool } from './speakers.ts';
import { buildTree, newestLeaf, pathTo, type TreeNode } from './tree.ts';
import { treeIssues } from './tree-issues.ts';
import { writtenTime } from './written-time.ts';

const speakers: ReadonlyMap<string, Speaker> = new Map([
  ...chatSpeakers,
  ...['human', 'prompt'].map((name) => [name, person] as const),
  ...['ai', 'model', 'bot', 'response'].map((name) => [name, model] as const),
  ['toolresult', tool],
]);

const ofModels =
  /^(?:chatgpt|gpt|claude|gemini|bard|bing|copilot|grok|deepseek|perplexity|mistral|le chat|llama|qwen|kimi)\b/;

/** A role that is none is somebody's name, as in a transcript between people, or a model's. */
const speakerOf = (said: string): Speaker => speakers.get(said) ?? (ofModels.test(said) ? model : person);

/** Whether a list is one of messages: each is spoken, by the person and the model in turn. */
function isDialogue(list: readonly unknown[]): boolean {
  const first = list.slice(0, 10);
  if (first.length < 2 || !first.every(isSpoken)) return false;
  const roles = new Set(first.map((message) => speakerOf(roleOf(flat(message) ?? {})?.toLowerCase() ?? '').role));
  return roles.has('user') && roles.has('assistant');
}

/** Read one conversation object. Never throws, whatever it is given. */
export function readGenericConversation(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const about = asRecord(record?.metadata);
  const link = asName(about?.link) ?? asName(record?.link);
  const externalId =
    asId(record?.externalId) ??
    asId(record?.id) ??
    asId(record?._id) ??
    asId(asRecord(record?._id)?.$oid) ??
    asId(record?.chatID) ??
    asId(asRecord(record?.info)?.id) ??
    (link === null ? null : linkedId(link));
  const title = titleOf(record ?? {}) ?? asName(about?.title) ?? titleOf(asRecord(record?.meta) ?? {});
  const list = record === null ? null : messagesOf(record);
  if (record === null || !Array.isArray(list)) {
    const detail =
      record === null ? 'The entry is no conversation object.' : 'The conversation has no list of `messages`.';
    return notAConversation(detail, { externalId, title });
  }
  const nodes = nodesOf(withForks(record, list));
  const tree = buildTree(nodes);
  const issues: CanonicalIssue[] = treeIssues(tree, 'messages');
  const leaf = newestLeaf(tree, () => null);
  const path = pathTo(tree, leaf);
  const called = calledIn(record);
  const messages = tree.placed.map((node): CanonicalMessage => {
    const message = flat(node.value);
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
      ...readMessage(message ?? { content: node.value }, called),
    };
  });
  const conversation: CanonicalConversation = {
    source: 'generic',
    accountHash: context.accountHash,
    externalId,
    key: externalId ?? '',
    title,
    created: timeRead(timeOf(record) ?? asRecord(about?.dates)?.created),
    updated: timeRead(updateOf(record) ?? asRecord(about?.dates)?.updated),
    activeLeafKey: leaf === null ? null : distinctKey(leaf),
    projectId: folderOf(record),
    assistantId: null,
    defaultModel: asName(record.model),
    flags: link === null ? {} : { link },
    branchPoints: tree.branchPoints,
    messages,
  };
  return { outcome: 'conversation', conversation, issues };
}

/** The folder an agent worked in. */
const folderOf = (record: JsonRecord): string | null =>
  asName(asRecord(record.info)?.directory) ??
  asName(record.directory) ??
  asName(record.working_dir) ??
  asName(record.cwd);

/**
 * Where no message names a parent, each answers the one before it. Where some do, only a message that says nothing
 * at all does; `null` is a beginning.
 */
function nodesOf(list: readonly unknown[]): TreeNode<unknown>[] {
  const named = list.some((message) => (parentOf(asRecord(message) ?? {}) ?? null) !== null);
  const keys = new DistinctKeys();
  let before: string | null = null;
  return list.map((value) => {
    const message = flat(value);
    const parent = parentOf(message ?? {});
    const parentKey = named && parent !== undefined ? parent : before;
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

const timeRead = (value: unknown) => writtenTime(value).time;

type MessageBody = Omit<CanonicalMessage, 'key' | 'externalId' | 'parentKey' | 'siblingIx' | 'onActivePath'>;

/** @param called people by what stands for them where somebody speaks */
function readMessage(message: JsonRecord, called: ReadonlyMap<string, string | null>): MessageBody {
  const role = roleOf(message);
  const said = role?.toLowerCase() ?? '';
  const speaker = speakerOf(said);
  const parts = partsIn(message, speaker.kind);
  // What a tool answered stands in the person's name in many logs.
  const ofTool = speaker.kind === 'human' && parts.length > 0 && parts.every(({ kind }) => kind === 'tool_result');
  return {
    role: speaker.role,
    authorName: called.has(role ?? '')
      ? (called.get(role ?? '') ?? null)
      : (nameOf(message, role) ?? (speakers.has(said) ? null : role)),
    authorKind: ofTool ? 'tool' : speaker.kind,
    model: modelOf(message),
    channel: null,
    created: timeRead(timeOf(message)),
    hidden: false,
    hiddenReason: null,
    status: null,
    weight: null,
    parts,
  };
}

const opening = 0x5b;

/** An entry that is one JSON value: a conversation, or its messages; or messages a line each. */
function readRecord(bytes: Buffer, context: SourceContext): Reading {
  const { values, bad } = jsonLines(bytes);
  if (values.length === 0) return skippedReading('json_invalid', 'The entry is not valid JSON.');
  const [only] = values;
  const listed = bytes[bytes.findIndex((byte) => byte > 0x20)] === opening || values.length > 1;
  const log = listed && saidIn(values) !== null ? logged(values) : null;
  const reading = readGenericConversation(
    log ?? (listed && values.some(isSpoken) ? { messages: values } : (asked(only) ?? only)),
    context,
  );
  if (reading.outcome === 'skipped') return reading;
  return madeFrom({ ...reading, issues: [...badLineIssues(bad), ...reading.issues] }, values);
}

/** Where it is pairs of what was asked and said. */
const asked = (value: unknown): JsonRecord | null => {
  const record = asRecord(value);
  return record !== null && isQConversation(record) ? qConversation(record) : null;
};

const why = 'It is a list of messages of one conversation, each with who speaks and what is said.';

export const generic: SourceModule = {
  source: 'generic',
  version: 8,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'list' },
      claim: claimWhere(
        (record) => isConversation(record) && 'messages' in record,
        0.9,
        'Its conversations have `messages` with `role` and `content`, as the generic import format has.',
      ),
    },
    {
      kind: 'json',
      cut: { kind: 'list' },
      claim: claimWhere(
        (record) => isConversation(record) && isDialogue(asArray(messagesOf(record))),
        0.7,
        'Its conversations have a list of what the person and the model said, in turn.',
      ),
    },
    {
      kind: 'json',
      cut: { kind: 'list', twins: true },
      claim: ({ values }) =>
        values.some((value) => Array.isArray(value) && isDialogue(value)) ? { confidence: 0.7, why } : null,
    },
    {
      kind: 'json',
      cut: { kind: 'whole', alsoLists: true },
      claim: ({ values, rows }) =>
        isDialogue(values) || (rows && isDialogue(saidIn(values) ?? [])) ? { confidence: 0.7, why } : null,
    },
    {
      kind: 'json',
      cut: { kind: 'whole' },
      claim: claimWhere(
        isQConversation,
        0.9,
        'It is a conversation in pairs of what was asked and said, as Amazon Q saves it.',
      ),
    },
    { kind: 'text', cut: { kind: 'pieces', split: splitTable }, claim: claimTable },
    { kind: 'sqlite', cut: { kind: 'database', records: recordsOf }, claim: claimTables },
  ],
  read: readRecord,
};
