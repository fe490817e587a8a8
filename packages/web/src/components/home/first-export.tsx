/** An empty space: where the first export goes, or a made-up one for a look around. What comes in is told as it comes. */
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { systemClock } from '@vivim/contract/clock';
import { outgoingFile } from '../../api/outgoing.ts';
import { bringSample } from '../../api/sample.ts';
import { uploadQueue } from '../../api/upload-queue.ts';
import { useUploads } from '../../hooks/use-uploads.ts';
import { strings } from '../../strings.ts';
import { DropZone } from '../imports/drop-zone.tsx';
import { UploadCard } from '../imports/upload-card.tsx';
import { Problem } from '../kit/problem.tsx';

const words = strings.home;

export function FirstExport({ onFolder }: { onFolder: () => void }) {
  const uploads = useUploads();
  const sample = useMutation({ mutationFn: () => bringSample(systemClock()) });
  return (
    <>
      {/* A folder is looked through before it is sent: on the page of imports. */}
      <DropZone onFiles={(files) => uploadQueue.add(files.map((file) => outgoingFile(file)))} onFolder={onFolder} />
      {uploads.map((upload) => (
        <UploadCard key={upload.id} upload={upload} />
      ))}
      <div className="first-choices">
        <section className="card">
          <h2>{words.sample.title}</h2>
          <p>{words.sample.text}</p>
          <button type="button" disabled={sample.isPending} onClick={() => sample.mutate()}>
            {words.sample.try}
          </button>
          {sample.error !== null && <Problem error={sample.error} />}
        </section>
        <section className="card">
          <h2>{words.howTitle}</h2>
          <p>{words.howText}</p>
          <Link to="/import" className="button">
            {words.emptyAction}
          </Link>
        </section>
      </div>
    </>
  );
}
