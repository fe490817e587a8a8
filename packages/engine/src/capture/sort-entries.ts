/**
 * Looks at each entry of an archive once and lays it with its like: conversations, what stands beside them, files, and what is none
 * of these. What the piles are to each other the plan decides (`plan-archive.ts`).
 */
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import type { Archive, ArchiveEntry } from './archive.ts';
import type { CanonicalIssue } from './canonical.ts';
import { type Found, formatOf, type Sidecar, sidecarOf } from './detect.ts';
import { assetOf } from './files/files-of-archive.ts';
import { type InnerExport, type Inside, openInner } from './inner-archives.ts';
import { type Piece, pieceOf } from './joined-files.ts';
import type { Seen } from './look.ts';
import { lookAtFile, type UploadedFile } from './look-at-file.ts';
import { namesBeside } from './names-beside.ts';
import { besideStream, besidesIn, chosen, neverReadOf } from './plan-file.ts';
import type { ExportPlan, RecordStream } from './plan-shape.ts';
import { asUtf8 } from './transcode.ts';

/** An entry of conversations, and as what it was known. */
export interface Told {
  readonly entry: ArchiveEntry;
  readonly found: Found;
  readonly stream: RecordStream;
}

export interface Piles {
  readonly told: Told[];
  /** Conversations in a file that a person seems to have uploaded to whose export it is. */
  readonly doubtful: (Told & { readonly owner: Source })[];
  /** Conversations that may say again what stands beside them. */
  readonly apart: Told[];
  /** Of sessions that lie in many files. */
  readonly pieces: Piece[];
  readonly sidecars: (Sidecar & { readonly entry: ArchiveEntry })[];
  /** What conversations are called, where that stands beside them. */
  readonly titles: Map<string, string>;
  readonly besides: RecordStream[];
  readonly inners: InnerExport[];
  readonly files: ArchiveEntry[];
  /** Lists without an entry. */
  readonly empty: ArchiveEntry[];
  readonly notes: CanonicalIssue[];
  /** Web pages that are no saved conversations. */
  pages: number;
  /** Of an account of X. */
  ofX: boolean;
  /** Why the first that could not be read could not. */
  unreadable: AppError | null;
}

/** Parts of an archive that cannot hold conversations: not worth unpacking to look at. */
const media =
  /\.(?:png|jpe?g|gif|webp|svg|heic|bmp|ico|mp[34]|wav|m4a|ogg|webm|mov|pdf|dat|docx?|xlsx?|pptx?|zip|gz|css)$/i;
const isArchive = /\.zip$/i;
/** A script that sets data, as X writes each list of an account; any other is a program, and a file like others. */
const setsData = /^\s*window\.YTD\./;
const isScript = /\.js$/i;
const ofTheSystem = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$)/;
/** Of a page in an archive, of which there may be thousands: what a saved conversation says stands in front of this. */
const entryPageBytes = 4 * 1024 ** 2;

type PlanInner = (archive: Archive, inside: Inside) => Promise<ExportPlan>;

/** @throws AppError for a bomb or a damaged archive: those end the import */
export async function sortEntries(
  archive: Archive,
  asked: Source | null,
  inside: Inside,
  planInner: PlanInner,
): Promise<Piles> {
  const piles: Piles = {
    told: [],
    doubtful: [],
    apart: [],
    pieces: [],
    sidecars: [],
    titles: new Map(),
    besides: [],
    inners: [],
    files: [],
    empty: [],
    notes: [...archive.issues],
    pages: 0,
    ofX: false,
    unreadable: null,
  };
  for (const entry of archive.entries) {
    if (ofTheSystem.test(entry.name)) continue;
    if (media.test(entry.name)) await layMedia(piles, entry, inside, planInner);
    else await layText(piles, entry, asked);
  }
  return piles;
}

async function layMedia(piles: Piles, entry: ArchiveEntry, inside: Inside, planInner: PlanInner): Promise<void> {
  const inner = isArchive.test(entry.name) && assetOf(entry.name) === null;
  const opened = inner ? await openInner(entry, inside, planInner) : null;
  if (opened?.plan) piles.inners.push({ path: entry.name, plan: opened.plan });
  else piles.files.push(entry);
  if (opened?.note) piles.notes.push(opened.note);
  piles.unreadable ??= opened?.beyond ?? null;
}

