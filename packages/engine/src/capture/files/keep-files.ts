/**
 * The files of an export, after its conversations: a few at each step, in one transaction with the place the run has come to.
 * A file goes to the messages that point to it; one nobody mentions stays with the import. Where there is no room, or a file is
 * broken, the report says so and the next one is tried.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { ImportIssue } from '@vivim/contract/imports';
import { mediaOf } from '../../space/media-type.ts';
import { pieceBytes } from '../../space/stores/blobs.ts';
import type { ImportCounts } from '../../space/stores/import-counts.ts';
import { type ImportRow, noRoomForFile } from '../../space/stores/import-shape.ts';
import type { SpaceWriter } from '../../space/transactors.ts';
import type { UserSpace } from '../../space/user-space.ts';
import type { Pace } from '../gather-records.ts';
import type { Position } from '../import-element.ts';
import type { OpenRun } from '../import-run.ts';
import { madeFileEnd, madeFileId, madeFilesOf } from '../sources/made-file-id.ts';
import type { ExportFile } from './export-file.ts';
import { heldBytes, left, type Taken, takeFile } from './take-file.ts';

export interface KeepFilesDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  readonly pace: Pace;
}

/** `changed`: something was erased meanwhile, or the run has ended; go on from where the database says it is. */
export type Kept = 'more' | 'done' | 'changed';

type Read = Extract<Taken, { kind: 'read' }>;

export async function keepFiles(run: OpenRun, deps: KeepFilesDeps, signal: AbortSignal): Promise<Kept> {
  const { space, clock, pace } = deps;
  const { files } = run.plan;
  const first = run.position.element;
  if (first >= files.length) return 'done';
  const epoch = space.read((r) => r.erasures.epoch());
  const unchanged = (): boolean => !signal.aborted && space.read((r) => r.erasures.epoch()) === epoch;
  const startedMs = clock();
  const batch: Taken[] = [];
  let bytes = 0;
  while (batch.length < pace.records && bytes < pace.bytes && clock() - startedMs < pace.milliseconds) {
    const file = files[first + batch.length];
    if (file === undefined) break;
    const taken = await takeFile(file);
    batch.push(taken);
    if (taken.kind === 'read') bytes += taken.size;
    // A large one is stored alone, read a second time.
    if (taken.kind === 'read' && taken.bytes === null) break;
  }
  if (!unchanged()) return 'changed';
  const large = batch.at(-1);
  if (large?.kind === 'read' && large.bytes === null) {
    const stored = await inRoom(() => storePieces(space, large, unchanged));
    if (stored === 'changed') return 'changed';
    batch[batch.length - 1] = stored === 'no room' ? noRoom(large.file) : stored;
  }
  const workedMs = clock() - startedMs;
  const written = await inRoom(() => commit(space, run, batch, workedMs));
  if (written === false) return 'changed';
  if (written === true) return after(run, files);
  // Not all of them fit: each on its own, so that the small ones do.
  for (const taken of batch) {
    const kept = await inRoom(() => commit(space, run, [taken], 0));
    if (kept === false || (kept === 'no room' && !commit(space, run, [noRoom(taken.file)], 0))) return 'changed';
  }
  return after(run, files);
}

const after = (run: OpenRun, files: readonly ExportFile[]): Kept =>
  run.position.element >= files.length ? 'done' : 'more';

const noRoom = (file: ExportFile): Taken =>
  left(file, noRoomForFile, 'Your space has no room for it. Make room or ask for more, then import the file again.');

async function inRoom<T>(work: () => T | Promise<T>): Promise<T | 'no room'> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === 'quota_exceeded') return 'no room';
    throw error;
  }
}

/**
 * Store a large file in pieces nobody sees yet. Killed in between, it is begun again from the first.
 * @throws AppError `quota_exceeded`; nothing of it is left then
 */
async function storePieces(space: UserSpace, taken: Read, unchanged: () => boolean): Promise<Read | 'changed'> {
  const { file, sha256, size } = taken;
  const pk = space.write((w) => w.blobs.begin(sha256, size));
  if (pk === null) return taken;
  let head: Buffer | null = null;
  let next = 0;
  const store = (pieces: readonly Buffer[]): boolean =>
    unchanged() &&
    space.write((w) => {
      if (w.blobs.arriving(sha256) !== pk) return false;
      for (const piece of pieces) w.blobs.addPiece(pk, next++, piece);
      return true;
    });
  const digest = createHash('sha256');
  try {
    let pieces: Buffer[] = [];
    for await (const piece of inPieces(file.open())) {
      head ??= piece;
      digest.update(piece);
      pieces.push(piece);
      if (pieces.length * pieceBytes < heldBytes) continue;
      if (!store(pieces)) return 'changed';
      pieces = [];
    }
    if (!store(pieces)) return 'changed';
  } catch (error) {
    space.write((w) => w.blobs.remove(pk));
    throw error;
  }
  if (digest.digest('hex') !== sha256) throw new Error('A file of the export changed while it was read.');
  return { ...taken, pieces: { pk, media: mediaOf(head ?? Buffer.alloc(0)) } };
}

