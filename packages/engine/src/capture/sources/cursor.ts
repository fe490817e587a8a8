/**
 * Cursor: a `state.vscdb`, global or of a workspace → canonical. Pure: rows come in, records go out. Conversations stand as
 * composers with a bubble for each message in `cursorDiskKV`, as composers with the bubbles inside, or as tabs of the older
 * chat panel. Everything else in the database is the editor's and is left alone. Transcripts of agents are read beside it.
 */
import type { CanonicalCitation, CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, toolCallPart, toolResultParts, wordsPart } from './content-blocks.ts';
import { isStore, readStore, storeRecords } from './cursor-store.ts';
import { isTextTranscript, readTextTranscript } from './cursor-text.ts';
import { isTranscriptLine, readTranscript } from './cursor-transcript.ts';
import {
  asArray,
  asId,
  asName,
  asNumber,
  asRecord,
  asRecords,
  fromJson,
  isRecord,
  type JsonRecord,
} from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { asideFields, claimWhere, type SourceModule, type UploadedTables } from './source-module.ts';

const parsed = (value: unknown): unknown => fromJson(String(value)) ?? null;

const keyValue = ['key', 'value'];
const textAt = (database: UploadedTables, table: string, key: string): string | null => {
  const [row] = [...database.rows(table, keyValue, { column: 'key', equals: key })];
  return row === undefined || row.value === null ? null : String(row.value);
};
const valueAt = (database: UploadedTables, table: string, key: string): unknown => parsed(textAt(database, table, key));

/** Characters of the bubbles of one conversation: one bubble may be named any number of times. */
const mostBubbles = 32 * 1024 ** 2;

/** One record for each conversation that holds something. Most composers are empty: the editor makes one whenever it opens. */
function* recordsOf(database: UploadedTables): Generator<unknown> {
  const prefix = 'composerData:';
  const composers = [...database.rows('cursorDiskKV', ['key'], { column: 'key', startsWith: prefix })];
  const known = new Set<string>();
  for (const { key } of composers) {
    const composer = asRecord(valueAt(database, 'cursorDiskKV', String(key)));
    if (composer === null) continue;
    const id = asId(composer.composerId) ?? String(key).slice(prefix.length);
    known.add(id);
    const headers = asRecords(composer.fullConversationHeadersOnly);
    // Some versions keep bubbles in the composer itself, under their ids.
    const inMap = asRecord(composer.conversationMap) ?? {};
    let left = mostBubbles;
    const bubbles = headers.map((header): unknown => {
      const bubbleId = asId(header.bubbleId) ?? '';
      if (left <= 0) return { ...header, missing: true };
      const text = textAt(database, 'cursorDiskKV', `bubbleId:${id}:${bubbleId}`);
      left -= (text?.length ?? 0) + 1;
      return parsed(text) ?? inMap[bubbleId] ?? { ...header, missing: true };
    });
    const inside = asArray(composer.conversation);
    if (bubbles.length > 0 || inside.length > 0)
      yield { composer: lean(composer, id), bubbles: bubbles.length > 0 ? bubbles : inside };
  }
  for (const composer of asRecords(asRecord(valueAt(database, 'ItemTable', 'composer.composerData'))?.allComposers)) {
    const inside = asArray(composer.conversation);
    const id = asId(composer.composerId) ?? '';
    if (inside.length > 0 && !known.has(id)) yield { composer: lean(composer, id), bubbles: inside };
  }
  const chats = asRecord(valueAt(database, 'ItemTable', 'workbench.panel.aichat.view.aichat.chatdata'));
  for (const tab of asRecords(chats?.tabs)) if (asArray(tab.bubbles).length > 0) yield { tab };
}

const headFields = [
  'name',
  'createdAt',
  'lastUpdatedAt',
  'unifiedMode',
  'forceMode',
  'isArchived',
  'modelConfig',
  'status',
  'workspaceIdentifier',
  'trackedGitRepos',
  'createdOnBranch',
  'subtitle',
  'text',
];
/** What a composer says of the conversation; the state of the editor around it is large and changes all the time. */
const lean = (composer: JsonRecord, id: string): JsonRecord => ({
  composerId: id,
  ...Object.fromEntries(headFields.flatMap((field) => (field in composer ? [[field, composer[field]]] : []))),
});

