/** A topic or an entity in its list: the name, how it moves, how much there is of it, and what may be done with it. */
import { Link } from '@tanstack/react-router';
import type { EntitySummary, TopicSummary } from '@vivim/contract/profile';
import { day, dayInList, percent } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { SubjectMenu } from './subject-menu.tsx';
import { TrendMark } from './trend-mark.tsx';
import type { SubjectKind } from './use-correct.ts';

const words = strings.subjects;

export interface SubjectInList {
  readonly kind: SubjectKind;
  readonly name: string;
  readonly summary: TopicSummary | EntitySummary;
  /** How deep it stands under wider ones. */
  readonly depth: number;
}

export function SubjectRow({ kind, name, summary, depth }: SubjectInList) {
  const { id, counts, importance, lastSeenAt, trend, pinned, hidden } = summary;
  const weight = strings.profiles.importance(percent(importance));
  return (
    <article className="subject-row" data-depth={Math.min(depth, 3)}>
      <div className="subject-name">
        <Link to={kind === 'topic' ? '/topics/$id' : '/entities/$id'} params={{ id }} dir="auto">
          {name}
        </Link>
        {'type' in summary && <span className="chip">{strings.profiles.types[summary.type]}</span>}
        {pinned && <span className="chip">{strings.corrections.pinned}</span>}
      </div>
      <TrendMark trend={trend} />
      <span className="subject-counts">{words.said(counts.messages, counts.conversations)}</span>
      <span className="subject-last" {...(lastSeenAt === null ? {} : { title: words.last(day(lastSeenAt)) })}>
        {lastSeenAt !== null && dayInList(lastSeenAt)}
      </span>
      <meter
        className="importance"
        min={0}
        max={1}
        value={Math.min(1, importance)}
        aria-label={weight}
        title={weight}
      />
      <SubjectMenu
        subject={{ kind, id, name }}
        pinned={pinned}
        hidden={hidden}
        {...('type' in summary ? { type: summary.type } : {})}
        trigger={
          <button type="button" className="quiet icon-button" aria-label={words.acts(name)}>
            <Icon name="more" />
          </button>
        }
      />
    </article>
  );
}