async function layText(piles: Piles, entry: ArchiveEntry, asked: Source | null): Promise<void> {
  const closed = neverReadOf(entry.name);
  if (closed !== null) {
    piles.notes.push(aside(entry, 'file_never_read', closed));
    return;
  }
  const raw = { path: entry.name, bytes: entry.bytes, open: () => asUtf8(entry.open()) };
  const looked = await lookAtFile(raw, entryPageBytes).catch((error: unknown) => ({ error }));
  if ('error' in looked) {
    // A database that is damaged is only set aside.
    if (!(looked.error instanceof AppError) || looked.error.code !== 'import_unreadable') throw looked.error;
    layUnreadable(piles, entry, looked.error);
    return;
  }
  const { seen, open, note } = looked;
  if (isScript.test(entry.name) && !setsData.test(seen.head)) {
    piles.files.push(entry);
    return;
  }
  piles.ofX ||= setsData.test(seen.head);
  const piece = pieceOf(entry, seen);
  if (piece !== null) {
    piles.pieces.push(piece);
    return;
  }
  const own = formatOf(seen);
  const found = own === null || own.format.apart !== undefined ? own : chosen(seen, asked);
  if (found === null) await layOther(piles, entry, { ...raw, open }, seen);
  else layTold(piles, entry, { ...raw, open }, found, note);
}

function layTold(
  piles: Piles,
  entry: ArchiveEntry,
  file: UploadedFile,
  found: Found,
  note: CanonicalIssue | null,
): void {
  const told = { entry, found, stream: { ...file, source: found.source, format: found.format, claim: found } };
  if (found.format.apart !== undefined) {
    piles.apart.push(told);
    return;
  }
  const owner = assetOf(entry.name);
  if (owner !== null) {
    piles.doubtful.push({ ...told, owner: owner.source });
    return;
  }
  if (note !== null) piles.notes.push(note);
  piles.told.push(told);
  piles.besides.push(...besidesIn(file, found));
}

/** What holds no conversation. */
async function layOther(piles: Piles, entry: ArchiveEntry, file: UploadedFile, seen: Seen): Promise<void> {
  if (assetOf(entry.name) !== null) {
    piles.files.push(entry);
    return;
  }
  if (seen.broken !== null) {
    layUnreadable(piles, entry, seen.broken);
    return;
  }
  const sidecar = sidecarOf(seen);
  if (sidecar !== null) await laySidecar(piles, entry, file, sidecar, seen);
  else if (seen.kind === 'html') piles.pages += 1;
  else if (seen.kind === 'text' && seen.head.trim() === '')
    piles.notes.push(aside(entry, 'entry_empty', 'It is empty; there is nothing in it to import.'));
  else if (seen.kind !== 'json') piles.files.push(entry);
  else if (seen.values.length > 0 && !seen.hollow)
    piles.notes.push(aside(entry, 'kind_not_imported', 'It is JSON of a kind not known here; it is not imported.'));
  else piles.empty.push(entry);
}

async function laySidecar(
  piles: Piles,
  entry: ArchiveEntry,
  file: UploadedFile,
  sidecar: Sidecar,
  { rows }: Seen,
): Promise<void> {
  piles.sidecars.push({ ...sidecar, entry });
  for (const [id, title] of await namesBeside(file, sidecar, rows)) piles.titles.set(id, title);
  const { rule, source } = sidecar;
  if (rule.read !== undefined) piles.besides.push(besideStream(file, source, entry.modifiedMs));
  else if (rule.content || rule.why !== undefined) {
    const why = rule.why ?? `It holds ${rule.what}, which are not imported yet.`;
    piles.notes.push(aside(entry, 'kind_not_imported', why));
  }
}

function layUnreadable(piles: Piles, entry: ArchiveEntry, error: AppError): void {
  piles.unreadable ??= error;
  piles.notes.push(aside(entry, 'entry_not_readable', error.message));
}

export const aside = ({ name }: Pick<ArchiveEntry, 'name'>, code: string, detail: string): CanonicalIssue => ({
  severity: 'note',
  code,
  path: name,
  detail,
});
