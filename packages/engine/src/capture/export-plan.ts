/**
 * Look into an uploaded file and plan its import: which streams of conversations it holds, whose they are, and what else
 * is in it. Reads only as much as it takes to know; imports nothing.
 */
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import type { ByteFile } from '../space/spool.ts';
import { noContext } from './canonical.ts';
import { formatOf, guessOf, type Sidecar, sidecarOf } from './detect.ts';
import { gunzipped, isGzip, unpackedSize } from './gunzip.ts';
import { elementLimits } from './json-elements.ts';
import type { Seen } from './look.ts';
import { lookAtFile, type UploadedFile } from './look-at-file.ts';
import { openUploaded } from './open-uploaded.ts';
import { planArchive } from './plan-archive.ts';
import { besideStream, besidesIn, chosen, neverReadOf, unknown } from './plan-file.ts';
import type { ExportPlan } from './plan-shape.ts';
import { asUtf8 } from './transcode.ts';

/** A page is small; one beyond this is none of ours. */
const pageBytes = 64 * 1024 ** 2;
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
  const why = seen.hollow
    ? 'It is JSON with nothing in it; where your account holds conversations, export it again.'
    : sidecar === null
      ? 'It is JSON, but none of its first entries is a conversation of a kind known here.'
      : (sidecar.rule.why ??
        `It holds ${sidecar.rule.what} of an export and no conversations; import the whole archive instead.`);
  return new AppError('import_format_unknown', `${unknown} ${why}`);
}
