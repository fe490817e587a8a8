/** One import in the list: live while it runs, its outcome once it ended. */

import { Link } from '@tanstack/react-router';
import type { ImportRun, ImportSource } from '@vivim/contract/imports';
import { dayAndTime } from '../../format.ts';
import { isActive, useImportRun } from '../../hooks/use-import-run.ts';
import { detailBeside, saidByCode } from '../../said-by-code.ts';
import { strings } from '../../strings.ts';
import { CancelImport } from './cancel-import.tsx';
import { ErasedImport } from './erased-import.tsx';
import { ImportOutcome } from './import-outcome.tsx';
import { ImportProgress } from './import-progress.tsx';
import { PauseImport } from './pause-import.tsx';

const sourcesOf = ({ detected }: ImportRun): ImportSource[] =>
  detected === null ? [] : detected.parts.length > 0 ? detected.parts.map(({ source }) => source) : [detected.source];

const sourcesShown = 4;

export function ImportCard({ initial }: { initial: ImportRun }) {
  const { run, polling } = useImportRun(initial);
  const active = isActive(run);
  const sources = sourcesOf(run);
  // Of a folder of many programs the report tells all.
  const shown = sources.slice(0, sources.length > sourcesShown ? sourcesShown - 1 : sourcesShown);
  const others = sources.slice(shown.length);
  return (
    <article className="card run">
      <div className="run-head">
        <h3>
          <Link to="/imports/$id" params={{ id: run.id }} aria-label={strings.import.reportOf(run.fileName)}>
            {run.fileName}
          </Link>
        </h3>
        {shown.map((source) => (
          <span key={source} className="chip">
            {strings.sources[source]}
          </span>
        ))}
        {others.length > 0 && (
          <span className="chip" title={others.map((source) => strings.sources[source]).join(', ')}>
            {strings.import.otherSources(others.length)}
          </span>
        )}
        <span className={`chip ${run.state}`}>{strings.import.states[run.state]}</span>
        <PauseImport run={run} />
        {active && <CancelImport run={run} />}
      </div>
      <p className="visually-hidden" role="status">
        {active ? '' : strings.import.ended(run.fileName, strings.import.states[run.state])}
      </p>
      {active && <ImportProgress run={run} polling={polling} />}
      {!active && run.erasedAt === null && <ImportOutcome run={run} />}
      {run.erasedAt !== null && <ErasedImport erasedAt={run.erasedAt} />}
      {run.error !== null && (
        <p className="part-error">
          {saidByCode(run.error.code)} <span lang="en">{detailBeside(run.error.code, run.error.detail)}</span>{' '}
          <Link to="/imports/$id" params={{ id: run.id }} aria-label={strings.import.whatNowOf(run.fileName)}>
            {strings.import.whatNow}
          </Link>
        </p>
      )}
      <p className="meta">
        <time dateTime={run.createdAt}>{dayAndTime(run.createdAt)}</time>
        {run.sameFileAs !== null && <span>{strings.import.sameFile}</span>}
      </p>
    </article>
  );
}
