/**
 * The source of a statement. Where a pointer can rest on it, or by key, its sentence is shown, and choosing it opens the
 * conversation; where it can only be tapped, a tap shows the sentence with the way to it.
 */
import { Link } from '@tanstack/react-router';
import type { CitedUnit } from '@vivim/contract/profile';
import { useSyncExternalStore } from 'react';
import { number } from '../../count.ts';
import { day } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Popover } from '../kit/popover.tsx';
import { Tooltip } from '../kit/tooltip.tsx';
import { MessageLink } from '../reader/message-link.tsx';

const words = strings.subjects;
const resting = window.matchMedia('(hover: hover)');

const useCanRest = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      resting.addEventListener('change', changed);
      return () => resting.removeEventListener('change', changed);
    },
    () => resting.matches,
  );

function Quote({ unit }: { unit: CitedUnit }) {
  return (
    <span className="source-quote">
      <q dir="auto">{unit.text}</q>
      <small>
        <bdi>{unit.title ?? words.untitled}</bdi>
        {unit.at !== null && ` · ${day(unit.at)}`}
      </small>
    </span>
  );
}

export function SourceLink({ unit, place }: { unit: CitedUnit; place: number }) {
  const canRest = useCanRest();
  const label = `${words.source(number(place))}${unit.at === null ? '' : `, ${day(unit.at)}`}`;
  if (canRest)
    return (
      <Tooltip text={<Quote unit={unit} />}>
        <Link
          to="/conversations/$id"
          params={{ id: unit.conversationId }}
          search={{ message: unit.messageId }}
          className="evidence"
          aria-label={label}
        >
          {number(place)}
        </Link>
      </Tooltip>
    );
  return (
    <Popover
      label={label}
      trigger={
        <button type="button" className="evidence" aria-label={label}>
          {number(place)}
        </button>
      }
    >
      <Quote unit={unit} />
      <MessageLink conversationId={unit.conversationId} messageId={unit.messageId}>
        {words.openSource}
      </MessageLink>
    </Popover>
  );
}

export function Sources({ evidence }: { evidence: readonly CitedUnit[] }) {
  return (
    <span className="evidences">
      {evidence.map((unit, index) => (
        <SourceLink key={unit.acuId} unit={unit} place={index + 1} />
      ))}
    </span>
  );
}
