/**
 * Look into an uploaded file and plan its import: which streams of conversations it holds, whose they are, and what else
 * is in it. Reads only as much as it takes to know; imports nothing.
 */
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import type { RecognisedPart } from '@vivim/contract/imports';
import type { ByteFile } from '../space/spool.ts';
import type { WholeExport } from '../space/stores/whole-exports.ts';
import type { Archive, ArchiveEntry } from './archive.ts';
import { type CanonicalIssue, noContext, type SourceContext } from './canonical.ts';
import { type Found, formatOf, guessOf, type Sidecar, sidecarOf } from './detect.ts';
import type { ExportFile } from './files/export-file.ts';
import { assetOf, exportFiles } from './files/files-of-archive.ts';
import { gunzipped, isGzip, unpackedSize } from './gunzip.ts';
import { archiveLeft, type InnerExport, type Inside, openInner, withInner } from './inner-archives.ts';
import { elementLimits } from './json-elements.ts';
import type { Seen } from './look.ts';
import { lookAtFile, type UploadedFile } from './look-at-file.ts';
import { openUploaded } from './open-uploaded.ts';
import { safeName } from './secrets/safe-names.ts';
import { accountHashOf } from './sources/account-hash.ts';
import { isRecord } from './sources/json-value.ts';
import { moduleOf, sourceModules } from './sources/registry.ts';
import type { Claim, SourceFormat } from './sources/source-module.ts';
import { asUtf8 } from './transcode.ts';

/** One file of conversations: a shard, or the whole upload. */
export interface RecordStream {
  /** Its name, for the report. */
  readonly path: string;
  readonly source: Source;
  readonly format: SourceFormat;
  /** How it was known; absent beside conversations, where those say it. */
  readonly claim?: Claim;
  /** What stands beside conversations: its records are read by the rules for those. */
  readonly beside?: { readonly archivedMs: number | null };
  /** Of an archive within the archive: what its own export says. Else it is the plan's. */
  readonly context?: SourceContext;
  /** Bytes it holds unpacked. */
  readonly bytes: number;
  /** UTF-8. */
  open(): AsyncIterable<Buffer>;
}

export interface ExportPlan {
  readonly source: Source;
  readonly confidence: number;
  readonly why: string;
  /** Each source of it, where there are several (`plan-parts.ts`). */
  readonly parts?: readonly RecognisedPart[];
  readonly context: SourceContext;
  /** Set where it holds all of an account, as it was when it was made. */
  readonly whole: WholeExport | null;
  /** The source whose account the context names: of an archive of several, the others are not that account's. */
  readonly accountOf: Source | null;
  readonly streams: readonly RecordStream[];
  /** What lies beside the conversations. */
  readonly files: readonly ExportFile[];
  /** What stands beside the conversations and is kept: read after them. */
  readonly besides: readonly RecordStream[];
  /** What was seen and is not imported. */
  readonly notes: readonly CanonicalIssue[];
}

/** Parts of an archive that cannot hold conversations: not worth unpacking to look at. */
const media =
  /\.(?:png|jpe?g|gif|webp|svg|heic|bmp|ico|mp[34]|wav|m4a|ogg|webm|mov|pdf|dat|docx?|xlsx?|pptx?|zip|gz|css|js)$/i;
const isArchive = /\.zip$/i;
const ofTheSystem = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$)/;
/** A page is small; one beyond this is none of ours. */
const pageBytes = 64 * 1024 ** 2;
/** Of a page in an archive, of which there may be thousands: what a saved conversation says stands in front of this. */
const entryPageBytes = 4 * 1024 ** 2;

/**
 * @param asked the source the person says it is, or null
 * @throws AppError `import_format_unknown`, `import_archive_invalid`, `import_json_invalid`, `import_too_large`,
 *   `import_unreadable`
 */
