/**
 * Write what was prepared: one transaction for a batch of conversations, with their messages, units, words and
 * issues, the follow-up work, the counts and the position. Killed anywhere, it has happened or it has not.
 */
import { withSample } from '@vivim/contract/pace';
import type { AcuDraft } from '../space/acu-draft.ts';
import { isStorageError } from '../space/storage-error.ts';
import type { Put } from '../space/stores/conversation-input.ts';
import type { ImportCounts } from '../space/stores/import-counts.ts';
import type { EntryPlace } from '../space/stores/import-entries.ts';
import { ourFaults } from '../space/stores/import-shape.ts';
import type { PlacedSecret } from '../space/stores/secrets.ts';
import type { SpaceWriter } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { CanonicalIssue } from './canonical.ts';
import type { Position } from './import-element.ts';
import type { OpenRun } from './import-run.ts';
import { putSaid, putSidecar, slotsOf } from './kept-writer.ts';
import type { FreshRecord, KnownRecord, PreparedRecord, SkippedRecord } from './prepared-record.ts';
import { type ChangedSession, settleReplays } from './replays.ts';
import { countKept, countPut, countSkipped, plusSecrets } from './report.ts';
import { unitsVersion } from './segment.ts';
import { parserVersionOf } from './sources/registry.ts';

/**
 * Write a batch and move the run on.
 * @returns false where the run had ended meanwhile (cancelled); nothing is written then
 * @throws what the database threw where that is no fault of a conversation; all that stands then is before the position
 */
export function writeBatch(
  space: UserSpace,
  run: OpenRun,
  records: readonly PreparedRecord[],
  clock: { readonly nowMs: number; readonly workedMs: number },
  onUnexpected: (error: unknown) => void,
): boolean {
  const worked = { ...run.counts, workedMs: run.counts.workedMs + clock.workedMs };
  try {
    return commit(space, run, records, worked, clock.nowMs);
  } catch (error) {
    if (isStorageError(error)) throw error;
    onUnexpected(error);
  }
  // One conversation of the batch cannot be written: find it, leave it out and say so, and bring in the rest.
  for (const record of records) {
    const counts = { ...run.counts, workedMs: worked.workedMs };
    try {
      if (!commit(space, run, [record], counts, clock.nowMs)) return false;
    } catch (error) {
      if (isStorageError(error)) throw error;
      if (!commit(space, run, [leftOut(record)], counts, clock.nowMs)) return false;
    }
  }
  return true;
}

const leftOut = ({ after, bytesRead, path, externalId, title }: PreparedRecord): SkippedRecord => ({
  kind: 'skipped',
  after,
  bytesRead,
  path,
  externalId,
  title,
  issues: [
    {
      severity: 'skipped',
      code: ourFaults.notStored,
      path: '',
      detail: 'The conversation could not be stored; the rest came in.',
    },
  ],
});

function commit(
  space: UserSpace,
  run: OpenRun,
  batch: readonly PreparedRecord[],
  from: ImportCounts,
  nowMs: number,
): boolean {
  const end = batch.at(-1);
  if (end === undefined) return true;
  const counts = space.write<ImportCounts | null>((w) => {
    if (w.imports.state(run.row.pk) !== 'running') return null;
    const counts = { ...putRecords(w, run.row.pk, batch, from, nowMs, 'file'), bytesRead: end.bytesRead };
    w.imports.advance(run.row.pk, end.after satisfies Position, counts);
    run.pace = withSample(run.pace, nowMs, counts.bytesRead);
    w.imports.notePace(run.row.pk, run.pace);
    return counts;
  });
  if (counts === null) return false;
  run.counts = counts;
  run.position = end.after;
  return true;
}

/**
 * Put what was prepared under a run: conversations, units, secrets, issues, and what follows.
 * @param listed how what became of each is listed: by its place in a file that came whole, or in the order a day brought them
 * @returns the run's counts with it
 */
