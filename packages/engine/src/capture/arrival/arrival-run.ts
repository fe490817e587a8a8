/**
 * The import of a space that arrives: a few records at each step, in one transaction with the place it has come to, so that a
 * killed engine goes on where it was and nothing comes in twice. Into an empty space everything comes as it was; into another
 * one what was captured joins what is there, and topics, entities and bundles are found anew. What its owner erased here stays
 * out until they let it in again.
 */
import { type ArchiveFile, type ArchiveRecord, archiveFiles } from '@vivim/contract/archive';
import type { Clock } from '@vivim/contract/clock';
import type { ErasureReceipt } from '@vivim/contract/erasure';
import { type PaceSample, withSample } from '@vivim/contract/pace';
import type { ArrivalMode } from '../../space/archive/record-writer.ts';
import type { Marks } from '../../space/marks.ts';
import type { ByteFile } from '../../space/spool.ts';
import { type ImportCounts, noCounts, parseCounts } from '../../space/stores/import-counts.ts';
import { erasedByYou, type ImportRow } from '../../space/stores/import-shape.ts';
import type { SpaceWriter } from '../../space/transactors.ts';
import type { UserSpace } from '../../space/user-space.ts';
import type { Pace } from '../gather-records.ts';
import { follow, placed, putArtifacts, putUnits } from '../import-writer.ts';
import { secretsOfRecord } from '../kept-record.ts';
import { leftErasedWords, partsErased, rebuilt } from '../prepare-record.ts';
import { settleReplays } from '../replays.ts';
import { countPut } from '../report.ts';
import { marksInside } from '../withhold.ts';
import type { Arrival } from './arrival-shape.ts';
import { arriveDecision } from './arrive-decisions.ts';
import { arriveFile, documentsIn } from './arrive-files.ts';
import { isRecordErased, mayIssueStand, shownImport, type WithholdIn } from './erased-here.ts';
import { conversationsFile, listArrived, listLeftOut } from './list-arrived.ts';
import { secretsIn } from './secrets-in.ts';
import { servicesArrived } from './services-arrived.ts';

/** What is done, in order: files, two of them a second time when all that they name is here. */
type Stage = ArchiveFile | 'links' | 'whole files' | 'history';
const stages: readonly Stage[] = [
  ...archiveFiles.slice(0, 4),
  'links',
  ...archiveFiles.slice(4),
  'whole files',
  'history',
];
/** Files that are read a second time. */
const again: Readonly<Partial<Record<Stage, ArchiveFile>>> = {
  links: 'conversations.jsonl',
  'whole files': 'blobs.jsonl',
  history: 'imports.jsonl',
};
const fileOf = (stage: Stage): ArchiveFile => again[stage] ?? (stage as ArchiveFile);
/** Only a space that was empty takes over what was found elsewhere. */
const ofWhole: ReadonlySet<Stage> = new Set(['topics.jsonl', 'entities.jsonl', 'bundles.jsonl', 'secrets.jsonl']);

interface Place {
  readonly stream: number;
  readonly element: number;
  readonly mode: ArrivalMode;
}

interface Item {
  readonly record: ArchiveRecord;
  readonly bytes: number;
  /** A conversation that is here in another state, made anew of all that was kept of both. */
  readonly joined: ReturnType<typeof rebuilt>;
  /** Of a conversation that was erased here, or true for a record that holds something that was; null for others. */
  readonly erased: ErasureReceipt | true | null;
}

export interface ArrivalDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  readonly withholdIn: WithholdIn;
  readonly pace: Pace;
}

export class ArrivalRun {
  readonly row: ImportRow;
  readonly #deps: ArrivalDeps;
  readonly #file: ByteFile;
  readonly #arrival: Arrival;
  #place: Place;
  #counts: ImportCounts;
  #pace: readonly PaceSample[] = [];
  #records: AsyncGenerator<{ record: ArchiveRecord; bytes: number }, void> | null = null;

  private constructor(
    row: ImportRow,
    from: { file: ByteFile; arrival: Arrival; place: Place; counts: ImportCounts },
    deps: ArrivalDeps,
  ) {
    this.row = row;
    this.#file = from.file;
    this.#arrival = from.arrival;
    this.#place = from.place;
    this.#counts = from.counts;
    this.#deps = deps;
  }