export async function planExport(file: ByteFile, fileName: string, asked: Source | null): Promise<ExportPlan> {
  const closed = neverReadOf(fileName);
  if (closed !== null) throw new AppError('import_format_unknown', `${unknown} ${closed}`);
  const head = await file.read(0, 1024);
  const opened = await openUploaded(file, fileName, head);
  if (opened !== null) return planArchive(opened.archive, asked, { budget: opened.budget, heldBytes: 0, depth: 1 });
  const packed = isGzip(head);
  const bytes = packed ? await unpackedSize(file) : file.size;
  const bytesOf = () => (packed ? gunzipped(file, fileName) : file.stream());
  const { open, seen, note } = await lookAtFile({ path: fileName, bytes, open: () => asUtf8(bytesOf()) }, pageBytes);
  const found = chosen(seen, asked);
  const sidecar = formatOf(seen) === null ? sidecarOf(seen) : null;
  if (sidecar?.rule.read !== undefined && (asked === null || asked === sidecar.source))
    return planSidecar({ path: fileName, bytes, open }, sidecar);
  if (found === null) throw notOurs(seen, packed ? Buffer.from(seen.head) : head);
  const { source, confidence, why, format } = found;
  return {
    source,
    confidence,
    why,
    context: noContext,
    accountOf: null,
    whole: null,
    streams: [{ path: fileName, source, format, bytes, open }],
    files: [],
    besides: besidesIn({ path: fileName, bytes, open }, found),
    notes: note === null ? [] : [note],
  };
}

const listOfRecords: SourceFormat = { kind: 'json', cut: { kind: 'list' }, claim: () => null };

const besideStream = (file: UploadedFile, source: Source, archivedMs: number | null): RecordStream => ({
  ...file,
  source,
  format: listOfRecords,
  beside: { archivedMs },
});

/** What a file holds beside its conversations: under keys of its own, or in a database. */
function besidesIn(file: UploadedFile, { source, format }: Found): RecordStream[] {
  const { besides, besideLists = [] } = moduleOf(source);
  if (format.kind === 'json' && format.cut.kind === 'list')
    return besideLists.map((under) => ({
      // Its bytes are counted where its conversations are read.
      ...besideStream({ ...file, path: `${file.path}/${under}`, bytes: 0 }, source, null),
      format: { ...listOfRecords, cut: { kind: 'list', under } },
    }));
  if (besides === undefined || format.kind !== 'sqlite') return [];
  const cut = { kind: 'database', records: besides } as const;
  return [{ ...besideStream(file, source, null), format: { kind: 'sqlite', cut, claim: () => null } }];
}

/** One file out of an archive, without conversations. */
function planSidecar(file: UploadedFile, sidecar: Sidecar): ExportPlan {
  const { source, rule } = sidecar;
  return {
    source,
    confidence: 0.8,
    why: `It holds ${rule.what} as such an export does, and no conversations.`,
    context: noContext,
    accountOf: null,
    whole: null,
    streams: [],
    besides: [besideStream(file, source, null)],
    files: [],
    notes: [],
  };
}

/** Why a file of this name is never opened, or null. */
const neverReadOf = (name: string): string | null =>
  sourceModules.find(({ neverRead }) => neverRead?.name.test(name))?.neverRead?.why ?? null;

const unknown = 'The file is not an export VIVIM can read.';

function notOurs(seen: Seen, head: Buffer): AppError {
  if (seen.broken !== null) return seen.broken;
  if (seen.kind !== 'json') return new AppError('import_format_unknown', `${unknown} ${guessOf(head)}`);
  if (seen.tooLarge) {
    const limit = `${elementLimits.elementBytes / 1024 ** 2} MiB`;
    return new AppError(
      'import_too_large',
      `What stands first in the file is larger than ${limit}, the limit of one conversation.`,
    );
  }
  const sidecar = sidecarOf(seen);
  const why =
    sidecar === null
      ? 'It is JSON, but none of its first entries is a conversation of a kind known here.'
      : `It holds ${sidecar.rule.what} of an export and no conversations; import the whole archive instead.`;
  return new AppError('import_format_unknown', `${unknown} ${why}`);
}

/** What the file is, or what the person says it is. */
function chosen(seen: Seen, asked: Source | null): Found | null {
  const found = formatOf(seen);
  if (asked === null || asked === found?.source) return found === null ? null : asItLies(found, seen);
  const module = moduleOf(asked);
  const format =
    formatOf(seen, [module])?.format ??
    module.formats.find(({ kind }) => kind === seen.kind) ??
    // A log of JSON lines that begins with a line that is none.
    module.formats.find(({ cut }) => seen.kind === 'text' && (cut.kind === 'session' || cut.kind === 'lines'));
  return format === undefined ? null : { source: asked, format, confidence: 1, why: 'You said so.' };
}

/** What mostly is a file of its own lies in a list here: each of its entries is one. */
function asItLies(found: Found, seen: Seen): Found {
  const { cut } = found.format;
  const { kind } = cut;
  if ('alsoLists' in cut && cut.alsoLists) return found;
  if (seen.kind !== 'json' || seen.rows || !seen.head.trimStart().startsWith('[')) return found;
  const sessions = seen.values.every(
    (value) => isRecord(value) && [value.messages, value.loglines].some(Array.isArray),
  );
  if (kind !== 'whole' && !(kind === 'session' && sessions)) return found;
  return { ...found, format: { ...found.format, cut: { kind: 'list' } } };
}

