/** How far the work has come that follows an import. Empty once all is done; starts nothing. */
import type { FollowingWork } from '@vivim/contract/imports';
import { duration } from '../../format.ts';
import { useFollowing } from '../../hooks/use-following.ts';
import { strings } from '../../strings.ts';

function Line({ label, work }: { label: string; work: FollowingWork }) {
  const { done, total, remainingSeconds } = work;
  if (done === total) return null;
  return (
    <li>
      <span>{label}</span> <progress max={total} value={done} aria-label={label} />{' '}
      <span className="meta">
        {strings.following.of(done, total)}
        {remainingSeconds !== null && `, ${strings.import.remaining(duration(remainingSeconds))}`}
      </span>
    </li>
  );
}

export function FollowingNote() {
  const following = useFollowing();
  if (following === undefined) return null;
  const { profiles, meaning } = following;
  const isWhole = profiles.done === profiles.total && (meaning === null || meaning.done === meaning.total);
  if (isWhole) return null;
  return (
    <section className="card following" aria-label={strings.following.title}>
      <h2>{strings.following.title}</h2>
      <p className="note">{strings.following.lead}</p>
      <ul className="plain">
        <Line label={strings.following.profiles} work={profiles} />
        {meaning !== null && <Line label={strings.following.meaning} work={meaning} />}
      </ul>
    </section>
  );
}
