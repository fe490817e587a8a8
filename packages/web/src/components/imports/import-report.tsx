/** The account of an import: a table in which everything found is counted, and every issue with its reason. */

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ImportIssue, ImportRun } from '@vivim/contract/imports';
import { importIssuesQuery } from '../../api/queries.ts';
import { number } from '../../count.ts';
import { saidByCode } from '../../said-by-code.ts';
import { strings } from '../../strings.ts';
import { LoadMore } from '../kit/load-more.tsx';
import { Problem } from '../kit/problem.tsx';
import { TableScroll } from '../kit/table-scroll.tsx';

const outcomes = ['added', 'updated', 'unchanged', 'skipped', 'degraded'] as const;

function Counts({ run }: { run: ImportRun }) {
  const rows = [
    [strings.import.conversations, run.report.conversations],
    [strings.import.messages, run.report.messages],
  ] as const;
  const { stored, known, unmentioned, leftOut } = run.report.files;
  return (
    <>
      <TableScroll>
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{strings.import.what}</th>
              {outcomes.map((outcome) => (
                <th key={outcome} scope="col">
                  {strings.import.outcomes[outcome]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, counts]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {outcomes.map((outcome) => (
                  <td key={outcome} className={counts[outcome] === 0 ? 'none' : ''}>
                    {number(counts[outcome])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p className="note">{strings.import.outcomesHelp}</p>
      {stored + known + leftOut > 0 && (
        <p>{strings.import.files(number(stored), number(known), number(unmentioned), number(leftOut))}</p>
      )}
    </>
  );
}

function Issue({ issue }: { issue: ImportIssue }) {
  const kind = saidByCode(issue.code);
  return (
    <li className="issue">
      <span className={`chip ${issue.severity}`}>{strings.import.severities[issue.severity]}</span>
      <div>
        {kind !== null && <p className="issue-kind">{kind}</p>}
        <p lang="en">{issue.detail}</p>
        <p className="meta">
          {issue.title !== null && <b>{issue.title}</b>}
          <span>{issue.path}</span>
          {issue.externalId !== null && <span>{issue.externalId}</span>}
          <span className="code-name">{issue.code}</span>
        </p>
      </div>
    </li>
  );
}

function Issues({ run }: { run: ImportRun }) {
  const all = useInfiniteQuery({
    ...importIssuesQuery(run.id),
    enabled: run.report.issueCount > run.report.issues.length,
  });
  const listed = all.data?.pages.flatMap((page) => page.items) ?? run.report.issues;
  if (listed.length === 0)
    return <p>{run.state === 'done' ? strings.import.issuesNone : strings.import.issuesUnfinished}</p>;
  // Two issues may be alike in every field; their place in the list tells them apart, and the list only grows.
  let place = 0;
  return (
    <>
      <ul className="issues">
        {listed.map((issue) => {
          place += 1;
          return <Issue key={place} issue={issue} />;
        })}
      </ul>
      {all.error !== null && <Problem error={all.error} />}
      <LoadMore load={all.hasNextPage ? () => void all.fetchNextPage() : null} busy={all.isFetchingNextPage} />
    </>
  );
}

export function ImportReport({ run }: { run: ImportRun }) {
  return (
    <>
      <Counts run={run} />
      {run.report.secrets.found > 0 && (
        <p>
          {strings.secrets.found(run.report.secrets.found, run.report.secrets.masked)}{' '}
          <Link to="/secrets">{strings.secrets.see}</Link>
        </p>
      )}
      <h2>{strings.import.issues(number(run.report.issueCount))}</h2>
      <Issues run={run} />
    </>
  );
}
