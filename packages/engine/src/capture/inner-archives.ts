/**
 * Exports that lie as archives in another archive, as in a folder of downloads: each is planned as if it came alone, and joined with
 * the rest under its own name. Bounded in depth and bytes. What is no export stays a file, and that is said. Never ends an import
 * because of an archive inside of it.
 */
import { AppError, type ErrorCode } from '@vivim/contract/errors';
import type { ByteFile } from '../space/spool.ts';
import { type Archive, type ArchiveBudget, type ArchiveEntry, archiveLimits, openArchive } from './archive.ts';
import type { CanonicalIssue } from './canonical.ts';
import { contextFor, type ExportPlan, type RecordStream } from './plan-shape.ts';

/** Where an archive lies, and what is left to be read of the file it came in. */
export interface Inside {
  readonly budget: ArchiveBudget;
  /** Bytes of packed archives that are held. */
  heldBytes: number;
  /** One for the file itself. */
  readonly depth: number;
}

export interface InnerExport {
  readonly path: string;
  readonly plan: ExportPlan;
}

/** Of the note about one that was left a file. */
export const archiveLeft = 'archive_not_imported';

/** How deep archives may lie in each other, and what of packed ones is held at once. Bytes. */
const most = { depth: 3, heldBytes: 64 * 1024 ** 2 };

/** One that is all there is in another is a wrapping, as mail programs and Takeout make it. @returns its plan; or a note that says why it has none, and it is a file like others */
export async function openInner(
  entry: ArchiveEntry,
  inside: Inside,
  planOf: (archive: Archive, inside: Inside) => Promise<ExportPlan>,
): Promise<{
  readonly plan: ExportPlan | null;
  readonly note: CanonicalIssue | null;
  /** Why, where it is a limit: what is thrown where the archive was all there is. */
  readonly beyond: AppError | null;
}> {
  const aside = (detail: string, code: ErrorCode = 'import_too_large') => ({
    plan: null,
    note: { severity: 'note', code: archiveLeft, path: entry.name, detail } as const,
    beyond: code === 'import_too_large' ? new AppError(code, `${entry.name} was not imported. ${detail}`) : null,
  });
  if (inside.depth >= most.depth)
    return aside(`It lies more than ${most.depth} archives deep, the limit; unpack it and import it by itself.`);
  const deeper: Inside = { budget: inside.budget, heldBytes: inside.heldBytes, depth: inside.depth + 1 };
  try {
    const file = (await entry.plain()) ?? (await held(entry, deeper));
    if (file === null)
      return aside(`It is packed and larger than ${most.heldBytes / 1024 ** 2} MiB, the limit; import it by itself.`);
    const plan = await planOf(await openArchive(file, archiveLimits, inside.budget), deeper);
    inside.heldBytes = deeper.heldBytes;
    return { plan, note: null, beyond: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return aside(`It was not imported: ${error.message}`, error.code);
  }
}

/** A packed archive has to be unpacked to be read from its directory. Null where it is too large to be held. */
async function held(entry: ArchiveEntry, inside: Inside): Promise<ByteFile | null> {
  if (inside.heldBytes + entry.bytes > most.heldBytes) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of entry.open()) {
    inside.heldBytes += chunk.length;
    // The directory may say less than there is.
    if (inside.heldBytes > most.heldBytes) return null;
    chunks.push(Buffer.from(chunk));
  }
  const bytes = Buffer.concat(chunks);
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    async *stream(start = 0, end = bytes.length) {
      if (start < end) yield bytes.subarray(start, end);
    },
    close: async () => {},
  };
}

/** One plan of an archive and the exports in it; all that is told of those bears their names in front. */
export function withInner(own: ExportPlan, inners: readonly InnerExport[]): ExportPlan {
  if (inners.length === 0) return own;
  const under = inners.map(({ path, plan }) => ({
    streams: plan.streams.map((stream) => streamUnder(path, plan, stream)),
    besides: plan.besides.map((stream) => streamUnder(path, plan, stream)),
    files: plan.files.map((file) => ({ ...file, path: `${path}/${file.path}` })),
    notes: plan.notes.map((note) => ({ ...note, path: note.path === '' ? path : `${path}/${note.path}` })),
  }));
  return {
    ...own,
    whole: wholeOf([own, ...inners.map(({ plan }) => plan)]),
    streams: [...own.streams, ...under.flatMap(({ streams }) => streams)],
    besides: [...own.besides, ...under.flatMap(({ besides }) => besides)],
    files: [...own.files, ...under.flatMap(({ files }) => files)],
    notes: [...own.notes, ...under.flatMap(({ notes }) => notes)],
  };
}

const streamUnder = (path: string, plan: ExportPlan, stream: RecordStream): RecordStream => ({
  ...stream,
  path: `${path}/${stream.path}`,
  context: stream.context ?? contextFor(plan, stream.source),
});

/** Of several exports of one source nobody could say which of them a conversation was seen in: then none says what is gone. */
function wholeOf(plans: readonly ExportPlan[]): ExportPlan['whole'] {
  const [one, ...others] = plans.filter(({ whole }) => whole !== null);
  const whole = one?.whole ?? null;
  if (whole === null || others.length > 0) return null;
  const elsewhere = plans.some((plan) => plan !== one && plan.streams.some(({ source }) => source === whole.source));
  return elsewhere ? null : whole;
}
