/** Notes in the report what stands beside the conversations of a file under keys nobody knows. Again for a file cut again changes nothing. */

import type { ImportRow } from '../space/stores/import-shape.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { CanonicalIssue } from './canonical.ts';
import type { TellBeside } from './cut.ts';
import type { RecordStream } from './plan-shape.ts';
import { moduleOf } from './sources/registry.ts';

/** Null where every one of them is known, or the list itself is what stands beside another. */
export function besideIssueOf(stream: RecordStream, keys: readonly string[]): CanonicalIssue | null {
  if (stream.beside !== undefined) return null;
  const known = new Set([...(moduleOf(stream.source).besideLists ?? []), 'conversations', 'chats']);
  const strange = keys.filter((key) => !known.has(key));
  if (strange.length === 0) return null;
  const named = strange.map((key) => `"${key.slice(0, 60).toWellFormed()}"`).join(', ');
  return {
    severity: 'note',
    code: 'beside_not_imported',
    path: stream.path,
    detail: `Beside its conversations the file holds ${named}, which is not known here and is not imported.`,
  };
}

export const besideTeller =
  (space: UserSpace, row: ImportRow): TellBeside =>
  (stream, keys) => {
    const issue = besideIssueOf(stream, keys);
    if (issue !== null) space.write((w) => w.imports.addIssue(row.pk, { ...issue, externalId: null, title: null }));
  };
