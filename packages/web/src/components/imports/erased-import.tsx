/** Says that an import was erased, and while that goes on in the background how much is left. */
import { useQuery } from '@tanstack/react-query';
import { erasuresQuery } from '../../api/queries.ts';
import { day } from '../../format.ts';
import { strings } from '../../strings.ts';

export function ErasedImport({ erasedAt }: { erasedAt: string }) {
  const erasures = useQuery(erasuresQuery);
  const left = erasures.data?.items.find((each) => each.kind === 'import' && each.erasedAt === erasedAt)?.left ?? 0;
  return (
    <p className="note" role="status">
      {strings.erase.erasedOn(day(erasedAt))}
      {left > 0 && ` ${strings.erase.left(left)}`}
    </p>
  );
}
