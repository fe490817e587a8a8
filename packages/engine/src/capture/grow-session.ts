/**
 * Brings in what is new of a session log that is still being written: the piece that was open is taken up with the new lines and
 * read again, as it would be in a file that came whole. Every record of it that is only longer takes the place of the shorter one.
 */
import type { Clock } from '@vivim/contract/clock';
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import type { Grown } from '@vivim/contract/watched';
import { sha256 } from '../space/hash.ts';
import type { WatchedRow } from '../space/stores/watched-files.ts';
import type { SpaceReader, SpaceWriter } from '../space/transactors.ts';
import type { UserSpace, Verb } from '../space/user-space.ts';
import { noContext } from './canonical.ts';
import { putRecords } from './import-writer.ts';
import type { JsonElement } from './json-elements.ts';
import { prepareRecord } from './prepare-record.ts';
import type { PreparedRecord } from './prepared-record.ts';
import { plainBytes } from './record-bytes.ts';
import { type OpenPiece, SessionCutter } from './session-cutter.ts';
import { pieceLine, repeatable } from './sources/reading.ts';
import { moduleOf } from './sources/registry.ts';

export interface GrowDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  readonly onUnexpected: (error: unknown) => void;
}

export interface NewLines {
  readonly key: string;
  readonly source: Source;
  readonly fileName: string;
  /** Bytes of the file before the lines. */
  readonly from: number;
  /** Whole lines. */
  readonly bytes: Buffer;
}

const newline = 0x0a;

/**
 * @throws AppError `version_conflict` where the file did not end there, `import_incomplete` where a line is cut,
 *   `import_format_unknown` for a source whose files do not grow by lines
 */
export function growSession(deps: GrowDeps, lines: NewLines, verb: Verb): Grown {
  const { space, clock } = deps;
  const { key, source, fileName, from, bytes } = lines;
  if (!moduleOf(source).formats.some(({ cut }) => cut.kind === 'session'))
    throw new AppError('import_format_unknown', 'Files of this source do not grow by lines; import them whole.');
  if (bytes.at(-1) !== newline)
    throw new AppError('import_incomplete', 'The last line is not whole. Send it when its newline is there.');
  const before = space.read((r) => standing(r, lines));
  const cutter = new SessionCutter(before.open);
  const elements = [...linesOf(bytes, from)].flatMap(({ line, end }) => cutter.take(line, end));
  const tail = cutter.open();
  elements.push(...cutter.rest());
  const records = elements.flatMap((element) => prepared(deps, lines, element));
  const nowMs = clock();
  return space.apply<Grown>(verb, 200, (w) => {
    if (!sameRow(w.watchedFiles.row(key), before.row)) throw conflict();
    const run = w.dayRuns.of('watched', source, nowMs);
    const counts = putRecords(w, run.pk, records, run.counts, nowMs, 'day');
    w.dayRuns.count(run.pk, counts, bytes.length, nowMs);
    const tailRawPk = rawOf(w, source, records.at(-1));
    if (before.rawPk !== null && tailRawPk !== null && before.rawPk !== tailRawPk && before.open.ix === tail.ix)
      w.rawRecords.supersede(before.rawPk, tailRawPk);
    w.watchedFiles.put({
      key,
      source,
      fileName,
      runPk: run.pk,
      piece: tail.ix,
      tailFrom: tail.from,
      tailBytes: tail.bytes.length,
      tailSha256: sha256(tail.bytes),
      tailRawPk,
      firstLine: repeatable(tail.first),
      updatedMs: nowMs,
    });
    const file = w.watchedFiles.find(key);
    if (file === null) throw new Error('A file that was just written down is not there.');
    return { ...file, messagesAdded: counts.messages.added - run.counts.messages.added };
  });
}

interface Before {
  readonly row: WatchedRow | null;
  readonly open: OpenPiece;
  /** The record of the open piece. */
  readonly rawPk: number | null;
}

/** Where the file goes on. @throws AppError `version_conflict` */
function standing(r: SpaceReader, { key, source, from }: NewLines): Before {
  const row = r.watchedFiles.row(key);
  if (from === 0) {
    const nothing = Buffer.alloc(0);
    return { row, open: { ix: 0, from: 0, bytes: nothing, first: nothing }, rawPk: null };
  }
  if (row === null || row.source !== source) throw conflict();
  const { piece: ix, tailFrom, firstLine: first } = row;
  const record = r.watchedFiles.openRecord(row);
  // The open piece is sent again where its record is gone.
  if (from === tailFrom) return { row, open: { ix, from, bytes: Buffer.alloc(0), first }, rawPk: record?.pk ?? null };
  if (record === null || from !== tailFrom + row.tailBytes) throw conflict();
  const whole = plainBytes(record.bytesZstd);
  const bytes = ix === 0 ? whole : whole.subarray(pieceLine(ix + 1, first).length);
  if (bytes.length !== row.tailBytes) throw conflict();
  return { row, open: { ix, from: tailFrom, bytes, first }, rawPk: record.pk };
}

const conflict = (): AppError =>
  new AppError('version_conflict', 'The file does not end there. Ask for it, and send what comes after its bytes.');

const sameRow = (a: WatchedRow | null, b: WatchedRow | null): boolean =>
  a?.tailFrom === b?.tailFrom && a?.tailBytes === b?.tailBytes && a?.tailSha256 === b?.tailSha256;

function* linesOf(bytes: Buffer, from: number): Generator<{ line: Buffer; end: number }> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(newline, at) + 1;
    yield { line: bytes.subarray(at, end), end: from + end };
    at = end;
  }
}

function prepared({ space, onUnexpected }: GrowDeps, lines: NewLines, element: JsonElement): PreparedRecord[] {
  const entry = {
    ...element,
    twin: 0,
    stream: { source: lines.source, path: lines.fileName },
    after: { stream: 0, element: element.ix + 1 },
    bytesRead: element.end,
  };
  const record = prepareRecord(space, entry, noContext, new Map(), onUnexpected);
  return record === null ? [] : [record];
}

function rawOf(w: SpaceWriter, source: Source, record: PreparedRecord | undefined): number | null {
  if (record === undefined || record.kind === 'skipped' || record.kind === 'beside') return null;
  return w.rawRecords.find({ source, externalKey: record.id, sha256: record.sha256 });
}
