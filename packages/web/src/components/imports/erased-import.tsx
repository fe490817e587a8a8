/** Says that an import was erased, and while that goes on in the background how much is left. */
import { useQuery } from '@tanstack/react-query';
import { erasureProgress } from '@vivim/contract/erasure';
import { erasuresQuery } from '../../api/queries.ts';
import { day } from '../../format.ts';
import { useErasing } from '../../hooks/use-erasing.ts';
import { strings } from '../../strings.ts';
import { ProgressBar } from '../kit/progress-bar.tsx';

export function ErasedImport({ erasedAt }: { erasedAt: string }) {
  const erasures = useQuery(erasuresQuery);
  useErasing();
  const receipt = erasures.data?.items.find((each) => each.kind === 'import' && each.erasedAt === erasedAt);
  const going = receipt !== undefined && receipt.left > 0 ? erasureProgress(receipt) : null;
  return (
    <>
      <p className="note" role="status">
        {strings.erase.erasedOn(day(erasedAt))}
        {going !== null && ` ${strings.erase.going}`}
      </p>
      {going !== null && (
        <p className="note">
          <ProgressBar label={strings.erase.progress} value={going.done} max={going.total} />{' '}
          {strings.erase.of(going.done, going.total - 1)}
        </p>
      )}
    </>
  );
}
