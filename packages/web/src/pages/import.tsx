/** Bringing exports in: drop, watch, and the history of what was brought. */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ImportSource } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { type ReactNode, useRef, useState } from 'react';
import { anyConflictQuery } from '../api/conflict-queries.ts';
import type { GivenFolder } from '../api/given-folder.ts';
import { outgoingFile } from '../api/outgoing.ts';
import { importsQuery } from '../api/queries.ts';
import { uploadQueue } from '../api/upload-queue.ts';
import { DropZone } from '../components/imports/drop-zone.tsx';
import { FolderReview } from '../components/imports/folder-review.tsx';
import { ImportCard } from '../components/imports/import-card.tsx';
import { PasteBox } from '../components/imports/paste-box.tsx';
import { SourceGuide } from '../components/imports/source-guide.tsx';
import { SourceSelect } from '../components/imports/source-select.tsx';
import { UploadCard } from '../components/imports/upload-card.tsx';
import { WatchedFolders } from '../components/imports/watched-folders.tsx';
import { LoadMore } from '../components/kit/load-more.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { FollowingNote } from '../components/reader/following-note.tsx';
import { useUploads } from '../hooks/use-uploads.ts';
import { strings } from '../strings.ts';
import '../styles/importing.css';

function ConflictsNote() {
  const any = useQuery(anyConflictQuery);
  if (any.data !== true) return null;
  return (
    <p className="notice conflicts-note">
      {strings.import.conflicts.some} <Link to="/import/conflicts">{strings.import.conflicts.see}</Link>
    </p>
  );
}

export function ImportPage(): ReactNode {
  const uploads = useUploads();
  const [source, setSource] = useState<ImportSource | null>(null);
  const sendFiles = (files: readonly File[]): void => uploadQueue.add(files.map((file) => outgoingFile(file, source)));
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
  // One that has begun and not yet been told its number is known by its name.
  const beginning = new Set(uploads.filter(({ importId }) => importId === null).map(({ fileName }) => fileName));
  const runs = (imports.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (run) => !sent.has(run.id) && !(run.state === 'receiving' && beginning.has(run.fileName)),
  );
  return (
    <>
      <PageHeader title={strings.import.title} lead={strings.import.lead} />
      <DropZone
        onFiles={sendFiles}
        onFolder={(folder) => setFolders((before) => [...before, { id: uuidv7(), folder }])}
      >
        <SourceSelect
          label={strings.import.takenFor}
          none={strings.import.byShape}
          value={source}
          onChange={setSource}
        />
      </DropZone>
      {folders.map(({ id, folder }) => (
        <FolderReview
          key={id}
          folder={folder}
          taken={source}
          onSend={(outgoing) => {
            uploadQueue.add([outgoing]);
            leave(id);
          }}
          onLeave={() => leave(id)}
        />
      ))}
      <FollowingNote />
      <ConflictsNote />
      <section>
        <h2 ref={history} tabIndex={-1}>
          {strings.import.history}
        </h2>
        <div className="stack">
          {uploads.map((upload) => (
            <UploadCard key={upload.id} upload={upload} />
          ))}
          {imports.isPending && <Skeleton shape="rows" count={3} />}
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
      <SourceGuide />
      <PasteBox onFiles={sendFiles} />
      <WatchedFolders />
      <section>
        <h2>{strings.secrets.title}</h2>
        <p className="note">{strings.secrets.lead}</p>
        <p>
          <Link to="/secrets">{strings.secrets.see}</Link>
        </p>
      </section>
    </>
  );
}
