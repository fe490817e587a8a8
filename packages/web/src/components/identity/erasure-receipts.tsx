/** What was erased, without a word of it: when, how much, where it may still be, and letting it in again. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ErasureId, type ErasureReceipt, erasureProgress } from '@vivim/contract/erasure';
import { api } from '../../api/client.ts';
import { receiptsQuery } from '../../api/you-queries.ts';
import { day, dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { useErasing } from '../../hooks/use-erasing.ts';
import { strings } from '../../strings.ts';
import { LoadMore } from '../kit/load-more.tsx';
import { Problem } from '../kit/problem.tsx';
import { ProgressBar } from '../kit/progress-bar.tsx';
import { Skeleton } from '../kit/skeleton.tsx';

const words = strings.erasing;

function Receipt({ receipt }: { receipt: ErasureReceipt & { readonly id: ErasureId } }) {
  const { id, kind, items, erasedAt, allowedAt, left, backupsExpireBy } = receipt;
  const going = erasureProgress(receipt);
  const allow = useAccountAction(() => api.allowErased({ params: { id } }));
  const what = words.kinds[kind](items);
  return (
    <li className="thing">
      <div>
        <span>{what}</span>
        <span className="meta">
          <time dateTime={erasedAt ?? ''}>{dayAndTime(erasedAt)}</time>
          {left > 0 && (
            <span>
              <ProgressBar label={strings.erase.progress} value={going.done} max={going.total} />{' '}
              {strings.erase.of(going.done, going.total - 1)}
            </span>
          )}
          {backupsExpireBy !== null && <span>{words.backupsUntil(day(backupsExpireBy))}</span>}
          {allowedAt !== null && <span>{words.allowed(day(allowedAt))}</span>}
        </span>
      </div>
      {allowedAt === null && (
        <button
          type="button"
          className="quiet"
          disabled={allow.isPending || left > 0}
          aria-label={words.allowLabel(what, dayAndTime(erasedAt))}
          onClick={() => allow.mutate()}
        >
          {words.allow}
        </button>
      )}
      {allow.error !== null && <Problem error={allow.error} />}
    </li>
  );
}

export function ErasureReceipts() {
  useErasing();
  const receipts = useInfiniteQuery(receiptsQuery);
  if (receipts.error !== null) return <Problem error={receipts.error} retry={() => void receipts.refetch()} />;
  if (receipts.data === undefined) return <Skeleton shape="rows" count={3} />;
  const all = receipts.data.pages.flatMap(({ items }) => items);
  if (all.length === 0) return <p className="note">{words.noReceipts}</p>;
  return (
    <>
      <ul className="rows">
        {all.map((receipt) => {
          const { id } = receipt;
          return id === null ? null : <Receipt key={id} receipt={{ ...receipt, id }} />;
        })}
      </ul>
      <LoadMore
        busy={receipts.isFetchingNextPage}
        load={receipts.hasNextPage ? () => void receipts.fetchNextPage() : null}
      />
    </>
  );
}
