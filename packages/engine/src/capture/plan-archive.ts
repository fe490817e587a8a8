/** Plan an archive: each of its entries is looked at, and is conversations, something beside them, or a file. Imports nothing. */
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import type { WholeExport } from '../space/stores/whole-exports.ts';
import type { Archive, ArchiveEntry } from './archive.ts';
import type { CanonicalIssue, SourceContext } from './canonical.ts';
import { type Found, formatOf, type Sidecar, sidecarOf } from './detect.ts';
import { assetOf, exportFiles } from './files/files-of-archive.ts';
import { archiveLeft, type InnerExport, type Inside, openInner, withInner } from './inner-archives.ts';
import { joinedSessions, type Piece, pieceOf } from './joined-files.ts';
import { lookAtFile } from './look-at-file.ts';
import { namesBeside } from './names-beside.ts';
import { besideStream, besidesIn, chosen, neverReadOf, unknown } from './plan-file.ts';
import type { ExportPlan, RecordStream } from './plan-shape.ts';
import { safeName } from './secrets/safe-names.ts';
import { accountHashOf } from './sources/account-hash.ts';
import { sourceModules } from './sources/registry.ts';
import type { SourceFormat } from './sources/source-module.ts';
import { asUtf8 } from './transcode.ts';

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

export async function planArchive(archive: Archive, asked: Source | null, inside: Inside): Promise<ExportPlan> {
  const notes: CanonicalIssue[] = [...archive.issues];
  const streams: RecordStream[] = [];
  const sidecars: (Sidecar & { entry: ArchiveEntry })[] = [];
  const files: ArchiveEntry[] = [];
  const doubtful: Doubtful[] = [];
  const besides: RecordStream[] = [];
  const apart: Omit<Doubtful, 'owner'>[] = [];
  const inners: InnerExport[] = [];
  const empty: ArchiveEntry[] = [];
  const pieces: Piece[] = [];
  const titles = new Map<string, string>();
  let best: Pick<Found, 'source' | 'confidence' | 'why'> | null = null;
  let unreadable: AppError | null = null;
  let pages = 0;
  let ofX = false;
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
    if (isScript.test(entry.name) && !setsData.test(seen.head)) {
      files.push(entry);
      continue;
    }
    ofX ||= setsData.test(seen.head);
    const piece = pieceOf(entry, seen);
    if (piece !== null) {
      pieces.push(piece);
      continue;
    }
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
      for (const [id, title] of await namesBeside(file, sidecar, seen.rows)) titles.set(id, title);
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
  const joined = joinedSessions(pieces, listOfSessions);
  if (joined !== null) {
    streams.push(joined.stream);
    notes.push(...joined.notes);
    best ??= { source: joined.stream.source, confidence: 0.9, why: joined.stream.claim?.why ?? '' };
  } else
    for (const { entry } of pieces)
      notes.push(
        aside(entry, 'kind_not_imported', 'It is a piece of a session whose messages are not in the archive.'),
      );
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
  const folders = new Set(streams.map(({ source, path }) => `${source} ${folderOf(path)}`));
  const isGone = ({ source, format }: Found, name: string): boolean =>
    format.apartInFolder === true && !folders.has(`${source} ${folderOf(name)}`);
  for (const { entry, found, stream } of apart) {
    if (alone || found.source === asked || isGone(found, entry.name)) streams.push(stream);
    else if (found.format.kind === 'html') pages += 1;
    else notes.push(aside(entry, 'kind_apart', found.format.apart ?? ''));
    if (alone) best ??= found;
  }
  // What lies beside an archive of conversations says less of what it all is than they do.
  const inner = inners.find(({ plan }) => plan.streams.length > 0) ?? (sidecars.length === 0 ? inners[0] : undefined);
  if (best === null && inner !== undefined) {
    const { source, confidence, why } = inner.plan;
    best = { source, confidence, why: `${inner.path}: ${why}` };
  }
  const [sidecar] = sidecars;
  if (best === null && sidecar !== undefined) {
    best = {
      source: sidecar.source,
      confidence: 0.8,
      why: `It holds ${sidecar.rule.what} as such an export does, and no conversations.`,
    };
  }
  if (best === null) {
    if (unreadable !== null) throw unreadable;
    throw new AppError('import_format_unknown', `${unknown} ${emptyHanded(archive, notes)}`);
  }
  if (pages > 0) {
    const detail =
      pages === 1
        ? 'One web page was not taken in: it is no saved conversation, or says again for a browser what stands beside it.'
        : `${pages} web pages were not taken in: they are no saved conversations, or say again for a browser what stands beside them.`;
    notes.push({ severity: 'note', code: 'pages_not_imported', path: '', detail });
  }
  const { source, confidence, why } =
    asked === null || asked === best.source ? best : { source: asked, confidence: 1, why: 'You said so.' };
  const named = sidecars.find((one) => one.account !== null) ?? null;
  // Every provider writes empty lists into the export of an account; elsewhere a person looks for what was in a file.
  if (named === null)
    for (const entry of empty)
      notes.push(aside(entry, 'entry_empty', 'It is an empty list; there is nothing in it to import.'));
  const context = contextOf(archive, titles, named);
  const own: ExportPlan = {
    source,
    confidence,
    why,
    context,
    accountOf: named?.source ?? null,
    whole: wholeOf(archive, named, streams, context.accountHash),
    streams,
    besides,
    files: await exportFiles(ofX ? ofGrok(files, notes) : files, sidecars),
    notes,
  };
  return withInner(own, inners);
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

const listOfSessions: SourceFormat = { kind: 'json', cut: { kind: 'list' }, claim: () => null };

/** Of the archive of an account of X, what belongs to talks with Grok: the rest is the account's, and says nothing of an AI. */
function ofGrok(files: readonly ArchiveEntry[], notes: CanonicalIssue[]): readonly ArchiveEntry[] {
  const own = files.filter(({ name }) => /grok/i.test(name));
  const others = files.length - own.length;
  if (others > 0) {
    const detail = `${others} files of the archive are of the account on X and of no talk with Grok; they were not taken in.`;
    notes.push({ severity: 'note', code: 'kind_not_imported', path: '', detail });
  }
  return own;
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

function contextOf(archive: Archive, titles: ReadonlyMap<string, string>, named: Sidecar | null): SourceContext {
  const assetIds = archive.entries.flatMap((entry) =>
    sourceModules.flatMap((module) => module.assetId?.(entry.name) ?? []),
  );
  return {
    accountHash: named?.account ? accountHashOf(named.source, named.account) : '',
    assetIds: new Set(assetIds),
    titles,
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