async function planArchive(archive: Archive, asked: Source | null, inside: Inside): Promise<ExportPlan> {
  const notes: CanonicalIssue[] = [...archive.issues];
  const streams: RecordStream[] = [];
  const sidecars: (Sidecar & { entry: ArchiveEntry })[] = [];
  const files: ArchiveEntry[] = [];
  const doubtful: Doubtful[] = [];
  const besides: RecordStream[] = [];
  const apart: Omit<Doubtful, 'owner'>[] = [];
  const inners: InnerExport[] = [];
  const empty: ArchiveEntry[] = [];
  let best: Pick<Found, 'source' | 'confidence' | 'why'> | null = null;
  let unreadable: AppError | null = null;
  let pages = 0;
  for (const entry of archive.entries) {
    if (ofTheSystem.test(entry.name)) continue;
    if (media.test(entry.name)) {
      const inner = isArchive.test(entry.name) && assetOf(entry.name) === null;
      const opened = inner ? await openInner(entry, inside, (one, deeper) => planArchive(one, asked, deeper)) : null;
      if (opened?.plan) inners.push({ path: entry.name, plan: opened.plan });
      else files.push(entry);
      if (opened?.note) notes.push(opened.note);
      unreadable ??= opened?.beyond ?? null;
      continue;
    }
    const closed = neverReadOf(entry.name);
    if (closed !== null) {
      notes.push(aside(entry, 'file_never_read', closed));
      continue;
    }
    const raw = { path: entry.name, bytes: entry.bytes, open: () => asUtf8(entry.open()) };
    const looked = await lookAtFile(raw, entryPageBytes).catch((error: unknown) => ({ error }));
    if ('error' in looked) {
      // A bomb or a damaged archive ends the import; a database that is damaged is only set aside.
      if (!(looked.error instanceof AppError) || looked.error.code !== 'import_unreadable') throw looked.error;
      unreadable ??= looked.error;
      notes.push(aside(entry, 'entry_not_readable', looked.error.message));
      continue;
    }
    const { seen, open, note } = looked;
    const file = { ...raw, open };
    const own = formatOf(seen);
    const found = own === null || own.format.apart !== undefined ? own : chosen(seen, asked);
    const sidecar = found === null ? sidecarOf(seen) : null;
    if (found !== null) {
      const stream = { ...file, source: found.source, format: found.format, claim: found };
      if (found.format.apart !== undefined) {
        apart.push({ entry, found, stream });
        continue;
      }
      const owner = assetOf(entry.name);
      if (owner !== null) {
        doubtful.push({ entry, owner: owner.source, found, stream });
        continue;
      }
      if (best === null || found.confidence > best.confidence) best = found;
      if (note !== null) notes.push(note);
      streams.push(stream);
      besides.push(...besidesIn(file, found));
    } else if (assetOf(entry.name) !== null) {
      files.push(entry);
    } else if (seen.broken !== null) {
      unreadable ??= seen.broken;
      notes.push(aside(entry, 'entry_not_readable', seen.broken.message));
    } else if (sidecar !== null) {
      sidecars.push({ ...sidecar, entry });
      if (sidecar.rule.read !== undefined) besides.push(besideStream(file, sidecar.source, entry.modifiedMs));
      else if (sidecar.rule.content || sidecar.rule.why !== undefined) {
        const why = sidecar.rule.why ?? `It holds ${sidecar.rule.what}, which are not imported yet.`;
        notes.push(aside(entry, 'kind_not_imported', why));
      }
    } else if (seen.kind === 'html') {
      pages += 1;
    } else if (seen.kind === 'text' && seen.head.trim() === '') {
      notes.push(aside(entry, 'entry_empty', 'It is empty; there is nothing in it to import.'));
    } else if (seen.kind !== 'json') {
      files.push(entry);
    } else if (seen.values.length > 0 && !seen.hollow) {
      notes.push(aside(entry, 'kind_not_imported', 'It is JSON of a kind not known here; it is not imported.'));
    } else {
      empty.push(entry);
    }
  }
  // A file a person uploaded may itself be a list of conversations: in an export of that provider it is a file.
  for (const { entry, owner, found, stream } of doubtful) {
    if ([...streams, ...sidecars].some(({ source }) => source === owner)) {
      files.push(entry);
      continue;
    }
    if (best === null || found.confidence > best.confidence) best = found;
    streams.push(stream);
    besides.push(...besidesIn(stream, found));
  }
  const alone = streams.length === 0;
  for (const { entry, found, stream } of apart) {
    if (alone || found.source === asked) streams.push(stream);
    else if (found.format.kind === 'html') pages += 1;
    else notes.push(aside(entry, 'kind_apart', found.format.apart ?? ''));
    if (alone) best ??= found;
  }
  const [sidecar] = sidecars;
  if (best === null && sidecar !== undefined) {
    best = {
      source: sidecar.source,
      confidence: 0.8,
      why: `It holds ${sidecar.rule.what} as such an export does, and no conversations.`,
    };
  }
  const [inner] = inners;
  if (best === null && inner !== undefined) {
    const { source, confidence, why } = inner.plan;
    best = { source, confidence, why: `${inner.path}: ${why}` };
  }
  if (best === null) {
    if (unreadable !== null) throw unreadable;
    throw new AppError('import_format_unknown', `${unknown} ${emptyHanded(archive, notes)}`);
  }
  if (pages > 0) {
    const detail = `${pages} web pages were not taken in: they are no saved conversations, or say again for a browser what stands beside them.`;
    notes.push({ severity: 'note', code: 'pages_not_imported', path: '', detail });
  }
  const { source, confidence, why } =
    asked === null || asked === best.source ? best : { source: asked, confidence: 1, why: 'You said so.' };
  const named = sidecars.find((one) => one.account !== null) ?? null;
  // Every provider writes empty lists into the export of an account; elsewhere a person looks for what was in a file.
  if (named === null)
    for (const entry of empty)
      notes.push(aside(entry, 'entry_empty', 'It is an empty list; there is nothing in it to import.'));
  const context = contextOf(archive, sidecars, named);
  const own: ExportPlan = {
    source,
    confidence,
    why,
    context,
    accountOf: named?.source ?? null,
    whole: wholeOf(archive, named, streams, context.accountHash),
    streams,
    besides,
    files: await exportFiles(files, sidecars),
    notes,
  };
  return withInner(own, inners);
}

