/** What was wrong with the tree of a record, for the report. */
import type { CanonicalIssue } from '../canonical.ts';
import type { Tree } from './tree.ts';

/** @param place where in the record the nodes stand, e.g. `mapping` */
export function treeIssues(tree: Tree<unknown>, place: string): CanonicalIssue[] {
  const issueAt = (code: string, key: string, detail: string): CanonicalIssue => ({
    severity: 'degraded',
    code,
    path: `${place}/${key.toWellFormed()}`,
    detail,
  });
  return [
    ...tree.orphans.map((key) =>
      issueAt(
        'parent_missing',
        key,
        'The message it replies to is not in the export; it stands as a beginning of its own.',
      ),
    ),
    ...tree.cut.map((key) =>
      issueAt(
        'parent_cycle',
        key,
        'Its parents lead back to itself; the circle is cut here and nothing in it is lost.',
      ),
    ),
  ];
}
