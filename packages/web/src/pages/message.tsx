/** Where a citation leads that names a message alone: on to its conversation, at that message. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { messageQuery } from '../api/reader-queries.ts';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';

const route = getRouteApi('/messages/$id');

export function MessagePage(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(messageQuery(id));
  if (data !== undefined)
    return <Navigate to="/conversations/$id" params={{ id: data.conversationId }} search={{ message: id }} replace />;
  return error === null ? (
    <Skeleton shape="rows" count={8} />
  ) : (
    <ProblemPage error={error} retry={() => void refetch()} />
  );
}