interface Doubtful {
  readonly entry: ArchiveEntry;
  readonly owner: Source;
  readonly found: Found;
  readonly stream: RecordStream;
}

/** An archive that names its account and says when its conversations were put in holds all there were. */
function wholeOf(
  archive: Archive,
  named: Sidecar | null,
  streams: readonly RecordStream[],
  accountHash: string,
): WholeExport | null {
  if (named === null || accountHash === '') return null;
  const own = new Set(streams.filter(({ source }) => source === named.source).map(({ path }) => path));
  const times = archive.entries.flatMap(({ name, modifiedMs }) => (own.has(name) ? [modifiedMs] : []));
  const asOfMs = Math.max(...times.map((time) => time ?? Number.NaN));
  return Number.isFinite(asOfMs) ? { source: named.source, accountHash, asOfMs } : null;
}

/** What a source needs to know of the file its record stands in. */
export const contextFor = (plan: ExportPlan, source: Source): SourceContext =>
  plan.accountOf === null || plan.accountOf === source ? plan.context : { ...plan.context, accountHash: '' };

function contextOf(archive: Archive, sidecars: readonly Sidecar[], named: Sidecar | null): SourceContext {
  const assetIds = archive.entries.flatMap((entry) =>
    sourceModules.flatMap((module) => module.assetId?.(entry.name) ?? []),
  );
  return {
    accountHash: named?.account ? accountHashOf(named.source, named.account) : '',
    assetIds: new Set(assetIds),
    titles: new Map(sidecars.flatMap((one) => [...one.titles])),
  };
}

const aside = (entry: ArchiveEntry, code: string, detail: string): CanonicalIssue => ({
  severity: 'note',
  code,
  path: entry.name,
  detail,
});

function emptyHanded(archive: Archive, notes: readonly CanonicalIssue[]): string {
  if (archive.entries.length === 0) return 'The archive is empty.';
  const inner = notes.find(({ code }) => code === archiveLeft);
  if (inner !== undefined) return `It holds another archive, ${safeName(inner.path)}. ${inner.detail}`;
  const named = archive.entries.slice(0, 3).map(({ name }) => safeName(name.slice(0, 80)));
  const more = archive.entries.length - named.length;
  const holds = `It holds ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  return `Nothing in the archive is a conversation of a kind known here. ${holds}`;
}
