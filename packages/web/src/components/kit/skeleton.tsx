/**
 * The shape of what is coming, in grey, and the word for who cannot see it. As tall as what replaces it: nothing jumps. While the server
 * is out of reach nothing comes, and what was never seen here says so.
 */
import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { strings } from '../../strings.ts';

interface Props {
  /** `text`: lines of prose. `rows`: a list with a title and facts. `cards`: a grid. */
  shape?: 'text' | 'rows' | 'cards';
  count?: number;
}

const watchReach = (changed: () => void): (() => void) => onlineManager.subscribe(changed);
const inReach = (): boolean => onlineManager.isOnline();

export function Skeleton({ shape = 'text', count = 4 }: Props) {
  if (!useSyncExternalStore(watchReach, inReach))
    return (
      <p className="note" role="status">
        {strings.kit.notSeen}
      </p>
    );
  return (
    <div className={`skeleton ${shape}`} role="status">
      <span className="visually-hidden">{strings.loading}</span>
      {Array.from({ length: count }, (_, at) => `bone-${at}`).map((key) => (
        <div key={key} className="bone" aria-hidden="true" />
      ))}
    </div>
  );
}
