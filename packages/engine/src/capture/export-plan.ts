/**
 * Look into an uploaded file and plan its import: which streams of conversations it holds, whose they are, and what else
 * is in it. Reads only as much as it takes to know; imports nothing.
 */
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import type { ByteFile } from '../space/spool.ts';
import { type Archive, type ArchiveEntry, openArchive } from './archive.ts';
import type { CanonicalIssue, SourceContext } from './canonical.ts';
import { guessOf, type SidecarShape } from './detect.ts';
import { elementLimits } from './json-elements.ts';
import { peek } from './peek.ts';
import { accountHashOf } from './read-record.ts';
import { looksLikeSharePage } from './sources/chatgpt-share-page.ts';
import { asUtf8 } from './transcode.ts';

/** One file of conversations: a shard, or the whole upload. */
export interface RecordStream {
  /** Its name, for the report. */
  readonly path: string;
  readonly source: Source;
  /** A list of JSON values, or one page of HTML. */
  readonly form: 'json' | 'page';
  /** Bytes it holds unpacked. */
  readonly bytes: number;
  /** UTF-8. */
  open(): AsyncIterable<Buffer>;
}

export interface ExportPlan {
  readonly source: Source;
  readonly confidence: number;
  readonly why: string;
  readonly context: SourceContext;
  readonly streams: readonly RecordStream[];
  /** What was seen and is not imported. */
  readonly notes: readonly CanonicalIssue[];
}

/** Of a local entry, and of the directory of an empty archive (APPNOTE.TXT, sections 4.3.7 and 4.3.16). */
const zipSignatures = [0x504b0304, 0x504b0506];
/** Parts of an archive that cannot hold conversations: not worth unpacking to look at. */
const media =
  /\.(?:png|jpe?g|gif|webp|svg|heic|bmp|ico|mp[34]|wav|m4a|ogg|webm|mov|pdf|dat|docx?|xlsx?|pptx?|zip|gz|html?|css|js)$/i;
const ofTheSystem = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$)/;

/**
 * @param asked the source the person says it is, or null
 * @throws AppError `import_format_unknown`, `import_archive_invalid`, `import_json_invalid`, `import_too_large`
 */
export async function planExport(file: ByteFile, fileName: string, asked: Source | null): Promise<ExportPlan> {
  const head = await file.read(0, 1024);
  if (head.length >= 4 && zipSignatures.includes(head.readUInt32BE(0)))
    return planArchive(await openArchive(file), asked);
  const open = () => asUtf8(file.stream());
  const start = await firstCharacter(open());
  if (start === '<') return planPage(file, fileName, open, head);
  if (start !== '[' && start !== '{') throw new AppError('import_format_unknown', `${unknown} ${guessOf(head)}`);
  const seen = await peek(open());
  if (seen.shape === null && seen.tooLarge) {
    const limit = `${elementLimits.elementBytes / 1024 ** 2} MiB`;
    throw new AppError(
      'import_too_large',
      `What stands first in the file is larger than ${limit}, the limit of one conversation.`,
    );
  }
  if (seen.shape?.kind !== 'conversation' && asked === null)
    throw new AppError('import_format_unknown', `${unknown} ${notSpoken(seen.shape)}`);
  const found = seen.shape?.kind === 'conversation' ? seen.shape : null;
  return {
    ...choice(asked, found),
    context: { accountHash: '', assetIds: new Set() },
    streams: [{ path: fileName, source: asked ?? found?.source ?? 'generic', form: 'json', bytes: file.size, open }],
    notes: [],
  };
}

const unknown = 'The file is not an export VIVIM can read.';

const notSpoken = (shape: SidecarShape | null | undefined): string =>
  shape?.kind === 'sidecar'
    ? `It holds ${shape.what} of an export and no conversations; import the whole archive instead.`
    : 'It is JSON, but none of its first entries is a conversation of a kind known here.';

function choice(
  asked: Source | null,
  found: { source: Source; confidence: number; why: string } | null,
): { source: Source; confidence: number; why: string } {
  if (asked !== null && asked !== found?.source) return { source: asked, confidence: 1, why: 'You said so.' };
  if (found === null) throw new AppError('import_format_unknown');
  return { source: found.source, confidence: found.confidence, why: found.why };
}

async function firstCharacter(chunks: AsyncIterable<Buffer>): Promise<string> {
  for await (const chunk of chunks) {
    const text = chunk.subarray(0, 4096).toString('latin1').trimStart();
    if (text !== '') return text.charAt(0);
  }
  return '';
}

