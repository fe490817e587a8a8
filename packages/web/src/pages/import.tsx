/** Bringing exports in: drop, watch, and the history of what was brought. */

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { importsQuery } from '../api/queries.ts';
import { uploadQueue } from '../api/upload-queue.ts';
import { DropZone } from '../components/drop-zone.tsx';
import { ImportCard } from '../components/import-card.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { Loading } from '../components/loading.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { PasteBox } from '../components/paste-box.tsx';
import { Problem } from '../components/problem.tsx';
import { UploadCard } from '../components/upload-card.tsx';
import { useUploads } from '../hooks/use-uploads.ts';
import { strings } from '../strings.ts';

function HowTo() {
  return (
    <details className="card how-to">
      <summary>{strings.import.howTitle}</summary>
      <dl>
        {strings.import.how.map(([provider, steps]) => (
          <div key={provider}>
            <dt>{provider}</dt>
            <dd>{steps}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export function ImportPage(): ReactNode {
  const uploads = useUploads();
  const imports = useInfiniteQuery(importsQuery);
  // What this page is sending stands with the uploads.
  const sent = new Set(uploads.map((upload) => upload.importId));
  const runs = (imports.data?.pages.flatMap((page) => page.items) ?? []).filter((run) => !sent.has(run.id));
  return (
    <>
      <PageHeader title={strings.import.title} lead={strings.import.lead} />
      <DropZone onFiles={uploadQueue.add} />
      <PasteBox onFiles={uploadQueue.add} />
      <HowTo />
      <p className="note">
        <Link to="/secrets">{strings.secrets.title}</Link>
      </p>
      <section>
        <h2>{strings.import.history}</h2>
        <div className="stack">
          {uploads.map((upload) => (
            <UploadCard key={upload.id} upload={upload} />
          ))}
          {imports.isPending && <Loading />}
          {imports.error !== null && <Problem error={imports.error} retry={() => void imports.refetch()} />}
          {runs.map((run) => (
            <ImportCard key={run.id} initial={run} />
          ))}
          {imports.isSuccess && runs.length === 0 && uploads.length === 0 && (
            <p className="note">{strings.import.historyEmpty}</p>
          )}
          <LoadMore
            load={imports.hasNextPage ? () => void imports.fetchNextPage() : null}
            busy={imports.isFetchingNextPage}
          />
        </div>
      </section>
    </>
  );
}