  /**
   * Checks all of it, then begins, or goes on where a killed engine was.
   * @throws AppError what {@link Arrival.check} throws; nothing was written then
   */
  static async begin(row: ImportRow, file: ByteFile, arrival: Arrival, deps: ArrivalDeps): Promise<ArrivalRun> {
    const { space, clock } = deps;
    const { space: archived, bytes, notes } = await arrival.check();
    const begun = row.position === null ? null : (JSON.parse(row.position) as Place);
    // Conversations are read a second time for their links.
    const counts = begun === null ? { ...noCounts, bytesTotal: bytes } : parseCounts(row.counts);
    const place = space.write<Place>((w) => {
      if (begun !== null || w.imports.state(row.pk) !== row.state)
        return begun ?? { stream: 0, element: 0, mode: 'merge' };
      // Under another salt what was erased here would not be known any more.
      const mode: ArrivalMode = w.records.isEmpty() && !w.erasures.keepsAway() ? 'whole' : 'merge';
      if (mode === 'whole') w.records.adopt(archived);
      w.records.putUpstreams(archived.upstreams ?? []);
      w.records.putModelServices(archived.modelServices ?? []);
      w.imports.start(row.pk, { source: 'vivim', confidence: 1, why: arrival.why }, counts, clock());
      for (const note of [...notes, ...servicesArrived(archived)])
        w.imports.addIssue(row.pk, { severity: 'note', externalId: null, title: null, ...note });
      const first: Place = { stream: 0, element: 0, mode };
      w.imports.advance(row.pk, first, counts);
      return first;
    });
    return new ArrivalRun(row, { file, arrival, place, counts }, deps);
  }

  /** @returns `cancelled` where the run had ended meanwhile */
  async step(signal: AbortSignal): Promise<'more' | 'done' | 'cancelled'> {
    const { space, clock } = this.#deps;
    const stage = stages[this.#place.stream];
    if (stage === undefined) {
      return space.write((w) => {
        w.blobs.dropUnshown();
        return w.imports.end(this.row.pk, { state: 'done' }, clock());
      })
        ? 'done'
        : 'cancelled';
    }
    const startedMs = clock();
    const { items, ended } = await this.#gather(stage, startedMs);
    if (signal.aborted) return 'more';
    return this.#write(stage, items, ended, startedMs) ? 'more' : 'cancelled';
  }

  async close(): Promise<void> {
    await this.#records?.return();
    this.#arrival.close();
    await this.#file.close();
  }

  async #gather(stage: Stage, startedMs: number): Promise<{ items: Item[]; ended: boolean }> {
    const { space, clock, pace } = this.#deps;
    const items: Item[] = [];
    if (this.#place.mode === 'merge' && ofWhole.has(stage)) return { items, ended: true };
    this.#records ??= this.#arrival.records(fileOf(stage), this.#place.element);
    let bytes = 0;
    while (bytes < pace.bytes && items.length < pace.records && clock() - startedMs < pace.milliseconds) {
      const { value, done } = await this.#records.next();
      if (done || value === undefined) return { items, ended: true };
      bytes += value.bytes;
      const erased = erasedHere(stage, value.record, space);
      const joined = stage === 'conversations.jsonl' && erased === null ? this.#joined(value.record, space) : null;
      items.push({ ...value, joined, erased });
    }
    return { items, ended: false };
  }

  #joined(record: ArchiveRecord, space: UserSpace): Item['joined'] {
    const { id, contentHash, source } = record as ArchiveRecord<'conversations.jsonl'>;
    return space.read<Item['joined']>((r) => {
      const stored = r.conversations.stored(id);
      return stored === null || stored.contentHash === contentHash ? null : rebuilt(r, stored, id, source);
    });
  }