function readRecord(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const composer = asRecord(record?.composer);
  const tab = asRecord(record?.tab);
  const head = composer ?? tab;
  const list = composer === null ? tab?.bubbles : record?.bubbles;
  if (head === null || !Array.isArray(list)) return notAConversation('The conversation has no bubbles.');
  const issues: CanonicalIssue[] = [];
  const turns = list.map((bubble, ix) => turnOf(bubble, ix, issues));
  const mode = asName(head.unifiedMode) ?? asName(head.forceMode) ?? asName(head.chatMode);
  return buildConversation(
    {
      source: 'cursor',
      externalId: asId(head.composerId) ?? asId(head.tabId) ?? asId(head.id),
      title: asName(head.name) ?? asName(head.chatTitle) ?? asName(head.title) ?? asName(head.subtitle),
      created: head.createdAt ?? turns.find((turn) => turn.time !== undefined)?.time,
      updated: head.lastUpdatedAt ?? head.lastSendTime ?? turns.findLast((turn) => turn.time !== undefined)?.time,
      projectId: folderOf(head),
      model:
        asName(asRecord(head.modelConfig)?.modelName) ??
        turns.findLast((turn) => (turn.model ?? null) !== null)?.model ??
        null,
      flags: {
        ...(mode === null ? {} : { mode }),
        ...(head.isArchived === true ? { is_archived: true } : {}),
        ...(asName(head.createdOnBranch) === null ? {} : { git_branch: asName(head.createdOnBranch) }),
        // What stands in the box and was never sent.
        ...((asName(head.text)?.trim() ?? '') === '' ? {} : { drafts: [asName(head.text)] }),
      },
    },
    turns,
    context,
    'bubbles',
    issues,
  );
}

/** The folder it was about. */
const folderOf = (head: JsonRecord): string | null =>
  asName(asRecord(asRecord(head.workspaceIdentifier)?.uri)?.fsPath) ??
  asName(asRecords(head.trackedGitRepos)[0]?.repoPath);

function turnOf(value: unknown, ix: number, issues: CanonicalIssue[]): Turn {
  const bubble = asRecord(value);
  if (bubble === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  // A header without its bubble still says who spoke.
  if (bubble.missing === true) {
    const detail = 'The message is named in the conversation, and is not in the database any more.';
    issues.push({ severity: 'degraded', code: 'message_missing', path: `bubbles/${ix}`, detail });
  }
  const human = bubble.type === 1 || bubble.type === 'user';
  const time = timeOf(bubble);
  return {
    id: asId(bubble.bubbleId) ?? asId(bubble.id),
    role: human ? 'user' : 'assistant',
    kind: human ? 'human' : 'model',
    parts: bubble.missing === true ? [] : partsOf(bubble),
    ...(time === undefined ? {} : { time }),
    model: human ? null : (asName(asRecord(bubble.modelInfo)?.modelName) ?? asName(bubble.modelType)),
  };
}

/** Some of the times beside a bubble count from when the editor was opened: those are none. */
function timeOf(bubble: JsonRecord): unknown {
  const timing = asRecord(bubble.timingInfo);
  const told = [timing?.clientStartTime, timing?.startTime, timing?.clientRpcSendTime, timing?.clientEndTime];
  return bubble.createdAt ?? told.find((time) => (asNumber(time) ?? 0) > 1e11);
}

function partsOf(bubble: JsonRecord): CanonicalPart[] {
  const blocks = asArray(bubble.allThinkingBlocks).flatMap(
    (block) => asName(asRecord(block)?.thinking) ?? asName(asRecord(block)?.text) ?? asName(block) ?? [],
  );
  const thought = asName(asRecord(bubble.thinking)?.text) ?? asName(bubble.thinking) ?? blocks.join('\n\n');
  const text = asName(bubble.text) ?? asName(bubble.rawText) ?? richText(bubble.richText);
  const images = asRecords(bubble.images).map((image) =>
    filePart({ id: asId(image.uuid) ?? asName(image.path), name: asName(image.path) }, 'image'),
  );
  const files = asRecords(asRecord(bubble.context)?.fileSelections).map((selection) => {
    const uri = asRecord(selection.uri);
    const path = asName(uri?.fsPath) ?? asName(uri?.path);
    return filePart({ id: path, name: path }, 'file');
  });
  const given = [
    ...asideOf(asRecord(bubble.context) ?? {}),
    ...asRecords(bubble.attachedCodeChunks).flatMap((chunk) =>
      wordsPart(
        asArray(chunk.lines)
          .flatMap((line) => asName(line) ?? asName(asRecord(line)?.text) ?? [])
          .join('\n'),
        'context',
      ),
    ),
  ];
  const error = asName(asRecord(bubble.errorDetails)?.message) ?? asName(asRecord(bubble.errorDetails)?.error);
  return [
    ...wordsPart(thought, 'reasoning'),
    ...wordsPart(text),
    ...toolParts(asRecord(bubble.toolFormerData)),
    ...[...asArray(bubble.toolResults), ...asArray(bubble.interpreterResults)].flatMap(olderResult),
    ...foundPages(bubble),
    ...(text === null ? codeParts(bubble) : []),
    ...images,
    ...files,
    ...given,
    ...wordsPart(error, 'error'),
  ];
}

/** What was given with a prompt: code that was marked, quotes, what a terminal showed; of what is only named, its name. */
function asideOf(context: JsonRecord): CanonicalPart[] {
  const words = ['selections', 'terminalSelections', 'quotes'].flatMap((list) => asRecords(context[list]));
  const named = ['externalLinks', 'selectedDocs', 'selectedCommits', 'selectedPullRequests', 'cursorRules'].flatMap(
    (list) => asRecords(context[list]),
  );
  const folders = asRecords(context.folderSelections).flatMap(({ relativePath, uri }) =>
    wordsPart(relativePath ?? asRecord(uri)?.fsPath ?? asRecord(uri)?.path, 'context'),
  );
  const images = asRecords(context.selectedImages).map((image) =>
    filePart({ id: asId(image.uuid) ?? asName(image.path), name: asName(image.path) }, 'image'),
  );
  return [
    ...words.flatMap((one) => wordsPart(one.text ?? one.rawText ?? one.markdown, 'context')),
    ...named.flatMap((one) => wordsPart(one.url ?? one.name ?? one.title ?? one.message ?? one.filename, 'context')),
    ...folders,
    ...images,
  ];
}

/** As older versions keep what a tool or a program gave. */
function olderResult(value: unknown): CanonicalPart[] {
  const result = asRecord(value);
  if (result === null) return wordsPart(value, 'tool_result');
  const output = result.content ?? result.result ?? result.output ?? asRecord(result.output)?.text;
  return output === undefined ? [] : toolResultParts(result.toolName ?? result.name, result.toolCallId, output);
}

/** Pages that were found on the way to an answer. */
function foundPages(bubble: JsonRecord): CanonicalPart[] {
  const lists = [bubble.webReferences, bubble.aiWebSearchResults, bubble.docsReferences].flatMap((list) =>
    asRecords(list),
  );
  const citations = lists.flatMap(({ url, title, name, chunk, snippet }): CanonicalCitation[] =>
    asName(url) === null
      ? []
      : [
          {
            start: null,
            end: null,
            url: asName(url),
            title: asName(title) ?? asName(name),
            snippet: (asName(snippet) ?? asName(chunk))?.slice(0, 1000) ?? null,
          },
        ],
  );
  return citations.length === 0 ? [] : [{ kind: 'source', text: null, citations }];
}

function toolParts(tool: JsonRecord | null): CanonicalPart[] {
  if (tool === null) return [];
  const name = asName(tool.name) ?? asNumber(tool.tool)?.toString() ?? null;
  const call = toolCallPart(name, tool.toolCallId, asName(tool.rawArgs) ?? tool.params);
  const result = tool.result;
  if (result === undefined || result === null || result === '') return [call];
  return [call, ...toolResultParts(name, tool.toolCallId, result, tool.status === 'error')];
}

/** An answer that is nothing but code. */
const codeParts = (bubble: JsonRecord): CanonicalPart[] =>
  asRecords(bubble.codeBlocks).flatMap((block) => {
    const language = asId(block.languageId);
    return wordsPart(block.content, 'code').map((part) => (language === null ? part : { ...part, language }));
  });

/** The text of an editor document (Lexical), where the plain text is not kept beside it. */
function richText(value: unknown): string | null {
  const root = asRecord(asRecord(typeof value === 'string' ? parsed(value) : value)?.root);
  if (root === null) return null;
  let words = '';
  const stack: unknown[] = [root];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const node = asRecord(at);
    if (node?.type === 'linebreak' || node?.type === 'paragraph') words += words === '' ? '' : '\n';
    words += asName(node?.text) ?? '';
    stack.push(...asArray(node?.children).toReversed());
  }
  return words.trim() || null;
}

