/** What was wrong with the tree of a record, for the report. */
import type { CanonicalIssue } from '../canonical.ts';
import type { Tree } from './tree.ts';

/** What is shown is a guess then. */
export const leafMissing: CanonicalIssue = {
  severity: 'note',
  code: 'branch_shown_missing',
  path: '',
  detail: 'The message its source shows last is not in the export; the newest branch is shown instead.',
};

/** Who spoke is a role no reader knows: the message is taken for one of the program. */
export const roleUnknown = (path: string, said: string | null): CanonicalIssue[] =>
  said === null || said === 'system' || said === 'developer'
    ? []
    : [
        {
          severity: 'note',
          code: 'role_unknown',
          path,
          detail: `Who spoke is told as "${said.slice(0, 60)}", which is not known here; it came in as the program's.`,
        },
      ];

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
