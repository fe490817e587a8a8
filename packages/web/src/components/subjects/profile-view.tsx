/** The page of a topic or an entity: figures, claims with their sources, what goes with it, when it was spoken of. */

import type { EntityProfile, TopicProfile } from '@vivim/contract/profile';
import type { ReactNode } from 'react';
import { list } from '../../count.ts';
import { strings } from '../../strings.ts';
import { PageHeader } from '../kit/page-header.tsx';
import { Related } from '../reader/related.tsx';
import { Claims } from './claims.tsx';
import { ProfileFigures } from './profile-card.tsx';
import { Rhythm } from './profile-facts.tsx';
import { Timeline } from './timeline.tsx';

export function ProfileView({
  profile,
  name,
  chip,
  children,
  facts,
}: {
  profile: TopicProfile | EntityProfile;
  name: string;
  chip?: string;
  /** Acts on it. */
  children?: ReactNode;
  /** What only topics, or only entities, tell of themselves. */
  facts?: ReactNode;
}) {
  const { aliases, claims, relatedTopics, relatedEntities, timeline, rhythm, pinned } = profile;
  return (
    <>
      <PageHeader title={name}>
        {chip !== undefined && <span className="chip">{chip}</span>}
        {pinned && <span className="chip">{strings.corrections.pinned}</span>}
        <ProfileFigures summary={profile} />
        {aliases.length > 0 && (
          <p className="note">
            {strings.profiles.aliases}: {list(aliases)}
          </p>
        )}
        {children}
      </PageHeader>
      <div className="columns">
        <div>
          <Claims claims={claims} />
        </div>
        <aside aria-label={strings.profiles.relatedTopics}>
          <Timeline months={timeline} />
          <Rhythm rhythm={rhythm} />
          {facts}
          <Related topics={relatedTopics} entities={relatedEntities} />
        </aside>
      </div>
    </>
  );
}
