/** One topic. */

import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { topicQuery } from '../api/queries.ts';
import { Loading } from '../components/loading.tsx';
import { ProblemPage } from '../components/problem-page.tsx';
import { ProfileView } from '../components/profile-view.tsx';

const route = getRouteApi('/topics/$id');

export function TopicPage(): ReactNode {
  const { data, error, refetch } = useQuery(topicQuery(route.useParams().id));
  if (error !== null) return <ProblemPage error={error} retry={() => void refetch()} />;
  return data === undefined ? <Loading /> : <ProfileView profile={data} name={data.label} />;
}
