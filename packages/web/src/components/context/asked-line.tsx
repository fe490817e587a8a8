/** One record in a line: what was asked for, by whom, when and how much was given; it leads to what that was. */
import { Link } from '@tanstack/react-router';
import type { AskedSummary } from '@vivim/contract/asked';
import { dayAndTime } from '../../format.ts';
import { strings } from '../../strings.ts';
import { askedAmount, askedTitle } from './asked-title.ts';
import '../../styles/context.css';

const words = strings.records;
/** UTF-16 units of a question in a line. */
const shown = 200;

export function AskedLine({ asked, asker }: { asked: AskedSummary; asker: string }) {
  const { id, at, kind, way, recipe } = asked;
  const title = askedTitle(asked).slice(0, shown);
  return (
    <div className="record-row">
      {kind === 'context' ? (
        <Link to="/context/records/$id" params={{ id }} dir="auto">
          {title}
        </Link>
      ) : (
        <Link to="/context/records/asked/$id" params={{ id }} dir="auto">
          {title}
        </Link>
      )}
      <p className="meta">
        <span dir="auto">{asker}</span>
        <span>{words.ways[way]}</span>
        <time dateTime={at}>{dayAndTime(at)}</time>
        {recipe !== null && <span translate="no">{recipe}</span>}
        <span>{askedAmount(asked)}</span>
      </p>
    </div>
  );
}
