/** One person, place or thing. */

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { entityQuery } from '../api/queries.ts';
import { Loading } from '../components/kit/loading.tsx';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { EraseThing } from '../components/reader/erase-thing.tsx';
import { KeepOut } from '../components/reader/keep-out.tsx';
import { ProfileCorrections } from '../components/subjects/profile-corrections.tsx';
import { Relations } from '../components/subjects/profile-facts.tsx';
import { ProfileView } from '../components/subjects/profile-view.tsx';
import { useOpen } from '../hooks/use-presence.ts';
import { strings } from '../strings.ts';

const route = getRouteApi('/entities/$id');

export function EntityPage(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(entityQuery(id));
  useOpen('entity', id);
  const navigate = useNavigate();
  if (error !== null) return <ProblemPage error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return (
    <ProfileView
      profile={data}
      name={data.name}
      chip={strings.profiles.types[data.type]}
      facts={<Relations relations={data.relations} />}
    >
      <ProfileCorrections kind="entity" profile={data} />
      <KeepOut kind="entity" id={data.id} />
      <EraseThing kind="entity" id={data.id} onErased={() => navigate({ to: '/entities' })} />
    </ProfileView>
  );
}
