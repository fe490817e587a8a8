/** One topic. */

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { topicQuery } from '../api/queries.ts';
import { Loading } from '../components/kit/loading.tsx';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { EraseThing } from '../components/reader/erase-thing.tsx';
import { KeepOut } from '../components/reader/keep-out.tsx';
import { ProfileCorrections } from '../components/subjects/profile-corrections.tsx';
import { TopicFacts } from '../components/subjects/profile-facts.tsx';
import { ProfileView } from '../components/subjects/profile-view.tsx';
import { useOpen } from '../hooks/use-presence.ts';

const route = getRouteApi('/topics/$id');

export function TopicPage(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(topicQuery(id));
  useOpen('topic', id);
  const navigate = useNavigate();
  if (error !== null) return <ProblemPage error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return (
    <ProfileView profile={data} name={data.label} facts={<TopicFacts topic={data} />}>
      <ProfileCorrections kind="topic" profile={data} />
      <KeepOut kind="topic" id={data.id} />
      <EraseThing kind="topic" id={data.id} onErased={() => navigate({ to: '/topics' })} />
    </ProfileView>
  );
}