  /** @returns false where the run was cancelled; nothing is written then */
  #write(stage: Stage, items: readonly Item[], ended: boolean, startedMs: number): boolean {
    const { space, clock } = this.#deps;
    const { stream, element, mode } = this.#place;
    const place = ended ? { stream: stream + 1, element: 0, mode } : { stream, element: element + items.length, mode };
    const counts = space.write<ImportCounts | null>((w) => {
      if (w.imports.state(this.row.pk) !== 'running') return null;
      let counts = { ...this.#counts, workedMs: this.#counts.workedMs + clock() - startedMs };
      const marks = w.erasures.marks();
      for (const item of items) {
        counts = this.#put(w, stage, item, counts, marks);
        if (again[stage] === undefined) counts = { ...counts, bytesRead: counts.bytesRead + item.bytes };
      }
      w.imports.advance(this.row.pk, place, counts);
      this.#pace = withSample(this.#pace, clock(), counts.bytesRead);
      w.imports.notePace(this.row.pk, this.#pace);
      return counts;
    });
    if (counts === null) return false;
    this.#counts = counts;
    this.#place = place;
    if (ended) this.#records = null;
    return true;
  }

  #put(
    w: SpaceWriter,
    stage: Stage,
    { record, joined, erased }: Item,
    counts: ImportCounts,
    marks: Marks,
  ): ImportCounts {
    const { records } = w;
    const whole = this.#place.mode === 'whole';
    switch (stage) {
      case 'imports.jsonl':
        records.putImport(shownImport(record as ArchiveRecord<'imports.jsonl'>, marks));
        return counts;
      case 'import-issues.jsonl':
        if (mayIssueStand(record as ArchiveRecord<'import-issues.jsonl'>, marks))
          records.putIssue(record as ArchiveRecord<'import-issues.jsonl'>);
        return counts;
      case 'raw-records.jsonl':
        if (erased === null) records.putRaw(record as ArchiveRecord<'raw-records.jsonl'>);
        return counts;
      case 'conversations.jsonl':
        if (erased !== null && erased !== true)
          return this.#leftErased(w, record as ArchiveRecord<'conversations.jsonl'>, counts, erased);
        return this.#putConversation(w, record as ArchiveRecord<'conversations.jsonl'>, joined, counts, marks);
      case 'links':
        records.link(record as ArchiveRecord<'conversations.jsonl'>, whole);
        return counts;
      case 'sidecar-records.jsonl':
        this.#putSidecar(w, record as ArchiveRecord<'sidecar-records.jsonl'>);
        return counts;
      case 'projects.jsonl':
        w.memoryRecords.putProject(record as ArchiveRecord<'projects.jsonl'>);
        return counts;
      case 'feedback.jsonl':
        w.memoryRecords.putFeedback(record as ArchiveRecord<'feedback.jsonl'>);
        return counts;
      case 'memories.jsonl':
        w.memoryRecords.putMemory(record as ArchiveRecord<'memories.jsonl'>, whole);
        return counts;
      case 'topics.jsonl':
        records.putProfile('topic', record as ArchiveRecord<'topics.jsonl'>);
        return counts;
      case 'entities.jsonl':
        records.putProfile('entity', record as ArchiveRecord<'entities.jsonl'>);
        return counts;
      case 'bundles.jsonl':
        records.putBundle(record as ArchiveRecord<'bundles.jsonl'>);
        return counts;
      case 'blobs.jsonl':
      case 'blob-pieces.jsonl':
      case 'files.jsonl':
      case 'whole files':
        arriveFile(w, stage, record, { runPk: this.row.pk, marks });
        return counts;
      case 'secrets.jsonl':
        records.putSecret(record as ArchiveRecord<'secrets.jsonl'>);
        return counts;
      case 'corrections.jsonl':
      case 'recipes.jsonl':
      case 'exclusions.jsonl':
      case 'pins.jsonl':
      case 'annotations.jsonl':
        arriveDecision(w, stage, record, { marks, nowMs: this.#deps.clock() });
        return counts;
      case 'history':
        records.finishImport(record as ArchiveRecord<'imports.jsonl'>);
        return counts;
    }
  }

  #putSidecar(w: SpaceWriter, record: ArchiveRecord<'sidecar-records.jsonl'>): void {
    const pk = w.memoryRecords.putSidecar(record);
    // As those of conversations: found anew where the salt is another.
    if (pk !== null && this.#place.mode !== 'whole')
      w.secrets.putRecord(pk, secretsOfRecord(Buffer.from(record.zstd, 'base64')));
  }

  #putConversation(
    w: SpaceWriter,
    conversation: ArchiveRecord<'conversations.jsonl'>,
    joined: Item['joined'],
    counts: ImportCounts,
    marks: Marks,
  ): ImportCounts {
    const { pk: runPk } = this.row;
    const whole = this.#place.mode === 'whole';
    const { id, messages } = conversation;
    const stored = w.conversations.stored(id);
    const nowMs = this.#deps.clock();
    if (stored === null) {
      let units = 0;
      const added = w.records.addConversation(conversation, whole ? null : runPk);
      if (added === null)
        return this.#leftOut(w, conversation, counts, 'The import it came with is not in the archive.');
      w.artifacts.replace(added.pk, documentsIn(conversation, added.messagePks));
      if (!whole) {
        // Secrets are known by hashes under another salt elsewhere: they are found anew.
        w.secrets.put([...added.messagePks.values()], secretsIn(messages, added.messagePks));
        // Once all of it is written, because places of secrets move with the words that go.
        if (marksInside(marks) && this.#deps.withholdIn(w, added.pk, marks, nowMs))
          w.imports.addIssue(this.row.pk, { ...partsErased, path: id, externalId: null, title: null });
        units += follow(w, [{ pk: added.pk, id, source: conversation.source }], nowMs);
      } else {
        const settled = settleReplays(w, [{ pk: added.pk, source: conversation.source }]);
        units += settled.units;
        w.words.index([...new Set([added.pk, ...settled.pks])]);
        w.outbox.put('embed', [added.pk], nowMs);
        w.outbox.put('memories', [added.pk], nowMs);
        if (conversation.rollupPending) w.outbox.put('rollup', [added.pk], nowMs);
      }
      const put = { pk: added.pk, outcome: 'added', messagePks: [], firstSeq: 0, before: null } as const;
      listArrived(w, runPk, put, conversation);
      const counted = countPut(
        counts,
        { ...put, messages: { added: messages.length, updated: 0, unchanged: 0 } },
        sound,
      );
      return { ...counted, acus: counted.acus + added.acus + units };
    }
    if (stored.contentHash === conversation.contentHash) {
      const put = w.conversations.sawUnchanged(stored, runPk, messages.length);
      listArrived(w, runPk, put, conversation);
      return countPut(counts, put, sound);
    }
    if (joined === null)
      return this.#leftOut(
        w,
        conversation,
        counts,
        'It is here in another state, and what it was read from is not kept.',
      );
    const { source, raw } = conversation;
    const rawPk = raw === null ? null : w.rawRecords.find({ source, externalKey: id, sha256: raw });
    const put = w.conversations.put(joined.input, { pk: runPk, nowMs, rawPk });
    listArrived(w, runPk, put, conversation);
    if (put.outcome === 'unchanged') return countPut(counts, put, sound);
    const units = putUnits(w, put, joined.units);
    putArtifacts(w, put, joined);
    w.secrets.put(put.messagePks, placed(put, joined.secrets));
    const acus = units + follow(w, [{ ...put, id, source }], nowMs);
    const counted = countPut(counts, put, sound);
    return { ...counted, acus: counted.acus + acus };
  }

  /** Nothing of it is named here, and lines of the archive's reports about it stay out too. */
  #leftErased(
    w: SpaceWriter,
    { externalId, title }: ArchiveRecord<'conversations.jsonl'>,
    counts: ImportCounts,
    receipt: ErasureReceipt,
  ): ImportCounts {
    w.eraseTraces.issuesAbout({ externalId, title });
    const issue = {
      severity: 'skipped',
      code: erasedByYou,
      path: conversationsFile,
      externalId: null,
      title: null,
      detail: leftErasedWords(receipt),
    } as const;
    w.imports.addIssue(this.row.pk, issue, listLeftOut(w, this.row.pk));
    const { conversations } = counts;
    return { ...counts, conversations: { ...conversations, skipped: conversations.skipped + 1 } };
  }