const readBubbles = jsonReader((value, context) =>
  isRecord(value) && isRecord(value.store) ? readStore(value, context) : readRecord(value, context),
);
/** How the records this source makes of a database begin. */
const ofDatabase = /^\{"(?:composer|tab|store)":/;

export const cursor: SourceModule = {
  source: 'cursor',
  version: 4,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'session' },
      claim: claimWhere(isTranscriptLine, 0.9, 'Its rows are messages of an agent, as Cursor keeps its transcripts.'),
    },
    {
      kind: 'text',
      cut: { kind: 'pieces', split: (text) => [text] },
      claim: ({ head }) =>
        isTextTranscript(head)
          ? { confidence: 0.94, why: 'It is the transcript of an agent, as Cursor kept them until 2026.' }
          : null,
    },
    {
      kind: 'sqlite',
      cut: { kind: 'database', records: storeRecords },
      claim: (look) =>
        isStore(look)
          ? {
              confidence: 0.9,
              why: 'It is a database of blobs with a root, as the command line of Cursor keeps a chat.',
            }
          : null,
    },
    {
      kind: 'sqlite',
      cut: { kind: 'database', records: recordsOf },
      claim: ({ tables }) => {
        const holds = (table: string) => tables.get(table)?.includes('key') && tables.get(table)?.includes('value');
        if (holds('cursorDiskKV'))
          return { confidence: 0.96, why: 'It is a database of states with composers, as Cursor keeps them.' };
        return holds('ItemTable')
          ? { confidence: 0.85, why: 'It is a database of states of an editor, as Cursor keeps its chats in.' }
          : null;
      },
    },
  ],
  // The text as the editor holds it, and code blocks that stand in it.
  aside: asideFields('richText', 'codeBlocks', 'suggestedCodeBlocks'),
  read: (bytes, context) => {
    const start = bytes.subarray(0, 300).toString('utf8');
    if (ofDatabase.test(start)) return readBubbles(bytes, context);
    return /^\s*user:\s*\n/.test(start)
      ? readTextTranscript(bytes.toString('utf8'), context)
      : readTranscript(bytes, context);
  },
};
