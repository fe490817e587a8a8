/** One topic. */
import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { exclusionOfQuery, topicQuery } from '../api/queries.ts';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { EraseThing } from '../components/reader/erase-thing.tsx';
import { TopicFacts } from '../components/subjects/profile-facts.tsx';
import { ProfileView } from '../components/subjects/profile-view.tsx';
import { namedTopic } from '../components/subjects/subject-chips.tsx';
import { useOpen } from '../hooks/use-presence.ts';
import '../styles/subjects.css';

const route = getRouteApi('/topics/$id');

export function TopicPage(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(topicQuery(id));
  // Its button waits for the page; the answer need not.
  usePrefetchQuery(exclusionOfQuery('topic', id));
  useOpen('topic', id);
  const navigate = useNavigate();
  if (error !== null) return <ProblemPage error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Skeleton count={10} />;
  return (
    <ProfileView
      subject={{ kind: 'topic', id: data.id, name: data.label }}
      profile={data}
      others={data.alike.map(namedTopic)}
      facts={<TopicFacts topic={data} />}
      ending={<EraseThing kind="topic" id={data.id} onErased={() => navigate({ to: '/topics' })} />}
    />
  );
}
