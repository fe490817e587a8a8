/** A conversation in the archive of a space, with its messages, parts and units. See `archive.ts`. */
import { z } from 'zod';
import { AcuLinkType, AcuState, AcuType } from './acu.ts';
import { count, maybe, ms, recordName, text } from './archive-values.ts';
import { VersionRule } from './conflicts.ts';
import { AuthorKind, PartKind, Role, Source } from './conversation.ts';
import { AcuId, ConversationId, ImportId, MessageId } from './ids.ts';

const Attachment = z.strictObject({
  externalId: maybe,
  name: maybe,
  mime: maybe,
  size: z.number().nullable(),
  sha256: maybe,
  status: z.enum(['present', 'missing', 'skipped']),
  textExtract: maybe,
});
const Citation = z.strictObject({
  start: z.int().nullable(),
  end: z.int().nullable(),

  /** The page the answer cites; null where it cites none. */
  url: maybe,

  /** Of the page; null where the answer names none. */
  title: maybe,
  snippet: maybe,
});
const Part = z.strictObject({
  ix: count,
  kind: PartKind,
  text: maybe,
  language: maybe,
  mime: maybe,

  /** The tool that is called or answers; null for the other kinds. */
  toolName: maybe,
  toolCallId: maybe,
  json: maybe,

  /** The file it carries; null where it carries none. */
  attachment: Attachment.nullable(),
  citations: z.array(Citation),
});
/** An Atomic Chat Unit: the slice from `start` to `end` (UTF-16) of the text of a part. */
const Unit = z.strictObject({
  id: AcuId,
  part: count,
  ordinal: count,
  start: count,
  end: count,
  type: AcuType,
  authorKind: AuthorKind,
  language: maybe,
  createdMs: ms.nullable(),
  quality: z.number(),
  state: AcuState,
  textKey: text,
  links: z.array(z.strictObject({ type: AcuLinkType, to: AcuId, weight: z.number() })),
});
const Message = z.strictObject({
  id: MessageId,
  externalId: maybe,
  parent: MessageId.nullable(),
  siblingIx: count,
  seq: count,
  role: Role,

  /** As the source has it: the name of a tool, of a person in a shared conversation. Null where it has none. */
  authorName: maybe,
  authorKind: AuthorKind,

  /** The model that answered, as its source names it; null for what no model said. */
  model: maybe,

  /** What part of an answer it is, in its source's word: `final`, `analysis`. Null where it has none. */
  channel: maybe,
  createdMs: ms.nullable(),
  createdRaw: maybe,

  /** Its source does not show it: tool output, a system prompt … */
  hidden: z.boolean(),

  /** Why its source does not show it, as a code; null where it does. */
  hiddenReason: maybe,
  status: maybe,
  weight: z.number().nullable(),
  onActivePath: z.boolean(),
  contentHash: text,

  /** Its content, in order: text, code, calls of tools, files … */
  parts: z.array(Part),
  units: z.array(Unit),
  /** What finds it again in live capture. */
  prefixes: z.array(text).optional(),
  /** A model looked for memories in it; left out: none did. */
  readByModel: z.literal(true).optional(),
});
export const ArchivedConversation = z.strictObject({
  id: ConversationId,
  source: Source,
  accountHash: text,
  externalId: maybe,
  title: maybe,
  titleSource: maybe,
  createdMs: ms.nullable(),
  updatedMs: ms.nullable(),
  createdRaw: maybe,
  updatedRaw: maybe,
  sortMs: ms,
  activeLeafId: maybe,
  projectId: maybe,
  assistantId: maybe,
  defaultModel: maybe,
  flags: z.record(z.string(), z.unknown()),
  contentHash: text,
  messageCount: count,
  firstImport: ImportId,
  lastImport: ImportId,
  lastOutcome: z.enum(['added', 'updated', 'unchanged']),
  /** SHA-256 of the raw record it was last read from. */
  raw: recordName.nullable(),
  deletedInSourceMs: ms.nullable(),
  seenAsOfMs: ms.nullable().default(null),
  /** Messages its versions say different things of, and which is kept by its owner's decision. */
  conflicts: count.default(0),
  versionRule: VersionRule.nullable().default(null),
  /** Topics and entities do not know its latest state yet. */
  rollupPending: z.boolean(),
  messages: z.array(Message),
  /** Every version of the documents a model wrote in it. */
  artifacts: z
    .array(
      z.strictObject({
        message: MessageId,
        part: count,
        key: text,
        version: count,
        op: z.enum(['create', 'update', 'rewrite']),
        title: maybe,
        mime: maybe,
        language: maybe,
        text,
        problem: maybe,
        latest: z.boolean(),
      }),
    )
    .default([]),
});
export type ArchivedConversation = z.infer<typeof ArchivedConversation>;
