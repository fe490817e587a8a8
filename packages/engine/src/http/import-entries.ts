/** What became of each record of an import: page by page, as a report to keep, and the bytes of one. */
import { AppError } from '@vivim/contract/errors';
import type { ImportId } from '@vivim/contract/ids';
import type { ImportEntry, ImportIssue, ImportKept, ImportReportFormat } from '@vivim/contract/imports';
import { importReportFile } from '../capture/import-report-file.ts';
import { plainBytes } from '../capture/record-bytes.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { FileAnswer, Handlers } from './handler.ts';

/** Records of a report that are read at a time. */
const pageSize = 200;

const kinds = {
  markdown: { mediaType: 'text/markdown; charset=utf-8', ending: 'md' },
  csv: { mediaType: 'text/csv; charset=utf-8', ending: 'csv' },
  json: { mediaType: 'application/json', ending: 'json' },
} as const;

export const importEntryHandlers = ({ space }: { readonly space: UserSpace }) =>
  ({
    listImportEntries: ({ params, query }) => {
      const page = space.read((r) => r.importEntries.page(params.id, query));
      if (page === null) throw new AppError('not_found');
      return page;
    },
    listImportKept: ({ params, query }) => {
      const page = space.read((r) => r.importEntries.kept(params.id, query));
      if (page === null) throw new AppError('not_found');
      return page;
    },
    getImportReport: ({ params, query }) => report(space, params.id, query.format),
    getImportEntryRaw: ({ params: { id, entry } }) => {
      const kept = space.read((r) => r.importEntries.bytes(id, entry));
      if (kept === null) throw new AppError('not_found');
      const bytes = plainBytes(kept.zstd);
      return {
        stream: new Blob([new Uint8Array(bytes)]).stream(),
        bytes: bytes.length,
        version: space.version,
        mediaType: 'application/octet-stream',
        fileName: `record-${entry}.${endingOf(bytes)}`,
      };
    },
  }) satisfies Handlers<'listImportEntries' | 'listImportKept' | 'getImportReport' | 'getImportEntryRaw'>;

/** How a file of these bytes is called: told by what they are, also behind a byte order mark or white space. */
function endingOf(bytes: Buffer): 'json' | 'jsonl' | 'txt' {
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (!/^[[{]/.test(text)) return 'txt';
  if (isJson(text)) return 'json';
  const [first = '', ...rest] = text.split('\n', 2);
  return rest.length > 0 && isJson(first) ? 'jsonl' : 'txt';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function report(space: UserSpace, id: ImportId, format: ImportReportFormat): FileAnswer {
  const run = space.read((r) => r.imports.find(id));
  if (run === null) throw new AppError('not_found');
  const pieces = importReportFile(
    { run, entries: entriesOf(space, id), kept: keptOf(space, id), issues: issuesOf(space, id) },
    format,
  );
  const { mediaType, ending } = kinds[format];
  const encoder = new TextEncoder();
  // A page at each pull: nobody who stops reading has a report made for them.
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, bytes: null, version: space.version, mediaType, fileName: `import-${id}.${ending}` };
}

function* entriesOf(space: UserSpace, id: ImportId): Generator<ImportEntry[]> {
  let cursor: string | undefined;
  do {
    const page = space.read((r) => r.importEntries.page(id, { limit: pageSize, cursor }));
    yield page?.items ?? [];
    cursor = page?.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function* keptOf(space: UserSpace, id: ImportId): Generator<ImportKept[]> {
  let cursor: string | undefined;
  do {
    const page = space.read((r) => r.importEntries.kept(id, { limit: pageSize, cursor }));
    yield page?.items ?? [];
    cursor = page?.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function* issuesOf(space: UserSpace, id: ImportId): Generator<ImportIssue[]> {
  for (let after = 0; ; ) {
    const page = space.read((r) => r.importEntries.issuesOfFile(id, after, pageSize));
    yield page.map(({ pk: _, ...issue }) => issue);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.pk;
  }
}
