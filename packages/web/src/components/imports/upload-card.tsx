/** One file on its way up. */
import { type Upload, uploadQueue } from '../../api/upload-queue.ts';
import { bytes, duration, percent } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { ProgressBar } from '../kit/progress-bar.tsx';

function Buttons({ upload: { id, fileName, state } }: { upload: Upload }) {
  const words = strings.uploading;
  if (state === 'failed') {
    return (
      <button type="button" aria-label={words.dismissLabel(fileName)} onClick={() => uploadQueue.dismiss(id)}>
        {words.dismiss}
      </button>
    );
  }
  const paused = state === 'paused';
  return (
    <>
      <button
        type="button"
        aria-label={paused ? words.goOnLabel(fileName) : words.pauseLabel(fileName)}
        onClick={() => (paused ? uploadQueue.goOn(id) : uploadQueue.pause(id))}
      >
        {paused ? words.goOn : words.pause}
      </button>
      <button type="button" aria-label={words.stopLabel(fileName)} onClick={() => void uploadQueue.stop(id)}>
        {words.stop}
      </button>
    </>
  );
}

function Progress({ upload }: { upload: Upload }) {
  const { fileName, size, sent, state, speed, remaining, stalled } = upload;
  const moving = state === 'uploading' && !stalled;
  return (
    <>
      <ProgressBar label={strings.import.progressLabel(fileName)} value={sent} max={size} />
      <p className="meta">
        <span>{percent(size === 0 ? 0 : Math.min(1, sent / size))}</span>
        <span>{strings.uploading.arrived(bytes(sent), bytes(size))}</span>
        {moving && speed !== null && <span>{strings.import.perSecond(bytes(speed))}</span>}
        {moving && remaining !== null && <span>{strings.import.remaining(duration(remaining))}</span>}
      </p>
      {state === 'uploading' && stalled && (
        <p className="note" role="status">
          {strings.uploading.stalled}
        </p>
      )}
    </>
  );
}

export function UploadCard({ upload }: { upload: Upload }) {
  const { fileName, state, error } = upload;
  const failed = state === 'failed';
  return (
    <article className="card run">
      <div className="run-head">
        <h3>{fileName}</h3>
        <span className={failed ? 'chip failed' : 'chip'}>{strings.uploading.states[state]}</span>
        <Buttons upload={upload} />
      </div>
      {failed ? <Problem error={error} /> : <Progress upload={upload} />}
    </article>
  );
}
