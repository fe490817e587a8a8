/** One person, place or thing. */
import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { entityQuery, exclusionOfQuery } from '../api/queries.ts';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { EraseThing } from '../components/reader/erase-thing.tsx';
import { Relations } from '../components/subjects/profile-facts.tsx';
import { ProfileView } from '../components/subjects/profile-view.tsx';
import { useOpen } from '../hooks/use-presence.ts';
import '../styles/subjects.css';

const route = getRouteApi('/entities/$id');

export function EntityPage(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(entityQuery(id));
  // Its button waits for the page; the answer need not.
  usePrefetchQuery(exclusionOfQuery('entity', id));
  useOpen('entity', id);
  const navigate = useNavigate();
  if (error !== null) return <ProblemPage error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Skeleton count={10} />;
  return (
    <ProfileView
      subject={{ kind: 'entity', id: data.id, name: data.name }}
      profile={data}
      others={data.alike}
      facts={<Relations relations={data.relations} />}
      ending={<EraseThing kind="entity" id={data.id} onErased={() => navigate({ to: '/entities' })} />}
    />
  );
}
