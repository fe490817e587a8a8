/** How far an import is: a bar, the counts, the speed and the time left. */
import type { ImportRun } from '@vivim/contract/imports';
import { bytes, day, duration, percent } from '../../format.ts';
import { strings } from '../../strings.ts';
import { ProgressBar } from '../kit/progress-bar.tsx';

export function ImportProgress({ run, polling }: { run: ImportRun; polling: boolean }) {
  const { bytesRead, bytesTotal, conversations, messages, bytesPerSecond, remainingSeconds } = run.progress;
  return (
    <>
      <ProgressBar label={strings.import.progressLabel(run.fileName)} value={bytesRead} max={bytesTotal} />
      <p className="meta">
        {bytesTotal !== null && bytesTotal > 0 && <span>{percent(Math.min(1, bytesRead / bytesTotal))}</span>}
        <span>
          {run.upload === null
            ? strings.import.soFar(conversations, messages)
            : strings.uploading.arrived(bytes(run.upload.received), bytes(run.fileBytes))}
        </span>
        {bytesPerSecond > 0 && <span>{strings.import.perSecond(bytes(bytesPerSecond))}</span>}
        {remainingSeconds !== null && <span>{strings.import.remaining(duration(remainingSeconds))}</span>}
      </p>
      {run.upload !== null && <p className="note">{strings.uploading.chooseAgain(day(run.upload.expiresAt))}</p>}
      {polling && <p className="note">{strings.import.polling}</p>}
    </>
  );
}
