/** Plans an archive from what its entries are (`sort-entries.ts`): which hold its conversations, whose they are, what lies beside them. Imports nothing. */
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import type { WholeExport } from '../space/stores/whole-exports.ts';
import type { Archive, ArchiveEntry } from './archive.ts';
import type { CanonicalIssue, SourceContext } from './canonical.ts';
import type { Found, Sidecar } from './detect.ts';
import { exportFiles } from './files/files-of-archive.ts';
import { archiveLeft, type Inside, withInner } from './inner-archives.ts';
import { joinedSessions } from './joined-files.ts';
import { besidesIn, unknown } from './plan-file.ts';
import type { ExportPlan, RecordStream } from './plan-shape.ts';
import { safeName } from './secrets/safe-names.ts';
import { aside, type Piles, sortEntries, type Told } from './sort-entries.ts';
import { accountHashOf } from './sources/account-hash.ts';
import { sourceModules } from './sources/registry.ts';
import type { SourceFormat } from './sources/source-module.ts';

/** As what it was known, how surely and by what. */
type Known = Pick<Found, 'source' | 'confidence' | 'why'>;

/** @throws AppError `import_format_unknown` where nothing in it is imported, or why that which might be cannot be read */
export async function planArchive(archive: Archive, asked: Source | null, inside: Inside): Promise<ExportPlan> {
  const piles = await sortEntries(archive, asked, inside, (one, deeper) => planArchive(one, asked, deeper));
  const { streams, ...told } = conversationsOf(piles, asked);
  const known = told.known ?? knownBeside(piles);
  const { notes, besides, sidecars, empty } = piles;
  if (known === null)
    throw piles.unreadable ?? new AppError('import_format_unknown', `${unknown} ${emptyHanded(archive, notes)}`);
  if (piles.pages > 0)
    notes.push({ severity: 'note', code: 'pages_not_imported', path: '', detail: pagesLeft(piles.pages) });
  const named = sidecars.find((one) => one.account !== null) ?? null;
  // Every provider writes empty lists into the export of an account; elsewhere a person looks for what was in a file.
  if (named === null)
    for (const entry of empty)
      notes.push(aside(entry, 'entry_empty', 'It is an empty list; there is nothing in it to import.'));
  const context = contextOf(archive, piles.titles, named);
  const own: ExportPlan = {
    ...(asked === null || asked === known.source
      ? knownOf(known)
      : { source: asked, confidence: 1, why: 'You said so.' }),
    context,
    accountOf: named?.source ?? null,
    whole: wholeOf(archive, named, streams, context.accountHash),
    streams,
    besides,
    files: await exportFiles(piles.ofX ? ofGrok(piles.files, notes) : piles.files, sidecars),
    notes,
  };
  return withInner(own, piles.inners);
}

const pagesLeft = (pages: number): string =>
  pages === 1
    ? 'One web page was not taken in: it is no saved conversation, or says again for a browser what stands beside it.'
    : `${pages} web pages were not taken in: they are no saved conversations, or say again for a browser what stands beside them.`;

const knownOf = ({ source, confidence, why }: Known): Known => ({ source, confidence, why });

/** Of what may be conversations of the archive, which are; what is not goes to the piles of files, pages and notes. */
function conversationsOf(piles: Piles, asked: Source | null): { streams: RecordStream[]; known: Known | null } {
  const streams = piles.told.map(({ stream }) => stream);
  let known = surest(piles.told);
  const joined = joinedSessions(piles.pieces, listOfSessions);
  if (joined !== null) {
    streams.push(joined.stream);
    piles.notes.push(...joined.notes);
    known ??= { source: joined.stream.source, confidence: 0.9, why: joined.stream.claim?.why ?? '' };
  } else
    for (const { entry } of piles.pieces)
      piles.notes.push(
        aside(entry, 'kind_not_imported', 'It is a piece of a session whose messages are not in the archive.'),
      );
  // A file a person uploaded may itself be a list of conversations: in an export of that provider it is a file.
  for (const one of piles.doubtful) {
    if ([...streams, ...piles.sidecars].some(({ source }) => source === one.owner)) {
      piles.files.push(one.entry);
      continue;
    }
    known = surer(known, one.found);
    streams.push(one.stream);
    piles.besides.push(...besidesIn(one.stream, one.found));
  }
  const apart = apartOf(piles, streams, asked);
  if (streams.length === 0) known ??= apart[0]?.found ?? null;
  return { streams: [...streams, ...apart.map(({ stream }) => stream)], known };
}

/** Of what may say again what stands in these streams, which does not. */
function apartOf(piles: Piles, streams: readonly RecordStream[], asked: Source | null): Told[] {
  const folders = new Set(streams.map(({ source, path }) => `${source} ${folderOf(path)}`));
  const isGone = ({ source, format }: Found, name: string): boolean =>
    format.apartInFolder === true && !folders.has(`${source} ${folderOf(name)}`);
  return piles.apart.filter(({ entry, found }) => {
    if (streams.length === 0 || found.source === asked || isGone(found, entry.name)) return true;
    if (found.format.kind === 'html') piles.pages += 1;
    else piles.notes.push(aside(entry, 'kind_apart', found.format.apart ?? ''));
    return false;
  });
}

const surest = (told: readonly Told[]): Known | null =>
  told.reduce<Known | null>((best, { found }) => surer(best, found), null);

const surer = (best: Known | null, found: Known): Known =>
  best === null || found.confidence > best.confidence ? found : best;

/** Without conversations of its own: by an archive within that has some, by what stands beside them, by any archive within. */
function knownBeside({ sidecars: [sidecar], inners }: Piles): Known | null {
  // What lies beside an archive of conversations says less of what it all is than they do.
  const inner = inners.find(({ plan }) => plan.streams.length > 0) ?? (sidecar === undefined ? inners[0] : undefined);
  if (inner !== undefined) return { ...knownOf(inner.plan), why: `${inner.path}: ${inner.plan.why}` };
  if (sidecar === undefined) return null;
  const why = `It holds ${sidecar.rule.what} as such an export does, and no conversations.`;
  return { source: sidecar.source, confidence: 0.8, why };
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

function emptyHanded(archive: Archive, notes: readonly CanonicalIssue[]): string {
  if (archive.entries.length === 0) return 'The archive is empty.';
  const inner = notes.find(({ code }) => code === archiveLeft);
  if (inner !== undefined) return `It holds another archive, ${safeName(inner.path)}. ${inner.detail}`;
  const named = archive.entries.slice(0, 3).map(({ name }) => safeName(name.slice(0, 80)));
  const more = archive.entries.length - named.length;
  const holds = `It holds ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  return `Nothing in the archive is a conversation of a kind known here. ${holds}`;
}