  #leftOut(
    w: SpaceWriter,
    { id, externalId, title }: ArchiveRecord<'conversations.jsonl'>,
    counts: ImportCounts,
    why: string,
  ): ImportCounts {
    const detail = `${why} It was left out; what is here stays.`;
    const issue = {
      severity: 'skipped',
      code: 'conversation_left_out',
      path: id,
      externalId,
      title,
      detail,
    } as const;
    w.imports.addIssue(this.row.pk, issue, listLeftOut(w, this.row.pk));
    const { conversations } = counts;
    return { ...counts, conversations: { ...conversations, skipped: conversations.skipped + 1 } };
  }
}

const sound = { conversation: false, messages: 0 };

/** Asked before anything is written, because a record is read for it. */
function erasedHere(stage: Stage, record: ArchiveRecord, space: UserSpace): Item['erased'] {
  if (stage !== 'conversations.jsonl' && stage !== 'raw-records.jsonl') return null;
  return space.read<Item['erased']>((r) => {
    if (stage === 'conversations.jsonl')
      return r.erasures.receiptFor('conversation', (record as ArchiveRecord<'conversations.jsonl'>).id);
    return isRecordErased(record as ArchiveRecord<'raw-records.jsonl'>, r.erasures.marks()) ? true : null;
  });
}
