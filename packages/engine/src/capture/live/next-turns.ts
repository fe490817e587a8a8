/**
 * The usual exchange goes on where its conversation ends: what it adds is brought in without a look at what stands before, and the
 * rows are those that joining all records anew would make. Whatever is not so plain is left to that (capture/prepare-record.ts).
 */

import type { AcuDraft } from '../../space/acu-draft.ts';
import { sha256 } from '../../space/hash.ts';
import type { ConversationEnd } from '../../space/stores/conversation-end.ts';
import type { ConversationInput } from '../../space/stores/conversation-input.ts';
import type { ImportCounts } from '../../space/stores/import-counts.ts';
import type { KeptBytes } from '../../space/stores/raw-records.ts';
import type { SpaceWriter } from '../../space/transactors.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { artifactOperation } from '../artifacts/artifact-operations.ts';
import { type CanonicalConversation, type CanonicalIssue, noContext } from '../canonical.ts';
import { continuedInput, conversationIdOf, messageIdsIn } from '../conversation-input.ts';
import { conversationUnits } from '../conversation-units.ts';
import { addIssues, degradedIn, followUp, noteEntry, placed } from '../import-writer.ts';
import { isMaskedBy, shortened } from '../prepare-record.ts';
import type { RecordEntry } from '../prepared-record.ts';
import { readRecord } from '../read-record.ts';
import { canonicalRecord, sourceRecord } from '../record-bytes.ts';
import { countPut, plusSecrets } from '../report.ts';
import { guardSecrets, type SecretPlace } from '../secrets/guard-secrets.ts';
import { secretsNote } from '../secrets/secrets-note.ts';
import { withhold } from '../withhold.ts';

export interface NextTurns {
  readonly end: ConversationEnd;
  /** Fields of the whole conversation, and the new messages alone. */
  readonly input: ConversationInput;
  readonly units: ReadonlyMap<number, readonly AcuDraft[]>;
  readonly secrets: readonly SecretPlace[];
  readonly found: number;
  readonly masked: number;
  readonly issues: readonly CanonicalIssue[];
  readonly sha256: string;
  readonly raw: KeptBytes;
}

/** @returns null where the record does not just go on where its conversation ends, or something of it was erased */
export function nextTurns(space: UserSpace, entry: RecordEntry): NextTurns | null {
  const { bytes, stream } = entry;
  if (bytes === null) return null;
  const reading = readRecord(stream.source, bytes, noContext);
  if (reading.outcome !== 'conversation') return null;
  const piece = reading.conversation;
  const id = conversationIdOf(piece);
  const idsOf = messageIdsIn([id]);
  const { end, said, marks } = space.read((r) => {
    const end = r.conversations.end(id);
    // A rule that came later masks what stands there already, when all of it is joined anew.
    const left = end !== null && r.secrets.rule() === 'mask' && r.secrets.undecidedIn(end.pk);
    const said = end === null ? null : r.conversations.lastSaid(end.leafPk);
    return { end: left ? null : end, said, marks: r.erasures.marks() };
  });
  if (end === null || !goesOn(piece, (key) => idsOf({ key }).includes(end.leafId))) return null;
  if (withhold(piece, idsOf, marks).changed) return null;
  const isMasked = (secret: string) => space.read((r) => isMaskedBy(r, secret));
  const guarded = guardSecrets({ ...piece, title: end.title }, isMasked);
  const defaultModel = piece.defaultModel ?? end.defaultModel;
  const input = continuedInput({ ...guarded.conversation, created: end.created, defaultModel }, end);
  if (input === null) return null;
  const note = secretsNote(guarded);
  return {
    end,
    input,
    units: conversationUnits(input, said),
    secrets: guarded.places,
    found: guarded.places.length + guarded.masked,
    masked: guarded.masked,
    issues: [...shortened(reading.issues), ...(note === null ? [] : [note])],
    sha256: sha256(bytes),
    raw: guarded.masked === 0 ? sourceRecord(bytes) : canonicalRecord({ ...guarded.conversation, title: piece.title }),
  };
}

/** Its first message answers the last one, the others each other, and no document is in it. */
function goesOn(piece: CanonicalConversation, isLast: (key: string) => boolean): boolean {
  const [first, ...rest] = piece.messages;
  return (
    piece.piece === true &&
    piece.title === null &&
    first?.answersKey !== undefined &&
    isLast(first.answersKey) &&
    rest.every(({ parentKey }) => parentKey !== null) &&
    piece.messages.every(({ parts }) =>
      parts.every((part) => part.kind !== 'artifact' && artifactOperation(part) === null),
    )
  );
}

/** Put them under a run. @returns the run's counts with them */
export function putNextTurns(
  w: SpaceWriter,
  runPk: number,
  next: NextTurns,
  from: ImportCounts,
  nowMs: number,
): ImportCounts {
  const { end, input, issues } = next;
  const rawPk = w.rawRecords.put({
    runPk,
    source: input.source,
    externalKey: input.id,
    sha256: next.sha256,
    bytesZstd: next.raw.zstd,
    size: next.raw.size,
    form: next.raw.form,
  });
  const put = w.conversations.goOn(end, input, { pk: runPk, nowMs, rawPk });
  const units = new Map(
    put.messagePks.flatMap((messagePk, ix) => {
      const drafts = next.units.get(ix);
      return drafts === undefined ? [] : [[messagePk, drafts] as const];
    }),
  );
  const counts = countPut(from, put, degradedIn(issues));
  const acus = w.acus.replaceForMessages(put.pk, units);
  w.secrets.put(put.messagePks, placed(put, next.secrets));
  const { externalId, title } = input;
  const record = { path: 'live#0', externalId, title, issues, after: { stream: 0, element: 1 } };
  addIssues(w, runPk, record, noteEntry(w, runPk, record, { put, rawPk }, 'day'));
  w.words.indexBehind(put.pk, put.messagePks);
  followUp(w, [{ pk: put.pk, id: input.id }], nowMs);
  return { ...counts, acus: counts.acus + acus, secrets: plusSecrets(counts.secrets, next) };
}
