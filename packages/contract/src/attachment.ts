/** Files of messages, and files an export brought that no conversation mentions. Bytes are asked for apart. */
import { z } from 'zod';
import { AttachmentId, ConversationId, ImportId, MessageId } from './ids.ts';

export const AttachmentStatus = z.enum(['present', 'missing', 'skipped']);

/** As a part of a message carries it. */
export const PartAttachment = z.strictObject({
  id: AttachmentId,
  name: z.string().nullable(),
  /** By its bytes where they are here and say; else as the source had it. */
  mime: z.string().nullable(),
  size: z.int().nullable(),
  /** `missing`: no export held it yet. `skipped`: one did, and it was not taken in; the report of that import says why. */
  status: AttachmentStatus,
  /** Its bytes are here: `/v1/attachments/{id}/content`. */
  stored: z.boolean(),
  /** How a page may show it; null: only to be saved. */
  shownAs: z.enum(['image', 'audio', 'video']).nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});
export type PartAttachment = z.infer<typeof PartAttachment>;

export const Attachment = PartAttachment.extend({
  /** Of its bytes, where they are here. */
  sha256: z.string().nullable(),
  /** Where it stands first; null for a file no conversation mentions. */
  conversationId: ConversationId.nullable(),
  messageId: MessageId.nullable(),
  /** The import that brought a file no conversation mentions. */
  importId: ImportId.nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

/** How a client wants the bytes of a file (RFC 9110, sections 13.1 and 14.2). */
export const FileHeaders = z.strictObject({
  range: z.string().optional(),
  'if-range': z.string().optional(),
  'if-none-match': z.string().optional(),
});
export type FileHeaders = z.infer<typeof FileHeaders>;