export function putRecords(
  w: SpaceWriter,
  runPk: number,
  batch: readonly PreparedRecord[],
  from: ImportCounts,
  nowMs: number,
  listed: 'file' | 'day',
): ImportCounts {
  let counts = from;
  const changed: ChangedConversation[] = [];
  const slots = new Set<string>();
  for (const prepared of batch) {
    const record = prepared.kind === 'drafted' ? prepared.open() : prepared;
    let place: EntryPlace | null = null;
    if (record.kind === 'skipped') {
      counts = countSkipped(counts);
      place = noteEntry(w, runPk, record, null, listed);
    } else if (record.kind === 'beside') {
      const { input } = record;
      const kept = input === null ? null : putSidecar(w, input, runPk, nowMs);
      if (input !== null && kept !== null) {
        const found = input.secrets.length + input.masked;
        const secrets = plusSecrets(counts.secrets, { found, masked: input.masked });
        counts = { ...countKept(counts, kept), secrets };
      }
    } else {
      const kept = record.kind === 'known' ? seen(w, runPk, record) : stored(w, runPk, record, nowMs);
      const { put } = kept;
      place = noteEntry(w, runPk, record, kept, listed);
      counts = countPut(counts, put, degradedIn(record.issues));
      // An older export contradicts too, though it changes nothing.
      if (record.kind === 'fresh' && put.outcome !== 'added') w.versionConflicts.count(put.pk, record.conflicts);
      if (record.kind === 'fresh' && put.outcome !== 'unchanged') {
        counts = {
          ...counts,
          acus: counts.acus + putUnits(w, put, record.units),
          secrets: plusSecrets(counts.secrets, record),
        };
        putArtifacts(w, put, record);
        w.secrets.put(put.messagePks, placed(put, record.secrets));
        const isNew = put.outcome === 'added';
        const memories = putSaid(w, record.input, record.said, put.messagePks, { isNew, nowMs });
        for (const slot of slotsOf(record.said)) slots.add(slot);
        counts = countKept(counts, { memories });
        w.parserVersions.set(put.pk, parserVersionOf(record.input.source));
        changed.push({ ...put, id: record.id, source: record.input.source });
      }
    }
    addIssues(w, runPk, record, place);
  }
  w.memories.settle([...slots]);
  return { ...counts, acus: counts.acus + follow(w, changed, nowMs) };
}

/** Both from one: `after` counts the records that are in, and the files before this one. */
const placeOf = ({ stream, element }: Position): EntryPlace => ({ stream: stream + 1, element });

/** What became of a conversation, and the row of the bytes it was read from. */
export interface KeptRecord {
  readonly put: Put;
  readonly rawPk: number | null;
}

/** Records that stand beside conversations have none. @returns where it is listed */
export function noteEntry(
  w: SpaceWriter,
  runPk: number,
  record: Pick<SkippedRecord, 'path' | 'after' | 'issues'>,
  kept: KeptRecord | null,
  listed: 'file' | 'day',
): EntryPlace {
  // The place of what was left out as erased is told by numbers alone.
  const named = record.path.lastIndexOf('#');
  const place = placeOf(record.after);
  const what = {
    file: named < 0 ? null : record.path.slice(0, named),
    degraded: degradedIn(record.issues).conversation,
  };
  if (kept === null) {
    const skipped = { ...what, outcome: 'skipped', conversationPk: null, rawPk: null } as const;
    if (listed === 'day') return w.importEntries.addInOrder(runPk, skipped, false);
    w.importEntries.add(runPk, { ...skipped, ...place });
    return place;
  }
  const { put, rawPk } = kept;
  const again = put.before !== null;
  if (again && put.outcome === 'updated') w.importEntries.becameUpdated(runPk, put.pk);
  const entry = { ...what, outcome: put.outcome, conversationPk: put.pk, rawPk };
  if (listed === 'day') return w.importEntries.addInOrder(runPk, entry, again);
  w.importEntries.add(runPk, { ...entry, ...place, outcome: again ? 'again' : put.outcome });
  return place;
}

function seen(w: SpaceWriter, runPk: number, { id, source, sha256, messages }: KnownRecord): KeptRecord {
  const stored = w.conversations.stored(id);
  if (stored === null) throw new Error('A conversation that was known is gone.');
  const put = w.conversations.sawUnchanged(stored, runPk, messages);
  return { put, rawPk: w.rawRecords.find({ source, externalKey: id, sha256 }) };
}