async function* inPieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes < pieceBytes) continue;
    const joined = Buffer.concat(held);
    let from = 0;
    for (; from + pieceBytes <= joined.length; from += pieceBytes) yield joined.subarray(from, from + pieceBytes);
    held = [joined.subarray(from)];
    bytes = joined.length - from;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

/** @returns false where the run had ended meanwhile; nothing is written then */
function commit(space: UserSpace, run: OpenRun, batch: readonly Taken[], workedMs: number): boolean {
  const position: Position = { ...run.position, element: run.position.element + batch.length };
  const counts = space.write<ImportCounts | null>((w) => {
    if (w.imports.state(run.row.pk) !== 'running') return null;
    let counts = { ...run.counts, workedMs: run.counts.workedMs + workedMs };
    for (const taken of batch) {
      counts = { ...counts, bytesRead: counts.bytesRead + taken.file.bytes, files: put(w, run, taken, counts.files) };
      if (taken.issue !== null)
        w.imports.addIssue(run.row.pk, { ...taken.issue, externalId: taken.file.externalId, title: null });
    }
    w.imports.advance(run.row.pk, position, counts);
    return counts;
  });
  if (counts === null) return false;
  run.counts = counts;
  run.position = position;
  return true;
}

function put(w: SpaceWriter, run: OpenRun, taken: Taken, counts: ImportCounts['files']): ImportCounts['files'] {
  if (taken.kind === 'left') return { ...counts, leftOut: counts.leftOut + 1 };
  const { file, sha256, size } = taken;
  const arrived = { externalId: file.externalId, name: file.name, mime: file.mime, size, sha256 };
  const row = file.externalId === null ? null : w.attachments.known(file.externalId);
  const linked = linkedTo(w, file);
  // Where ids are mere names, another file may go by this one already: that one stays, and this one is kept beside it.
  const takes = (one: { readonly sha256: string | null }): boolean =>
    one.sha256 === null || one.sha256 === sha256 || w.blobs.find(one.sha256) === null;
  const marks = w.erasures.marks();
  const places = [...(row === null ? [] : [row]), ...(linked === null ? [] : [linked])].filter(takes);
  const taking = places.length > 0;
  const erased = marks.has('file', sha256) || (file.externalId !== null && marks.has('file', file.externalId));
  if (!taking && erased) {
    if (taken.pieces !== undefined) w.blobs.remove(taken.pieces.pk);
    return { ...counts, leftOut: counts.leftOut + 1 };
  }
  const isNew = w.blobs.find(sha256) === null;
  if (taken.bytes !== null) w.blobs.put({ sha256, bytes: taken.bytes });
  else if (taken.pieces !== undefined) w.blobs.finish(taken.pieces.pk, taken.pieces.media);
  if (taking) for (const { pk } of places) w.attachments.fill(pk, arrived);
  else w.attachments.keepLoose(run.row.pk, row === null ? arrived : { ...arrived, externalId: null });
  return {
    stored: counts.stored + (isNew ? 1 : 0),
    known: counts.known + (isNew ? 0 : 1),
    unmentioned: counts.unmentioned + (taking ? 0 : 1),
    leftOut: counts.leftOut,
  };
}

/** The answer that links to a file by its name, where the export says in which message or conversation it was made. */
function linkedTo(w: SpaceWriter, { madeIn, name }: ExportFile) {
  if (madeIn === null) return null;
  const { conversation, message } = madeIn;
  const exact = conversation === null || message === null ? null : madeFileId(conversation, message, name);
  return w.attachments.linked(exact, conversation === null ? null : madeFilesOf(conversation), madeFileEnd(name));
}

/** What the report says of files no conversation points to. Their names stand in the list of them, not here. */
export const unmentioned = ({ fileName, id }: ImportRow, files: number): ImportIssue => ({
  severity: 'note',
  code: 'files_unmentioned',
  path: fileName,
  externalId: null,
  title: null,
  detail: `${files === 1 ? 'One file' : `${files} files`} no conversation mentions; kept with this import. To see them: vivim attachments --import ${id}`,
});
