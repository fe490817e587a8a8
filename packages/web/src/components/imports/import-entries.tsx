/** What became of each conversation of an import, by outcome, and the whole report to save. Shown once the import is over. */

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ImportEntry, type ImportOutcome, importOutcomes, importReportFormats } from '@vivim/contract/imports';
import { useState } from 'react';
import { importEntriesQuery } from '../../api/queries.ts';
import { bytes } from '../../format.ts';
import { strings } from '../../strings.ts';
import { LoadMore } from '../kit/load-more.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';

const texts = strings.entries;

function Title({ entry: { conversationId, title, erased } }: { entry: ImportEntry }) {
  if (erased) return <span className="note">{texts.erased}</span>;
  if (conversationId === null) return <b>{title ?? texts.untitled}</b>;
  return (
    <Link to="/conversations/$id" params={{ id: conversationId }}>
      {title ?? texts.untitled}
    </Link>
  );
}

function Entry({ entry }: { entry: ImportEntry }) {
  const { outcome, degraded, place, raw, issues, erased } = entry;
  return (
    <li className="issue">
      <span className={`chip ${outcome}`}>{texts.outcomes[outcome]}</span>
      <div>
        <p>
          <Title entry={entry} />
        </p>
        {issues.map(({ code, path, detail }) => (
          <p key={`${code} ${path}`} lang="en">
            {detail}
          </p>
        ))}
        <p className="meta">
          {degraded && <span className="chip degraded">{texts.degraded}</span>}
          <span lang="en">{place}</span>
          {raw !== null && (
            <a href={raw.path} download aria-label={texts.saveOf(bytes(raw.bytes), place)}>
              {texts.save} ({bytes(raw.bytes)})
            </a>
          )}
          {raw === null && !erased && <span>{texts.noBytes}</span>}
        </p>
      </div>
    </li>
  );
}

function Listed({ id, outcome }: { id: string; outcome: ImportOutcome | undefined }) {
  const all = useInfiniteQuery(importEntriesQuery(id, outcome));
  if (all.error !== null) return <Problem error={all.error} retry={() => void all.refetch()} />;
  if (all.data === undefined) return <Skeleton shape="rows" />;
  const listed = all.data.pages.flatMap((page) => page.items);
  if (listed.length === 0) return <p>{outcome === undefined ? texts.notKept : texts.none}</p>;
  return (
    <>
      <ul className="issues">
        {listed.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      <LoadMore load={all.hasNextPage ? () => void all.fetchNextPage() : null} busy={all.isFetchingNextPage} />
    </>
  );
}

export function ImportEntries({ id }: { id: string }) {
  const [outcome, setOutcome] = useState<ImportOutcome>();
  return (
    <section className="entries" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p className="actions">
        <span>{texts.download}</span>
        {importReportFormats.map((format) => (
          <a key={format} href={`/v1/imports/${encodeURIComponent(id)}/report?format=${format}`} download>
            {texts.formats[format]}
          </a>
        ))}
      </p>
      <label className="filter">
        <span>{texts.show}</span>
        <select
          value={outcome ?? ''}
          onChange={(event) => setOutcome(importOutcomes.find((each) => each === event.target.value))}
        >
          <option value="">{texts.all}</option>
          {importOutcomes.map((each) => (
            <option key={each} value={each}>
              {texts.outcomes[each]}
            </option>
          ))}
        </select>
      </label>
      <Listed id={id} outcome={outcome} />
    </section>
  );
}
