/** The page of a topic or an entity: figures, claims with their sources, what goes with it, when it was spoken of. */

import type { EntityProfile, TopicProfile } from '@vivim/contract/profile';
import type { ReactNode } from 'react';
import { list } from '../../count.ts';
import { day } from '../../format.ts';
import { strings } from '../../strings.ts';
import { PageHeader } from '../kit/page-header.tsx';
import { Related } from '../reader/related.tsx';
import { Alike } from './alike.tsx';
import { Claims } from './claims.tsx';
import { InProjects, Rhythm, SpokenOf } from './profile-facts.tsx';
import { SubjectActions } from './subject-actions.tsx';
import { TrendChart } from './trend-chart.tsx';
import { TrendMark } from './trend-mark.tsx';
import type { Subject } from './use-correct.ts';

interface Props {
  subject: Subject;
  profile: TopicProfile | EntityProfile;
  others: readonly { readonly id: string; readonly name: string }[];
  /** What only topics, or only entities, tell of themselves. */
  facts: ReactNode;
  /** At the foot: what cannot be undone. */
  ending: ReactNode;
}

export function ProfileView({ subject, profile, others, facts, ending }: Props) {
  const { aliases, claims, relatedTopics, relatedEntities, timeline, rhythm, pinned, hidden, counts } = profile;
  const { firstSeenAt, lastSeenAt } = profile;
  return (
    <div className="subject-page">
      <PageHeader title={subject.name}>
        <p className="subject-figures">
          {'type' in profile && <span className="chip">{strings.profiles.types[profile.type]}</span>}
          {pinned && <span className="chip">{strings.corrections.pinned}</span>}
          <TrendMark trend={profile.trend} />
          <span>{strings.profiles.counts(counts.messages, counts.conversations)}</span>
          {firstSeenAt !== null && (
            <span>{strings.profiles.span(day(firstSeenAt), day(lastSeenAt ?? firstSeenAt))}</span>
          )}
        </p>
        {aliases.length > 0 && (
          <p className="note">
            {strings.profiles.aliases}: <bdi>{list(aliases)}</bdi>
          </p>
        )}
        {hidden && <p className="note">{strings.corrections.hidden}</p>}
        <SubjectActions subject={subject} profile={profile} />
      </PageHeader>
      <div className="columns">
        <div>
          <Claims claims={claims} />
          <SpokenOf conversations={profile.conversations} />
        </div>
        <aside aria-label={strings.profiles.relatedTopics}>
          <TrendChart months={timeline} />
          <Rhythm rhythm={rhythm} />
          <Alike subject={subject} others={others} />
          {facts}
          <Related
            topics={relatedTopics}
            // A tool is a topic and a thing at once.
            entities={relatedEntities.filter(({ name }) => name.toLowerCase() !== subject.name.toLowerCase())}
          />
          <InProjects projects={profile.projects} />
          <section className="subject-ending">
            <h2>{strings.subjects.ends}</h2>
            {ending}
          </section>
        </aside>
      </div>
    </div>
  );
}
