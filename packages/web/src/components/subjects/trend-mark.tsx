/** Whether something is on the way up: an arrow for the eye, the word for everybody. */
import type { ProfileTrend } from '@vivim/contract/profile';
import { strings } from '../../strings.ts';

const arrows: Readonly<Record<ProfileTrend, string>> = { rising: '↗', steady: '→', falling: '↘', quiet: '·' };

export function TrendMark({ trend }: { trend: ProfileTrend }) {
  return (
    <span className={`trend ${trend}`} title={strings.subjects.trendMeans[trend]}>
      <i aria-hidden="true">{arrows[trend]}</i>
      {strings.subjects.trends[trend]}
    </span>
  );
}
