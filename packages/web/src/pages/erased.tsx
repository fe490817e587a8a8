/** Whether what a receipt names has been erased: for whoever holds the receipt, and has no account any more. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { AppError } from '@vivim/contract/errors';
import type { ReactNode } from 'react';
import { erasureQuery } from '../api/identity-queries.ts';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { number } from '../count.ts';
import { dayAndTime } from '../format.ts';
import { strings } from '../strings.ts';

const words = strings.erased;

export function ErasedPage(): ReactNode {
  const { receipt } = useParams({ from: '/erased/$receipt' });
  const erasure = useQuery(erasureQuery(receipt));
  const unknown = erasure.error instanceof AppError && erasure.error.code === 'not_found';
  return (
    <div className="door">
      <PageHeader title={words.title} lead={words.lead} />
      {unknown && <p className="card">{words.notYet}</p>}
      {erasure.error !== null && !unknown && <Problem error={erasure.error} retry={() => void erasure.refetch()} />}
      {erasure.isPending && <Skeleton />}
      {erasure.data !== undefined && (
        <section className="card form">
          <p>{words.done(dayAndTime(erasure.data.erasedAt))}</p>
          <dl className="facts stacked">
            <dt>{words.place}</dt>
            <dd>{number(erasure.data.seq)}</dd>
            <dt>{words.hash}</dt>
            <dd>
              <code>{erasure.data.hash}</code>
            </dd>
          </dl>
        </section>
      )}
    </div>
  );
}
