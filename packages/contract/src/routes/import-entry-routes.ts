/** What became of each record of an import. */
import { z } from 'zod';
import { ImportId } from '../ids.ts';
import { ImportEntry, ImportEntryId, ImportKept, ImportOutcome, ImportReportFormat } from '../imports.ts';
import { PageQuery, page, ReadQuery } from '../page.ts';
import { engine, one, type Route } from './route.ts';

export const importEntryRoutes = {
  listImportEntries: {
    ...engine,
    path: '/v1/imports/{id}/entries',
    tag: 'imports',
    summary: 'Every record of the file: where it stood, what became of it, and why',
    params: one(ImportId),
    query: PageQuery.extend({ outcome: ImportOutcome.optional() }),
    answer: page(ImportEntry),
  },
  listImportKept: {
    ...engine,
    path: '/v1/imports/{id}/kept',
    tag: 'imports',
    summary: 'Memories, projects, documents and ratings an import brought, one by one',
    params: one(ImportId),
    query: PageQuery,
    answer: page(ImportKept),
  },
  getImportReport: {
    ...engine,
    path: '/v1/imports/{id}/report',
    tag: 'imports',
    summary: 'The whole report of an import as a file: Markdown, CSV or JSON',
    params: one(ImportId),
    query: ReadQuery.extend({ format: ImportReportFormat.default('markdown') }),
    answer: 'bytes',
  },
  getImportEntryRaw: {
    ...engine,
    path: '/v1/imports/{id}/entries/{entry}/raw',
    tag: 'imports',
    summary: 'The bytes of a record as they are kept',
    params: z.strictObject({ id: ImportId, entry: ImportEntryId }),
    answer: 'bytes',
  },
} as const satisfies Record<string, Route>;
