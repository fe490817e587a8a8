/** One import whole: live while it runs, then the report that accounts for everything in the file. */

import { usePrefetchInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ImportRun } from '@vivim/contract/imports';
import type { ReactNode } from 'react';
import { importEntriesQuery, importKeptQuery, importQuery } from '../api/queries.ts';
import { CancelImport } from '../components/imports/cancel-import.tsx';
import { ErasedImport } from '../components/imports/erased-import.tsx';
import { FailedImport } from '../components/imports/failed-import.tsx';
import { ImportAgain } from '../components/imports/import-again.tsx';
import { ImportEntries } from '../components/imports/import-entries.tsx';
import { ImportKept } from '../components/imports/import-kept.tsx';
import { ImportOutcome } from '../components/imports/import-outcome.tsx';
import { ImportProgress } from '../components/imports/import-progress.tsx';
import { ImportReport } from '../components/imports/import-report.tsx';
import { PauseImport } from '../components/imports/pause-import.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { EraseThing } from '../components/reader/erase-thing.tsx';
import { number } from '../count.ts';
import { bytes, dayAndTime, duration, percent } from '../format.ts';
import { isActive, useImportRun } from '../hooks/use-import-run.ts';
import { withoutEmphasis } from '../pieces.ts';
import { strings } from '../strings.ts';
import '../styles/importing.css';

const route = getRouteApi('/imports/$id');

function Recognised({ run, detected }: { run: ImportRun; detected: NonNullable<ImportRun['detected']> }) {
  const { source, confidence, why, parts } = detected;
  return (
    <>
      <dt>{parts.length > 0 ? strings.import.parts : strings.import.recognised}</dt>
      <dd>
        {parts.length === 0 && (
          <>
            {strings.sources[source]}, {strings.import.confidence(percent(confidence))}
            <span className="note" lang="en">
              {' '}
              {withoutEmphasis(why)}
            </span>
          </>
        )}
        {parts.length > 0 && (
          <ul className="plain parts">
            {parts.map((part) => (
              <li key={part.source}>
                {strings.sources[part.source]}: {strings.import.part(part.files, percent(part.confidence))}
                <span className="note" lang="en">
                  {' '}
                  {withoutEmphasis(part.why)}
                </span>
              </li>
            ))}
          </ul>
        )}
        {!isActive(run) && run.error === null && run.erasedAt === null && (
          <details>
            <summary>{strings.import.wrong}</summary>
            <ImportAgain run={run} />
          </details>
        )}
      </dd>
    </>
  );
}

function Facts({ run }: { run: ImportRun }) {
  const { detected, startedAt, finishedAt } = run;
  return (
    <dl className="facts">
      <dt>{strings.import.file}</dt>
      <dd>{bytes(run.fileBytes)}</dd>
      {detected !== null && <Recognised run={run} detected={detected} />}
      <dt>{strings.import.started}</dt>
      <dd>{dayAndTime(startedAt ?? run.createdAt)}</dd>
      {startedAt !== null && finishedAt !== null && (
        <>
          <dt>{strings.import.took}</dt>
          <dd>{duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}</dd>
        </>
      )}
      <dt>{strings.import.units}</dt>
      <dd>{number(run.report.acus)}</dd>
    </dl>
  );
}

function Run({ initial }: { initial: ImportRun }) {
  const { run, polling } = useImportRun(initial);
  const active = isActive(run);
  // Of one that never got to its first entry there is nothing to report.
  const wasRead = run.state !== 'failed' || run.detected !== null;
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={run.fileName}>
        <p className="meta" role="status">
          <span className={`chip ${run.state}`}>{strings.import.states[run.state]}</span>
          {run.sameFileAs !== null && (
            <span>
              {strings.import.sameFile}{' '}
              <Link to="/imports/$id" params={{ id: run.sameFileAs }}>
                {strings.import.earlier}
              </Link>
            </span>
          )}
        </p>
        {!active && wasRead && run.erasedAt === null && <ImportOutcome run={run} />}
      </PageHeader>
      {run.state === 'done' && run.erasedAt === null && (
        <p className="actions next-steps">
          <Link to="/conversations" search={{}} className="button primary">
            {strings.import.readThem}
          </Link>
          <Link to="/search" search={{}} className="button">
            {strings.import.findIn}
          </Link>
          <Link to="/context" search={{}} className="button">
            {strings.import.askOfIt}
          </Link>
        </p>
      )}
      {run.erasedAt !== null && <ErasedImport erasedAt={run.erasedAt} />}
      {active && (
        <div className="card">
          <ImportProgress run={run} polling={polling} />
          <p className="actions">
            <PauseImport run={run} />
            <CancelImport run={run} />
          </p>
        </div>
      )}
      {run.error !== null && <FailedImport run={run} />}
      <Facts run={run} />
      {run.erasedAt === null && (
        <>
          {wasRead && (
            <>
              <h2>{strings.import.report}</h2>
              <ImportReport run={run} />
              {!active && <ImportKept id={run.id} />}
              {!active && <ImportEntries id={run.id} />}
            </>
          )}
          {!active && <EraseThing kind="import" id={run.id} onErased={() => navigate({ to: '/import' })} />}
        </>
      )}
      <p className="actions">
        <Link to="/import">{strings.import.back}</Link>
      </p>
    </>
  );
}

export function ImportRunPage(): ReactNode {
  const { id } = route.useParams();
  const run = useQuery(importQuery(id));
  // What the report of one that ended lists.
  usePrefetchInfiniteQuery(importKeptQuery(id));
  usePrefetchInfiniteQuery(importEntriesQuery(id, undefined));
  if (run.error !== null) return <ProblemPage error={run.error} retry={() => void run.refetch()} />;
  return run.data === undefined ? <Skeleton shape="rows" /> : <Run key={id} initial={run.data} />;
}
