/** The plan of an import without secrets in the names that are told of its files. Pure; what the files hold is looked through elsewhere. */
import type { ExportPlan } from '../plan-shape.ts';
import { maskText } from './guard-secrets.ts';

/** A name, or a sentence with names in it. */
export const safeName = (name: string): string => maskText(name, () => true);

/** Names of files go into lists and reports, and files are saved under them: so no secret stands in one, whatever the rule is. */
export const withSafeNames = (plan: ExportPlan): ExportPlan => ({
  ...plan,
  streams: plan.streams.map((stream) => ({ ...stream, path: safeName(stream.path) })),
  besides: plan.besides.map((stream) => ({ ...stream, path: safeName(stream.path) })),
  files: plan.files.map((file) => ({ ...file, path: safeName(file.path), name: safeName(file.name) })),
  notes: plan.notes.map((note) => ({ ...note, path: safeName(note.path), detail: safeName(note.detail) })),
});
