/** Bringing exports in: drop, watch, and the history of what was brought. */

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { uuidv7 } from '@vivim/contract/random';
import { type ReactNode, useRef, useState } from 'react';
import type { GivenFolder } from '../api/given-folder.ts';
import { outgoingFile } from '../api/outgoing.ts';
import { importsQuery } from '../api/queries.ts';
import { uploadQueue } from '../api/upload-queue.ts';
import { DropZone } from '../components/imports/drop-zone.tsx';
import { FolderReview } from '../components/imports/folder-review.tsx';
import { ImportCard } from '../components/imports/import-card.tsx';
import { PasteBox } from '../components/imports/paste-box.tsx';
import { UploadCard } from '../components/imports/upload-card.tsx';
import { WatchedFolders } from '../components/imports/watched-folders.tsx';
import { LoadMore } from '../components/kit/load-more.tsx';
import { Loading } from '../components/kit/loading.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { FollowingNote } from '../components/reader/following-note.tsx';
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

const sendFiles = (files: readonly File[]): void => uploadQueue.add(files.map(outgoingFile));

export function ImportPage(): ReactNode {
  const uploads = useUploads();
  const [folders, setFolders] = useState<readonly { readonly id: string; readonly folder: GivenFolder }[]>([]);
  const history = useRef<HTMLHeadingElement>(null);
  const leave = (id: string): void => {
    setFolders((before) => before.filter((each) => each.id !== id));
    // The button that was pressed is gone; what became of it stands below.
    history.current?.focus();
  };
  const imports = useInfiniteQuery(importsQuery);
  // What this page is sending stands with the uploads.
  const sent = new Set(uploads.map((upload) => upload.importId));
  const runs = (imports.data?.pages.flatMap((page) => page.items) ?? []).filter((run) => !sent.has(run.id));
  return (
    <>
      <PageHeader title={strings.import.title} lead={strings.import.lead} />
      <DropZone
        onFiles={sendFiles}
        onFolder={(folder) => setFolders((before) => [...before, { id: uuidv7(), folder }])}
      />
      {folders.map(({ id, folder }) => (
        <FolderReview
          key={id}
          folder={folder}
          onSend={(outgoing) => {
            uploadQueue.add([outgoing]);
            leave(id);
          }}
          onLeave={() => leave(id)}
        />
      ))}
      <PasteBox onFiles={sendFiles} />
      <HowTo />
      <p className="note">
        <Link to="/secrets">{strings.secrets.title}</Link>
      </p>
      <FollowingNote />
      <WatchedFolders />
      <section>
        <h2 ref={history} tabIndex={-1}>
          {strings.import.history}
        </h2>
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
