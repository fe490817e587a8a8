/** A topic or an entity in a list: its name, how much there is of it, and since when. */
import type { EntitySummary, TopicSummary } from '@vivim/contract/profile';
import type { ReactNode } from 'react';
import { day, percent } from '../../format.ts';
import { strings } from '../../strings.ts';

type Summary = Pick<TopicSummary | EntitySummary, 'counts' | 'firstSeenAt' | 'lastSeenAt' | 'importance'>;

/** One line of figures, for a list and for the head of a profile. */
export function ProfileFigures({ summary }: { summary: Summary }) {
  const { counts, firstSeenAt, lastSeenAt } = summary;
  return (
    <p className="meta">
      <span>{strings.profiles.counts(counts.messages, counts.conversations)}</span>
      {firstSeenAt !== null && <span>{strings.profiles.span(day(firstSeenAt), day(lastSeenAt ?? firstSeenAt))}</span>}
    </p>
  );
}

export function ProfileCard({ summary, name, chip }: { summary: Summary; name: ReactNode; chip?: string }) {
  const words = strings.profiles.importance(percent(summary.importance));
  return (
    <li className="card profile">
      <div className="run-head">
        <h2>{name}</h2>
        {chip !== undefined && <span className="chip">{chip}</span>}
      </div>
      <ProfileFigures summary={summary} />
      <meter
        className="importance"
        min={0}
        max={1}
        value={Math.min(1, summary.importance)}
        aria-label={words}
        title={words}
      />
    </li>
  );
}
