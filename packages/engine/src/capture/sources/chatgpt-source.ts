/** ChatGPT, as a source: how its exports and saved share pages are recognised, and what else stands in them. */
import { readChatGptConversation } from './chatgpt.ts';
import { isCodexTask, readCodexTask } from './chatgpt-codex.ts';
import { holdsGroupChats, isGroupChat, readGroupChat } from './chatgpt-group.ts';
import {
  hasInstructions,
  isComparison,
  readComparison,
  readFeedback,
  readInstructions,
  saidToChatGpt,
} from './chatgpt-kept.ts';
import { conversationOfSharePage, looksLikeSharePage } from './chatgpt-share-page.ts';
import { isSoraTask, readSoraTask } from './chatgpt-sora.ts';
import { isTextdoc, readTextdoc } from './chatgpt-textdoc.ts';
import { isConversation } from './generic-names.ts';
import { asArray, asId, asName, asRecord, isRecord, type JsonRecord } from './json-value.ts';
import { jsonReader, skippedReading } from './reading.ts';
import {
  asideFields,
  type Claim,
  claimWhere,
  firstClaim,
  has,
  type SidecarRule,
  type SourceModule,
} from './source-module.ts';

/** `file-abc-photo.png`, `file_00ff.dat`, `file_00ff-<uuid>.png`. */
const assetId = (name: string): string | null => /(?:^|\/)(file[-_][A-Za-z0-9]+)[^/]*$/.exec(name)?.[1] ?? null;
const accountOf = (record: JsonRecord): string | null => asId(record.user_id) ?? asId(record.id);

const sidecars: readonly SidecarRule[] = [
  { what: 'custom instructions', content: true, fits: hasInstructions, account: accountOf, read: readInstructions },
  { what: 'the account', content: false, fits: has('id', 'email'), account: (record) => asId(record.id) },
  { what: 'feedback', content: true, fits: has('rating', 'conversation_id'), read: readFeedback },
  { what: 'comparisons of answers', content: true, fits: isComparison, read: readComparison },
  {
    what: 'shared links',
    content: false,
    why: 'It lists links you shared; what was said there stands in the conversations.',
    fits: has('is_anonymous', 'conversation_id'),
  },
  {
    what: 'a library of files',
    content: false,
    fits: has('file_id', 'origination_thread_id'),
    files: (record) => {
      const id = asId(record.file_id);
      const fact = {
        name: asName(record.file_name) ?? asName(record.name),
        mime: asName(record.mime_type) ?? asName(record.mime),
        sha256: asName(record.sha256_digest) ?? asName(record.sha256),
        madeIn: { conversation: asId(record.origination_thread_id), message: asId(record.origination_message_id) },
      };
      return id === null ? [] : [{ id, ...fact }];
    },
  },
  { what: 'settings', content: false, fits: has('user_id', 'settings') },
  {
    what: 'group chats',
    content: true,
    why: 'It holds group chats without a list of messages that could be read; they are not imported.',
    // Other programs have chats as well, with a list of messages each.
    fits: (record) =>
      asArray(record.chats).length > 0 && !isConversation(record) && !asArray(record.chats).some(isConversation),
  },
  { what: 'group chats', content: false, fits: ({ chats }) => Array.isArray(chats) && chats.length === 0 },
  {
    what: 'names of files',
    content: false,
    fits: (record) => Object.keys(record).some((key) => /^file[-_].+\.dat$/.test(key)),
    files: (record) =>
      Object.entries(record).flatMap(([key, name]) => {
        const id = assetId(key);
        // Some names have the folder of an older export in front.
        return id === null ? [] : [{ id, name: asName(name)?.split('/').at(-1) ?? null }];
      }),
  },
];

/** What stands in front of the conversations in `chat.html`. */
const pageData = 'var jsonData = ';
const less = 0x3c;
const readJson = jsonReader((value, context) => {
  if (isRecord(value) && isCodexTask(value)) return readCodexTask(value, context);
  if (isRecord(value) && isTextdoc(value)) return readTextdoc(value, context);
  if (isRecord(value) && isSoraTask(value)) return readSoraTask(value, context);
  return isRecord(value) && isGroupChat(value)
    ? readGroupChat(value, context)
    : readChatGptConversation(value, context);
});

/** Pages that were found and not cited, headings the site shows while it works, and what an answer says again for its window. */
const ofTheSite = asideFields(
  'search_result_groups',
  'image_results',
  'matched_text',
  'alt',
  'prompt_text',
  'safe_urls',
  'extra_params',
  'supporting_websites',
  'attribution',
  'serialization_title',
  'image_gen_title',
  'async_task_title',
  'reasoning_title',
  'initial_text',
  'finished_text',
  'search_queries',
  'aggregate_result',
  'finish_details',
  'model_adjustments',
  'hint',
);

export const chatgpt: SourceModule = {
  source: 'chatgpt',
  version: 7,
  formats: [
    { kind: 'json', cut: { kind: 'list' }, claim: firstClaim(claimOf) },
    {
      kind: 'json',
      cut: { kind: 'list', under: 'chats' },
      claim: claimWhere(holdsGroupChats, 0.9, 'It holds group chats, as ChatGPT exports do.'),
    },
    {
      kind: 'html',
      cut: { kind: 'list', after: pageData },
      apart: 'It says again for a browser what the conversations beside it say.',
      claim: ({ head }) =>
        head.includes(pageData)
          ? {
              confidence: 0.9,
              why: 'It is the `chat.html` of a ChatGPT export: it carries the conversations it shows.',
            }
          : null,
    },
    {
      kind: 'html',
      cut: { kind: 'whole' },
      claim: ({ head }) =>
        looksLikeSharePage(head)
          ? {
              confidence: 0.95,
              why: 'It is a saved share page: it carries the data of one ChatGPT conversation.',
            }
          : null,
    },
  ],
  sidecars,
  assetId,
  memoriesIn: saidToChatGpt,
  aside: (field, holder) => ofTheSite(field, holder) || (field === 'title' && Array.isArray(holder.items)),
  read: (bytes, context) => {
    if (bytes.find((byte) => byte > 0x20) !== less) return readJson(bytes, context);
    const shared = conversationOfSharePage(bytes.toString('utf8'));
    if (shared === null) return skippedReading('page_unreadable', 'The page holds no conversation that can be read.');
    return readChatGptConversation(shared, context);
  },
};

/** DeepSeek's export has a mapping too, and `inserted_at` where ChatGPT has `create_time`. */
function claimOf(record: JsonRecord): Claim | null {
  if (isCodexTask(record)) return { confidence: 0.9, why: 'It holds tasks of Codex, as ChatGPT exports do.' };
  if (isTextdoc(record)) return { confidence: 0.8, why: 'It is a document of a canvas, as ChatGPT exports hold them.' };
  if (isSoraTask(record))
    return { confidence: 0.8, why: 'It holds prompts and what Sora made of them, as ChatGPT has them.' };
  const mapping = asRecord(record.mapping);
  if (mapping === null || 'inserted_at' in record) return null;
  return {
    confidence: hasParents(mapping) ? 0.99 : 0.7,
    why: 'Its conversations have a `mapping` of messages with parents, as ChatGPT exports do.',
  };
}

function hasParents(mapping: JsonRecord): boolean {
  const nodes = Object.values(mapping).slice(0, 5);
  return nodes.length > 0 && nodes.every((node) => isRecord(node) && ('parent' in node || 'children' in node));
}
