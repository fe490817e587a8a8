/**
 * What of an archive its owner erased here, by the marks of the space: it stays out until they let it in again, like what comes
 * in an export. Pure, but for the hashes of the space's salt; writes nothing.
 */
import type { ArchivedFile, ArchivedImport, ArchivedIssue, ArchivedRawRecord } from '@vivim/contract/archive';
import { erasedMark } from '@vivim/contract/erasure';
import type { Marks } from '../../space/marks.ts';
import type { SpaceWriter } from '../../space/transactors.ts';
import { noContext } from '../canonical.ts';
import { conversationIdOf, messageIdsIn } from '../conversation-input.ts';
import { readKept } from '../prepare-record.ts';
import { redactNames } from '../redact-names.ts';
import { marksInside, withhold } from '../withhold.ts';

/** Takes what the marks name out of a conversation that is here. @returns whether anything of it was named */
export type WithholdIn = (w: SpaceWriter, conversationPk: number, marks: Marks, nowMs: number) => boolean;

/** Whether a record holds something that was erased: then it stays out whole, because the rest of it is somebody else's format. */
export function isRecordErased(record: ArchivedRawRecord, marks: Marks): boolean {
  const { conversation: id, source, form, zstd } = record;
  if (marks.has('conversation', id)) return true;
  if (!marksInside(marks)) return false;
  try {
    const kept = readKept({ source, externalKey: id }, { bytesZstd: Buffer.from(zstd, 'base64'), form }, noContext);
    return kept === null || withhold(kept, messageIdsIn([id, conversationIdOf(kept)]), marks).changed;
  } catch {
    // What cannot be read cannot be shown to hold none of it.
    return true;
  }
}

/** An import of the history as it may stand here: without a name where it was erased, or where an erased name stands in it. */
export function shownImport(run: ArchivedImport, marks: Marks): ArchivedImport {
  const said = [...(run.parts ?? []).map(({ why }) => why), ...(run.begins ?? [])];
  const text = [run.fileName, run.why, run.errorDetail, ...said].join('\n');
  if (!marks.has('run', run.id) && redactNames(text, marks) === text) return run;
  return { ...run, fileName: erasedMark, fileSha256: null, why: null, errorDetail: null, parts: null, begins: null };
}

/** Whether a file no conversation mentions may stand here. */
export const mayFileStand = ({ import: run, externalId, sha256, name }: ArchivedFile, marks: Marks): boolean =>
  !marks.has('run', run) &&
  !marks.has('file', sha256) &&
  (externalId === null || !marks.has('file', externalId)) &&
  (name === null || redactNames(name, marks) === name);

/** Whether a line of a report may stand here. Lines about erased conversations go with those. */
export function mayIssueStand(issue: ArchivedIssue, marks: Marks): boolean {
  const text = [issue.title, issue.path, issue.detail].join('\n');
  return !marks.has('run', issue.import) && redactNames(text, marks) === text;
}
