/**
 * What an entry of an export becomes in a space that knows nothing of it and keeps nothing away: the work that needs no
 * database, so that it can be done in a thread beside the one that writes. Pure but for compressing. Whether a draft holds in the
 * space at hand is decided where it is used, never here.
 */
import type { Source } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import { sha256 } from '../../space/hash.ts';
import { noMarks } from '../../space/marks.ts';
import type { ConversationInput } from '../../space/stores/conversation-input.ts';
import type { SaidInput } from '../../space/stores/kept-input.ts';
import type { KeptBytes } from '../../space/stores/raw-records.ts';
import type { CanonicalConversation, CanonicalIssue, Reading, SourceContext } from '../canonical.ts';
import { conversationIdOf } from '../conversation-input.ts';
import { type Finished, finished } from '../finish-record.ts';
import { asFormerlyKnown } from '../former-identity.ts';
import { saidIn } from '../kept-record.ts';
import { readRecord } from '../read-record.ts';
import { sourceRecord } from '../record-bytes.ts';
import { guardSecrets, safeTitle } from '../secrets/guard-secrets.ts';

/** What an entry says of itself, whatever becomes of it. */
export interface ReadEntry {
  readonly outcome: 'conversation';
  readonly id: ConversationId;
  /** Ids it may have had before, the likelier first. */
  readonly formerly: readonly ConversationId[];
  /** Of its bytes. */
  readonly sha256: string;
  readonly externalId: string | null;
  /** Without secrets. */
  readonly title: string | null;
  readonly issues: readonly CanonicalIssue[];
  /** How many messages it holds. */
  readonly messages: number;
}

export interface Fresh extends Finished {
  readonly raw: KeptBytes;
  /** Memories that stand in it. */
  readonly said: readonly SaidInput[];
}

/**
 * `fresh` gives what is written of it, for as long as somebody holds it: a draft that waits is small. Null where a secret stands in
 * it, or files: those are asked for in the space.
 */
export type RecordDraft =
  | Exclude<Reading, { outcome: 'conversation' }>
  | (ReadEntry & { readonly fresh: (() => Fresh) | null });

export function readEntryOf(
  reading: Extract<Reading, { outcome: 'conversation' }>,
  bytes: Buffer,
  context: SourceContext,
): ReadEntry {
  const { conversation, issues } = reading;
  return {
    outcome: 'conversation',
    id: conversationIdOf(conversation),
    formerly: [...asFormerlyKnown(reading, bytes, context)].map(conversationIdOf),
    sha256: sha256(bytes),
    externalId: conversation.externalId,
    title: safeTitle(conversation.title),
    issues,
    messages: conversation.messages.length,
  };
}

/** @param twin see {@link readRecord} */
export function draftRecord(source: Source, bytes: Buffer, context: SourceContext, twin = 0): RecordDraft {
  const reading = readRecord(source, bytes, context, twin);
  if (reading.outcome !== 'conversation') return reading;
  const entry = readEntryOf(reading, bytes, context);
  const fresh = freshOf(reading.conversation, entry.id, bytes);
  return { ...entry, fresh: fresh === null ? null : () => fresh };
}

function freshOf(conversation: CanonicalConversation, id: ConversationId, bytes: Buffer): Fresh | null {
  let secrets = 0;
  const isMasked = (): boolean => {
    secrets += 1;
    return false;
  };
  const made = finished(guardSecrets(conversation, isMasked), id, noMarks, isMasked);
  if (secrets > 0 || holdsFiles(made.input)) return null;
  return { ...made, raw: sourceRecord(bytes), said: saidIn(conversation, noMarks) };
}

const holdsFiles = ({ messages }: ConversationInput): boolean =>
  messages.some(({ parts }) => parts.some(({ attachment }) => attachment?.file !== undefined));