/** A page is small; one beyond this is none of ours. */
const pageBytes = 64 * 1024 ** 2;

async function planPage(
  file: ByteFile,
  fileName: string,
  open: () => AsyncIterable<Buffer>,
  head: Buffer,
): Promise<ExportPlan> {
  let html = '';
  if (file.size <= pageBytes) for await (const chunk of open()) html += chunk.toString('latin1');
  if (!looksLikeSharePage(html)) throw new AppError('import_format_unknown', `${unknown} ${guessOf(head)}`);
  return {
    source: 'chatgpt',
    confidence: 0.95,
    why: 'It is a saved share page: it carries the data of one ChatGPT conversation.',
    context: { accountHash: '', assetIds: new Set() },
    streams: [{ path: fileName, source: 'chatgpt', form: 'page', bytes: file.size, open }],
    notes: [],
  };
}

async function planArchive(archive: Archive, asked: Source | null): Promise<ExportPlan> {
  const notes: CanonicalIssue[] = [...archive.issues];
  const streams: RecordStream[] = [];
  const sidecars: SidecarShape[] = [];
  let best: { source: Source; confidence: number; why: string } | null = null;
  let unreadable: unknown = null;
  let beside = 0;
  for (const entry of archive.entries) {
    if (ofTheSystem.test(entry.name)) continue;
    if (media.test(entry.name)) {
      beside += 1;
      continue;
    }
    const seen = await peek(asUtf8(entry.open())).catch((error: unknown) => ({ error }));
    if ('error' in seen) {
      // A bomb or a damaged archive ends the import; an entry that is no JSON is only set aside.
      if (!(seen.error instanceof AppError) || seen.error.code !== 'import_json_invalid') throw seen.error;
      unreadable ??= seen.error;
      notes.push(aside(entry, 'entry_not_readable', seen.error.message));
    } else if (seen.shape?.kind === 'conversation') {
      best ??= seen.shape;
      streams.push(streamOf(entry, asked ?? seen.shape.source));
    } else if (seen.shape?.kind === 'sidecar') {
      sidecars.push(seen.shape);
      if (seen.shape.content)
        notes.push(aside(entry, 'kind_not_imported', `It holds ${seen.shape.what}, which are not imported yet.`));
    } else if (seen.form === 'other') {
      beside += 1;
    } else if (seen.elements > 0 && !seen.hollow) {
      notes.push(aside(entry, 'kind_not_imported', 'It is JSON of a kind not known here; it is not imported.'));
    }
  }
  const [sidecar] = sidecars;
  if (best === null && sidecar !== undefined) {
    best = {
      source: sidecar.source,
      confidence: 0.8,
      why: `It holds ${sidecar.what} as such an export does, and no conversations.`,
    };
  }
  if (best === null) {
    if (unreadable !== null) throw unreadable;
    throw new AppError('import_format_unknown', `${unknown} ${emptyHanded(archive)}`);
  }
  if (beside > 0) {
    const detail = `${beside} files beside the conversations (images, sounds, documents, pages) are not taken in yet.`;
    notes.push({ severity: 'note', code: 'files_not_imported', path: '', detail });
  }
  const account = sidecars.find((one) => one.account !== null);
  return {
    ...choice(asked, best),
    context: {
      accountHash: account?.account ? accountHashOf(account.source, account.account) : '',
      assetIds: assetIdsOf(archive.entries),
    },
    streams,
    notes,
  };
}

const streamOf = (entry: ArchiveEntry, source: Source): RecordStream => ({
  path: entry.name,
  source,
  form: 'json',
  bytes: entry.bytes,
  open: () => asUtf8(entry.open()),
});

const aside = (entry: ArchiveEntry, code: string, detail: string): CanonicalIssue => ({
  severity: 'note',
  code,
  path: entry.name,
  detail,
});

function emptyHanded(archive: Archive): string {
  if (archive.entries.length === 0) return 'The archive is empty.';
  const inner = archive.entries.find((entry) => /\.zip$/i.test(entry.name));
  if (inner !== undefined) return `It holds another archive, ${inner.name}; unpack it and import what is inside.`;
  return 'Nothing in the archive is a conversation of a kind known here.';
}

/** Ids of files as ChatGPT names them: `file-abc-photo.png`, `file_00ff.dat`, `file_00ff-<uuid>.png`. */
const assetIdsOf = (entries: readonly ArchiveEntry[]): ReadonlySet<string> =>
  new Set(entries.flatMap((entry) => /(?:^|\/)(file[-_][A-Za-z0-9]+)[^/]*$/.exec(entry.name)?.[1] ?? []));