function stored(w: SpaceWriter, runPk: number, record: FreshRecord, nowMs: number): KeptRecord {
  const before = w.conversations.stored(record.id);
  if (before !== null) w.rawRecords.handOver(record.id, before.source, record.input.source);
  const rawPk = w.rawRecords.put({
    runPk,
    source: record.input.source,
    externalKey: record.id,
    sha256: record.sha256,
    bytesZstd: record.raw.zstd,
    size: record.raw.size,
    form: record.raw.form,
  });
  const put = w.conversations.put(record.input, { pk: runPk, nowMs, rawPk });
  for (const pk of record.superfluous) if (pk !== rawPk) w.rawRecords.giveWay(pk, rawPk);
  const { added, updated } = put.messages;
  // What only an earlier export held is stored and was not in this file.
  const messages = { added, updated, unchanged: Math.max(0, record.messages - added - updated) };
  return { put: { ...put, messages }, rawPk };
}

/** @returns how many units more the conversation has now */
export function putUnits(w: SpaceWriter, put: Put, units: ReadonlyMap<number, readonly AcuDraft[]>): number {
  const fresh = put.outcome === 'added';
  const before = fresh ? 0 : w.conversations.unitCount(put.pk);
  const drafts = new Map<number, readonly AcuDraft[]>();
  const replayed = new Set(fresh ? [] : w.lineage.replayedIn(put.pk));
  put.messagePks.forEach((messagePk, ix) => {
    const found = replayed.has(messagePk) ? undefined : units.get(ix);
    // A message that has no units, or left the active branch, may have had some.
    if (found !== undefined || !fresh) drafts.set(messagePk, found ?? []);
  });
  const more = w.acus.replaceForMessages(put.pk, drafts) - before;
  w.acus.cutBy(put.pk, unitsVersion);
  return more;
}

/** Versions of documents in place of those that were known. */
export function putArtifacts(
  w: SpaceWriter,
  put: Pick<Put, 'pk' | 'messagePks'>,
  { artifacts }: Pick<FreshRecord, 'artifacts'>,
): void {
  w.artifacts.replace(
    put.pk,
    artifacts.flatMap((version) => {
      const messagePk = put.messagePks[version.messageIx];
      return messagePk === undefined ? [] : [{ ...version, messagePk }];
    }),
  );
}
/** Secrets of a conversation by the rows of its messages. */
export const placed = ({ messagePks }: Pick<Put, 'messagePks'>, secrets: FreshRecord['secrets']): PlacedSecret[] =>
  secrets.flatMap(({ message, ...place }) => {
    const messagePk = messagePks[message];
    return messagePk === undefined ? [] : [{ ...place, messagePk }];
  });

interface ChangedConversation extends ChangedSession {
  readonly id: string;
}

/**
 * What has to happen after a conversation changed, to it and to sessions that share its beginning: words now, the rest as work of
 * its own.
 * @returns how many units came (or, below zero, went) because they are told in another session
 */
export function follow(w: SpaceWriter, own: readonly ChangedConversation[], nowMs: number): number {
  if (own.length === 0) return 0;
  const settled = settleReplays(w, own);
  const changed = [...new Map([...own, ...settled.retold].map(({ pk, id }) => [pk, { pk, id }])).values()];
  w.words.index([...new Set([...changed.map(({ pk }) => pk), ...settled.pks])]);
  followUp(w, changed, nowMs);
  return settled.units;
}

/** The work of its own. */
export function followUp(w: SpaceWriter, changed: readonly { pk: number; id: string }[], nowMs: number): void {
  const pks = changed.map(({ pk }) => pk);
  w.outbox.put('rollup', pks, nowMs);
  w.outbox.put('embed', pks, nowMs);
  w.outbox.put('memories', pks, nowMs);
  w.outbox.put('near', pks, nowMs);
  w.bundles.markDirty(
    'conversation',
    changed.map(({ id }) => id),
  );
}

/** @param place of the entry they are of; null where they are of none */
export function addIssues(
  w: SpaceWriter,
  runPk: number,
  record: Pick<PreparedRecord, 'issues' | 'path' | 'externalId' | 'title'>,
  place: EntryPlace | null,
): void {
  for (const issue of record.issues) {
    const said = {
      severity: issue.severity,
      code: issue.code,
      path: issue.path === '' ? record.path : `${record.path}/${issue.path}`,
      externalId: record.externalId,
      title: record.title,
      detail: issue.detail,
    };
    w.imports.addIssue(runPk, said, place);
  }
}

export const degradedIn = (issues: readonly CanonicalIssue[]): { conversation: boolean; messages: number } => {
  const degraded = issues.filter((issue) => issue.severity === 'degraded');
  return { conversation: degraded.length > 0, messages: degraded.filter((issue) => issue.path !== '').length };
};
