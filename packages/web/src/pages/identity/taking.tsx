/** Taking everything along: saving it, bringing it back in, moving to another server; and the backups there are of it. */
import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { spaceQuery } from '../../api/queries.ts';
import { spaceBackupsQuery, usageQuery } from '../../api/you-queries.ts';
import { ExportSpace } from '../../components/identity/export-space.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { Problem } from '../../components/kit/problem.tsx';
import { Skeleton } from '../../components/kit/skeleton.tsx';
import { bytes, dayAndTime, duration } from '../../format.ts';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';
import '../../styles/you.css';
import { TableScroll } from '../../components/kit/table-scroll.tsx';

const words = strings.taking;

function Backups() {
  const backups = useQuery(spaceBackupsQuery);
  if (backups.error !== null) return <Problem error={backups.error} retry={() => void backups.refetch()} />;
  if (backups.data === undefined) return <Skeleton />;
  const { everyMs, nextAt, keep, items } = backups.data;
  return (
    <>
      <p className="note">
        {everyMs === null ? words.never : words.every(duration(everyMs / 1_000))}{' '}
        {nextAt !== null && words.next(dayAndTime(nextAt))} {words.keeps(keep.last, keep.weekly)}
      </p>
      {items === null && <p className="warn">{words.placeAway}</p>}
      {items?.length === 0 && <p className="note">{words.noBackups}</p>}
      {items !== null && items.length > 0 && (
        <TableScroll>
          <table className="figures">
            <thead>
              <tr>
                <th>{words.when}</th>
                <th>{words.size}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ createdAt, bytes: size }) => (
                <tr key={createdAt}>
                  <td>{dayAndTime(createdAt)}</td>
                  <td>{bytes(size)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </>
  );
}

function Move() {
  const signature = useQuery({ ...spaceQuery, retry: false }).data?.archivesSignedBy;
  return (
    <section>
      <h2>{words.move}</h2>
      <ol className="steps">
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {signature !== undefined && (
        <p className="note">
          {words.signedBy} <code>{signature}</code>
        </p>
      )}
    </section>
  );
}

export function TakingPage(): ReactNode {
  const me = useMe();
  // Beside the question who is there, and not after it.
  usePrefetchQuery(spaceQuery);
  usePrefetchQuery(usageQuery);
  usePrefetchQuery(spaceBackupsQuery);
  if (me === null) return <Skeleton />;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <ExportSpace me={me} />
      <section className="form">
        <h2>{words.back}</h2>
        <p>{words.backText}</p>
        <p className="note">{words.backDatabase}</p>
        <Link to="/import" className="button">
          {words.backAction}
        </Link>
      </section>
      <Move />
      <section>
        <h2>{words.backups}</h2>
        <p>{words.backupsText}</p>
        <Backups />
      </section>
    </>
  );
}
