/** One file on its way up. */
import { type Upload, uploadQueue } from '../api/upload-queue.ts';
import { bytes, percent } from '../format.ts';
import { strings } from '../strings.ts';
import { Problem } from './problem.tsx';
import { ProgressBar } from './progress-bar.tsx';

export function UploadCard({ upload }: { upload: Upload }) {
  const { id, fileName, size, sent, state, error } = upload;
  const failed = state === 'failed';
  const words = failed
    ? strings.import.uploadFailed
    : state === 'waiting'
      ? strings.import.waiting
      : strings.import.uploading;
  return (
    <article className="card run">
      <div className="run-head">
        <h3>{fileName}</h3>
        <span className={failed ? 'chip failed' : 'chip'}>{words}</span>
        <button
          type="button"
          aria-label={failed ? strings.import.dismissLabel(fileName) : strings.import.stopLabel(fileName)}
          onClick={() => uploadQueue.drop(id)}
        >
          {failed ? strings.import.dismiss : strings.import.stop}
        </button>
      </div>
      {failed ? (
        <Problem error={error} />
      ) : (
        <>
          <ProgressBar label={strings.import.progressLabel(fileName)} value={sent} max={size} />
          <p className="meta">
            <span>{percent(size === 0 ? 0 : Math.min(1, sent / size))}</span>
            <span>{bytes(size)}</span>
          </p>
        </>
      )}
    </article>
  );
}
