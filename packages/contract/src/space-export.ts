/** The forms in which a space is taken along. */
import { z } from 'zod';
import { Flag, ReadQuery } from './page.ts';

export const exportFormats = ['sqlite', 'json', 'markdown'] as const;
export const ExportFormat = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** `json` is what another server takes in; `sqlite` is for programs, `markdown` for people. */
export const ExportQuery = ReadQuery.extend({
  format: ExportFormat.default('sqlite'),
  /** Keys of upstreams go along; without it they stay. */
  upstreamKeys: Flag.optional(),
});
